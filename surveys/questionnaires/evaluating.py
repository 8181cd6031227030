"""Evaluating a questionnaire: what is asked, what follows from the answers, what is wrong.

A :class:`Questionnaire` is compiled once per version and used by all respondents; an
:class:`Evaluation` looks at the answers of one of them. Turns of a repeat are numbered from 1;
0 is the form outside of repeats. Within nested repeats, a turn is told by a tuple of numbers.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any

from surveys.definition import Choice, Definition, Item, Texts, text_in
from surveys.expressions.values import to_truth
from surveys.questionnaires.assembling import Assembly
from surveys.questionnaires.paging import Page, paged
from surveys.questionnaires.turns import Cell, Choices, Run, Turn, as_answer, turns_within

Roster = Mapping[str, Sequence[Choice]]
Instance = int | tuple[int, ...]


class Questionnaire:
    """A definition, compiled."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.assembly = Assembly(definition)
        self.cells = self.assembly.cells

    @cached_property
    def pages(self) -> list[Page]:
        """All pages in order; ``questionnaires.paging`` says where they are broken."""
        return paged(self.definition, self.assembly.inputs)

    def evaluate(
        self,
        answers: Mapping[str, Any],
        *,
        roster: Roster | None = None,
        lists: Mapping[str, Choices] | None = None,
        now: datetime,
        language: str = "",
    ) -> "Evaluation":
        """Look at some answers.

        *roster* replaces the choices of items by their names; a choice ``other`` of the form
        stays. Whoever evaluates often prepares them as *lists*. Labels of choices within
        calculations are in *language*.
        """
        if lists is None:
            lists = self.assembly.choices(roster or {})
        language = language or self.definition.default_language
        return Evaluation(self, Turn(Run(now, language, lists), answers))


class Evaluation:
    """What follows from the answers of one respondent."""

    def __init__(self, questionnaire: Questionnaire, form: Turn) -> None:
        self.questionnaire = questionnaire
        self._cells = questionnaire.cells
        self._form = form
        self._turns: dict[tuple[tuple[str, ...], Instance], Turn | None] = {}
        for cell in questionnaire.assembly.milestones:
            for turn in turns_within(form, self._repeats(cell.name)):
                turn.reach(cell)

    def item(self, name: str) -> Item:
        return self._cells[name].item

    def relevant(self, name: str, instance: Instance = 0) -> bool:
        """Whether an item is asked, or shown."""
        turn = self._turn(name, instance)
        return turn is not None and turn.relevant(self._cells[name])

    def value(self, name: str, instance: Instance = 0) -> Any:
        """The answer, default or calculation as in a document of answers, else ``None``."""
        turn = self._turn(name, instance)
        cell = self._cells[name]
        return None if turn is None else as_answer(cell.item, turn.value(cell))

    def choices(self, name: str, instance: Instance = 0) -> list[Choice]:
        """The choices that are offered, with everything filled in that their labels name."""
        turn, cell = self._turn(name, instance), self._cells[name]
        if turn is None:
            return []
        return [self._filled(choice, cell, turn) for choice in turn.offered(cell)]

    def offered(self, name: str, instance: Instance = 0) -> set[str]:
        """The names of the choices that are offered."""
        turn = self._turn(name, instance)
        if turn is None:
            return set()
        return {choice.name for choice in turn.offered(self._cells[name])}

    def count(self, name: str, instance: Instance = 0) -> int:
        """How many turns a repeat has; *instance* tells the turn that it stands in itself."""
        turn = self._turn(name, instance)
        return len(turn.turns(self._cells[name])) if turn else 0

    def required(self, name: str, instance: Instance = 0) -> bool:
        turn, cell = self._turn(name, instance), self._cells[name]
        return bool(turn and cell.required and to_truth(cell.required(turn)))

    def violation(self, name: str, instance: Instance = 0) -> bool:
        """Whether an answer breaks its constraint; no answer breaks none."""
        turn, cell = self._turn(name, instance), self._cells[name]
        if not turn or not cell.constraint or turn.value(cell) == "":
            return False
        return not to_truth(cell.constraint(turn))

    def label(self, item: Item, language: str, instance: Instance = 0) -> tuple[str, str]:
        """The label with every ``${…}`` filled in, and the language it is in."""
        return self.text(item, item.label, language, instance)

    def hint(self, item: Item, language: str, instance: Instance = 0) -> tuple[str, str]:
        return self.text(item, item.hint, language, instance)

    def message(self, item: Item, language: str, instance: Instance = 0) -> tuple[str, str]:
        """What to say when the constraint of *item* is broken; may be empty."""
        return self.text(item, item.message, language, instance)

    def text(
        self, item: Item, texts: Texts, language: str, instance: Instance = 0
    ) -> tuple[str, str]:
        """Some text that belongs to *item*, filled in, and the language it is in."""
        text, found = text_in(texts, language, self.questionnaire.definition.default_language)
        if "${" in text and (turn := self._turn(item.name, instance)):
            text = self.questionnaire.assembly.filled(text, self._cells[item.name], turn, found)
        return text, found

    def pages(self) -> list[Page]:
        """The pages with something on them that this respondent is asked or shown."""
        return [page for page in self.questionnaire.pages if self._shows(page.items)]

    def instances(self, name: str) -> Iterator[tuple[int, ...]]:
        """Every turn in which an item stands; the form itself is the empty tuple."""
        for turn in turns_within(self._form, self._repeats(name)):
            yield turn.numbers

    def document(self) -> dict[str, Any]:
        """All answers and calculations that are relevant, and no others."""
        top = [self._cells[item.name] for item in self.questionnaire.definition.items]
        return dict(_kept(self._form, top))

    def settled(self) -> dict[str, Any]:
        """The same answers, and with them what was calculated once and must stay so.

        Whoever stores answers stores these, or chance would choose anew on the next page.
        """
        return _settled(self._form, list(self._cells.values()), ())

    def _repeats(self, name: str) -> list[Cell]:
        return [self._cells[each] for each in self._cells[name].repeats]

    def _turn(self, name: str, instance: Instance) -> Turn | None:
        """The turn in which to look at an item; outside, too, for all turns together."""
        repeats = self._cells[name].repeats
        if not repeats:
            return self._form
        place = (repeats, instance)
        if place not in self._turns:
            self._turns[place] = self._found(name, instance)
        return self._turns[place]

    def _found(self, name: str, instance: Instance) -> Turn | None:
        turn = self._form
        numbers = (instance,) if isinstance(instance, int) else instance
        for repeat, number in zip(self._repeats(name), numbers, strict=False):
            turns = turn.turns(repeat)
            if not 1 <= number <= len(turns):
                return None
            turn = turns[number - 1]
        return turn

    def _filled(self, choice: Choice, cell: Cell, turn: Turn) -> Choice:
        if not any("${" in text for text in choice.label.values()):
            return choice
        fill = self.questionnaire.assembly.filled
        label = {code: fill(text, cell, turn, code) for code, text in choice.label.items()}
        return replace(choice, label=label)

    def _shows(self, items: Sequence[Item]) -> bool:
        return any(self._is_shown(item) for item in items)

    def _is_shown(self, item: Item) -> bool:
        if item.kind == "calculate":
            return False
        if item.kind in ("group", "repeat"):
            return self._begins(item) and self._shows(item.items)
        return any(self.relevant(item.name, each) for each in self.instances(item.name))

    def _begins(self, item: Item) -> bool:
        return any(self.relevant(item.name, each) for each in self.instances(item.name))


def questionnaire(definition: Definition) -> Questionnaire:
    """Compile a definition; do it once per version."""
    return Questionnaire(definition)


def clean(
    questionnaire: Questionnaire,
    answers: Mapping[str, Any],
    *,
    roster: Roster | None = None,
    now: datetime,
    language: str = "",
) -> dict[str, Any]:
    """Return what a respondent submits: answers to what was asked, and what follows."""
    return questionnaire.evaluate(answers, roster=roster, now=now, language=language).document()


def _kept(turn: Turn, cells: Sequence[Cell]) -> Iterator[tuple[str, Any]]:
    for cell in cells:
        name, kind = cell.item.name, cell.item.kind
        if kind == "note" or not turn.relevant(cell):
            continue
        if kind == "group":
            yield from _kept(turn, cell.children)
        elif kind == "repeat":
            yield name, [dict(_kept(each, cell.children)) for each in turn.turns(cell)]
        elif (answer := as_answer(cell.item, turn.value(cell))) is not None:
            yield name, answer


def _settled(turn: Turn, cells: Sequence[Cell], repeats: tuple[str, ...]) -> dict[str, Any]:
    document = dict(turn.document)
    lasting = [cell for cell in cells if cell.lasts]
    for cell in lasting:
        if cell.repeats == repeats and (kept := as_answer(cell.item, turn.value(cell))):
            document[cell.item.name] = kept
    for cell in cells:
        inner = (*repeats, cell.item.name)
        inside = [each for each in lasting if each.repeats[: len(inner)] == inner]
        if cell.item.kind == "repeat" and cell.repeats == repeats and inside:
            document[cell.item.name] = [
                _settled(each, cells, inner) for each in turn.turns(cell)
            ]
    return document
