"""One question at a time: the pages of a conversation, whatever a form puts together.

A repeat stays a page of its own with all its turns. Notes stand above the next question that
is asked; those at the end make the last page. This is the only place that says so.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from surveys.definition import Definition, Item
from surveys.questionnaires.evaluating import Evaluation
from surveys.questionnaires.paging import Page


@dataclass(frozen=True)
class Step:
    """A page with one question, the notes above it, and the group that says what it is about.

    A step without a question has only notes: the words at the end.
    """

    page: Page
    notes: tuple[Item, ...]
    question: Item | None
    about: Item | None

    @property
    def key(self) -> str:
        return self.page.key


def steps(definition: Definition, left_out: Collection[str] = ()) -> list[Step]:
    """Return all pages in order, but without the questions and notes that are *left_out*."""
    found: list[Step] = []
    notes: list[Item] = []
    for item, around in _spread(definition.items, ()):
        if item.name in left_out:
            continue
        if item.kind == "note":
            notes.append(item)
            continue
        found.append(_step(item, around, notes))
        notes = []
    if notes:
        found.append(_step(None, (), notes))
    return found


def notes_before(definition: Definition, name: str) -> list[Item]:
    """Return the notes that are said before a question, whatever is answered."""
    notes: list[Item] = []
    for item, _ in _spread(definition.items, ()):
        if item.name == name:
            return notes
        if item.kind == "note" and not item.relevant:
            notes.append(item)
    return []


def asked(found: Sequence[Step], evaluation: Evaluation) -> list[Step]:
    """Return the pages that are asked, by the answers so far; notes go on to the next one."""
    walk: list[Step] = []
    notes: tuple[Item, ...] = ()
    for step in found:
        notes += tuple(note for note in step.notes if evaluation.relevant(note.name))
        if notes if step.question is None else evaluation.relevant(step.question.name):
            walk.append(replace(step, notes=notes))
            notes = ()
    return walk


def here(walk: Sequence[Step], step: Step) -> Step | None:
    """Return a page as it is asked, with its notes; nothing when it is not."""
    return next((each for each in walk if each.key == step.key), None)


def place_of(walk: Sequence[Step], step: Step) -> tuple[int, int]:
    """Return the number of a question among those asked, and how many these are."""
    questions = [each.key for each in walk if each.question]
    number = questions.index(step.key) + 1 if step.key in questions else len(questions)
    return number, len(questions)


def _step(question: Item | None, around: tuple[Item, ...], notes: list[Item]) -> Step:
    part = around[0] if around else None
    labelled = [each for each in around[1:] if each.label]
    about = labelled[-1] if labelled else None
    items = (question,) if question else ()
    key = question.name if question else notes[0].name
    return Step(Page(key, part, items), tuple(notes), question, about)


def _spread(
    items: Sequence[Item], around: tuple[Item, ...]
) -> Iterator[tuple[Item, tuple[Item, ...]]]:
    for item in items:
        if item.kind == "group":
            yield from _spread(item.items, (*around, item))
        elif item.kind in ("repeat", "note") or _is_question(item):
            yield item, around


def _is_question(item: Item) -> bool:
    """Whether a person is asked: the head of a matrix, and what is calculated, is not."""
    head = item.appearance.split()[:1] == ["label"]
    return item.kind == "question" and not item.is_fixed and not head
