"""The free texts within a document of answers; contact data is asked for as such."""

from collections.abc import Iterator, Sequence
from typing import Any

from surveys.definition import Item
from surveys.questionnaires.filling import OUTSIDE, Turn, field_of


def free_texts(
    items: Sequence[Item], document: Any, turn: Turn = OUTSIDE
) -> Iterator[tuple[str, Any, Item]]:
    """Yield each by its field, with the part of the document in which it stands."""
    for item in items:
        if item.kind == "group":
            yield from free_texts(item.items, document, turn)
        elif item.kind == "repeat":
            for number, each in enumerate(document.get(item.name) or (), 1):
                yield from free_texts(item.items, each, (*turn, number))
        elif item.type == "text" and "pii" not in item.osi:
            text = document.get(item.name)
            if isinstance(text, str) and text:
                yield field_of(item.name, turn), document, item
