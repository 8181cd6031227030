"""What becomes of a tie from one wave to the next."""

from dataclasses import dataclass
from enum import StrEnum

from core.errors import message
from networks.tying import UNSAID, Tie


class Change(StrEnum):
    """What became of a tie between two waves."""

    NEW = "new"
    KEPT = "kept"
    LOST = "lost"
    UNHEARD = "unheard"  # whoever named it before has not answered again
    UNASKED = "unasked"  # whoever names it now had not answered before
    BEYOND = "beyond"  # one of the two was in the circle of one wave only


KNOWN = (Change.NEW, Change.KEPT, Change.LOST)
OPEN = (Change.UNHEARD, Change.UNASKED, Change.BEYOND)
CHANGES = {
    Change.NEW: message("new"),
    Change.KEPT: message("still there"),
    Change.LOST: message("not named any more"),
    Change.UNHEARD: message("open: not answered again"),
    Change.UNASKED: message("open: not answered before"),
    Change.BEYOND: message("open: only one survey knows both"),
}


@dataclass(frozen=True)
class Changed:
    """A tie that is in at least one of two waves, and what became of it."""

    a: str
    b: str
    change: Change
    before: Tie | None
    after: Tie | None
    half: bool = False  # lost, but the other side that named it has not answered again

    @property
    def tie(self) -> Tie:
        """Return the tie as it was told last."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - it is in one of the two
        return found

    @property
    def closer(self) -> int:
        """Return by how many steps a kept tie is closer than before; looser is below 0."""
        if not self.before or not self.after:
            return 0
        both_said = UNSAID not in (self.before.strength, self.after.strength)
        return self.after.strength - self.before.strength if both_said else 0

    @property
    def is_told_otherwise(self) -> bool:
        """Tell whether the two sides of a kept tie agree more, or less, than before."""
        return bool(self.before and self.after and self.before.state != self.after.state)
