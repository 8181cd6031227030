"""Unpacking answers that a device kept: whatever it says, only what the form knows is taken.

What comes out is fields, as a page would have sent them; so the same reading checks them.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from surveys.definition import Item
from surveys.questionnaires.slots import OUTSIDE, Turn, field_of
from surveys.questionnaires.turns import MOST_TURNS
from surveys.questionnaires.understanding import LONGEST

MOST_CHOICES = 1000


def unpacked(items: Sequence[Item], sent: Any) -> dict[str, Any]:
    """Return the answers to *items* in what was sent, in the shapes that answers have."""
    known: dict[str, Any] = {}
    if not isinstance(sent, Mapping):
        return known
    for item in items:
        if item.kind == "group":
            known |= unpacked(item.items, sent)
        elif item.name in sent:
            answer = _answer(item, sent[item.name])
            if answer is not None or item.default:
                known[item.name] = answer
    return known


def _answer(item: Item, raw: Any) -> Any:
    if item.kind == "repeat":
        turns = raw if isinstance(raw, list) else []
        return [unpacked(item.items, each) for each in turns[:MOST_TURNS]]
    if item.type in ("select_multiple", "rank"):
        several = raw if isinstance(raw, list) else []
        return [each for each in several[:MOST_CHOICES] if isinstance(each, str)] or None
    if isinstance(raw, str):
        return raw[: LONGEST + 1] or None
    is_number = isinstance(raw, int | float) and not isinstance(raw, bool)
    return raw if is_number and abs(raw) < 1e18 else None


class Fields:
    """Answers as a page sends them."""

    def __init__(self, items: Sequence[Item], answers: Mapping[str, Any]) -> None:
        self.texts: dict[str, list[str]] = {}
        for item, turn, within in answered(items, answers):
            place, answer = field_of(item.name, turn), within[item.name]
            if item.type == "rank":
                ranked = enumerate(answer, 1)
                self.texts |= {f"{place}={name}": [str(number)] for number, name in ranked}
            else:
                several = answer if isinstance(answer, list) else [answer]
                self.texts[place] = [*map(str, several)]

    def getlist(self, name: str, /) -> list[str]:
        return self.texts.get(name, [])


def answered(
    items: Sequence[Item], document: Any, turn: Turn = OUTSIDE
) -> Iterator[tuple[Item, Turn, Any]]:
    """Yield each question that has an answer, its turn, and the part in which it stands."""
    for item in items:
        if item.kind == "group":
            yield from answered(item.items, document, turn)
        elif item.kind == "repeat":
            for number, each in enumerate(document.get(item.name) or (), 1):
                yield from answered(item.items, each, (*turn, number))
        elif document.get(item.name) is not None:
            yield item, turn, document
