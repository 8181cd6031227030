"""Holding a conversation: it begins with the yes, goes on page by page, and is handed in.

Until then its answers are sealed with a key of its own that lies outside the database. When
it is broken off or handed in the key is destroyed, and nothing of what was said meanwhile and
taken back can be read any more: not in the files of the database, not in a backup.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core import apart
from core.clock import ZONE
from core.errors import FormUsedTwice, Refusal, message
from core.keys import Keyring
from core.models import insert_once
from surveys.conversations import asking, coding
from surveys.conversations.models import Conversation
from surveys.models import Channel, Kind, State, Subject, Survey
from surveys.questionnaires.evaluating import Evaluation, Questionnaire
from surveys.responses import answering
from surveys.responses.agreeing import note_agreements
from surveys.responses.anonymity import SurveyClosed, day_of, still_open
from surveys.responses.answering import Overtaken
from surveys.responses.sealing import parted, seal
from surveys.responses.sitting import Sitting, Start

PREFIX = "conversation-"
ATTEMPTS = 50  # to draw a code that no other conversation of the project has


class NoCodeLeft(Refusal):
    reason = message("No code was free. Please try once more.")


class NothingToAsk(Refusal):
    reason = message("This survey asks nothing that a conversation could be about.")


class Unreadable(Refusal):
    reason = message(
        "What was said in this conversation cannot be read any more, as its key is gone. You "
        "can only delete it and begin anew."
    )


class NoYes(Refusal):
    reason = message("Without the yes of the person nothing is stored. Please delete this one.")


class Offering(Protocol):
    """The questions and lists of a version."""

    @property
    def questionnaire(self) -> Questionnaire: ...
    @property
    def sealed(self) -> Mapping[str, Sequence[str]]: ...


@dataclass(frozen=True)
class Draft:
    """What was said so far, the wordings that were agreed to, and the page that comes next."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    agreed: Mapping[str, int] = field(default_factory=dict)
    page: str = ""


def key_of(response_id: int) -> str:
    """Return the name of the key of a conversation."""
    return f"{PREFIX}{response_id}"


def _sealed_by(keys: Keyring, rows: apart.Rows) -> str:
    """Seal what is under way; of what is handed in the code must outlive every key."""
    (row,) = rows
    key = key_of(row["response_id"])
    return key if row["draft"] is not None and keys.has(key) else ""


apart.keep(Conversation.__tablename__, "response_id", _sealed_by, "conversation under way")


def surveys_for(session: Session, project_id: int) -> Sequence[Survey]:
    """List the surveys for which people can be talked to now, the newest first."""
    query = select(Survey).filter_by(project_id=project_id, subject=Subject.PERSONS)
    query = query.where(Survey.state == State.OPEN, Survey.kind != Kind.ANONYMOUS)
    return session.scalars(query.order_by(Survey.id.desc())).all()


def begin(
    session: Session,
    keys: Keyring,
    start: Start,
    provider_id: int,
    key_hash: str,
    *,
    language: str,
    draft: Draft,
    now: datetime,
    code: str = "",
    channel: Channel = Channel.COUNSELLOR,
) -> Conversation:
    """Begin a conversation once the person has said yes; the same key begins one.

    A *code* that stands on paper or on a tablet is taken as it is, another is drawn.

    :raise SurveyClosed: when the survey is not open
    :raise Full: when it takes no more answers
    :raise FormUsedTwice: when the key has begun something else
    """
    number = answering.begin(
        session, start, start.version_id, key_hash, answers={}, language="",
        now=day_of(now), channel=channel,
    )  # fmt: skip
    values = {
        "project_id": start.project_id, "survey_id": start.survey_id, "response_id": number,
        "provider_id": provider_id, "month": month_of(now), "language": language,
        "draft": _sealed(keys, number, draft), "revision": 0,
    }  # fmt: skip
    for _ in range(1 if code else ATTEMPTS):
        row = insert_once(session, Conversation, code=code or coding.draw(), **values)
        if row is not None:
            return row
        row = session.scalar(select(Conversation).filter_by(response_id=number))
        if row is not None:
            same = (provider_id, language, code or row.code)
            if (row.provider_id, row.language, row.code) != same:
                raise FormUsedTwice
            return row
    raise NoCodeLeft


def draft_of(keys: Keyring, conversation: Conversation) -> Draft:
    """Return what was said so far; nothing more once it is handed in.

    :raise Unreadable: when its key is gone
    """
    if conversation.draft is None:
        return Draft()
    number = conversation.response_id
    key = key_of(number)
    text = keys.unseal(key, conversation.draft, _place(number)) if keys.has(key) else ""
    if not text:
        raise Unreadable
    return Draft(**json.loads(text))


def save(
    session: Session, keys: Keyring, conversation: Conversation, draft: Draft, *, language: str
) -> None:
    """Keep what was said so far.

    :raise SurveyClosed: when the survey is not open
    :raise Overtaken: when it was saved, or handed in, since *conversation* was read
    """
    still_open(session, conversation.survey_id)
    sealed = _sealed(keys, conversation.response_id, draft)
    _replace(session, conversation, draft=sealed, language=language)


def hand_in(
    session: Session,
    keys: Keyring,
    conversation: Conversation,
    response: Sitting,
    offering: Offering,
    evaluation: Evaluation,
    agreed: Mapping[str, int | None],
    now: datetime,
) -> None:
    """Let the answers count; what was left out stays empty, also what a form requires.

    To be followed by :func:`forget`, once that is committed.

    :raise NoYes: when the person has not agreed to take part
    :raise SurveyClosed: when the survey is not open
    :raise Overtaken: when it was saved, or handed in, since *conversation* was read
    """
    if response.state != State.OPEN:
        raise SurveyClosed
    definition = offering.questionnaire.definition
    consent = asking.consent_of(definition)
    if consent and evaluation.value(consent.name) != asking.yes_to(definition, consent):
        raise NoYes
    still_open(session, response.survey_id)
    _replace(session, conversation, draft=None)
    _, contact = parted(evaluation.document(), offering.sealed)
    seal(session, keys, conversation.response_id, contact)
    note_agreements(session, response.project_id, conversation.response_id, agreed)
    answering.hand_in(
        session, response, offering.questionnaire, evaluation,
        language=conversation.language, now=day_of(now),
    )  # fmt: skip


def forget(keys: Keyring, response_id: int) -> None:
    """Destroy the key of a conversation that is over, once that is committed."""
    keys.destroy(key_of(response_id))


def month_of(now: datetime) -> date:
    """Return the month of a moment, as its first day."""
    return now.astimezone(ZONE).date().replace(day=1)


def _replace(session: Session, conversation: Conversation, **values: object) -> None:
    query = update(Conversation).where(
        Conversation.id == conversation.id,
        Conversation.revision == conversation.revision,
        Conversation.draft.is_not(None),
    )
    query = query.values(revision=Conversation.revision + 1, **values)
    done = session.scalar(
        query.returning(Conversation.id), execution_options={"synchronize_session": False}
    )
    if done is None:
        raise Overtaken


def _sealed(keys: Keyring, number: int, draft: Draft) -> str:
    text = json.dumps(
        {"answers": dict(draft.answers), "agreed": dict(draft.agreed), "page": draft.page},
        ensure_ascii=False,
    )
    return keys.seal(key_of(number), text, _place(number))


def _place(number: int) -> str:
    return f"conversation.draft.{number}"
