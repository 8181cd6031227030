"""Timing: about how long a page takes, so that people are told the truth beforehand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from surveys.definition import Item
from surveys.questionnaires.evaluating import Evaluation
from surveys.questionnaires.laying import leaves
from surveys.questionnaires.paging import Page
from surveys.questionnaires.turns import Cell

# A question of its own takes 15 min / 85 = 10.6 s, as Pew Research Center budgets from the
# times of its panel (Decoded, 8 December 2022); a row of a grid 6 s and a text to compose 60 s
# (amplituderesearch.com: ten rows, or one such question, a minute). Lists of which several
# may be chosen, short texts and the register are our own guesses, until there are times.
OTHER_SECONDS, ROW_SECONDS, ESSAY_SECONDS = 10.6, 6, 60
NOTE_SECONDS, ROSTER_SECONDS = 7, 30
SECONDS = {"select_multiple": 14, "text": 20, "rank": 25}


@dataclass(frozen=True, slots=True)
class Effort:
    """How long a page takes: surely, for what is only perhaps asked, and per turn of what."""

    seconds: float
    perhaps: tuple[tuple[str, float], ...]
    repeat: str

    def of(self, evaluation: Evaluation) -> float:
        if self.repeat:
            turns = range(1, evaluation.count(self.repeat) + 1)
            return sum(self._once(evaluation, turn) for turn in turns)
        return self._once(evaluation, 0)

    def _once(self, evaluation: Evaluation, turn: int) -> float:
        relevant = evaluation.relevant
        return self.seconds + sum(time for name, time in self.perhaps if relevant(name, turn))


def effort_of(page: Page, cells: Mapping[str, Cell]) -> Effort:
    """Return how long *page* takes."""
    sure, perhaps = 0.0, dict[str, float]()
    for item in _answered_or_read(page):
        gate, time = cells[item.name].gate, _seconds_for(item)
        if not gate or gate.item.kind == "repeat":
            sure += time
        else:  # what is asked under the same condition is asked together
            perhaps[gate.name] = perhaps.get(gate.name, 0) + time
    repeat = next((item.name for item in page.items if item.kind == "repeat"), "")
    return Effort(sure, tuple(perhaps.items()), repeat)


def _answered_or_read(page: Page) -> Iterator[Item]:
    yield from (item for item in page.questions if item.kind == "note")
    yield from leaves(page.items)


def _seconds_for(item: Item) -> float:
    if item.kind == "note":
        return NOTE_SECONDS
    if "list-nolabel" in item.appearance:
        return ROW_SECONDS
    if "multiline" in item.appearance:
        return ESSAY_SECONDS
    if item.osi.get("register") in ("partners", "wished"):
        return ROSTER_SECONDS
    return SECONDS.get(item.type, OTHER_SECONDS)
