"""A network as files hold it: nodes with facts, ties with what is known of them.

The same goes out and comes in, so what a file can hold survives the way there and back.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from core.errors import Refusal, message
from core.sheets import plain
from networks.tying import CLOSE, LOOSE, UNSAID, State

MOST_NODES, MOST_TIES = 20_000, 200_000
LONGEST = 200  # characters of a name that the register takes
APART = re.compile(r"\s*[;|]\s*")


class Unreadable(Refusal):
    """A file is no network, or not one that can be read."""

    reason = message("This file cannot be read as a network. It is no %(kind)s file.")


class TooLarge(Refusal):
    reason = message(
        "This network is too large. At most 20,000 organisations and 200,000 ties can be read."
    )


class AtLine(Unreadable):
    """One line of a file is amiss."""

    reason = message("Line %(line)s: it cannot be read as part of a %(kind)s file.")


class OneEnd(AtLine):
    reason = message("Line %(line)s: the tie has only one end.")


class NoName(AtLine):
    reason = message("Line %(line)s: this organisation has neither id nor name.")


class NoNumber(AtLine):
    reason = message("Line %(line)s: “%(text)s” is no number.")


class Unknown(AtLine):
    reason = message("Line %(line)s: there is no organisation “%(text)s” in this file.")


class Twice(AtLine):
    reason = message("Line %(line)s: the organisation “%(text)s” stands there twice.")


@dataclass(frozen=True)
class PlainNode:
    """An organisation in a file."""

    id: str
    label: str = ""
    sector: str = ""
    kind: str = ""
    locality: str = ""
    facts: Mapping[str, int | float | str] = field(default_factory=dict)
    place: tuple[float, float] | None = None

    @property
    def name(self) -> str:
        return self.label or self.id


@dataclass(frozen=True)
class PlainTie:
    """A tie in a file."""

    source: str
    target: str
    weight: float = 1.0
    strength: int = UNSAID
    kinds: tuple[str, ...] = ()
    state: str = ""
    wave: str = ""
    directed: bool = False
    forth: bool | None = None  # whether the source said so, where it is known
    back: bool | None = None
    seen: tuple[str, ...] = ()  # where else than in answers, as codes of ``tying.Source``

    @property
    def is_recorded(self) -> bool:
        """Tell whether no answer knows of it; measures do not count such ties."""
        return self.state == State.RECORDED


@dataclass(frozen=True)
class PlainNetwork:
    """What a file holds, or is to hold."""

    nodes: tuple[PlainNode, ...] = ()
    ties: tuple[PlainTie, ...] = ()
    wishes: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()  # what whoever reads it should know, marked for translation

    @property
    def directed(self) -> bool:
        return any(tie.directed for tie in self.ties)

    @property
    def name_of(self) -> dict[str, str]:
        return {node.id: node.name for node in self.nodes}


def one_line(text: object) -> str:
    """Return *text* as every format can hold it: one line, composed, without controls."""
    return " ".join(plain(str(text)).split())


def kinds_in(text: str) -> tuple[str, ...]:
    """Return the kinds of a tie that a file lists in one text."""
    return tuple(dict.fromkeys(filter(None, APART.split(one_line(text)))))


def kinds_as_text(kinds: Iterable[str]) -> str:
    return "; ".join(APART.sub(", ", one_line(kind)) for kind in kinds)


def number(text: str, line: int, usual: float = 1.0) -> float:
    """Return the number that *text* says; a comma may divide its decimals.

    :raise NoNumber: when it says none
    """
    short = text.strip()
    try:
        value = float(short.replace(",", ".")) if short else usual
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise NoNumber(line=line, text=one_line(text)[:60])
    return value


def strength_in(text: str) -> int:
    """Return how close a tie is, if the file says it in our steps."""
    folded = unicodedata.normalize("NFKC", text).strip().removesuffix(".0")
    return int(folded) if folded in {str(n) for n in range(LOOSE, CLOSE + 1)} else UNSAID


def as_number(value: float) -> str:
    """Return a number without needless decimals."""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


class Gathering:
    """Collects nodes and ties while a file is read, and minds what no file may do."""

    def __init__(self) -> None:
        self.nodes: dict[str, PlainNode] = {}
        self.ties: list[PlainTie] = []
        self.notes: dict[str, None] = {}
        self._lines: list[int] = []

    def node(self, node: PlainNode, line: int) -> None:
        """Add a node that stands in the file by itself.

        :raise Twice: when it does so a second time
        """
        if node.id in self.nodes:
            raise Twice(line=line, text=node.id[:60])
        self.nodes[node.id] = node
        if len(self.nodes) > MOST_NODES:
            raise TooLarge

    def tie(self, tie: PlainTie, line: int, *, ends_are_known: bool = True) -> None:
        """Add a tie; where the file lists only ties, its ends become nodes."""
        if not tie.source or not tie.target:
            raise OneEnd(line=line)
        if not ends_are_known:
            for end in (tie.source, tie.target):
                if end not in self.nodes:
                    self.node(PlainNode(end), line)
        self.ties.append(tie)
        self._lines.append(line)
        if len(self.ties) > MOST_TIES:
            raise TooLarge

    def network(self) -> PlainNetwork:
        """Return all that was collected; a tie to oneself is left out.

        :raise Unknown: when a tie leads to nobody
        """
        for tie, line in zip(self.ties, self._lines, strict=True):
            for end in (tie.source, tie.target):
                if end not in self.nodes:
                    raise Unknown(line=line, text=end[:60])
        ties = tuple(tie for tie in self.ties if tie.source != tie.target)
        if len(ties) < len(self.ties):
            self.notes[message("Ties of an organisation to itself are left out.")] = None
        return PlainNetwork(tuple(self.nodes.values()), ties, notes=tuple(self.notes))
