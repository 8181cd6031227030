"""Inviting staff: a link is used once, by whoever holds it, and only its hash is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.orm import Session

from core.errors import FormUsedTwice, Refusal, message
from core.keys import Keyring
from core.models import insert_once
from people.entering import hash_of
from people.models import Membership, Project, Role, StaffInvitation, User

LASTS = timedelta(days=14)


class LinkUsed(Refusal):
    reason = message("This link has been used or has expired. Please ask for a new one.")


class AlreadyHere(Refusal):
    reason = message("You work in this project already. The link stays good for somebody else.")


class AddressTaken(Refusal):
    reason = message(
        "There is an account with this address. Please sign in, then open the link again."
    )


@dataclass(frozen=True)
class NewAccount:
    """What somebody new says of themselves."""

    name: str
    email: str
    language: str
    password_hash: str | None = None


def invite(
    session: Session,
    keys: Keyring,
    project: Project,
    form_key: str,
    now: datetime,
    *,
    role: Role,
    email: str = "",
    provider_id: int | None = None,
) -> tuple[StaffInvitation, str]:
    """Make a link to *project* and return it with its key; the same form gives the same link.

    :raise FormUsedTwice: when the same form comes with other wishes
    """
    key = keys.hash("staff invitations", f"{project.id} {form_key}")[:32]
    wishes = {
        "role": role,
        "email": email,
        "provider_id": provider_id if role == Role.COUNSELLOR else None,
    }
    invitation = insert_once(
        session,
        StaffInvitation,
        project_id=project.id,
        key_hash=hash_of(key),
        created=now,
        expires=now + LASTS,
        **wishes,
    )
    if not invitation:
        query = select(StaffInvitation).filter_by(key_hash=hash_of(key))
        invitation = session.scalars(query).one()
        if {name: getattr(invitation, name) for name in wishes} != wishes:
            raise FormUsedTwice
    return invitation, key


def open_invitation(
    session: Session, key: str, now: datetime
) -> tuple[StaffInvitation, Project] | None:
    """Return what the link with this key invites to, while it can be used."""
    query = select(StaffInvitation, Project).join(Project)
    query = query.where(StaffInvitation.key_hash == hash_of(key), _is_open(now))
    found = session.execute(query).one_or_none()
    return (found[0], found[1]) if found else None


def pending(session: Session, project: Project, now: datetime) -> Sequence[StaffInvitation]:
    """List the links to *project* that nobody has used yet, the latest first."""
    query = select(StaffInvitation).filter_by(project_id=project.id).where(_is_open(now))
    return session.scalars(query.order_by(StaffInvitation.id.desc())).all()


def withdraw(session: Session, invitation: StaffInvitation) -> None:
    """Make a link worthless, unless somebody has used it first.

    :raise LinkUsed: when somebody has
    """
    query = delete(StaffInvitation).filter_by(id=invitation.id, used=None)
    if session.scalar(query.returning(StaffInvitation.id)) is None:
        raise LinkUsed


def accept(session: Session, invitation: StaffInvitation, user: User, now: datetime) -> None:
    """Let *user* work in the project they were invited to.

    :raise LinkUsed: when somebody was faster, or it is too late
    :raise AlreadyHere: when they work there already
    """
    query = update(StaffInvitation).where(StaffInvitation.id == invitation.id, _is_open(now))
    taken = session.scalar(query.values(used=now).returning(StaffInvitation.id))
    if taken is None:
        raise LinkUsed
    member = insert_once(
        session,
        Membership,
        project_id=invitation.project_id,
        user_id=user.id,
        role=invitation.role,
        provider_id=invitation.provider_id,
    )
    if member is None:
        raise AlreadyHere


def accept_anew(
    session: Session, invitation: StaffInvitation, account: NewAccount, now: datetime
) -> User:
    """Make an account for somebody new and let them work in the project.

    :raise AddressTaken: when an account has this address
    :raise LinkUsed: when somebody was faster, or it is too late
    """
    user = insert_once(
        session,
        User,
        name=account.name,
        email=account.email.lower(),
        language=account.language,
        password=account.password_hash,
        fs_uniquifier=uuid4().hex,
    )
    if user is None:
        raise AddressTaken
    accept(session, invitation, user, now)
    return user


def _is_open(now: datetime) -> ColumnElement[bool]:
    return and_(StaffInvitation.used.is_(None), StaffInvitation.expires > now)
