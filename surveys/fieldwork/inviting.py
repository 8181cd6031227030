"""Inviting: every organisation gets a link of its own, which is written down nowhere.

The token of the link is an HMAC of a nonce, made again whenever a letter or mail is
written; only its hash is kept to recognise it.
"""

from base64 import b32encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from secrets import token_hex

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.orm import Session, joinedload

from core.errors import Refusal, message
from core.keys import Keyring
from core.models import insert_once
from people.models import Organisation, Sector
from people.naming import fold
from surveys.models import Invitation, Kind, Response, State, Survey
from surveys.responses.anonymity import day_of, key_of

KEY = "invitations"
LETTERS = 20  # of 32: 100 bits
GROUP = 4


class NoLinks(Refusal):
    reason = message("There are no personal links to this survey.")


class Step(StrEnum):
    """How far an invitation has come."""

    INVITED = "invited"
    OPENED = "opened"
    ANSWERED = "answered"
    DECLINED = "declined"
    BOUNCED = "bounced"
    MISDIRECTED = "misdirected"


@dataclass(frozen=True)
class Invited:
    """An invitation as the facilitator sees it."""

    invitation: Invitation
    step: Step

    @property
    def organisation(self) -> Organisation:
        return self.invitation.organisation


def invite(
    session: Session,
    keys: Keyring,
    survey: Survey,
    organisations: Iterable[Organisation],
    now: datetime,
) -> list[Invitation]:
    """Give each organisation a link to *survey*; those that have one keep it.

    :raise NoLinks: when it is open to all, or anonymous and closed
    """
    organisations = list(organisations)
    if survey.kind == Kind.OPEN or _is_sealed(survey):
        raise NoLinks
    for organisation in organisations:
        insert_once(
            session,
            Invitation,
            project_id=survey.project_id,
            survey_id=survey.id,
            organisation_id=organisation.id,
            created=now,
            **new_link(keys, _key(survey)),
        )
    wanted = {organisation.id for organisation in organisations}
    return [
        each.invitation for each in invited(session, survey) if each.organisation.id in wanted
    ]


def new_link(keys: Keyring, key: str = KEY) -> dict[str, str]:
    """Make up a link: its nonce, and the hash by which its token is known."""
    nonce = token_hex(16)
    return {"nonce": nonce, "token_hash": _hash(_token(keys, key, nonce))}


def token_of(keys: Keyring, invitation: Invitation) -> str:
    """Return the token of an invitation, in groups of four as people type it.

    :raise NoLinks: when its key is destroyed, as the survey was anonymous and is closed
    """
    if _is_sealed(invitation.survey):
        raise NoLinks
    return _token(keys, _key(invitation.survey), invitation.nonce)


def invitation_with(session: Session, token: str) -> Invitation | None:
    """Return the invitation of a token; capitals and hyphens do not matter."""
    return session.scalar(select(Invitation).filter_by(token_hash=_hash(token)))


def invited(session: Session, survey: Survey) -> list[Invited]:
    """List the invitations to *survey* and how far they have come, by name."""
    query = select(Invitation, has_answered())
    query = query.where(Invitation.survey_id == survey.id)
    query = query.join(Organisation).where(Organisation.deleted.is_(None))
    query = query.options(joinedload(Invitation.organisation))
    found = [Invited(each, _step(each, done)) for each, done in session.execute(query)]
    return sorted(found, key=lambda each: _in_order(each.organisation))


def has_answered() -> ColumnElement[bool]:
    """Whether the organisation of an invitation has answered, as a condition."""
    handed_in = exists().where(
        Response.survey_id == Invitation.survey_id,
        Response.organisation_id == Invitation.organisation_id,
        Response.submitted.is_not(None),
    )
    return handed_in | Invitation.answered


def not_invited(session: Session, survey: Survey) -> list[Organisation]:
    """List the organisations of the register that have no invitation yet, by name."""
    known = select(Invitation.organisation_id).filter_by(survey_id=survey.id)
    query = select(Organisation).filter_by(project_id=survey.project_id, deleted=None)
    query = query.where(Organisation.id.not_in(known))
    return sorted(session.scalars(query), key=_in_order)


def counts(invitations: Iterable[Invited]) -> Mapping[Sector, Mapping[Step, int]]:
    """Count the steps per sector: who answered has opened, and everybody was invited."""
    table = {sector: dict.fromkeys(Step, 0) for sector in Sector}
    for each in invitations:
        row = table[each.organisation.sector]
        row[Step.INVITED] += 1
        if each.step != Step.INVITED:
            row[each.step] += 1
        if each.step == Step.ANSWERED:
            row[Step.OPENED] += 1
    return table


def opened(session: Session, invitation: Invitation, now: datetime) -> None:
    """Note that somebody opened the link for the first time, unless they are anonymous."""
    if invitation.opened is None:
        named = select(Survey.id).where(Survey.kind != Kind.ANONYMOUS)
        unseen = update(Invitation).filter_by(id=invitation.id, opened=None)
        unseen = unseen.where(Invitation.survey_id.in_(named))
        session.execute(unseen.values(opened=now))


def decline(session: Session, invitation: Invitation, now: datetime) -> None:
    """Note the day on which the organisation said that it does not want to take part."""
    values = {"declined": day_of(now)}
    session.execute(
        update(Invitation).filter_by(id=invitation.id, declined=None).values(values)
    )


def come_back(session: Session, invitation: Invitation) -> None:
    """Take a refusal back."""
    session.execute(update(Invitation).filter_by(id=invitation.id).values(declined=None))


def begun_by(session: Session, invitation: Invitation) -> list[Response]:
    """List the responses that were begun with an invitation, the latest first."""
    query = select(Response).filter_by(invitation_id=invitation.id)
    return list(session.scalars(query.order_by(Response.saved.desc(), Response.id.desc())))


def is_open(survey: Survey) -> bool:
    return survey.state == State.OPEN


def _in_order(organisation: Organisation) -> tuple[str, int]:
    """By name as people read it; each engine would put Äpfel and eins elsewhere."""
    return fold(organisation.name), organisation.id


def _step(invitation: Invitation, answered: bool) -> Step:
    if answered:
        return Step.ANSWERED
    if invitation.declined:
        return Step.DECLINED
    if invitation.misdirected:
        return Step.MISDIRECTED
    if invitation.bounced:
        return Step.BOUNCED
    return Step.OPENED if invitation.opened else Step.INVITED


def _key(survey: Survey) -> str:
    return key_of(survey.id) if survey.kind == Kind.ANONYMOUS else KEY


def _is_sealed(survey: Survey) -> bool:
    return survey.kind == Kind.ANONYMOUS and survey.state == State.CLOSED


def _token(keys: Keyring, key: str, nonce: str) -> str:
    mac = bytes.fromhex(keys.hash(key, nonce))
    letters = b32encode(mac).decode().lower()[:LETTERS]
    return "-".join(letters[at : at + GROUP] for at in range(0, LETTERS, GROUP))


def _hash(token: str) -> str:
    plain = "".join(c for c in token[:100].lower() if c.isalnum())
    return sha256(plain.encode()).hexdigest()
