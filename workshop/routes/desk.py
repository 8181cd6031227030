"""The pages of the facilitator: the list, preparing, and the strip beside the projector."""

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from core import live, qr, web
from core.clock import now
from core.db import db
from core.i18n import language
from people.current import current_project, find, find_all, open_to, staff_blueprint
from people.desk import Tab, add_tab
from people.models import Role
from workshop import (
    agenda,
    counting,
    hosting,
    posting,
    preparing,
    showing,
    stepping,
)
from workshop.cards import checking, hanging
from workshop.models import Idea, Phase, Workshop
from workshop.moving import STEPS, Act, allows
from workshop.paper.typing import unconfirmed
from workshop.routes.forms import WorkshopForm, filled_with
from workshop.voting.closing import forget
from workshop.voting.opening import latest_round
from workshop.voting.saying import rule_of

bp = staff_blueprint("workshops", __name__, "/workshops")
add_tab(Tab(50, "workshops.workshops", lazy_gettext("Idea workshop")))


@bp.get("")
@open_to(Role.TASK_FORCE)
def workshops() -> ResponseReturnValue:
    found = find_all(Workshop)
    return render_template("workshop/workshops.html", workshops=list(reversed(found)))


@bp.get("/new")
def new() -> ResponseReturnValue:
    return render_template("workshop/form.html", form=WorkshopForm(), workshop=None)


@bp.post("")
def prepare() -> ResponseReturnValue:
    form = WorkshopForm()
    if not form.validate():
        return render_template("workshop/form.html", form=form, workshop=None), 422

    title, key = form.title.data, form.key.data
    words = title, title, form.questions.data
    workshop = preparing.prepare(
        db.session, current_project(), key, *words, now(), **form.settings
    )
    db.session.commit()
    said = gettext("The workshop is prepared.")
    return web.back(url_for(".workshop", slug=workshop.slug), said)


@bp.get("/<slug>")
def workshop(slug: str) -> ResponseReturnValue:
    """The room as the facilitator sees it."""
    workshop = find(Workshop, slug=slug)
    address = current_app.config["PUBLIC_URL"] + _link(workshop)
    return render_template(
        "workshop/workshop.html",
        address=address,
        square=qr.square(address),
        is_loopback=web.only_here(),
        **_strip(workshop),
        **_room(workshop),
    )


@bp.get("/<slug>/room")
def room(slug: str) -> ResponseReturnValue:
    """Who is here and what hangs: the part that looks for news."""
    workshop = find(Workshop, slug=slug)
    return render_template("workshop/_room.html", **_room(workshop))


@bp.get("/<slug>/settings")
def settings(slug: str) -> ResponseReturnValue:
    workshop = find(Workshop, slug=slug)
    form = filled_with(workshop, workshop.board)
    return render_template("workshop/form.html", form=form, workshop=workshop)


@bp.post("/<slug>/settings")
def rephrase(slug: str) -> ResponseReturnValue:
    workshop, form = find(Workshop, slug=slug), WorkshopForm()
    if not form.validate():
        return render_template("workshop/form.html", form=form, workshop=workshop), 422

    words = form.title.data, form.questions.data
    preparing.rephrase(db.session, workshop.board, *words, **form.settings)
    db.session.commit()
    return web.back(url_for(".workshop", slug=slug), gettext("Saved."))


@bp.post("/<slug>/phase")
def move(slug: str) -> ResponseReturnValue:
    workshop = find(Workshop, slug=slug)
    origin, to = _phase(request.form.get("from")), _phase(request.form.get("to"))

    if (
        to is Phase.RESULT
        and not request.form.get("sure")
        and unconfirmed(db.session, workshop)
    ):
        return redirect(url_for(".before_count", slug=slug), 303)
    keys = current_app.extensions["keys"]
    stepping.step(db.session, keys, workshop.board, origin, to, now())
    db.session.commit()
    forget(db.session, keys)
    db.session.commit()
    return web.back(url_for(".workshop", slug=slug), "")


@bp.post("/<slug>/door")
def open_room(slug: str) -> ResponseReturnValue:
    workshop = find(Workshop, slug=slug)
    is_open = request.form.get("open") == "yes"

    preparing.open_room(db.session, workshop, is_open)
    db.session.commit()
    said = gettext("The room is open.") if is_open else gettext("The room is closed.")
    return web.back(url_for(".workshop", slug=slug), said)


@bp.post("/<slug>/ideas/<id:idea_id>/removal")
def take_down(slug: str, idea_id: int) -> ResponseReturnValue:
    board = find(Workshop, slug=slug).board
    idea = find(Idea, id=idea_id, board_id=board.id)

    posting.take_down_idea(db.session, idea, request.form.get("undo") != "yes")
    db.session.commit()
    return web.back(url_for(".workshop", slug=slug, _anchor="cards"), "")


def _room(workshop: Workshop) -> dict[str, object]:
    board = workshop.board
    seen = live.seal("pulse", board.id, board.pulse)
    waiting = posting.waiting_on(db.session, board)
    return {
        "workshop": workshop,
        "board": board,
        "news": url_for(".room", slug=workshop.slug, page=board.phase, seen=seen),
        "moved": request.args.get("page", board.phase) != board.phase,
        "pace": showing.pace(workshop.hall),
        "turnout": counting.turnout(db.session, board),
        "people": counting.people_of(db.session, board),
        "tables": hosting.tables(db.session, workshop),
        "ideas": posting.ideas_on(db.session, board),
        "waiting": hanging.cards_of(db.session, waiting, language()) if waiting else {},
        "seen": checking.seen,
        "taken_down": posting.taken_down_from(db.session, board),
        "places": counting.result(db.session, board),
        "round": latest_round(db.session, board),
        "unconfirmed": unconfirmed(db.session, workshop),
        "can_take_down": allows(board, Act.TAKE_DOWN),
    }


def _strip(workshop: Workshop) -> dict[str, object]:
    """What moves the room: the agenda, the clock, and where it may go."""
    board = workshop.board
    after = agenda.next_of(board)
    onward = after.phase if after and after.phase in STEPS[board.phase] else None
    return {
        "onward": onward,
        "others": [phase for phase in STEPS[board.phase] if phase not in (board.phase, onward)],
        "minutes": agenda.minutes_of(board) or 10,
        "can_prepare": allows(board, Act.PREPARE),
        "clock_now": int(now().timestamp() * 1000),
        "rule": rule_of(board),
    }


def _link(workshop: Workshop) -> str:
    return url_for("workshop.room", code=workshop.code)


def _phase(name: str | None) -> Phase:
    return Phase(name) if name and name in [*Phase] else abort(422)
