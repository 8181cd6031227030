"""Rules that choose one option after the other, and everything their ties allow."""

from collections.abc import Hashable, Sequence
from typing import Protocol

from workshop.rules.profile import Outcome, Tie
from workshop.rules.ties import MOST_SETS

MOST_STATES = 3000
MOST_WORK = 2_000_000  # states times ballots


class Step(Protocol):
    """Where a rule stands; taking an option leads to a new step and leaves this one alone."""

    chosen: tuple[str, ...]

    def next(self) -> Sequence[str]:
        """Return the options that come next, equal among themselves; none at the end."""

    def take(self, option: str) -> "Step":
        """Return the step after *option* was taken."""

    def state(self) -> Hashable:
        """Return what decides everything that follows."""


def walk(start: Step, order: Sequence[str], size: int) -> Outcome:
    """Go from step to step, at a tie with the first in *order*; then look where others lead."""
    place = {option: number for number, option in enumerate(order)}
    step: Step = start
    ties: list[Tie] = []
    while equal := step.next():
        taken = min(equal, key=place.__getitem__)
        if len(equal) > 1:
            ties.append(Tie(tuple(sorted(equal, key=place.__getitem__)), (taken,)))
        step = step.take(taken)
    winners = step.chosen
    if not ties:
        return Outcome(winners, sets=(winners,))
    sets, complete = _every(start, place, min(MOST_STATES, MOST_WORK // max(size, 1) + 1))
    if len(sets) == 1 and complete:
        ties = []  # whoever was taken first, the others followed
    return Outcome(winners, ties=tuple(ties), sets=sets or (winners,), all_sets=complete)


def _every(
    start: Step, place: dict[str, int], most: int
) -> tuple[tuple[tuple[str, ...], ...], bool]:
    seen: set[Hashable] = {start.state()}
    todo = [start]
    ends: dict[tuple[str, ...], None] = {}
    while todo:
        step = todo.pop()
        equal = step.next()
        if not equal:
            ends[tuple(sorted(step.chosen, key=place.__getitem__))] = None
        for option in sorted(equal, key=place.__getitem__, reverse=True):
            after = step.take(option)
            if after.state() not in seen:
                seen.add(after.state())
                todo.append(after)
        if len(seen) > most or len(ends) >= MOST_SETS:
            return tuple(ends), not todo
    return tuple(ends), True
