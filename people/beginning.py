"""Beginning projects: a name becomes an address, and whoever begins one facilitates it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import FormUsedTwice, Refusal, message
from core.models import insert_once
from core.slugs import slugs
from people import consents
from people.models import Membership, Project, Role, User


class NotForEveryone(Refusal):
    reason = message("Only an administrator of this server begins projects.")


def begin_project(
    session: Session, user: User, form_key: str | None, name: str, now: datetime
) -> Project:
    """Begin a project of which *user* is the facilitator; the same form begins it once.

    :raise NotForEveryone: when *user* is no administrator
    :raise FormUsedTwice: when the same form comes with another name
    """
    if not user.is_administrator:
        raise NotForEveryone
    values = {"name": name, "created": now, "form_key": form_key}
    for slug in slugs(name, "project"):
        if fresh := insert_once(session, Project, slug=slug, **values):
            session.add(Membership(project_id=fresh.id, user_id=user.id, role=Role.FACILITATOR))
            consents.seed(session, fresh, now)
            return fresh
        if earlier := _begun_with(session, form_key):
            if earlier.name != name:
                raise FormUsedTwice
            return earlier
    raise AssertionError("addresses do not end")


def rename(project: Project, name: str) -> None:
    """Call the project by another name; its address stays."""
    project.name = name
    project.changed()


def projects_of(session: Session, user_id: int) -> Sequence[tuple[Project, Role]]:
    """List the projects someone works in, by name, and their role there."""
    query = select(Project, Membership.role).join(Membership)
    query = query.where(Membership.user_id == user_id).order_by(Project.name, Project.id)
    return [(project, role) for project, role in session.execute(query)]


def _begun_with(session: Session, form_key: str | None) -> Project | None:
    query = select(Project).where(Project.form_key == form_key, Project.form_key.is_not(None))
    return session.scalar(query)
