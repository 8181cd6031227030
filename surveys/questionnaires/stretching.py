"""Stretches of a page that come out alike for many: written, and packed, once for all of them.

In a stretch stand the choices of one question at most, and what else takes few values: the
number of a question, or where in the survey one is. What somebody wrote stands between the
stretches and is never kept.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.packing import Fixed, Still

if TYPE_CHECKING:
    from surveys.questionnaires.filling import Part, Piece, Ready, Text, View, Woven
    from surveys.questionnaires.slots import Turn

KEPT = 64  # of each stretch, in the memory of a process
FEW = {"code", "consent"}  # kinds of insets
FRAME = ("title", "titled", "action", "key", "progress", "summary", "pager")


class Shared(ABC):
    """What belongs into a slot, where few things can stand in it."""

    question = ""  # whose choices these are
    is_rare = False  # whether it hardly comes alike a second time

    @property
    def sight(self) -> Hashable:
        """Tell those apart that see something else."""
        return id(self)

    @abstractmethod
    def seen(self, view: "View", turn: "Turn") -> Hashable:
        """Return what decides about the text: where the same is seen, it is the same."""

    @abstractmethod
    def __call__(self, view: "View", turn: "Turn") -> str:
        """Return the text."""


@dataclass(frozen=True)
class Inset(Shared):
    """An inset of which there are few."""

    name: str

    @property
    def sight(self) -> Hashable:
        return "inset", self.name

    def seen(self, view: "View", turn: "Turn") -> str:
        return self(view, turn)

    def __call__(self, view: "View", turn: "Turn") -> str:
        inset = view.insets[self.name]
        return inset if isinstance(inset, str) else str(inset(view, turn))


@dataclass(frozen=True)
class OfTurn(Shared):
    """What follows from the turn of a repeat alone."""

    write: Callable[["Turn"], str]

    @property
    def sight(self) -> Hashable:
        return "turn"

    def seen(self, view: "View", turn: "Turn") -> "Turn":
        return turn

    def __call__(self, view: "View", turn: "Turn") -> str:
        return self.write(turn)


@dataclass(frozen=True)
class Framed:
    """An inset that is the same for all who stand at the same place of a survey."""

    name: str

    def __call__(self, view: "View", turn: "Turn", woven: "Woven") -> None:
        woven.append(str(view.insets[self.name]).encode())


def in_frame(pieces: "Sequence[Ready]", frame: Mapping[str, str]) -> "list[Ready]":
    """Put a frame around pieces that are shared by all."""
    found: list[Ready] = []
    for piece in pieces:
        text = frame[piece.name].encode() if isinstance(piece, Framed) else piece
        last = found[-1] if found else None
        if isinstance(text, bytes) and isinstance(last, bytes):
            found[-1] = Fixed(last + text)
        else:
            found.append(Fixed(text) if isinstance(text, bytes) else text)
    return found


class Stretch:
    """Pieces side by side, put together anew only for whoever sees something else in them."""

    def __init__(self, pieces: "Sequence[str | Shared]") -> None:
        self._pieces = pieces
        sights = {piece.sight: piece.seen for piece in pieces if isinstance(piece, Shared)}
        self._sees = [*sights.values()]
        self._known: dict[Hashable, Still] = {}

    def __call__(self, view: "View", turn: "Turn", woven: "Woven") -> None:
        seen: Hashable = self._sees[0](view, turn)
        if len(self._sees) > 1:
            seen = (seen, *[sees(view, turn) for sees in self._sees[1:]])
        known = self._known.get(seen)
        if known is None:
            if len(self._known) >= KEPT:
                self._known.clear()
            known = self._known[seen] = self._written(view, turn)
        woven.append(known)

    def _written(self, view: "View", turn: "Turn") -> Still:
        texts = [each if isinstance(each, str) else each(view, turn) for each in self._pieces]
        return Still("".join(texts).encode())


def own(text: "Text") -> "Part":
    """Let a text be put between the others, written for each."""

    def part(view: "View", turn: "Turn", woven: "Woven") -> None:
        written = text(view, turn)
        if isinstance(written, str):
            woven.append(written.encode())
        else:
            woven += written

    return part


def one_by_one(pieces: "Sequence[Piece]") -> "list[Ready]":
    return [
        each.encode()
        if isinstance(each, str)
        else own(each)
        if isinstance(each, Shared)
        else each
        for each in pieces
    ]


def in_stretches(pieces: "Sequence[Piece]") -> "list[Ready]":
    """Put together what stands side by side and comes out alike for many."""
    found: list[Ready] = []
    run: list[str | Shared] = []
    for piece in pieces:
        fits = isinstance(piece, str | Shared) and _fits(piece, run)
        if not fits:
            found += _stretch(run)
            run = []
        if isinstance(piece, str) or (isinstance(piece, Shared) and not piece.is_rare):
            run.append(piece)
        else:
            found.append(own(piece) if isinstance(piece, Shared) else piece)
    return found + _stretch(run)


def _fits(piece: "str | Shared", run: "Sequence[str | Shared]") -> bool:
    """Whether the choices of no second question would come into a run."""
    if isinstance(piece, str) or not piece.question:
        return True
    others = {each.question for each in run if isinstance(each, Shared) and each.question}
    return not piece.is_rare and others <= {piece.question}


def _stretch(run: "Sequence[str | Shared]") -> "list[Ready]":
    texts = [each for each in run if isinstance(each, str)]
    if len(texts) < len(run):
        return [Stretch(run)]
    return [Fixed("".join(texts).encode())] if texts else []
