"""The pages of participants: joining, writing cards, placing dots, reading the result."""

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from core import limits, live, qr, web
from core.clock import now
from core.db import db
from workshop import counting, hosting, joining, posting, showing, voting
from workshop.current import (
    current_actor,
    current_participant,
    find_card,
    find_challenge,
    seat_key,
    seated,
    take_seat,
)
from workshop.forms import CodeForm, DotsForm, IdeaForm, JoinForm, SeatForm
from workshop.models import Board, Idea, Participant, Phase
from workshop.routes import news
from workshop.trees import TREES, free_trees

bp = Blueprint("workshop", __name__)
bp.record(lambda state: news.begin(state.app))
live.watch("board", Board.version)
live.watch("pulse", Board.pulse)


@bp.get("/join")
def join() -> ResponseReturnValue:
    return render_template("workshop/public/join.html", form=CodeForm())


@bp.post("/join")
def enter_code() -> ResponseReturnValue:
    form = CodeForm()
    fits = form.validate()
    if fits and (seated(form.code.data) or joining.open_room_with(db.session, form.code.data)):
        return redirect(url_for(".room", code=joining.plain_code(form.code.data)), 303)

    if fits:
        limits.wrong("join")
        form.code.errors = [gettext("No open room has this code. Please look at it once more.")]
    return render_template("workshop/public/join.html", form=form), 422


@bp.get("/w/<code>")
def room(code: str) -> ResponseReturnValue:
    """The board of those who have joined; for everyone else the way in."""
    plain = joining.plain_code(code)
    if plain and plain != code:
        return redirect(url_for(".room", code=plain), 303)
    viewer = seated(code)
    return _room(viewer) if viewer else _way_in(code, JoinForm())


@bp.post("/w/<code>")
def take_part(code: str) -> ResponseReturnValue:
    form, workshop = JoinForm(), joining.open_room_with(db.session, code)
    if seated(code):
        return redirect(url_for(".room", code=code), 303)
    if not workshop or not form.validate():
        return _way_in(code, form)

    keys = current_app.extensions["keys"]
    key = joining.join(db.session, keys, workshop, form.key.data, now(), form.alias)
    db.session.commit()
    take_seat(workshop.code, key)
    return web.back(url_for(".room", code=workshop.code), "")


@bp.get("/w/<code>/cards")
def cards(code: str) -> ResponseReturnValue:
    """What hangs on the wall: the part that looks for news."""
    viewer = current_participant(code)
    page = request.args.get("page", "")
    return _wall(viewer, Phase(page) if page in [*Phase] else viewer.workshop.board.phase)


@bp.get("/w/<code>/ideas")
def ideas(code: str) -> ResponseReturnValue:
    """Whoever changes the language on a refused form comes by here."""
    return redirect(url_for(".room", code=code), 303)


@bp.post("/w/<code>/ideas")
def post_idea(code: str) -> ResponseReturnValue:
    viewer, form = current_participant(code), IdeaForm()
    actor, board = current_actor(viewer), viewer.workshop.board
    challenge = find_challenge(board, form.challenge.data)
    if not form.validate():
        return _collecting(viewer, form), 422

    card = form.key.data, form.title.data, form.text.data
    posting.post_idea(db.session, challenge, board, actor, *card)
    db.session.commit()
    return web.swap(
        "workshop/public/_mine.html",
        otherwise=_page(viewer, actor),
        notice=gettext("The card hangs on the wall."),
        **_mine(viewer, IdeaForm(formdata=None, challenge=challenge.id)),
    )


@bp.get("/w/<code>/ideas/<id:idea_id>")
def card(code: str, idea_id: int) -> ResponseReturnValue:
    viewer, idea = _own_card(code, idea_id)
    return _rewriting(viewer, idea, IdeaForm(obj=idea))


@bp.post("/w/<code>/ideas/<id:idea_id>")
def rewrite_idea(code: str, idea_id: int) -> ResponseReturnValue:
    (viewer, idea), form = _own_card(code, idea_id), IdeaForm()
    actor, board = current_actor(viewer), viewer.workshop.board
    if not form.validate():
        return _rewriting(viewer, idea, form), 422

    words = form.title.data, form.text.data
    posting.rewrite_idea(db.session, board, idea, actor, *words)
    db.session.commit()
    return web.back(_page(viewer, actor), gettext("The card is changed."))


@bp.post("/w/<code>/ideas/<id:idea_id>/removal")
def take_back_idea(code: str, idea_id: int) -> ResponseReturnValue:
    viewer, idea = _own_card(code, idea_id)
    actor = current_actor(viewer)

    posting.take_back_idea(db.session, viewer.workshop.board, idea, actor)
    db.session.commit()
    return web.back(_page(viewer, actor), gettext("The card is taken from the wall."))


@bp.post("/w/<code>/ideas/<id:idea_id>/dots")
def lay_dots(code: str, idea_id: int) -> ResponseReturnValue:
    viewer, form = current_participant(code), DotsForm()
    actor, board = current_actor(viewer), viewer.workshop.board
    idea = find_card(board, idea_id)
    if not form.validate():
        abort(422)

    voting.lay_dots(db.session, board, idea, actor, form.dots.data or 0)
    db.session.commit()
    return web.swap(
        "workshop/public/_votes.html",
        otherwise=_page(viewer, actor, f"idea-{idea.id}"),
        notice="",
        **_votes(viewer),
    )


@bp.post("/w/<code>/table")
def seat_someone(code: str) -> ResponseReturnValue:
    viewer, form = current_participant(code), SeatForm()
    if not form.validate():
        abort(422)

    person = hosting.seat_someone(db.session, viewer, form.key.data, now(), form.name.data)
    db.session.commit()
    return web.back(_page(viewer, person), gettext("One more person sits at the table."))


@bp.get("/w/<code>/me")
def me(code: str) -> ResponseReturnValue:
    """The way to go on with another device."""
    viewer = current_participant(code)
    link = url_for(".other_device", code=code, key=seat_key(viewer.workshop.code))
    address = current_app.config["PUBLIC_URL"] + link
    page = "workshop/public/me.html"
    return render_template(page, viewer=viewer, square=qr.square(address), address=address)


@bp.get("/w/<code>/me/<key>")
def other_device(code: str, key: str) -> ResponseReturnValue:
    keys = current_app.extensions["keys"]
    viewer = joining.participant_with(db.session, keys, code, key) or abort(404)
    return render_template("workshop/public/other_device.html", viewer=viewer, key=key)


@bp.post("/w/<code>/me/<key>")
def go_on_here(code: str, key: str) -> ResponseReturnValue:
    keys = current_app.extensions["keys"]
    viewer = joining.participant_with(db.session, keys, code, key) or abort(404)

    take_seat(viewer.workshop.code, key)
    return web.back(url_for(".room", code=viewer.workshop.code), "")


def _way_in(code: str, form: JoinForm) -> ResponseReturnValue:
    workshop = joining.open_room_with(db.session, code)
    if not workshop:
        limits.wrong("join")
        return render_template(
            "workshop/public/closed.html", code=joining.plain_code(code)
        ), 404
    taken = [person.name for person in counting.people_of(db.session, workshop.board)]
    page = render_template(
        "workshop/public/way_in.html",
        workshop=workshop,
        form=form,
        trees=free_trees([gettext(tree) for tree in TREES], taken),
    )
    return page, 422 if form.errors else 200


def _room(viewer: Participant) -> ResponseReturnValue:
    match viewer.workshop.board.phase:
        case Phase.COLLECT:
            return _collecting(viewer, IdeaForm())
        case Phase.VOTE:
            page = "workshop/public/vote.html"
            return render_template(page, wall=_wall(viewer, Phase.VOTE), **_votes(viewer))
        case Phase.RESULT:
            page = "workshop/public/result.html"
            return render_template(page, wall=_wall(viewer, Phase.RESULT), **_votes(viewer))


def _collecting(viewer: Participant, form: IdeaForm) -> str:
    if web.wants_part():
        return render_template("workshop/public/_mine.html", **_mine(viewer, form))
    page = "workshop/public/collect.html"
    return render_template(page, wall=_wall(viewer, Phase.COLLECT), **_mine(viewer, form))


def _rewriting(viewer: Participant, idea: Idea, form: IdeaForm) -> str:
    page = "workshop/public/card.html"
    return render_template(page, idea=idea, form=form, **_seat(viewer))


def _own_card(code: str, idea_id: int) -> tuple[Participant, Idea]:
    viewer = current_participant(code)
    idea = find_card(viewer.workshop.board, idea_id)
    if idea.author_id != current_actor(viewer).id or idea.taken_down:
        abort(404)
    return viewer, idea


def _wall(viewer: Participant, page: Phase) -> Markup:
    """The shared part for those whose page shows the phase *page*."""
    board = viewer.workshop.board
    pace = showing.pace(viewer.workshop.hall)

    def context() -> dict[str, object]:
        seen = live.seal("board", board.id, board.version)
        news = url_for(".cards", code=viewer.workshop.code, page=page, seen=seen)
        shown = showing.wall(db.session, board)
        return {"board": board, "news": news, "pace": pace, "page": page, **shown}

    return web.shared("workshop/public/_wall.html", board, context, page, pace)


def _mine(viewer: Participant, form: IdeaForm) -> dict[str, object]:
    seat = _seat(viewer)
    mine = posting.ideas_of(db.session, viewer.workshop.board, seat["actor"])  # type: ignore[arg-type]
    return {"form": form, "mine": mine, **seat}


def _votes(viewer: Participant) -> dict[str, object]:
    board, actor = viewer.workshop.board, current_actor(viewer)
    return {
        "ideas": posting.ideas_on(db.session, board),
        "mine": voting.dots_by(db.session, board, actor),
        "left": voting.dots_left(db.session, board, actor),
        **_seat(viewer),
    }


def _seat(viewer: Participant) -> dict[str, object]:
    actor = current_actor(viewer)
    return {
        "viewer": viewer,
        "actor": actor,
        "turn": {} if actor is viewer else {"turn": actor.id},
        "table": hosting.table_of(db.session, viewer),
        "new_seat": SeatForm(formdata=None) if viewer.is_host else None,
        "workshop": viewer.workshop,
        "board": viewer.workshop.board,
    }


def _page(viewer: Participant, actor: Participant, place: str | None = None) -> str:
    turn = {} if actor.id == viewer.id else {"turn": actor.id}
    return url_for(".room", code=viewer.workshop.code, **turn, _anchor=place)  # type: ignore[arg-type]
