"""Sharing an idea: with the yes of the person, and read by the counsellor before it leaves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from core.models import insert_once
from surveys.conversations.holding import month_of
from surveys.conversations.models import Conversation, Fate, SharedIdea
from surveys.definition import Definition
from surveys.models import Response, SurveyVersion
from surveys.responses import following

YES = "yes"


@dataclass(frozen=True)
class Idea:
    """What somebody wishes for, from which conversation, and what was decided."""

    conversation: Conversation
    question: str
    text: str
    decided: SharedIdea | None


def ideas(session: Session, project_id: int, provider_id: int) -> list[Idea]:
    """List the ideas that may go to the wall, those to be decided first."""
    query = (
        select(Conversation, Response.answers, Response.version_id)
        .join(Response, Response.id == Conversation.response_id)
        .options(joinedload(Conversation.survey))
        .where(Response.submitted.is_not(None))
        .where(Conversation.project_id == project_id, Conversation.provider_id == provider_id)
        .order_by(Conversation.month.desc(), Conversation.code)
    )
    decided = _decided(session, project_id)
    asked: dict[int, Definition] = {}
    found: list[Idea] = []
    for conversation, answers, number in session.execute(query).all():
        if number not in asked:
            version = session.get_one(SurveyVersion, number)
            asked[number] = Definition.from_json(version.definition)
        for question in allowed(asked[number], answers):
            place = (conversation.response_id, question)
            found.append(Idea(conversation, question, answers[question], decided.get(place)))
    return sorted(found, key=lambda idea: idea.decided is not None)


def waiting(session: Session, project_id: int, provider_id: int) -> list[Idea]:
    """List the ideas of which nobody has decided yet."""
    return [idea for idea in ideas(session, project_id, provider_id) if not idea.decided]


def decide(session: Session, idea: Idea, fate: Fate, text: str, now: datetime) -> SharedIdea:
    """Release an idea in some wording, or withhold it; the last word counts."""
    place = {"response_id": idea.conversation.response_id, "question": idea.question}
    values = {
        "fate": fate, "text": text if fate == Fate.RELEASED else "", "month": month_of(now),
        "language": idea.conversation.language,
    }  # fmt: skip
    owner = {"project_id": idea.conversation.project_id}
    row = insert_once(session, SharedIdea, **place, **owner, **values)
    if row is None:
        row = session.scalars(select(SharedIdea).filter_by(**place)).one()
        for name, value in values.items():
            setattr(row, name, value)
    session.flush()
    following.changed(session, row.response_id)
    return row


def released(session: Session, project_id: int) -> Sequence[SharedIdea]:
    """List the ideas that are kept for a workshop; nothing tells whose they are."""
    query = select(SharedIdea).filter_by(project_id=project_id, fate=Fate.RELEASED)
    return session.scalars(query.order_by(SharedIdea.month, SharedIdea.text)).all()


def allowed(definition: Definition, answers: Mapping[str, object]) -> list[str]:
    """Return the questions about ideas that are answered and may be shown."""
    permissions = [item.name for item in definition.having("wall", "permission")]
    if not permissions or any(answers.get(name) != YES for name in permissions):
        return []
    asked = definition.having("wall", "idea")
    return [item.name for item in asked if isinstance(answers.get(item.name), str)]


def _decided(session: Session, project_id: int) -> dict[tuple[int, str], SharedIdea]:
    rows = session.scalars(select(SharedIdea).filter_by(project_id=project_id))
    return {(row.response_id, row.question): row for row in rows}
