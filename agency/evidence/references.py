"""References to evidence as plain values, and what a reader is told of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from core.errors import message


class Kind(StrEnum):
    """What kind of thing a claim rests on; the order is that of lists."""

    GAP = "gap"
    FIGURE = "figure"
    FINDING = "finding"
    VOTE = "vote"
    IDEA = "idea"
    PASSAGE = "passage"
    SOURCE = "source"


class State(StrEnum):
    """What has become of it since it was cited."""

    THERE = "there"
    CHANGED = "changed"
    GONE = "gone"
    HIDDEN = "hidden"  # from this reader


KINDS: Mapping[str, str] = {
    Kind.GAP: message("Gap"),
    Kind.FIGURE: message("Frozen figure"),
    Kind.FINDING: message("Finding of the network"),
    Kind.VOTE: message("Vote of a workshop"),
    Kind.IDEA: message("Idea"),
    Kind.PASSAGE: message("Quote"),
    Kind.SOURCE: message("Source of our own"),
}
STATES: Mapping[str, str] = {
    State.THERE: message("is there"),
    State.CHANGED: message("has changed since it was cited"),
    State.GONE: message("is not there any more"),
    State.HIDDEN: message("is not visible to you"),
}


@dataclass(frozen=True)
class Reference:
    """What is cited; the *mark* tells how it was then, and makes it no other reference."""

    kind: Kind
    key: str
    mark: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"

    @classmethod
    def of(cls, text: str) -> "Reference":
        """Read what :meth:`__str__` wrote.

        :raise ValueError: when it is no reference
        """
        kind, _, key = text.partition(":")
        if not 0 < len(key) <= 200:
            raise ValueError(text)
        return cls(Kind(kind), key)


Place = tuple[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Evidence:
    """A reference as its reader may see it.

    Without a *label* there is nothing to tell but its kind. It stands at a *place* of this
    Werkstatt (an endpoint and its values) for the staff, at a *public* one if everyone may
    see it, or at a *link* elsewhere.
    """

    reference: Reference  # with the mark of today
    label: str = ""
    day: date | None = None
    place: Place | None = None
    public: Place | None = None
    link: str = ""
    state: State = State.THERE

    @property
    def kind(self) -> Kind:
        return self.reference.kind

    @property
    def is_sound(self) -> bool:
        """Tell whether a claim can still rest on it."""
        return self.state in (State.THERE, State.HIDDEN)


def to_json(references: Iterable[Reference]) -> list[list[str]]:
    """Return references as plain data."""
    return [[each.kind.value, each.key, each.mark] for each in references]


def from_json(data: Iterable[Sequence[str]]) -> tuple[Reference, ...]:
    """Return the references that :func:`to_json` has made plain."""
    return tuple(Reference(Kind(kind), key, mark) for kind, key, mark in data)


def compared(cited: Reference, found: Evidence | None) -> Evidence:
    """Return what is found of a reference, beside how it was when it was cited."""
    if found is None:
        return Evidence(cited, state=State.GONE)
    if found.state == State.THERE and cited.mark and cited.mark != found.reference.mark:
        return replace(found, state=State.CHANGED)
    return found
