"""Putting a questionnaire together: cells with compiled expressions, and what needs what.

Nothing here raises. An expression that cannot be compiled is left out and kept among the
*problems*: its question is then asked without condition, its calculation is empty.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from core.errors import message
from surveys.definition import Choice, Definition, Item, text_in
from surveys.expressions.compiling import Compiled, compile_node
from surveys.expressions.parsing import parse
from surveys.expressions.syntax import Call, ExpressionError, Node, Path, Reference, walk
from surveys.expressions.values import Value, to_number, to_text
from surveys.questionnaires.seeing import Sight
from surveys.questionnaires.sifting import sift
from surveys.questionnaires.turns import Cell, Choices, Turn

COLUMNS = {  # of an expression: what the cell calls it
    "relevant": "relevant",
    "required": "required",
    "constraint": "constraint",
    "calculation": "calculation",
    "choice_filter": "choice_filter",
    "count": "count",
}
DECIDING = ("relevant", "calculation", "choice_filter", "count", "default", "list")
STRIDE = 20  # steps of a chain of dependencies that are taken at once
LASTING = {"once", "random", "uuid"}  # functions whose first result is kept
REFERENCE = re.compile(r"\$\{\s*([^{}]+?)\s*\}")
_DYNAMIC = re.compile(r"\$\{|[\w:.\-]+\s*\(.*\)", re.DOTALL)


@dataclass(frozen=True)
class Problem:
    """An expression of an item that was left out."""

    item: Item
    column: str
    error: ExpressionError


class Assembly:
    """The cells of a form, and how they hang together."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.cells: dict[str, Cell] = {}
        self.problems: list[Problem] = []
        self._nodes: dict[str, dict[str, Node]] = {}  # by item and column
        self._named: dict[tuple[str, str], Compiled] = {}  # in the words of an item
        self._add(definition.items, None, ())
        for cell in self.cells.values():
            self._compile(cell)
        self._own_choices = {
            name: _by_name(definition.lists.get(cell.item.list, ()))
            for name, cell in self.cells.items()
            if cell.item.list and not cell.listed
        }
        order = self._ordered()
        self._inputs = self._spread(order)
        self.milestones = [self.cells[name] for name in self._milestones(order)]

    def choices(self, roster: Mapping[str, Sequence[Choice]]) -> dict[str, Choices]:
        """The choices of every item that has some; a roster takes the place of a list."""
        replaced = {
            name: self._from_roster(name, choices)
            for name, choices in roster.items()
            if name in self._own_choices
        }
        return {**self._own_choices, **replaced}

    def inputs(self, item: Item) -> frozenset[str]:
        """The questions whose answers decide how *item* is shown, through whatever steps."""
        names = {name for column in DECIDING for name in self._references(item, column)}
        names.update(self._piped(item))
        found = [self._inputs[name] for name in names if name in self._inputs]
        return frozenset().union(*found)

    def expressions(self, item: Item) -> Mapping[str, Node]:
        """The trees of the expressions of an item, by their columns."""
        return self._nodes.get(item.name, {})

    def filled(self, text: str, cell: Cell, turn: Turn, language: str) -> str:
        """Put the answers into a text that names them, choices by their labels."""

        def answer(found: re.Match[str]) -> str:
            return self._shown(found[1], cell, turn, language)

        return REFERENCE.sub(answer, text)

    def _add(
        self, items: Sequence[Item], parent: Cell | None, repeats: tuple[str, ...]
    ) -> None:
        for item in items:
            cell = Cell(item, repeats, parent)
            self.cells[item.name] = cell
            if parent:
                parent.children.append(cell)
            inner = (*repeats, item.name) if item.kind == "repeat" else repeats
            self._add(item.items, cell, inner)

    def _compile(self, cell: Cell) -> None:
        sight = Sight(self.cells, cell, self.definition.default_language)
        for column, place in COLUMNS.items():
            if text := getattr(cell.item, column):
                setattr(cell, place, self._compiled(cell.item, column, text, sight))
        if cell.choice_filter:
            cell.sift = sift(self.expressions(cell.item)["choice_filter"], sight)
        nodes = self._nodes_in(cell.item, "calculation")
        cell.lasts = any(isinstance(each, Call) and each.name in LASTING for each in nodes)
        if cell.item.list.startswith("${"):
            cell.listed = self._compiled(cell.item, "list", cell.item.list, sight)
        default = cell.item.default
        if _DYNAMIC.search(default):
            cell.default = self._compiled(cell.item, "default", default, sight)
        elif default:
            cell.default = _constant(cell.item, default)

    def _compiled(self, item: Item, column: str, text: str, sight: Sight) -> Compiled | None:
        try:
            node = parse(text)
            self._nodes.setdefault(item.name, {})[column] = node
            return compile_node(node, sight)
        except ExpressionError as error:
            self.problems.append(Problem(item, column, error))
            return None

    def _nodes_in(self, item: Item, column: str) -> Iterator[Node]:
        if node := self.expressions(item).get(column):
            yield from walk(node)

    def _references(self, item: Item, column: str) -> Iterator[str]:
        """The items that an expression names, but for the item itself by a dot."""
        for each in self._nodes_in(item, column):
            match each:
                case Reference(name):
                    yield name
                case Path(steps) if len(steps) > 1 and steps[-1] in self.cells:
                    yield steps[-1]

    def _piped(self, item: Item) -> Iterator[str]:
        """The items named in the words of an item and of its choices."""
        choices = self.definition.lists.get(item.list, ())
        for texts in (item.label, item.hint, *(choice.label for choice in choices)):
            for text in texts.values():
                yield from REFERENCE.findall(text)

    def _needs(self, name: str) -> set[str]:
        """What must be known before an item is: what it names, and what stands around it."""
        cell = self.cells[name]
        names = {each for column in DECIDING for each in self._references(cell.item, column)}
        names -= self._earlier_turns(cell)
        if cell.parent:
            names.add(cell.parent.item.name)
        return names & self.cells.keys()

    def _earlier_turns(self, cell: Cell) -> set[str]:
        """The items of the same repeat that a calculation looks up in other turns."""
        looked_up = {
            each.arguments[0].name
            for each in self._nodes_in(cell.item, "calculation")
            if isinstance(each, Call) and each.name == "indexed-repeat"
            if isinstance(each.arguments[0], Reference)
        }
        return {each for each in looked_up if self._same_repeat(each, cell)}

    def _same_repeat(self, name: str, cell: Cell) -> bool:
        return name in self.cells and self.cells[name].repeats == cell.repeats != ()

    def _ordered(self) -> list[str]:
        """All items, each after those it needs; a circle is a problem and cut open."""
        graph = {name: self._needs(name) for name in self.cells}
        while True:
            try:
                return list(TopologicalSorter(graph).static_order())
            except CycleError as circle:
                names = list(dict.fromkeys(circle.args[1]))
                self._cut(names)
                for name in names:
                    graph[name] -= set(names)

    def _milestones(self, order: Sequence[str]) -> Iterator[str]:
        """Items to compute first, in this order, so that no long chain is followed at once."""
        depth: dict[str, int] = {}
        for name in order:
            depth[name] = 1 + max((depth.get(each, 0) for each in self._needs(name)), default=0)
            if depth[name] % STRIDE == 0:
                yield name

    def _cut(self, names: list[str]) -> None:
        item = min((self.cells[name].item for name in names), key=self._rank)
        error = ExpressionError(
            message("These depend on each other in a circle: %(names)s."),
            names=", ".join(sorted(names)),
        )
        columns = [each for each in DECIDING if each in self.expressions(item)]
        self.problems.append(Problem(item, columns[0] if columns else "name", error))

    def _rank(self, item: Item) -> tuple[bool, int]:
        return not item.calculation, list(self.cells).index(item.name)

    def _spread(self, order: Sequence[str]) -> dict[str, frozenset[str]]:
        """For each item the questions on which its value depends, itself included."""
        inputs: dict[str, frozenset[str]] = {}
        for name in order:
            item = self.cells[name].item
            asked = item.kind == "question" and not item.calculation
            own = {name} if asked or (item.kind == "repeat" and not item.count) else set()
            below = [inputs.get(each, frozenset()) for each in self._needs(name)]
            inputs[name] = frozenset(own).union(*below)
        return inputs

    def _from_roster(self, name: str, choices: Sequence[Choice]) -> Choices:
        found = _by_name(choices)
        other = self._own_choices[name].get("other")
        return found if other is None else {**found, "other": other}

    def _shown(self, name: str, cell: Cell, turn: Turn, language: str) -> str:
        if name not in self.cells:
            return ""
        if (cell.name, name) not in self._named:
            sight = Sight(self.cells, cell, self.definition.default_language)
            self._named[cell.name, name] = sight.reference(name)
        value = to_text(self._named[cell.name, name](turn))
        found = turn.run.lists.get(name, {}).get(value)
        if not found:
            return value
        return text_in(found[0].label, language, self.definition.default_language)[0]


def _constant(item: Item, default: str) -> Compiled:
    number = to_number(default) if item.type in ("integer", "decimal", "range") else None
    value: Value = default if number is None or number != number else number
    return lambda _: value


def _by_name(choices: Sequence[Choice]) -> Choices:
    """The choices by their names, in the order in which these are first named."""
    found: dict[str, list[Choice]] = {}
    for choice in choices:
        found.setdefault(choice.name, []).append(choice)
    return found
