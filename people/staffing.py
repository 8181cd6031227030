"""Who of the staff may do what in a project; somebody can always facilitate it."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from core.errors import Refusal, message
from core.models import insert_once
from people.models import Membership, Project, Role, User

ROLES = {
    Role.FACILITATOR: message("Facilitator"),
    Role.COUNSELLOR: message("Counsellor"),
    Role.ADVISER: message("Adviser"),
    Role.PANEL: message("Panel member"),
    Role.TASK_FORCE: message("Task force"),
}
MAY = {
    Role.FACILITATOR: message("Sees and changes everything in this project."),
    Role.COUNSELLOR: message("Leads conversations for one provider."),
    Role.ADVISER: message("Advises organisations: sees the advice cases."),
    Role.PANEL: message("Reads and signs the social audit."),
    Role.TASK_FORCE: message("Reads results and networks."),
}


class LastFacilitator(Refusal):
    reason = message("A project needs someone who facilitates it. Name somebody else first.")


def members_of(session: Session, project: Project) -> Sequence[Membership]:
    """List who works in *project*, by name."""
    query = select(Membership).join(Membership.user)
    query = query.where(Membership.project_id == project.id)
    return session.scalars(query.order_by(User.name, User.email)).all()


def change_role(
    session: Session, project: Project, member: Membership, role: Role, provider_id: int | None
) -> None:
    """Give a member another role; counsellors work for a provider, others for none.

    :raise LastFacilitator: when nobody would be left who facilitates
    """
    _one_at_a_time(session, project)
    values = {"role": role, "provider_id": provider_id if role == Role.COUNSELLOR else None}
    may = Membership.id == member.id
    if role != Role.FACILITATOR:
        may &= or_(Membership.role != Role.FACILITATOR, _somebody_else(member))
    query = update(Membership).where(may).values(values).returning(Membership.id)
    if session.scalar(query) is None:
        raise LastFacilitator


def remove(session: Session, project: Project, member: Membership) -> None:
    """Take somebody out of the project; their account stays.

    :raise LastFacilitator: when nobody would be left who facilitates
    """
    _one_at_a_time(session, project)
    may = or_(Membership.role != Role.FACILITATOR, _somebody_else(member))
    query = delete(Membership).where(Membership.id == member.id, may)
    if session.scalar(query.returning(Membership.id)) is None:
        raise LastFacilitator


def put_back(
    session: Session, project: Project, user_id: int, role: Role, provider_id: int | None
) -> None:
    """Undo a removal; who is back already keeps the role they have now."""
    insert_once(
        session,
        Membership,
        project_id=project.id,
        user_id=user_id,
        role=role,
        provider_id=provider_id,
    )
    project.changed()


def _one_at_a_time(session: Session, project: Project) -> None:
    """Hold the project's row, so that the next statement sees what others have decided.

    Under READ COMMITTED two facilitators could otherwise remove each other: each statement
    would still see the other one in place.
    """
    project.changed()
    session.flush()


def _somebody_else(member: Membership) -> ColumnElement[bool]:
    other = aliased(Membership)
    return exists().where(
        other.project_id == member.project_id,
        other.role == Role.FACILITATOR,
        other.id != member.id,
    )
