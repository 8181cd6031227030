"""Filling in: a page is written once, and then filled with the answers of one after another.

A template leaves slots in the page (:func:`slot`). A :class:`Sheet` is the page cut at its
slots: pieces of text that never change, and small functions that know what belongs between.
Filling one in takes some tens of microseconds, as nothing is parsed, rendered or looked up
by its name any more.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from html import escape
from typing import Protocol

from surveys.definition import Item
from surveys.questionnaires.choosing import Mark, side_by_side
from surveys.questionnaires.evaluating import Evaluation
from surveys.questionnaires.tongues import around, marks

Turn = tuple[int, ...]
Part = Callable[["View", Turn], str]
Piece = str | Part
START, PARTING, END = "\x02", "\x1f", "\x03"
SLOT = re.compile(f"{START}([^{END}]*){END}")
OUTSIDE: Turn = ()
ALIKE = 64  # ways to answer one question that a process keeps


class Typed(Protocol):
    """A form as it was sent."""

    def getlist(self, name: str, /) -> list[str]: ...


def slot(kind: str, *arguments: str) -> str:
    """Return the mark that a template leaves where something is filled in."""
    return START + PARTING.join((kind, *arguments)) + END


def field_of(name: str, turn: Turn = OUTSIDE) -> str:
    """Return the name of the field in which a question is answered: ``tie_kind:2``."""
    return ":".join((name, *map(str, turn))) if turn else name


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
        self._chosen: dict[tuple[str, Turn], Sequence[str]] = {}
        self._offered: dict[tuple[str, Turn], set[str]] = {}

    def chosen(self, name: str, turn: Turn) -> Sequence[str]:
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

    def _texts(self, name: str, turn: Turn) -> Sequence[str]:
        if self.typed is not None and not self.evaluation.item(name).is_fixed:
            return self.typed.getlist(field_of(name, turn))
        value = self.evaluation.value(name, turn)
        if value is None:
            return ()
        return [str(each) for each in value] if isinstance(value, list) else (str(value),)


class Sheet:
    """A page, written and ready to be filled in."""

    def __init__(self, html: str, items: Mapping[str, Item]) -> None:
        self._items = items
        pieces = iter(SLOT.split(html))
        self._pieces = self._read(pieces)

    def fill(self, view: View) -> str:
        """Return the page with everything that *view* shows."""
        return _filled(self._pieces, view, OUTSIDE)

    def _read(self, pieces: Iterator[str]) -> list[Piece]:
        """Read up to the end of the part under way; text and slots take turns."""
        read: list[Piece] = []
        for text in pieces:
            if text:
                read.append(text)
            mark = next(pieces, None)
            if mark is None or mark == "end":
                return read
            kind, *arguments = mark.split(PARTING)
            if kind in AROUND:
                inner = self._read(pieces)
                if kind != "offered" or not side_by_side(read, inner, *arguments):
                    read.append(AROUND[kind](inner, *arguments))
            elif kind in ("label", "hint"):
                read.append(_said(self._items[arguments[0]], kind))
            else:
                read.append(SINGLE[kind](*arguments))
        return read


def _filled(pieces: list[Piece], view: View, turn: Turn) -> str:
    return "".join([piece if isinstance(piece, str) else piece(view, turn) for piece in pieces])


def _if(inner: list[Piece], name: str) -> Part:
    """What is asked only under a condition."""

    def part(view: View, turn: Turn) -> str:
        return _filled(inner, view, turn) if view.evaluation.relevant(name, turn) else ""

    return part


def _turns(inner: list[Piece], name: str) -> Part:
    """What comes once per turn of a repeat."""

    def part(view: View, turn: Turn) -> str:
        number = view.evaluation.count(name, turn)
        return "".join([_filled(inner, view, (*turn, each)) for each in range(1, number + 1)])

    return part


def _offered(inner: list[Piece], name: str, *choices: str) -> Part:
    """A choice that is offered only under a condition, or what stands around several."""
    wanted = {*choices}

    def part(view: View, turn: Turn) -> str:
        there = not wanted.isdisjoint(view.offered(name, turn))
        return _filled(inner, view, turn) if there else ""

    return part


def _taken(inner: list[Piece], name: str, *choices: str) -> Part:
    """What stands there only when one of some choices, or any at all, is taken."""
    wanted = {*choices}

    def part(view: View, turn: Turn) -> str:
        chosen = view.chosen(name, turn)
        there = not wanted.isdisjoint(chosen) if wanted else bool(chosen)
        return _filled(inner, view, turn) if there else ""

    return part


def _kept(inner: list[Piece], name: str) -> Part:
    """Choices of which nothing changes but which are chosen: kept for whoever chooses alike."""
    known: dict[tuple[Turn, tuple[str, ...]], str] = {}

    def part(view: View, turn: Turn) -> str:
        place = turn, tuple(view.chosen(name, turn))
        html = known.get(place)
        if html is None:
            if len(known) >= ALIKE:
                known.clear()
            html = known[place] = _filled(inner, view, turn)
        return html

    return part


def _amiss(inner: list[Piece], name: str) -> Part:
    """What stands there only when the answer to a question was refused."""

    def part(view: View, turn: Turn) -> str:
        if not view.errors or field_of(name, turn) not in view.errors:
            return ""
        return _filled(inner, view, turn)

    return part


def _value(name: str) -> Part:
    def part(view: View, turn: Turn) -> str:
        texts = view.chosen(name, turn)
        return escape(texts[0]) if texts else ""

    return part


def _placed(name: str, choice: str, place: str) -> Part:
    """The place of a choice in a ranking."""
    number = int(place)

    def part(view: View, turn: Turn) -> str:
        if view.typed is not None:
            sent = view.typed.getlist(f"{field_of(name, turn)}={choice}")
            return " selected" if sent == [place] else ""
        ranked = view.chosen(name, turn)
        there = len(ranked) >= number and ranked[number - 1] == choice
        return " selected" if there else ""

    return part


def _message(name: str) -> Part:
    return lambda view, turn: view.errors[field_of(name, turn)]


def _inset(name: str) -> Part:
    def part(view: View, turn: Turn) -> str:
        inset = view.insets[name]
        return str(inset) if isinstance(inset, str) else str(inset(view, turn))

    return part


def _said(item: Item, kind: str) -> Part:
    """A text that names answers, as in "Wie eng ist die Arbeit mit ${name}?"."""

    def part(view: View, turn: Turn) -> str:
        say = getattr(view.evaluation, kind)
        text, language = say(item, view.language, turn)
        marked = marks(language, view.within)
        return f"<span{marked}>{escape(text)}</span>" if marked else escape(text)

    return part


def _turn() -> Part:
    return lambda _view, turn: field_of("", turn)


def _number() -> Part:
    return lambda _view, turn: str(turn[-1])


AROUND: Mapping[str, Callable[..., Part]] = {
    "if": _if, "turns": _turns, "kept": _kept, "offered": _offered, "taken": _taken,
    "amiss": _amiss,
}  # fmt: skip
SINGLE: Mapping[str, Callable[..., Part]] = {
    "checked": partial(Mark, " checked"), "selected": partial(Mark, " selected"),
    "value": _value, "placed": _placed, "message": _message, "inset": _inset,
    "turn": _turn, "number": _number,
}  # fmt: skip
