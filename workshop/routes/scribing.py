"""What scribes see and do: at the desk of the facilitator, or as hosts in the room."""

from dataclasses import dataclass

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import web
from core.db import db
from core.keys import Keyring
from core.languages import SPOKEN
from people.current import current_staff
from workshop.boards import check_front
from workshop.current import current_participant, find_challenge, stay_with_host
from workshop.models import Board, Participant, Phase, Workshop
from workshop.paper import numbering, printing, typing, walls, writing
from workshop.paper.forms import (
    CardsForm,
    SheetForm,
    WallForm,
    sheet_form,
    wall_form,
)
from workshop.paper.typing import Fate, TypedBefore
from workshop.routes.forms import PrintForm
from workshop.routes.seeing import seat_of
from workshop.voting.models import Round
from workshop.voting.opening import hash_of, latest_round
from workshop.voting.results import options_of


@dataclass(frozen=True)
class Desk:
    """Where a scribe sits, and who they are; two desks of one person are one scribe."""

    workshop: Workshop
    scribe: str
    viewer: Participant | None = None

    @property
    def board(self) -> Board:
        return self.workshop.board

    @property
    def round(self) -> Round | None:
        """The vote under way."""
        found = latest_round(db.session, self.board)
        return found if found and not found.closed else None

    def url(self, page: str, **values: object) -> str:
        if self.viewer:
            return url_for(f"workshop.{page}", code=self.workshop.code, **values)  # type: ignore[arg-type]
        return url_for(f"workshops.{page}", slug=self.workshop.slug, **values)  # type: ignore[arg-type]

    @property
    def home(self) -> str:
        return self.url("room" if self.viewer else "workshop")

    def show(self, page: str, **facts: object) -> str:
        layout = "workshop/public/room.html" if self.viewer else "desk.html"
        seat = seat_of(self.viewer) if self.viewer else {}
        place = {"workshop": self.workshop, "board": self.board, "desk": self}
        return render_template(
            f"workshop/paper/{page}.html", layout=layout, **place | seat | facts
        )


def desk_of_staff(workshop: Workshop) -> Desk:
    return Desk(workshop, f"staff {current_staff().id}")


def desk_in_room(code: str) -> Desk:
    """Return the desk of a host; for everyone else there is none."""
    viewer = current_participant(code)
    if not viewer.is_host:
        abort(404)
    stay_with_host(code)
    return Desk(viewer.workshop, f"seat {viewer.id}", viewer)


def keys() -> Keyring:
    keyring: Keyring = current_app.extensions["keys"]
    return keyring


def papers_page(desk: Desk, form: SheetForm | None = None, differs: bool = False) -> str:
    """Show the sheet to be typed, and what became of the others."""
    round = desk.round
    facts: dict[str, object] = {"round": round, "differs": differs, "form": None}
    if round:
        waiting, counted = typing.standing(db.session, round)
        facts |= {
            "form": form or sheet_form(round),
            "pending": typing.pending(db.session, keys(), round, desk.scribe),
            "waiting": waiting,
            "counted": counted,
            "printed": printing.printed(db.session, round),
            "print_form": PrintForm(formdata=None),
            "countable": round.method in walls.COUNTABLE,
            "spoken": SPOKEN,
        }
    return desk.show("papers", **facts)


def type_paper(desk: Desk) -> ResponseReturnValue:
    round = desk.round
    if not round:
        return web.back(desk.url("papers"), gettext("No vote is open."))
    form = sheet_form(round)
    fits = form.validate()
    number = _number_on_paper(round, form.name.data or "")
    if number is None and form.name.data and not form.name.errors:
        form.name.errors = [gettext("No ballot of this vote has this number.")]
        fits = False
    if not fits or number is None:
        return papers_page(desk, form), 422

    what = number, desk.scribe, form.marks, form.again.data
    try:
        fate = typing.type_in(db.session, keys(), desk.board, round, *what)
    except TypedBefore as refusal:
        db.session.rollback()
        form.name.errors = [gettext(refusal.reason)]
        return papers_page(desk, form, differs=True), 422
    db.session.commit()
    return web.back(desk.url("papers"), said(fate, numbering.name_of(keys(), round, number)))


def _number_on_paper(round: Round, typed: str) -> int | None:
    """Return which ballot somebody meant, if it was printed: no other can have been cast."""
    number = numbering.number_of(keys(), round, typed)
    last = printing.printed(db.session, round)
    return number if number is not None and 0 < number <= last else None


def said(fate: Fate, name: str) -> str:
    """Say what has become of a ballot."""
    match fate:
        case Fate.WAITS:
            text = gettext("Ballot %(name)s waits for a second person.", name=name)
        case Fate.DIFFERS:
            text = gettext(
                "Ballot %(name)s was read differently. Please look at the paper together.",
                name=name,
            )
        case Fate.COUNTED:
            text = gettext("Ballot %(name)s counts: two people read the same.", name=name)
    return str(text)


def differing(desk: Desk) -> ResponseReturnValue:
    """Show side by side what was read on a sheet, once two have read it differently."""
    round, number = desk.round, request.args.get("number", 0, type=web.row_id)
    if not round or typing.fate_of(db.session, round, number) is not Fate.DIFFERS:
        return redirect(desk.url("papers"), 303)
    return desk.show(
        "differing",
        round=round,
        number=number,
        name=numbering.name_of(keys(), round, number),
        typings=typing.typings_of(db.session, round, number),
        hash_of=hash_of,
        options=options_of(round),
    )


def agree(desk: Desk) -> ResponseReturnValue:
    round, number = desk.round, request.form.get("number", 0, type=web.row_id)
    if not round:
        return web.back(desk.url("papers"), gettext("No vote is open."))
    what = number, desk.scribe, request.form.get("seen", "")

    fate = typing.agree(db.session, keys(), desk.board, round, *what)
    db.session.commit()
    return web.back(desk.url("papers"), said(fate, numbering.name_of(keys(), round, number)))


def wall_page(desk: Desk, form: WallForm | None = None) -> str:
    round = desk.round
    if round and round.method in walls.COUNTABLE and not form:
        people, dots = walls.wall_of(db.session, keys(), round)
        lying: dict[str, object] = {f"box_{key}": count for key, count in dots.items()}
        form = wall_form(round, lying | ({"people": people} if people else {}))
    return desk.show("wall", round=round, form=form)


def count_wall(desk: Desk) -> ResponseReturnValue:
    round = desk.round
    if not round or round.method not in walls.COUNTABLE:
        return web.back(desk.url("wall"), "")
    form = wall_form(round)
    if not form.validate():
        return wall_page(desk, form), 422

    people, dots = form.people.data or 0, form.dots
    walls.count_wall(db.session, keys(), desk.board, round, people, dots)
    db.session.commit()
    return web.back(desk.url("wall"), gettext("The wall is noted. You can change it."))


def cards_page(desk: Desk, form: CardsForm | None = None) -> str:
    is_open = desk.board.phase is Phase.COLLECT
    return desk.show("cards", form=form or CardsForm(), is_open=is_open)


def hang_cards(desk: Desk) -> ResponseReturnValue:
    form = CardsForm()
    board, challenge = find_challenge(desk.workshop, form.challenge.data)
    if not form.validate():
        return cards_page(desk, form), 422

    check_front(board)
    source = form.source.data or gettext("Paper")
    what = form.key.data, form.lines, source
    host, checked = desk.viewer, board.is_checked
    at = (checked, host.table) if host else (False, None)
    number = writing.hang_all(db.session, board, challenge, *what, *at)
    db.session.commit()
    text = gettext("Hung on the wall: %(number)s cards.", number=number)
    return web.back(desk.url("paper_cards"), text)
