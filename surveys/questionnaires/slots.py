"""The slots of a page: how a template marks them, and what belongs into each.

What stands between a slot and its end, as in ``if``, is there in some turns only; outside of
repeats the one turn has no number.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from surveys.definition import Item
from surveys.questionnaires.choosing import Mark
from surveys.questionnaires.stretching import FEW, FRAME, Framed, Inset, OfTurn, Shared
from surveys.questionnaires.tongues import marks

if TYPE_CHECKING:
    from surveys.questionnaires.filling import Text, View, Woven

Turn = tuple[int, ...]
Turns = Callable[["View", Turn], Sequence[Turn]]  # in which something is there
START, PARTING, END = "\x02", "\x1f", "\x03"
SLOT = re.compile(f"{START}([^{END}]*){END}")
OUTSIDE: Turn = ()


def slot(kind: str, *arguments: str) -> str:
    """Return the mark that a template leaves where something is filled in."""
    return START + PARTING.join((kind, *arguments)) + END


def field_of(name: str, turn: Turn = OUTSIDE) -> str:
    """Return the name of the field in which a question is answered: ``tie_kind:2``."""
    return ":".join((name, *map(str, turn))) if turn else name


def _number(turn: Turn) -> str:
    return str(turn[-1])


def only_if(name: str) -> Turns:
    """What is asked only under a condition."""
    return lambda view, turn: (turn,) if view.evaluation.relevant(name, turn) else ()


def _turns(name: str) -> Turns:
    """What comes once per turn of a repeat."""

    def turns(view: "View", turn: Turn) -> Sequence[Turn]:
        return [(*turn, 1 + each) for each in range(view.evaluation.count(name, turn))]

    return turns


def _offered(name: str, *choices: str) -> Turns:
    """A choice that is offered only under a condition, or what stands around several."""
    wanted = {*choices}
    return lambda view, turn: () if wanted.isdisjoint(view.offered(name, turn)) else (turn,)


def _taken(name: str, *choices: str) -> Turns:
    """What stands there only when one of some choices, or any at all, is taken."""
    wanted = {*choices}

    def turns(view: "View", turn: Turn) -> Sequence[Turn]:
        chosen = view.chosen(name, turn)
        there = not wanted.isdisjoint(chosen) if wanted else bool(chosen)
        return (turn,) if there else ()

    return turns


def _amiss(name: str) -> Turns:
    """What stands there only when the answer to a question was refused."""
    return lambda view, turn: (turn,) if field_of(name, turn) in view.errors else ()


def _value(name: str) -> "Text":
    def text(view: "View", turn: Turn) -> str:
        texts = view.chosen(name, turn)
        return escape(texts[0]) if texts else ""

    return text


def _placed(name: str, choice: str, place: str) -> "Text":
    """The place of a choice in a ranking."""
    number = int(place)

    def text(view: "View", turn: Turn) -> str:
        if view.typed is not None:
            sent = view.typed.getlist(f"{field_of(name, turn)}={choice}")
            return " selected" if sent == [place] else ""
        ranked = view.chosen(name, turn)
        there = len(ranked) >= number and ranked[number - 1] == choice
        return " selected" if there else ""

    return text


def _message(name: str) -> "Text":
    return lambda view, turn: view.errors[field_of(name, turn)]


def _inset(name: str) -> "Text | Shared | Framed":
    if name.partition(" ")[0] in FEW:
        return Inset(name)
    if name in FRAME:
        return Framed(name)

    def text(view: "View", turn: Turn) -> "str | Woven":
        inset = view.insets[name]
        return inset(view, turn) if callable(inset) else inset

    return text


def said(item: Item, kind: str) -> "Text":
    """A text that names answers, as in "Wie eng ist die Arbeit mit ${name}?"."""

    def text(view: "View", turn: Turn) -> str:
        say = getattr(view.evaluation, kind)
        said, language = say(item, view.language, turn)
        marked = marks(language, view.within)
        return f"<span{marked}>{escape(said)}</span>" if marked else escape(said)

    return text


AROUND: Mapping[str, Callable[..., Turns]] = {
    "if": only_if, "turns": _turns, "offered": _offered, "taken": _taken, "amiss": _amiss,
}  # fmt: skip
SINGLE: Mapping[str, Callable[..., "Text | Shared | Framed"]] = {
    "checked": partial(Mark, " checked"), "selected": partial(Mark, " selected"),
    "value": _value, "placed": _placed, "message": _message, "inset": _inset,
    "turn": lambda: OfTurn(partial(field_of, "")), "number": lambda: OfTurn(_number),
}  # fmt: skip
