"""Returning: what a browser kept without network takes the way of a filled form."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import erasing as erasures
from core.keys import Keyring
from core.xml import Node
from surveys.conversations import asking, coding, erasing
from surveys.conversations.models import Conversation
from surveys.definition import Definition, Item
from surveys.models import Response
from surveys.odk import receiving
from surveys.odk.reading import Fields, NotReadable, Sent
from surveys.odk.receiving import Spoken
from surveys.questionnaires import unpacking
from surveys.responses import sitting

KEY = re.compile(r"[0-9a-f]{32}")
MOST = 200  # characters of a name


def sent(data: Any) -> Sent:
    """Return what a device says of a conversation.

    :raise NotReadable: when it is none
    """
    if not isinstance(data, Mapping):
        raise NotReadable
    texts = {name: str(data.get(name) or "")[:MOST] for name in ("key", "slug", "version")}
    if not KEY.fullmatch(texts["key"]):
        raise NotReadable
    instance = f"away:{texts['key']}"
    return Sent(texts["slug"], texts["version"], instance, "", Node("away", {}))


def spoken(definition: Definition, offered: Mapping[str, str], data: Any) -> Spoken:
    """Return the language that was spoken, and which wordings stood beside the consents."""
    language, agreed = str(data.get("language") or ""), data.get("agreed")
    known = agreed if isinstance(agreed, Mapping) else {}
    asked = {item.name for item in definition.having("consent")}
    return Spoken(
        language if language in offered else definition.default_language,
        {
            name: number
            for name, number in known.items()
            if name in asked and type(number) is int and 0 < number < 2**31
        },
    )


def fields(definition: Definition, data: Any) -> Fields:
    """Return what was answered as fields, with the code that the person was told.

    :raise NotReadable: when the code is none
    """
    code = data.get("code")
    if not isinstance(code, str) or not coding.is_one(coding.read(code)):
        raise NotReadable
    answers = unpacking.unpacked(definition.items, data.get("answers"))
    answers = {name: each for name, each in answers.items() if name not in asking.KNOWN}
    texts = unpacking.Fields(definition.items, answers).texts
    return Fields({**texts, asking.CODE: [code]}, _turns(definition.items, answers))


def is_erased(keys: Keyring, data: Path, provider_id: int, sent: Sent) -> bool:
    """Whether a device has deleted a conversation that it had sent."""
    key_hash = receiving.key_of(keys, provider_id, sent.instance)
    return erasures.is_noted(data, "response", key_hash)


def remove(
    session: Session, keys: Keyring, data: Path, provider_id: int, sent: Sent, now: datetime
) -> int | None:
    """Delete a conversation, and take it in no more; return its number if it was here."""
    key_hash = receiving.key_of(keys, provider_id, sent.instance)
    erasures.note(data, what="response", key=key_hash)
    query = select(Conversation).join(Response).where(
        Response.key_hash == key_hash, Conversation.provider_id == provider_id
    )  # fmt: skip
    row = session.scalar(query)
    if row is None:
        return None
    number = row.response_id
    place = sitting.sitting(session, number, row.survey.slug)
    if place is None:
        return None
    erasing.erase(session, data, row, place, now)
    return number


def _turns(items: Sequence[Item], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return an empty turn for each one that was told."""
    found: dict[str, Any] = {}
    for item in items:
        if item.kind == "group":
            found |= _turns(item.items, answers)
        elif item.kind == "repeat" and item.name in answers:
            found[item.name] = [_turns(item.items, each) for each in answers[item.name]]
    return found
