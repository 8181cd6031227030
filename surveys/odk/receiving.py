"""Receiving: a filled form becomes a conversation, once, however often it is sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import erasing
from core.errors import Refusal, message
from core.keys import Keyring
from people.models import ConsentText, Organisation
from surveys.conversations import asking, coding, holding
from surveys.conversations.models import Conversation
from surveys.definition import Definition, Item
from surveys.models import Response, Subject, Survey, SurveyVersion
from surveys.odk import doubting
from surveys.odk.forming import number_of
from surveys.odk.reading import Fields, Sent, answers_of
from surveys.questionnaires.asking import Asked
from surveys.questionnaires.evaluating import Evaluation
from surveys.questionnaires.reading import missing
from surveys.responses import sitting
from surveys.responses.answering import Overtaken
from surveys.responses.sitting import Start


class Outcome(StrEnum):
    """What became of a filled form."""

    STORED = "stored"
    KNOWN = "known"  # it came before
    DECLINED = "declined"  # without a yes, nothing of it is kept
    ERASED = "erased"  # it came before, and was deleted meanwhile


class FormUnknown(Refusal):
    reason = message("There is no such form here. Please get the newest forms, then send it.")


class DoesNotFit(Refusal):
    reason = message(
        "The answer to “%(question)s” does not fit. Please open the form, mend it, and send it "
        "again."
    )


class CodeUnclear(Refusal):
    reason = message(
        "“%(typed)s” is no code. Please open the form, type the code as it stands on the card, "
        "for example K7-RQ2, and send it again."
    )


class ChangedCopy(Refusal):
    reason = message(
        "This is a changed copy of a conversation that is stored already, so it is not stored: "
        "the person would count twice. What was sent first stays as it is."
    )


class CodeTaken(Refusal):
    reason = message(
        "The code %(code)s belongs to another conversation. Please open the form, choose "
        "another code, and send it again."
    )


@dataclass(frozen=True)
class Spoken:
    """What a device of ours knows besides; a form of Collect holds it among its answers."""

    language: str
    agreed: Mapping[str, int]  # the wording that stood beside each consent


@dataclass(frozen=True)
class Received:
    """What became of a form, and the number and the code of the conversation if it is one.

    *doubts* are the questions whose free texts the counsellor should look at once more.
    """

    outcome: Outcome
    response_id: int | None = None
    code: str = ""
    doubts: Sequence[Item] = ()


def version_for(session: Session, project_id: int, sent: Sent) -> tuple[Survey, SurveyVersion]:
    """Return the survey about persons, and the version of it, of which a form was made.

    :raise FormUnknown: when there is none in this project
    """
    query = (
        select(Survey, SurveyVersion)
        .join(SurveyVersion, SurveyVersion.survey_id == Survey.id)
        .where(Survey.project_id == project_id, Survey.slug == sent.form)
        .where(Survey.subject == Subject.PERSONS)
        .where(SurveyVersion.number == (number_of(sent.version) or 0))
    )
    found = session.execute(query).one_or_none()
    if found is None:
        raise FormUnknown
    return found[0], found[1]


def key_of(keys: Keyring, provider_id: int, instance: str) -> str:
    """Return the key under which a filled form is stored once, whichever device sends it."""
    return keys.hash("responses", f"odk {provider_id} {instance}")


def known(
    session: Session, keys: Keyring, data: Path, provider_id: int, sent: Sent
) -> Received | None:
    """Return what became of a form that came before; nothing when it is new.

    :raise ChangedCopy: when it is a changed copy of one that is stored
    """
    found = _known(session, keys, data, provider_id, sent.instance)
    if found or not sent.replaces:
        return found
    before = _known(session, keys, data, provider_id, sent.replaces)
    if before and before.outcome == Outcome.KNOWN:
        raise ChangedCopy
    return before


def agrees(definition: Definition, fields: Fields) -> bool:
    """Whether the person takes part; nobody's answers are kept without a yes."""
    consent = asking.consent_of(definition)
    if consent is None:
        return False
    return fields.getlist(consent.name) == [asking.yes_to(definition, consent)]


def receive(
    session: Session,
    keys: Keyring,
    start: Start,
    asked: Asked,
    sent: Sent,
    fields: Fields,
    evaluate: Any,
    provider: Organisation,
    now: datetime,
    spoken: Spoken | None = None,
) -> Received:
    """Store a filled form as a conversation that is finished; without a yes nothing is kept.

    :raise CodeUnclear: when what was typed as the code is none
    :raise DoesNotFit: when an answer is none to its question
    :raise CodeTaken: when another conversation has the code
    :raise Overtaken: when the same form arrives in this moment in another way
    """
    if not agrees(asked.definition, fields):
        return Received(Outcome.DECLINED)
    language = spoken.language if spoken else _language(asked, fields)
    code = _code(next(iter(fields.getlist(asking.CODE)), ""))
    texts = {name: text for name, text in fields.texts.items() if name != asking.CODE}
    whole, evaluation, lost = answers_of(asked, replace(fields, texts=texts), evaluate)
    whole |= asking.known_answers(
        asked.definition, provider.code, spoken.language if spoken else ""
    )
    evaluation = evaluate(whole)
    _check(asked, evaluation, lost, language)
    key_hash = key_of(keys, provider.id, sent.instance)
    row = _begun(session, keys, start, provider.id, key_hash, language, now, code)
    if row.draft is None:
        return Received(Outcome.KNOWN, row.response_id, row.code)
    place = sitting.sitting(session, row.response_id, sent.form)
    if place is None:
        raise Overtaken
    agreed: Mapping[str, int | None] = (
        {name: n for name, n in spoken.agreed.items() if _is_yes(evaluation, name)}
        if spoken
        else _agreed(session, start.project_id, asked, sent, evaluation, language)
    )
    holding.hand_in(session, keys, row, place, asked, evaluation, agreed, now)
    document = evaluation.document()
    doubts = doubting.note(session, row.response_id, asked.definition, document)
    return Received(Outcome.STORED, row.response_id, row.code, doubts)


def _known(
    session: Session, keys: Keyring, data: Path, provider_id: int, instance: str
) -> Received | None:
    key_hash = key_of(keys, provider_id, instance)
    query = select(Conversation.response_id, Conversation.code).join(Response).where(
        Response.key_hash == key_hash, Conversation.provider_id == provider_id,
        Conversation.draft.is_(None),
    )  # fmt: skip
    if found := session.execute(query).one_or_none():
        return Received(Outcome.KNOWN, *found)
    if erasing.is_noted(data, "response", key_hash):
        return Received(Outcome.ERASED)
    return None


def _code(typed: str) -> str:
    """Return the code that was typed, or nothing when none was; then one is drawn."""
    code = coding.read(typed)
    if typed.strip() and not coding.is_one(code):
        raise CodeUnclear(typed=typed.strip()[: coding.LONGEST])
    return code if typed.strip() else ""


def _begun(
    session: Session,
    keys: Keyring,
    start: Start,
    provider_id: int,
    key_hash: str,
    language: str,
    now: datetime,
    code: str,
) -> Conversation:
    try:
        return holding.begin(
            session, keys, start, provider_id, key_hash,
            language=language, draft=holding.Draft(), now=now,
            code=code,
        )  # fmt: skip
    except holding.NoCodeLeft as refusal:
        raise CodeTaken(code=code) from refusal


def _language(asked: Asked, fields: Fields) -> str:
    """Return the language that was spoken, as far as pages can be in it."""
    said = next(iter(fields.getlist(asking.LANGUAGE)), "")
    return said if said in asked.offered else asked.definition.default_language


def _check(asked: Asked, evaluation: Evaluation, lost: list[str], language: str) -> None:
    """:raise DoesNotFit: for the first answer that is none; what is left out is no fault"""
    faults = missing(asked.definition.items, evaluation, language)
    for place in [*lost, *faults]:
        name, *numbers = place.partition("=")[0].split(":")
        turn = tuple(map(int, numbers))
        if place in lost or evaluation.value(name, turn) is not None:
            text = evaluation.label(asked.items[name], language, turn)[0]
            raise DoesNotFit(question=text or name)


def _agreed(
    session: Session,
    project_id: int,
    asked: Asked,
    sent: Sent,
    evaluation: Evaluation,
    language: str,
) -> Mapping[str, int | None]:
    """Return the wordings, of those in the form, to which the person has agreed."""
    query = select(ConsentText).filter_by(project_id=project_id)
    shown = session.scalars(query.where(ConsentText.id.in_(sent.wordings))).all()
    fallback, found = asked.definition.default_language, {}
    for item in asked.definition.having("consent"):
        texts = {
            each.language: each.id for each in shown if each.purpose == item.osi["consent"]
        }
        if texts and _is_yes(evaluation, item.name):
            plain = language.partition("-")[0]
            found[item.name] = texts.get(plain) or texts.get(fallback) or min(texts.values())
    return found


def _is_yes(evaluation: Evaluation, name: str) -> bool:
    return evaluation.value(name) not in (None, "no")


def number_of_version(session: Session, version_id: int) -> int:
    """Return the number of a version within its survey."""
    return session.get_one(SurveyVersion, version_id).number
