"""The choices of a question on a page that is filled in: offered or not, taken or not."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from surveys.questionnaires.stretching import Shared

if TYPE_CHECKING:
    from surveys.questionnaires.filling import Read, View
    from surveys.questionnaires.slots import Turn

MANY = 12  # choices of which some are not offered: of a register, hardly alike for two


@dataclass(frozen=True)
class Mark(Shared):
    """What is written at a choice that is taken."""

    mark: str
    name: str
    choice: str

    @property
    def question(self) -> str:  # type: ignore[override]
        return self.name

    @property
    def at(self) -> tuple[str, str]:
        return self.name, self.choice

    @property
    def sight(self) -> Hashable:
        return "chosen", self.name

    def seen(self, view: "View", turn: "Turn") -> Hashable:
        return view.chosen(self.name, turn)

    def __call__(self, view: "View", turn: "Turn") -> str:
        return self.mark if self.choice in view.chosen(self.name, turn) else ""


@dataclass(frozen=True)
class Choices(Shared):
    """Choices side by side, looked at all at once, as there may be many."""

    name: str
    each: list[tuple[str, str, str]] = field(default_factory=list)  # which; as it is; taken

    @property
    def question(self) -> str:  # type: ignore[override]
        return self.name

    @property
    def is_rare(self) -> bool:  # type: ignore[override]
        """Whether there are many boxes to tick; of a list to select from, only one is."""
        return len(self.each) > MANY and " selected" not in self.each[0][2]

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(choice for choice, _, _ in self.each)

    @cached_property
    def untouched(self) -> str:
        """All of them, and none taken."""
        return "".join([plain for _, plain, _ in self.each])

    def seen(self, view: "View", turn: "Turn") -> Hashable:
        offered, chosen = view.offered(self.name, turn), view.chosen(self.name, turn)
        return self.names & offered, self.names.intersection(chosen)

    def __call__(self, view: "View", turn: "Turn") -> str:
        offered, chosen = view.offered(self.name, turn), view.chosen(self.name, turn)
        if self.names <= offered and self.names.isdisjoint(chosen):
            return self.untouched
        there = [each for each in self.each if each[0] in offered]
        return "".join([taken if choice in chosen else plain for choice, plain, taken in there])


def side_by_side(
    before: "list[Read]", inner: "Sequence[Read]", name: str, *choices: str
) -> bool:
    """Add a choice to those *before* it, if nothing within it changes but its mark."""
    marks = [piece for piece in inner if not isinstance(piece, str)]
    mine = all(isinstance(each, Mark) and each.at == (name, *choices) for each in marks)
    if len(choices) > 1 or not mine:
        return False
    last = before[-1] if before else None
    if not isinstance(last, Choices) or last.name != name:
        before.append(last := Choices(name))
    plain = "".join([piece for piece in inner if isinstance(piece, str)])
    taken = "".join([piece.mark if isinstance(piece, Mark) else str(piece) for piece in inner])
    last.each.extend((choice, plain, taken) for choice in choices)
    return True
