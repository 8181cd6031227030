"""The guide of an interview: what an organisation answered, entry by entry, to ask further.

An entry is a question, a matrix, or a turn of a repeat; notes are kept under its name.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from surveys.definition import Item
from surveys.interviews.models import GENERAL
from surveys.questionnaires.asking import Asked
from surveys.questionnaires.evaluating import Evaluation
from surveys.questionnaires.laying import split_code
from surveys.questionnaires.slots import OUTSIDE, Turn, field_of
from surveys.responses.receipts import answers_in

Said = tuple[str, str]  # a text, and its language if known
UNASKED = ("consent", "pii")  # our columns: agreed elsewhere, or kept apart and sealed


@dataclass(frozen=True)
class Line:
    """What was answered: the row or question where an entry has several, and the answers."""

    label: Said
    answers: tuple[Said, ...]


@dataclass(frozen=True)
class Entry:
    """Something to talk about, with what was answered; without lines it was not."""

    name: str
    title: Said
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Part:
    """A part of the form with its entries."""

    title: Said
    entries: tuple[Entry, ...]

    @property
    def answered(self) -> list[Entry]:
        return [each for each in self.entries if each.lines]

    @property
    def silent(self) -> list[Entry]:
        """The entries without an answer."""
        return [each for each in self.entries if not each.lines]


@dataclass(frozen=True)
class Guide:
    """Makes the entries out of a form and what was answered to it."""

    asked: Asked
    evaluation: Evaluation
    language: str

    def parts(self) -> list[Part]:
        """Return the parts of the form in which there is something to talk about."""
        found = []
        for item in self.asked.definition.items:
            if entries := tuple(self._entries(item, OUTSIDE)):
                is_part = item.kind == "group" and item.label
                found.append(Part(self._title(item, OUTSIDE) if is_part else ("", ""), entries))
        return _joined(found)

    def _entries(self, item: Item, turn: Turn) -> Iterator[Entry]:
        if not self.evaluation.relevant(item.name, turn):
            return
        if item.kind == "repeat":
            for number in range(1, self.evaluation.count(item.name, turn) + 1):
                yield self._turn(item, (*turn, number))
        elif item.kind == "group" and _is_matrix(item):
            yield Entry(item.name, self._title(item, turn), tuple(self._lines(item, turn)))
        elif item.kind == "group":
            for each in item.items:
                yield from self._entries(each, turn)
        elif _is_asked(item):
            answers = answers_in(item, self.evaluation, self.language, turn)
            lines = (Line(("", ""), answers),) if answers else ()
            yield Entry(item.name, self._title(item, turn), lines)

    def _turn(self, repeat: Item, turn: Turn) -> Entry:
        """Return a turn of a repeat; it is called like its only group, such as a partner."""
        inner = repeat.items
        named = [each for each in inner if each.kind == "group" and each.label]
        alone = len(named) == 1
        title = self._title(named[0], turn) if alone else self._title(repeat, turn[:-1])
        lines = tuple(line for each in inner for line in self._lines(each, turn))
        return Entry(field_of(repeat.name, turn), title, lines)

    def _lines(self, item: Item, turn: Turn) -> Iterator[Line]:
        """Yield the answers to the questions in an item, each with its question."""
        if not self.evaluation.relevant(item.name, turn):
            return
        for each in item.items:
            yield from self._lines(each, turn)
        if _is_asked(item) and (
            answers := answers_in(item, self.evaluation, self.language, turn)
        ):
            yield Line(self._title(item, turn), answers)

    def _title(self, item: Item, turn: Turn) -> Said:
        text, said = self.evaluation.label(item, self.language, turn)
        return split_code(text)[1] or item.name, said


def left_over(parts: Sequence[Part], notes: Iterable[str]) -> Part | None:
    """Return a part for notes whose entries are asked no more, so that none is lost."""
    known = {each.name for part in parts for each in part.entries} | {GENERAL}
    left = tuple(Entry(name, (name, ""), ()) for name in notes if name not in known)
    return Part(("", ""), left) if left else None


def _joined(parts: Sequence[Part]) -> list[Part]:
    """Let entries outside of groups that follow each other be one part."""
    found: list[Part] = []
    for part in parts:
        if found and not part.title[0] and not found[-1].title[0]:
            part = Part(part.title, found.pop().entries + part.entries)
        found.append(part)
    return found


def _is_asked(item: Item) -> bool:
    is_question = item.kind == "question" and not item.is_fixed
    own = item.osi.get("register") in ("self", "new") and "tie" not in item.osi
    return is_question and not own and not any(column in item.osi for column in UNASKED)


def _is_matrix(group: Item) -> bool:
    """Tell whether a group only holds questions with the same choices, row by row."""
    rows = [each for each in group.items if each.kind == "question"]
    lists = {each.list for each in rows}
    looks = all({"list-nolabel", "label"} & {*each.appearance.split()} for each in rows)
    return len(rows) == len(group.items) > 1 and len(lists) == 1 and looks
