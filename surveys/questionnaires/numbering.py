"""Numbering questions: A1, A2, A3 without a gap, whatever is not asked this time."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from surveys.definition import Definition, Item
from surveys.questionnaires.evaluating import Evaluation
from surveys.questionnaires.filling import View
from surveys.questionnaires.laying import code_of
from surveys.questionnaires.lengths import in_version
from surveys.questionnaires.slots import Turn
from surveys.questionnaires.turns import Cell

Inset = Callable[[View, Turn], str]  # what is filled in for each

NUMBERED = re.compile(r"([A-Z]{0,4})\d{1,3}")


class Numbering:
    """The numbers of a form: within each letter they count what is asked, in order.

    What stands in a repeat has none; a number with something behind it, as 3a, stays.
    """

    def __init__(self, definition: Definition) -> None:
        language, self.written, self._before = definition.default_language, {}, {}
        series: dict[str, list[str]] = {}
        for item in _outside_repeats(definition.items):
            code = code_of(item, language, language)
            if code:
                self.written[item.name] = code
            if found := NUMBERED.fullmatch(code):
                names = series.setdefault(found[1], [])
                self._before[item.name] = (found[1], tuple(names))
                names.append(item.name)

    written: dict[str, str]  # as they stand in the form
    _before: dict[str, tuple[str, Sequence[str]]]

    def code(self, name: str, evaluation: Evaluation) -> str:
        """Return what stands on the tab of a question."""
        if name not in self._before:
            return self.written.get(name, "")
        letter, before = self._before[name]
        return f"{letter}{1 + sum(map(evaluation.relevant, before))}"

    def on_paper(self, items: Iterable[Item]) -> dict[str, str]:
        """Return the numbers of a sheet on which all *items* stand, whoever answers them."""
        there = {item.name for item in _outside_repeats(items)}
        return self.written | {
            name: f"{letter}{1 + sum(each in there for each in before)}"
            for name, (letter, before) in self._before.items()
        }

    def counted(self) -> dict[str, Any]:
        """Return the numbers as plain data: as written, or a letter and what is counted."""
        return {**self.written, **self._before}

    def insets(self, cells: Mapping[str, Cell]) -> Mapping[str, str | Inset]:
        """Return what fills in the number of each question: the same for all, or counted."""
        return {name: self._inset(name, cells) for name in self.written}

    def _inset(self, name: str, cells: Mapping[str, Cell]) -> str | Inset:
        if name not in self._before:
            return self.written[name]
        letter, before = self._before[name]
        doubtful = [each for each in before if cells[each].gate]
        least = 1 + len(before) - len(doubtful)
        if not doubtful:
            return f"{letter}{least}"

        def count(view: View, _turn: Turn) -> str:
            return f"{letter}{least + sum(map(view.evaluation.relevant, doubtful))}"

        return count


def printed(definition: Definition, version: str = "") -> dict[str, str]:
    """Return the numbers of a sheet of a version, or of one with all that is asked."""
    items = in_version(definition, version, definition.items) if version else definition.items
    return Numbering(definition).on_paper(items)


def _outside_repeats(items: Iterable[Item]) -> Iterator[Item]:
    for item in items:
        if item.kind != "repeat":
            yield item
            yield from _outside_repeats(item.items)
