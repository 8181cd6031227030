"""Noting what has become of ideas, and the list over all workshops."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import web
from core.clock import now, today
from core.db import db
from people.current import current_project, current_staff, find, open_to
from people.models import Role
from workshop.following import deciding, following
from workshop.following.forms import FollowForm
from workshop.following.saying import OUTCOMES, STATES
from workshop.models import Idea, Workshop
from workshop.moving import Act, allows
from workshop.routes.deciding import idea_of
from workshop.routes.desk import bp


@bp.get("/ideas/followed")
@open_to(Role.TASK_FORCE)
def followed() -> ResponseReturnValue:
    """What became of the ideas of all workshops."""
    q, state = request.args.get("q", "").strip(), request.args.get("state", "")
    return render_template(
        "workshop/followed.html",
        courses=following.followed(db.session, current_project(), q, state),
        q=q,
        state=state,
        outcomes=OUTCOMES,
        states=STATES,
        not_yet=following.NOT_YET,
    )


@bp.get("/<slug>/ideas/<id:idea_id>/course")
@open_to(Role.TASK_FORCE)
def course(slug: str, idea_id: int) -> ResponseReturnValue:
    workshop = find(Workshop, slug=slug)
    return _page(workshop, idea_of(workshop, idea_id), FollowForm(data={"day": today()}))


@bp.post("/<slug>/ideas/<id:idea_id>/notes")
def note(slug: str, idea_id: int) -> ResponseReturnValue:
    workshop = find(Workshop, slug=slug)
    idea, form = idea_of(workshop, idea_id), FollowForm()
    if not form.validate():
        return _page(workshop, idea, form), 422

    by = current_staff().called
    added = following.note(db.session, idea, form.key.data, by, now(), **form.note)
    db.session.commit()
    undo = url_for(".withdraw_note", slug=slug, idea_id=idea.id, number=added.id)
    return web.back(
        url_for(".course", slug=slug, idea_id=idea.id), gettext("Noted."), undo=undo
    )


@bp.post("/<slug>/ideas/<id:idea_id>/notes/<id:number>/removal")
def withdraw_note(slug: str, idea_id: int, number: int) -> ResponseReturnValue:
    idea = idea_of(find(Workshop, slug=slug), idea_id)
    is_back = request.form.get("undo") == "yes"

    following.withdraw(db.session, idea, number, not is_back) or abort(404)
    db.session.commit()
    said = gettext("The note counts again.") if is_back else gettext("The note is taken back.")
    return web.back(url_for(".course", slug=slug, idea_id=idea.id), said)


def _page(workshop: Workshop, idea: Idea, form: FollowForm) -> str:
    return render_template(
        "workshop/course.html",
        workshop=workshop,
        course=following.courses(db.session, [idea])[0],
        history=deciding.histories(db.session, [idea.id]).get(idea.id, []),
        withdrawn=following.withdrawn(db.session, idea),
        form=form,
        outcomes=OUTCOMES,
        states=STATES,
        can_follow=allows(idea.board, Act.FOLLOW),
    )
