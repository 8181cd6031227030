"""Filling in: a page is written once, and then filled with the answers of one after another.

A template leaves slots in the page. A :class:`Sheet` is the page cut at its
slots: pieces of text that never change, and small functions that know what belongs between.
Filling one in takes some tens of microseconds, as nothing is parsed, rendered or looked up
by its name any more.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Protocol, TypeAlias

from surveys.questionnaires.choosing import side_by_side
from surveys.questionnaires.evaluating import Evaluation
from surveys.questionnaires.slots import (
    AROUND,
    OUTSIDE,
    PARTING,
    SINGLE,
    SLOT,
    Turn,
    Turns,
    field_of,
    only_if,
    said,
)  # fmt: skip
from surveys.questionnaires.stretching import (
    Framed,
    Shared,
    in_frame,
    in_stretches,
    one_by_one,
    own,
)  # fmt: skip
from surveys.questionnaires.tongues import around
from surveys.questionnaires.turns import Cell

Woven = list[bytes]  # a page, piece by piece
Text = Callable[["View", Turn], str | Woven]  # what belongs into a slot
Part = Callable[["View", Turn, Woven], None]  # weaves something into a page
Piece = str | Shared | Part
Read: TypeAlias = "Piece | Gated"
Ready = bytes | Part
Finish = Callable[[Sequence[Piece]], list[Ready]]
FEW_QUESTIONS = 3  # side by side: more are hardly answered alike


class Typed(Protocol):
    """A form as it was sent."""

    def getlist(self, name: str, /) -> list[str]: ...


class View:
    """What one respondent sees of a page."""

    __slots__ = (
        "_chosen", "_offered", "errors", "evaluation", "insets", "language", "typed", "within",
    )  # fmt: skip

    def __init__(
        self,
        evaluation: Evaluation,
        language: str,
        insets: Mapping[str, str | Callable[["View", Turn], str]],
        *,
        typed: Typed | None = None,
        errors: Mapping[str, str] | None = None,
        within: str = "",
    ) -> None:
        self.evaluation = evaluation
        self.language = language
        self.within = within or around(language)  # the language of what stands around
        self.insets = insets
        self.typed = typed
        self.errors = errors or {}
        self._chosen: dict[tuple[str, Turn], tuple[str, ...]] = {}
        self._offered: dict[tuple[str, Turn], set[str]] = {}

    @property
    def is_calm(self) -> bool:
        """Whether nothing is amiss, and nothing typed stands in place of an answer."""
        return self.typed is None and not self.errors

    def chosen(self, name: str, turn: Turn) -> tuple[str, ...]:
        """Return what was chosen, or typed, as the texts that a form sends."""
        place = (name, turn)
        if place not in self._chosen:
            self._chosen[place] = self._texts(name, turn)
        return self._chosen[place]

    def offered(self, name: str, turn: Turn) -> set[str]:
        """Return the names of the choices that are offered."""
        place = (name, turn)
        if place not in self._offered:
            self._offered[place] = self.evaluation.offered(name, turn)
        return self._offered[place]

    def _texts(self, name: str, turn: Turn) -> tuple[str, ...]:
        if self.typed is not None and not self.evaluation.item(name).is_fixed:
            return tuple(self.typed.getlist(field_of(name, turn)))
        value = self.evaluation.value(name, turn)
        if value is None:
            return ()
        return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


class Sheet:
    """A page, written and ready to be filled in."""

    def __init__(self, html: str, cells: Mapping[str, Cell]) -> None:
        self._html = html
        self._cells = cells

    def fill(self, view: View) -> str:
        """Return the page with everything that *view* shows."""
        return b"".join(self.weave(view)).decode()

    def weave(self, view: View) -> Woven:
        """Return the same page, piece by piece."""
        return weave(self._calm if view.is_calm else self._whole, view)

    def within(self, frame: Mapping[str, str]) -> list[Ready]:
        """Return the page for all who see the same around the questions, ready to weave.

        Nothing may be amiss on it, nor stand in place of an answer.
        """
        return in_frame(self._calm, frame)

    @cached_property
    def _calm(self) -> list[Ready]:
        return self._cut(in_stretches, without="amiss")

    @cached_property
    def _whole(self) -> list[Ready]:
        return self._cut(one_by_one)

    def _cut(self, finish: Finish, without: str = "") -> list[Ready]:
        return _finished(self._read(iter(SLOT.split(self._html)), finish, without), finish)

    def _read(self, parts: Iterator[str], finish: Finish, without: str) -> list[Read]:
        """Read up to the end of the part under way; text and slots take turns."""
        read: list[Read] = []
        for text in parts:
            if text:
                read.append(text)
            mark = next(parts, None)
            if mark is None or mark == "end":
                return read
            kind, *arguments = mark.split(PARTING)
            inner = self._read(parts, finish, without) if kind in AROUND else []
            if kind == "if":
                self._gate(read, inner, arguments[0])
            elif kind not in AROUND:
                read.append(self._single(kind, arguments))
            elif kind != without and not (
                kind == "offered" and side_by_side(read, inner, *arguments)
            ):
                turns, done = AROUND[kind](*arguments), _finished(inner, finish)
                read.append(partial(_around, turns, done, kind == "turns"))
        return read

    def _gate(self, read: list[Read], inner: list[Read], name: str) -> None:
        """Add what is asked under a condition, or always; side by side it is looked at once."""
        gate, last = self._cells[name].gate, read[-1] if read else None
        if gate is None:
            read += inner
        elif isinstance(last, Gated) and last.gate is gate:
            last.inner.extend(inner)
        else:
            read.append(Gated(gate, name, inner))

    def _single(self, kind: str, arguments: Sequence[str]) -> Piece:
        if kind in ("label", "hint"):
            return own(said(self._cells[arguments[0]].item, kind))
        piece = SINGLE[kind](*arguments)
        return piece if isinstance(piece, Shared | Framed) else own(piece)


@dataclass
class Gated:
    """What is asked under one condition, that of the question called *name* and others."""

    gate: Cell
    name: str
    inner: list[Read]

    def ready(self, finish: Finish) -> Part:
        """Return it ready to weave; the choices of many questions are woven as one."""
        questions = {each.question for each in self.inner if isinstance(each, Shared)}
        inner = _finished(self.inner, finish)
        return partial(_around, only_if(self.name), inner, len(questions) > FEW_QUESTIONS)


def _finished(read: list[Read], finish: Finish) -> list[Ready]:
    return finish([each.ready(finish) if isinstance(each, Gated) else each for each in read])


def weave(pieces: list[Ready], view: View) -> Woven:
    """Put the pieces of a page together for somebody."""
    woven: Woven = []
    _weave(pieces, view, OUTSIDE, woven)
    return woven


def _weave(pieces: list[Ready], view: View, turn: Turn, woven: Woven) -> None:
    for piece in pieces:
        if isinstance(piece, bytes):
            woven.append(piece)
        else:
            piece(view, turn, woven)


def _around(
    turns: Turns, inner: list[Ready], is_one: bool, view: View, turn: Turn, woven: Woven
) -> None:
    """Weave what stands there only if, or as often as, the answers say; or as one piece."""
    place: Woven = [] if is_one else woven
    for each in turns(view, turn):
        _weave(inner, view, each, place)
    if is_one:
        woven.append(b"".join(place))
