"""Doubting: whether a free text from Collect tells who somebody is.

The app asks nobody back. So what stands out waits for a counsellor after it is stored, who
words it anew or lets it stay.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from core.models import insert_once
from surveys.conversations.models import Conversation
from surveys.definition import Definition, Item
from surveys.models import Response, SurveyVersion
from surveys.odk.models import Doubt
from surveys.questionnaires.freetexts import free_texts
from surveys.questionnaires.recognising import finds
from surveys.responses import following
from surveys.responses.answering import Overtaken


@dataclass(frozen=True)
class Doubtful:
    """A free text that a counsellor should look at, in the answers of a conversation."""

    code: str
    field: str
    item: Item
    text: str
    response_id: int


def note(
    session: Session, response_id: int, definition: Definition, answers: Mapping[str, Any]
) -> list[Item]:
    """Note the free texts that stand out, and return their questions."""
    found = []
    for field, within, item in free_texts(definition.items, answers):
        if finds(within[item.name]):
            insert_once(session, Doubt, response_id=response_id, field=field)
            found.append(item)
    return found


def doubtful(session: Session, project_id: int, provider_id: int) -> list[Doubtful]:
    """List the free texts of a provider's conversations that nobody has looked at yet."""
    query = (
        select(Conversation.code, Doubt.field, Response, SurveyVersion.definition)
        .join(Doubt, Doubt.response_id == Conversation.response_id)
        .join(Response, Response.id == Conversation.response_id)
        .join(SurveyVersion, SurveyVersion.id == Response.version_id)
        .where(*_of(project_id, provider_id))
        .order_by(Conversation.month, Conversation.code, Doubt.id)
    )
    found = []
    for code, field, response, raw in session.execute(query):
        for place, within, item in _texts(raw, response.answers):
            if place == field:
                found.append(Doubtful(code, field, item, within[item.name], response.id))
    return found


def number_of(session: Session, project_id: int, provider_id: int) -> int:
    """Return how many free texts of a provider wait to be looked at."""
    query = select(func.count(Doubt.id)).join(
        Conversation, Conversation.response_id == Doubt.response_id
    )
    return session.scalar(query.where(*_of(project_id, provider_id))) or 0


def settle(session: Session, doubt: Doubtful, text: str) -> None:
    """Let a free text stand as the counsellor words it now; nothing takes it away.

    Unlike a correction of the person it does not wait for the next batch of answers: what
    tells who somebody is should be nowhere, also not among the answers that are counted.

    :raise Overtaken: when the answers changed since they were read
    """
    session.execute(delete(Doubt).filter_by(response_id=doubt.response_id, field=doubt.field))
    if text == doubt.text:
        return
    row = session.get_one(Response, doubt.response_id, populate_existing=True)
    raw = session.get_one(SurveyVersion, row.version_id).definition
    counted = None if row.counted is None else _reworded(raw, row.counted, doubt, text)
    mine = Response.id == row.id, Response.revision == row.revision
    query = update(Response).where(*mine).values(
        answers=_reworded(raw, row.answers, doubt, text), counted=counted,
        revision=Response.revision + 1,
    )  # fmt: skip
    quietly = {"synchronize_session": False}
    if session.scalar(query.returning(Response.id), execution_options=quietly) is None:
        raise Overtaken
    following.changed(session, row.id)


def _reworded(raw: Any, answers: Any, doubt: Doubtful, text: str) -> Any:
    """Return answers with another text in the place of one, if it stands there."""
    changed = deepcopy(answers)
    for place, within, item in [*_texts(raw, changed)]:
        if place == doubt.field and within[item.name] == doubt.text:
            within[item.name] = text
            if not text:
                del within[item.name]
    return changed


def _texts(raw: Any, answers: Any) -> Any:
    return free_texts(Definition.from_json(raw).items, answers)


def _of(project_id: int, provider_id: int) -> tuple[Any, Any]:
    return Conversation.project_id == project_id, Conversation.provider_id == provider_id
