"""What an expression sees from its place in a form: questions around it, near and far."""

from collections.abc import Mapping
from datetime import datetime

from core.clock import ZONE
from core.errors import message
from surveys.definition import text_in
from surveys.expressions.compiling import Compiled
from surveys.expressions.syntax import ExpressionError, UnsupportedError
from surveys.expressions.values import Scalar, Value, first, to_number, to_text
from surveys.questionnaires.sifting import column_of
from surveys.questionnaires.turns import Cell, Turn, as_value, turns_within


class Sight:
    """The form as seen from one of its items (a ``Scope`` of expressions)."""

    def __init__(self, cells: Mapping[str, Cell], cell: Cell, default_language: str) -> None:
        self._cells = cells
        self._cell = cell
        self._default_language = default_language

    def reference(self, name: str) -> Compiled:
        """A question in the same turn, or further out; or in all turns of other repeats."""
        target = self._find(name)
        shared = self._shared(target)
        up = len(self._cell.repeats) - shared
        inner = target.repeats[shared:]
        if target.item.kind == "repeat":
            return self._numbers(target, up, inner)
        if inner:
            repeats = [self._cells[each] for each in inner]
            return lambda turn: _all_values(turn.up(up), repeats, target)
        if not up:
            return lambda turn: _value(turn, target)
        return lambda turn: turn.up(up).value(target)

    def path(self, steps: tuple[str, ...]) -> Compiled:
        """``.`` is the item itself; a name alone a column of a choice; else the last step."""
        if steps == (".",):
            cell = self._cell
            return lambda turn: turn.value(cell)
        name = steps[-1]
        if len(steps) == 1 and name != "..":
            return lambda turn: _column(turn, name)
        if name in self._cells:
            return self.reference(name)
        raise UnsupportedError(
            message("The path %(path)s leads to no question."), path="/".join(steps)
        )

    def position(self, up: int) -> Compiled:
        if up:
            return lambda turn: float(turn.up(up).number or 1)
        return lambda turn: float(turn.number or 1)

    def indexed(self, name: str, turns: list[tuple[str, Compiled]]) -> Compiled:
        target = self._find(name)
        chosen = {self._find(repeat).item.name: index for repeat, index in turns}
        shared = (
            min([self._shared(target), *map(target.repeats.index, chosen)], default=0)
            if (set(chosen) <= set(target.repeats))
            else -1
        )
        if shared < 0:
            raise ExpressionError(
                message("${%(name)s} does not stand in the repeat named."), name=name
            )
        up = len(self._cell.repeats) - shared
        repeats = [(self._cells[each], chosen.get(each)) for each in target.repeats[shared:]]
        return lambda turn: _indexed(turn, turn.up(up), repeats, target)

    def choice_name(self, question: str, value: Compiled) -> Compiled:
        target, fallback = self._find(question), self._default_language
        up = len(self._cell.repeats) - self._shared(target)

        def compute(turn: Turn) -> Value:
            found = turn.up(up).choices(target).get(to_text(value(turn)))
            return text_in(found[0].label, turn.run.language, fallback)[0] if found else ""

        return compute

    def kept(self) -> Compiled:
        item = self._cell.item
        return lambda turn: as_value(item, turn.document.get(item.name))

    def moment(self, place: Turn) -> datetime:
        return place.run.now.astimezone(ZONE)

    def _find(self, name: str) -> Cell:
        if name not in self._cells:
            raise ExpressionError(message("There is no question named ${%(name)s}."), name=name)
        return self._cells[name]

    def _shared(self, target: Cell) -> int:
        """How many repeats this place and the target stand in together."""
        shared = 0
        for mine, theirs in zip(self._cell.repeats, target.repeats, strict=False):
            if mine != theirs:
                break
            shared += 1
        return shared

    def _numbers(self, target: Cell, up: int, inner: tuple[str, ...]) -> Compiled:
        """A repeat itself stands for its turns, as in ``count(${children})``."""
        repeats = [self._cells[each] for each in inner]

        def compute(turn: Turn) -> Value:
            outer = turns_within(turn.up(up), repeats)
            return tuple(float(each.number) for one in outer for each in one.turns(target))

        return compute


def _value(turn: Turn, target: Cell) -> Value:
    """The value of a cell in this very turn, which is most often known already."""
    known = turn.values.get(target.name)
    return turn.value(target) if known is None else known


def _all_values(turn: Turn, repeats: list[Cell], target: Cell) -> Value:
    values: list[Scalar] = [
        first(inner.value(target))
        for inner in turns_within(turn, repeats)
        if inner.relevant(target)
    ]
    return tuple(values)


def _indexed(
    here: Turn, turn: Turn, repeats: list[tuple[Cell, Compiled | None]], target: Cell
) -> Value:
    for repeat, index in repeats:
        turns = turn.turns(repeat)
        number = to_number(index(here)) if index else 1.0
        if not 1 <= number <= len(turns):
            return ""
        turn = turns[int(number) - 1]
    return turn.value(target)


def _column(turn: Turn, name: str) -> Value:
    return column_of(turn.choice, name) if turn.choice else ""
