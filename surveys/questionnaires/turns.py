"""A form being filled in: the values, as expressions see them while answers come and go.

A :class:`Cell` is a compiled item. A :class:`Turn` is the form itself, or one turn of a
repeat within it; the form is the turn that all others belong to. Everything is computed when
it is first asked for, and then kept.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from surveys.definition import Choice, Item
from surveys.expressions.compiling import Compiled
from surveys.expressions.values import Value, many, to_number, to_text, to_truth

MOST_TURNS = 200  # of one repeat: a typing error must not fill the memory

Document = Mapping[str, Any]
Choices = Mapping[str, Sequence[Choice]]  # by their names, which may occur more than once


@dataclass(slots=True)
class Cell:
    """An item with its expressions compiled, and the repeats that it stands in."""

    item: Item
    repeats: tuple[str, ...]  # from the outermost to the innermost
    parent: "Cell | None"
    name: str = field(init=False)
    gate: "Cell | None" = field(init=False)  # the nearest with a condition: itself or around it
    gate_up: int = field(init=False)  # how many repeats further out that stands
    relevant: Compiled | None = None
    calculation: Compiled | None = None
    constraint: Compiled | None = None
    required: Compiled | None = None
    choice_filter: Compiled | None = None
    sift: Callable[[Any, Sequence[Choice]], list[Choice]] | None = None  # a plain such filter
    listed: Compiled | None = None  # answers within a repeat that are its choices
    count: Compiled | None = None
    default: Compiled | None = None
    lasts: bool = False  # what is calculated once stays so, as by chance
    children: list["Cell"] = field(default_factory=list)

    def __post_init__(self) -> None:
        around = self.parent.gate if self.parent else None
        self.name = self.item.name
        has_condition = self.item.relevant or self.item.kind == "repeat"
        self.gate = self if has_condition else around
        self.gate_up = self.up_to(self.gate) if self.gate else 0

    def up_to(self, other: "Cell") -> int:
        """How many repeats further out the *other* stands."""
        return len(self.repeats) - len(other.repeats)


@dataclass(slots=True)
class Run:
    """What is the same in all turns of one evaluation."""

    now: datetime
    language: str
    lists: Mapping[str, Choices]  # by the name of the item


class Turn:
    """The form, or one turn of a repeat (numbered from 1)."""

    __slots__ = ("choice", "document", "number", "open", "outer", "run", "turns_of", "values")

    def __init__(
        self, run: Run, document: Document, number: int = 0, outer: "Turn | None" = None
    ) -> None:
        self.run = run
        self.document = document
        self.number = number
        self.outer = outer
        self.values: dict[str, Value] = {}
        self.open: dict[str, bool] = {}
        self.turns_of: dict[str, list[Turn]] = {}
        self.choice: Choice | None = None  # the one that a choice filter looks at

    def up(self, repeats: int) -> "Turn":
        turn = self
        for _ in range(repeats):
            turn = turn.outer or turn
        return turn

    def relevant(self, cell: Cell) -> bool:
        """Whether *cell* is asked here: its condition holds, and those of all around it."""
        gate = cell.gate
        return gate is None or self.up(cell.gate_up)._is_open(gate)

    def value(self, cell: Cell) -> Value:
        """The answer, calculation or default; empty when it is not relevant."""
        value = self.values.get(cell.name)
        if value is None:
            self.values[cell.name] = ""  # so that a circle comes to an end
            value = self.values[cell.name] = self._fresh(cell) if self.relevant(cell) else ""
        return value

    def turns(self, cell: Cell) -> list["Turn"]:
        """The turns of a repeat that stands in this turn."""
        name = cell.name
        if name not in self.turns_of:
            self.turns_of[name] = []
            self.turns_of[name] = self._begun(cell) if self.relevant(cell) else []
        return self.turns_of[name]

    def reach(self, cell: Cell) -> None:
        """Compute all there is to know about an item here."""
        if cell.item.kind == "repeat":
            self.turns(cell)
        else:
            self.value(cell)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of this turn and of those around it; none for the form itself."""
        return (*self.outer.numbers, self.number) if self.outer else ()

    def choices(self, cell: Cell) -> Choices:
        """All choices of an item by their names, also those that its filter holds back."""
        if not cell.listed:
            return self.run.lists.get(cell.name, {})
        names = filter(None, map(to_text, many(cell.listed(self))))
        return {name: (Choice(name, {self.run.language: name}),) for name in names}

    def offered(self, cell: Cell) -> list[Choice]:
        """The choices that its filter lets through."""
        return self._passing(
            cell, [each for same in self.choices(cell).values() for each in same]
        )

    def _passing(self, cell: Cell, choices: list[Choice]) -> list[Choice]:
        """Those of some choices that the filter of an item lets through."""
        lets_through, before = cell.choice_filter, self.choice
        if not lets_through:
            return choices
        if cell.sift:
            return cell.sift(self, choices)
        passing = []
        try:
            for each in choices:
                self.choice = each
                if to_truth(lets_through(self)):
                    passing.append(each)
        finally:
            self.choice = before
        return passing

    def _is_open(self, gate: Cell) -> bool:
        known = self.open.get(gate.name)
        if known is None:
            self.open[gate.name] = False
            known = self._is_asked_around(gate) and (
                gate.relevant is None or to_truth(gate.relevant(self))
            )
            self.open[gate.name] = known
        return known

    def _is_asked_around(self, cell: Cell) -> bool:
        around = cell.parent
        return around is None or self.up(cell.up_to(around)).relevant(around)

    def _fresh(self, cell: Cell) -> Value:
        if cell.lasts and (kept := self.document.get(cell.name)) not in (None, ""):
            return as_value(cell.item, kept)
        if cell.calculation:
            return calculated(cell.item, cell.calculation(self))
        if cell.name in self.document:
            return self._answered(cell, self.document[cell.name])
        return cell.default(self) if cell.default else ""

    def _answered(self, cell: Cell, raw: Any) -> Value:
        """What a stored answer is worth; choices that are not offered any more are not."""
        if not cell.choice_filter:
            return as_value(cell.item, raw)
        known = self.choices(cell)
        names = raw if isinstance(raw, list) else [raw]
        passing = self._passing(cell, [each for name in names for each in known.get(name, ())])
        offered = {each.name for each in passing}
        return " ".join([name for name in names if name in offered])

    def _begun(self, cell: Cell) -> list["Turn"]:
        stored: Sequence[Document] = self.document.get(cell.name) or ()
        number = len(stored) or (cell.name not in self.document)
        if cell.count:
            wanted = to_number(cell.count(self))
            number = int(wanted) if 0 <= wanted < MOST_TURNS else MOST_TURNS * (wanted > 0)
        documents = [*stored[:number], *[{}] * (number - len(stored))][:MOST_TURNS]
        return [Turn(self.run, each, place, self) for place, each in enumerate(documents, 1)]


def turns_within(turn: Turn, repeats: Sequence[Cell]) -> list[Turn]:
    """All turns of the last of some *repeats*, each of which stands in the one before."""
    turns = [turn]
    for repeat in repeats:
        turns = [inner for outer in turns for inner in outer.turns(repeat)]
    return turns


def as_value(item: Item, raw: Any) -> Value:
    """What a stored answer is in an expression: choices are parted by blanks."""
    if raw is None:
        return ""
    if isinstance(raw, list):
        return " ".join(map(str, raw))
    if isinstance(raw, int | float):
        return raw if isinstance(raw, bool) else float(raw)
    text = str(raw)
    if item.type in ("integer", "decimal", "range") and text.strip():
        number = to_number(text)
        return number if number == number else text
    return text


def calculated(item: Item, value: Value) -> Value:
    """What a calculation leaves behind: no number is empty, an integer has no fraction."""
    if isinstance(value, float):
        if value != value:
            return ""
        return float(int(value)) if item.type == "integer" and abs(value) < 1e15 else value
    return value


def as_answer(item: Item, value: Value) -> Any:
    """What a value is in a document of answers; ``None`` when it is empty."""
    if isinstance(value, tuple):
        return [as_answer(item, each) for each in value]
    if item.type in ("select_multiple", "rank"):
        return to_text(value).split() or None
    if isinstance(value, float):
        return int(value) if value.is_integer() and item.type != "decimal" else value
    return None if value == "" else value
