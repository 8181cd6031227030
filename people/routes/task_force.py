"""The task force: who is in it, and which sector is missing."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import web
from core.db import db
from people import balancing
from people.current import current_project, find, open_to
from people.forms import MemberForm, as_choices
from people.models import Organisation, Role, Sector, TaskForceMember
from people.register import choices_for_roster
from people.routes.area import register


@register.get("/task-force")
@open_to(Role.TASK_FORCE)
def task_force() -> ResponseReturnValue:
    """Who sits in the task force, and how the sectors are in balance.

    Its members know each other, so seats bear names; whom to ask is named by consent only.
    """
    return _page(_form())


@register.post("/task-force")
def add_member() -> ResponseReturnValue:
    form = _form()
    if not form.validate():
        return _page(form), 422
    code = form.organisation.data
    organisation = find(Organisation, code=code) if code else None
    if not (form.name.data or form.affiliation.data or organisation):
        form.name.errors = [gettext(balancing.NobodyNamed.reason)]
        return _page(form), 422
    if not (form.sector.data or organisation):
        form.sector.errors = [gettext(balancing.SectorMissing.reason)]
        return _page(form), 422

    balancing.add_member(
        db.session,
        current_project(),
        form_key=form.key.data,
        name=form.name.data,
        organisation=organisation,
        affiliation="" if organisation else form.affiliation.data,
        sector=Sector(form.sector.data) if form.sector.data else None,
    )
    db.session.commit()
    return web.back(url_for(".task_force"), gettext("The seat is taken."))


@register.post("/task-force/<id:member_id>/removal")
def remove_member(member_id: int) -> ResponseReturnValue:
    member = find(TaskForceMember, id=member_id)

    balancing.remove_member(db.session, member)
    db.session.commit()
    return web.back(url_for(".task_force"), gettext("The seat is free again."))


def _form() -> MemberForm:
    form = MemberForm()
    listed = choices_for_roster(db.session, current_project())
    names = {each.code: each.name for each in listed}
    form.organisation.choices = as_choices({"": gettext("None of these")} | names)
    return form


def _page(form: MemberForm) -> str:
    seats = balancing.members(db.session, current_project())
    shares = balancing.balance(db.session, current_project())
    return render_template("people/task_force.html", form=form, seats=seats, shares=shares)
