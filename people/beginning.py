"""Beginning projects: a name becomes an address, and whoever begins one facilitates it."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from core.models import insert_once
from people import consents
from people.models import Membership, Project, Role, User

LONGEST_SLUG = 40
GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class FormUsedTwice(Refusal):
    """A form that has added one thing already came back with another."""

    reason = message("This form has been sent already. Please load the page again.")


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
    slug = slug_of(name)
    for number in count(1):
        fresh = insert_once(
            session,
            Project,
            slug=slug if number == 1 else f"{slug}-{number}",
            name=name,
            created=now,
            form_key=form_key,
        )
        if fresh:
            session.add(Membership(project_id=fresh.id, user_id=user.id, role=Role.FACILITATOR))
            consents.seed(session, fresh, now)
            return fresh
        if earlier := _begun_with(session, form_key):
            if earlier.name != name:
                raise FormUsedTwice
            return earlier
    raise AssertionError  # numbers do not end


def rename(project: Project, name: str) -> None:
    """Call the project by another name; its address stays."""
    project.name = name
    project.changed()


def projects_of(session: Session, user_id: int) -> Sequence[tuple[Project, Role]]:
    """List the projects someone works in, by name, and their role there."""
    query = select(Project, Membership.role).join(Membership)
    query = query.where(Membership.user_id == user_id).order_by(Project.name, Project.id)
    return [(project, role) for project, role in session.execute(query)]


def slug_of(name: str) -> str:
    """Turn a name into what can stand in an address, as in fruechte-fuer-buch."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(GERMAN))
    letters = plain.encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", letters)
    return "-".join(words)[:LONGEST_SLUG].strip("-") or "project"


def _begun_with(session: Session, form_key: str | None) -> Project | None:
    query = select(Project).where(Project.form_key == form_key, Project.form_key.is_not(None))
    return session.scalar(query)
