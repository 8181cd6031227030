"""The team of a project: who works in it, as what, and who is invited."""

from flask import abort, current_app, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from core import clock, mail, qr, web
from core.db import db
from people import inviting, staffing
from people.beginning import rename
from people.current import (
    current_membership,
    current_project,
    current_staff,
    find,
    find_all,
    open_to,
    staff_blueprint,
)
from people.desk import Tab, add_tab
from people.models import Membership, Organisation, Role, StaffInvitation
from people.routes.forms import InviteForm, RenameForm, RoleForm
from people.staffing import MAY, ROLES

bp = staff_blueprint("team", __name__, "/people/team")
add_tab(Tab(95, "team.team", lazy_gettext("Team")))
UNDO = "removed from the team"
LINK = "link for the team"


@bp.get("")
@open_to(*Role)
def team() -> ResponseReturnValue:
    """Show who works here; those who facilitate also see who is invited."""
    return _page(_invite_form(), RenameForm(obj=current_project(), formdata=None))


@bp.post("/invitations")
def invite() -> ResponseReturnValue:
    """Make a link for somebody new, and mail it if there is an address."""
    form, project = _invite_form(), current_project()
    if not form.validate():
        return _page(form, RenameForm(obj=project, formdata=None)), 422

    invitation, key = inviting.invite(
        db.session,
        current_app.extensions["keys"],
        project,
        form.key.data,
        clock.now(),
        role=Role(form.role.data),
        email=form.email.data,
        provider_id=form.provider.data,
    )
    link = web.public(url_for("entering.invited", key=key))
    if invitation.email:
        _mail(invitation, link)
    db.session.commit()
    session[LINK] = {"id": invitation.id, "link": link}
    return redirect(url_for("team.invitation", number=invitation.id), 303)


@bp.get("/invitations/<id:number>")
def invitation(number: int) -> ResponseReturnValue:
    """Show the link, this once: only its hash is kept."""
    row = find(StaffInvitation, id=number, used=None)
    fresh = session.pop(LINK, {})
    link = fresh["link"] if fresh.get("id") == row.id else ""
    return render_template(
        "people/team/invitation.html",
        invitation=row,
        link=link,
        drawing=qr.square(link) if link else "",
        only_here=web.only_here(),
        role=ROLES[row.role],
    )


@bp.post("/invitations/<id:number>/removal")
def withdraw_invitation(number: int) -> ResponseReturnValue:
    """Make a link worthless."""
    row = find(StaffInvitation, id=number)

    inviting.withdraw(db.session, row)
    db.session.commit()
    return web.back(url_for("team.team"), gettext("The link is worthless now."))


@bp.route("/<id:number>", methods=["GET", "POST"])
def member(number: int) -> ResponseReturnValue:
    """Show one of the team, and give them another role."""
    row = find(Membership, id=number)
    form = RoleForm(role=row.role, provider=row.provider_id)
    form.offer(find_all(Organisation, deleted=None))
    if not form.validate_on_submit():
        page = render_template("people/team/member.html", member=row, form=form)
        return page, 422 if form.errors else 200

    role = Role(form.role.data)
    staffing.change_role(db.session, current_project(), row, role, form.provider.data)
    db.session.commit()
    notice = gettext("%(name)s: %(role)s.", name=row.user.name, role=gettext(ROLES[role]))
    return web.back(_after(row), notice)


@bp.post("/<id:number>/removal")
def remove_member(number: int) -> ResponseReturnValue:
    """Take somebody out of the team; it can be undone."""
    row = find(Membership, id=number)
    undo = {
        "project": row.project_id,
        "user": row.user_id,
        "role": row.role,
        "provider": row.provider_id,
        "name": row.user.called,
    }

    staffing.remove(db.session, current_project(), row)
    db.session.commit()
    if undo["user"] == current_staff().id:
        return web.back(url_for("projects.projects"), gettext("You have left the project."))
    session[UNDO] = undo
    return redirect(url_for("team.team"), 303)


@bp.post("/restoration")
def restore_member() -> ResponseReturnValue:
    """Undo the latest removal."""
    undo = session.pop(UNDO, {})
    if undo.get("project") != current_project().id:
        abort(404)

    staffing.put_back(
        db.session, current_project(), undo["user"], Role(undo["role"]), undo["provider"]
    )
    db.session.commit()
    return web.back(url_for("team.team"), gettext("%(name)s is back.", name=undo["name"]))


@bp.post("/name")
def rename_project() -> ResponseReturnValue:
    """Call the project by another name."""
    form = RenameForm()
    if not form.validate():
        return _page(_invite_form(), form), 422

    rename(current_project(), form.name.data)
    db.session.commit()
    return web.back(url_for("team.team"), gettext("Saved."))


def _page(invite_form: InviteForm, rename_form: RenameForm) -> str:
    project = current_project()
    undo = session.get(UNDO, {})
    return render_template(
        "people/team/team.html",
        members=staffing.members_of(db.session, project),
        pending=inviting.pending(db.session, project, clock.now()),
        facilitates=current_membership().role == Role.FACILITATOR,
        roles=ROLES,
        may=MAY,
        invite_form=invite_form,
        rename_form=rename_form,
        undo=undo if undo.get("project") == project.id else None,
    )


def _invite_form() -> InviteForm:
    form = InviteForm()
    form.offer(find_all(Organisation, deleted=None))
    return form


def _after(changed: Membership) -> str:
    """Lead those who have just given up their own keys to what they can still open."""
    mine = changed.id == current_membership().id
    return url_for("projects.projects" if mine else "team.team")


def _mail(invitation: StaffInvitation, link: str) -> None:
    """Tell somebody that they are invited."""
    project = current_project()
    text = render_template(
        "people/team/invitation.txt",
        project=project,
        link=link,
        inviter=current_staff().name,
        role=ROLES[invitation.role],
        days=inviting.LASTS.days,
    )
    subject = gettext("Invitation to %(project)s", project=project.name)
    mail.send(invitation.email, subject, text, purpose=mail.ACCOUNT, project_id=project.id)
