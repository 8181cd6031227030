"""The minutes to read, print and take along, and the feedback for everyone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from flask import Response, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, format_date, format_percent, gettext, ngettext

from core import web
from core.db import db
from core.downloading import download
from core.i18n import LANGUAGES, STAFF_LANGUAGES, language
from core.languages import FALLBACK, locale_of
from people.current import current_project, find, open_to
from people.models import Naming, Organisation, Role
from people.naming import display_name
from workshop.current import current_participant
from workshop.following import following
from workshop.following.forms import OutlookForm
from workshop.following.saying import OUTCOMES, STATES
from workshop.minutes import drawing, tables, telling
from workshop.minutes.composing import Minutes, compose
from workshop.models import Board, Workshop
from workshop.routes.desk import bp
from workshop.routes.rooms import bp as room
from workshop.voting.models import Round
from workshop.voting.opening import counted_rounds
from workshop.voting.results import FEWEST

TASK_FORCE = open_to(Role.TASK_FORCE)


class Spoken:
    """The language of the request under way, as the minutes need it."""

    def gettext(self, text: str, /, **values: object) -> str:
        return str(gettext(text, **values))

    def ngettext(self, one: str, many: str, number: int, /) -> str:
        return str(ngettext(one, many, number))

    def day(self, day: date | datetime, /) -> str:
        return str(format_date(day, "long"))

    def share(self, share: float, /) -> str:
        return str(format_percent(share))


@bp.get("/<slug>/minutes")
@TASK_FORCE
def minutes(slug: str) -> ResponseReturnValue:
    """The minutes as a page to read and print."""
    workshop = find(Workshop, slug=slug)
    with _in_wished(STAFF_LANGUAGES):
        return render_template(
            "workshop/minutes.html",
            workshop=workshop,
            blocks=list(telling.tell(_composed(workshop), Spoken())),
            offered=STAFF_LANGUAGES,
            kind=lambda block: type(block).__name__,
            listed=[(board, _listed(board)) for board in workshop.boards],
        )


@bp.get("/<slug>/minutes.docx")
@TASK_FORCE
def minutes_docx(slug: str) -> ResponseReturnValue:
    from workshop.minutes.docx import write_docx  # noqa: PLC0415 - heavy

    composed = _composed(find(Workshop, slug=slug))
    with _in_wished(STAFF_LANGUAGES):
        title = gettext("Minutes: %(title)s", title=composed.title)
        body = write_docx(title, telling.tell(composed, Spoken()), language())
        return download(body, "docx", f"{slug}-{gettext('Minutes').lower()}")


@bp.get("/<slug>/minutes.csv")
@TASK_FORCE
def minutes_csv(slug: str) -> ResponseReturnValue:
    return download(tables.as_csv(_composed(find(Workshop, slug=slug))), "csv", slug)


@bp.get("/<slug>/minutes.json")
@TASK_FORCE
def minutes_json(slug: str) -> ResponseReturnValue:
    return download(tables.as_json(_composed(find(Workshop, slug=slug))), "json", slug)


@bp.get("/<slug>/boards/<id:number>/wall.svg")
@TASK_FORCE
def wall_svg(slug: str, number: int) -> ResponseReturnValue:
    """A board as a picture; the first is number 1."""
    workshop = find(Workshop, slug=slug)
    walls = _composed(workshop).walls
    wall = walls[number - 1] if 0 < number <= len(walls) else abort(404)
    return download(drawing.as_svg(wall, wall.title or workshop.title), "svg", slug)


@bp.get("/<slug>/boards/<id:number>/ballots/<id:round_number>.json")
@TASK_FORCE
def ballots_json(slug: str, number: int, round_number: int) -> ResponseReturnValue:
    """All ballots of a round, to count again."""
    workshop = find(Workshop, slug=slug)
    boards = workshop.boards
    return _ballots(
        boards[number - 1] if 0 < number <= len(boards) else abort(404), round_number
    )


@room.get("/w/<code>/ballots/<id:number>/file")
def ballots_file(code: str, number: int) -> ResponseReturnValue:
    """The same for those in the room."""
    return _ballots(current_participant(code).workshop.board, number)


@bp.get("/<slug>/outlook")
def outlook(slug: str) -> ResponseReturnValue:
    """How it goes on, who can be asked, and what stayed open."""
    workshop = find(Workshop, slug=slug)
    form = OutlookForm(obj=following.outlook_of(db.session, workshop))
    return render_template("workshop/outlook.html", workshop=workshop, form=form)


@bp.post("/<slug>/outlook")
def keep_outlook(slug: str) -> ResponseReturnValue:
    workshop, form = find(Workshop, slug=slug), OutlookForm()
    if not form.validate():
        return render_template("workshop/outlook.html", workshop=workshop, form=form), 422

    following.keep_outlook(db.session, workshop, **form.words)
    db.session.commit()
    return web.back(url_for(".feedback", slug=slug), gettext("Saved."))


@bp.get("/<slug>/feedback")
@TASK_FORCE
def feedback(slug: str) -> ResponseReturnValue:
    """One page in plain words for everyone who took part, to print or read aloud."""
    workshop = find(Workshop, slug=slug)
    with _in_wished(LANGUAGES):
        return render_template(
            "workshop/public/feedback.html",
            workshop=workshop,
            minutes=_composed(workshop),
            offered=LANGUAGES,
            outcomes=OUTCOMES,
            states=STATES,
        )


def called(organisation: Organisation) -> str:
    """Return how everyone may call *organisation*."""
    return display_name(organisation, Naming.PUBLIC, language())


def _composed(workshop: Workshop) -> Minutes:
    with _in_wished(LANGUAGES):
        project, funding = current_project().name, current_app.config["FUNDING"]
        return compose(db.session, workshop, project, called, funding)


@contextmanager
def _in_wished(offered: dict[str, str]) -> Iterator[None]:
    """Speak the language that the address asks for, if it is offered."""
    wished = request.args.get("language", "")
    code = wished if wished in offered else language()
    with force_locale(locale_of(code if code in offered else FALLBACK)):
        yield


def _listed(board: Board) -> list[Round]:
    """Return the rounds of which there is a list of all ballots."""
    rounds = counted_rounds(db.session, board)
    return [round for round in rounds if len(round.papers or []) >= FEWEST]


def _ballots(board: Board, number: int) -> Response:
    rounds = counted_rounds(db.session, board)
    round = next((each for each in rounds if each.number == number), None) or abort(404)
    body = tables.ballots_of(round) or abort(404)
    return download(body, "json", f"{board.workshop.slug}-{number}")
