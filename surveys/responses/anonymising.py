"""Answering with an invitation, and nobody knows whose answer it is.

Who has answered is noted in batches, for at least five people at once; at closing every way
back is destroyed: the hashes, the order of the rows, and the keys, also the one without which
nobody reads the answers in backups that were made before.
"""

from collections.abc import Mapping
from datetime import datetime
from secrets import SystemRandom

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from core import apart, shuffling
from core.errors import Refusal, message
from core.keys import Keyring
from core.models import insert_once
from surveys.hiding import batch
from surveys.models import AnonymousResponse, Invitation, Kind, State, Survey
from surveys.responses.anonymity import answers_key_of, day_of, key_of, still_open, ticket_hash

TABLES = [AnonymousResponse.__tablename__, Invitation.__tablename__]
_rows = AnonymousResponse


class HandedIn(Refusal):
    reason = message(
        "Answers were handed in with this link already. The words of their card lead back to "
        "them, to look at them, change or delete them; the link alone does not, so that nobody "
        "reads them who knows it."
    )


def _sealed_by(keys: Keyring, rows: apart.Rows) -> str:
    survey_id = rows[0]["survey_id"]
    return answers_key_of(survey_id) if keys.has(key_of(survey_id)) else ""


apart.keep(
    _rows.__tablename__,
    "survey_id",
    _sealed_by,
    "answers of an anonymous survey (use a backup made after its closing)",
)


def begin(
    session: Session,
    keys: Keyring,
    invitation: Invitation,
    version_id: int,
    language: str,
    now: datetime,
    form_key: str,
) -> str:
    """Return the response that a form begins with a link, however often it comes.

    The link alone opens nothing that was written before, as the team can write it into a
    letter again: another form begins anew, and takes the place of what is not handed in.

    :raise SurveyClosed: when the survey is not open
    :raise HandedIn: when answers were handed in with this link
    """
    survey_id = invitation.survey_id
    still_open(session, survey_id)
    ticket = ticket_hash(keys, survey_id, invitation.token_hash)
    number = keys.hash(key_of(survey_id), f"response {ticket} {form_key}")[:32]
    others = (_rows.ticket_hash == ticket) & (_rows.id != number)
    session.execute(
        delete(_rows)
        .where(others, _rows.submitted.is_(None))
        .execution_options(synchronize_session=False)
    )
    row = insert_once(
        session,
        AnonymousResponse,
        id=number,
        survey_id=invitation.survey_id,
        kind=Kind.ANONYMOUS,
        version_id=version_id,
        ticket_hash=ticket,
        language=language,
        answers={},
        revision=0,
        device_change=0,
        page="",
        saved=day_of(now),
        counted=False,
    )
    if row is None and session.scalar(select(_rows.id).where(others)) is not None:
        raise HandedIn
    return number


def begun_with(session: Session, keys: Keyring, invitation: Invitation) -> str | None:
    """Return the response that was begun with a link, while the survey is open."""
    ticket = ticket_hash(keys, invitation.survey_id, invitation.token_hash)
    return session.scalar(select(_rows.id).filter_by(ticket_hash=ticket))


def count_in(session: Session, keys: Keyring, survey: Survey) -> int:
    """Note who has answered, if five more have; return how many are new in the figures.

    Which of the new ones wait for the next batch is drawn by lot.
    """
    new = _uncounted(survey)
    if survey.kind != Kind.ANONYMOUS or survey.state != State.OPEN:
        return 0
    if not batch(session.scalar(select(func.count()).select_from(new.subquery())) or 0):
        return 0
    _one_at_a_time(session, survey)
    found = {ticket: number for number, ticket in session.execute(new)}
    chosen = set(SystemRandom().sample(sorted(found), batch(len(found))))
    waiting = select(Invitation.id, Invitation.token_hash)
    tickets = {
        ticket_hash(keys, survey.id, token_hash): number
        for number, token_hash in session.execute(waiting.filter_by(survey_id=survey.id))
    }
    answered = [tickets[each] for each in chosen if each in tickets]
    _set(
        session, update(_rows).where(_rows.id.in_([found[each] for each in chosen])), counted=1
    )
    _set(session, update(Invitation).where(Invitation.id.in_(answered)), answered=1)
    return len(chosen)


def close(session: Session, survey: Survey) -> None:
    """Drop what could lead back: the hashes, and what nobody handed in.

    Of the last answers up to four stay out of the figures, or they could be told apart.
    """
    mine = _rows.survey_id == survey.id
    session.execute(delete(_rows).where(mine, _rows.submitted.is_(None)))
    last = [number for number, _ in session.execute(_uncounted(survey))]
    chosen = SystemRandom().sample(sorted(last), batch(len(last)))
    _set(session, update(_rows).where(_rows.id.in_(chosen)), counted=1)
    _set(
        session,
        update(_rows).where(mine),
        ticket_hash=None,
        revision=0,
        device_change=0,
        page="",
    )
    day = func.max(_rows.saved)
    latest = session.scalar(select(day).where(mine))
    if latest:
        _set(session, update(_rows).where(mine), saved=latest, submitted=latest)


def seal_off(session: Session, keys: Keyring, survey_id: int) -> None:
    """Write the rows anew in no order, and destroy the keys: now no way leads back.

    To be called after the closing is committed; a second call does no harm. It commits, as
    the key may only go when the rows are safe.
    """
    mine = _rows.survey_id == survey_id
    shuffling.shuffle(session, _rows, mine)
    shuffling.touch(session, Invitation, Invitation.survey_id == survey_id)
    session.commit()
    shuffling.scour(session, TABLES)
    keys.destroy(answers_key_of(survey_id))
    keys.destroy(key_of(survey_id))


def waiting_to_be_sealed(session: Session, keys: Keyring) -> list[int]:
    """List the closed anonymous surveys whose key is still there."""
    closed = select(Survey.id).filter_by(kind=Kind.ANONYMOUS, state=State.CLOSED)
    return [number for number in session.scalars(closed) if keys.has(key_of(number))]


def open_ones(session: Session) -> list[Survey]:
    """List the anonymous surveys that people answer."""
    return list(
        session.scalars(select(Survey).filter_by(kind=Kind.ANONYMOUS, state=State.OPEN))
    )


def figures(session: Session, survey: Survey) -> Mapping[str, int]:
    """Return how many answers are counted, and how many wait for others."""
    query = select(_rows.counted, func.count()).where(_rows.submitted.is_not(None))
    found = dict(
        session.execute(query.filter_by(survey_id=survey.id).group_by(_rows.counted)).all()
    )
    return {"counted": found.get(True, 0), "waiting": found.get(False, 0)}


def _uncounted(survey: Survey):  # type: ignore[no-untyped-def]
    query = select(_rows.id, _rows.ticket_hash).where(_rows.submitted.is_not(None))
    return query.where(_rows.survey_id == survey.id, _rows.counted.is_(False))


def _set(session: Session, query, **values: object) -> None:  # type: ignore[no-untyped-def]
    session.execute(query.values(values).execution_options(synchronize_session=False))


def _one_at_a_time(session: Session, survey: Survey) -> None:
    mine = update(Survey).where(Survey.id == survey.id)
    _set(session, mine, version=Survey.version + 1)
