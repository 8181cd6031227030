"""The free texts within a document of answers; contact data is asked for as such."""

from collections.abc import Iterator, Sequence
from typing import Any

from surveys.definition import Item
from surveys.questionnaires.slots import field_of
from surveys.questionnaires.unpacking import answered


def free_texts(items: Sequence[Item], document: Any) -> Iterator[tuple[str, Any, Item]]:
    """Yield each by its field, with the part of the document in which it stands."""
    for item, turn, within in answered(items, document):
        if item.type == "text" and "pii" not in item.osi:
            text = within[item.name]
            if isinstance(text, str) and text:
                yield field_of(item.name, turn), within, item
