"""Finding the best for a market: at once where it is small, else beside what people do.

What was found is kept with all that it was read from. So nothing is searched for twice, and
nothing is shown as the best that is not any more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from agency.models import Solved
from core.models import insert_once
from networks.keeping import Kept
from people.listings.models import For
from people.models import Project

if TYPE_CHECKING:
    from agency.matching.allocating import Allocation
    from agency.matching.fitting import Wanted
    from agency.matching.leaving import Left

SMALL = 250_000  # pairs of needs and offers that are compared while somebody waits
LOST = timedelta(minutes=10)  # who searches for longer has been switched off
_kept = Kept(room=12)


@dataclass(frozen=True)
class Task:
    """What is searched for: who is open, what does not fit, and whether fairly."""

    left: "Left"
    fair: bool

    @property
    def is_small(self) -> bool:
        return len(self.left.needs) * len(self.left.offers) <= SMALL

    @property
    def state(self) -> str:
        """Return a name of all that the result depends on."""
        told = self.fair, sorted(self.left.refused)
        digest = blake2b(repr(told).encode(), digest_size=16)
        for each in (*self.left.needs, None, *self.left.offers):
            digest.update(repr(_told(each) if each else each).encode())
        return digest.hexdigest()

    def solve(self) -> "Allocation":
        """Return the best, as it is kept or by searching."""
        return _kept.get(self.state, self._search)

    def _search(self) -> "Allocation":
        from agency.matching.allocating import allocate  # noqa: PLC0415 - heavy
        from agency.matching.fitting import Fit, fit  # noqa: PLC0415 - heavy

        found = fit(self.left.needs, self.left.offers)
        holds = found.holds.copy()
        for pair in self.left.refused:
            holds[pair] = False
        return allocate(Fit(found.needs, found.offers, found.parts, holds), fair=self.fair)


def _told(each: "Wanted") -> tuple[object, ...]:
    return tuple({**vars(each), "times": sorted(each.times)}.values())


def solved_of(session: Session, project: Project, fair: bool) -> dict[For, Solved]:
    """Return what was found or is searched for in the large markets of *project*."""
    query = select(Solved).filter_by(project_id=project.id, fair=fair)
    return {each.people: each for each in session.scalars(query)}


def begin(session: Session, project: Project, people: For, task: Task, now: datetime) -> bool:
    """Note that somebody searches; of all who want to, one is told to."""
    key = {"project_id": project.id, "people": people, "fair": task.fair}
    said = {"sought": task.state, "begun": now}
    if insert_once(session, Solved, **key, **said, state="", found={}):
        return True
    other = (Solved.sought != task.state) | (
        (Solved.state != task.state) & (Solved.begun < now - LOST)
    )
    query = update(Solved).filter_by(**key).where(other).values(said)
    return session.scalar(query.returning(Solved.id)) is not None


def note(session: Session, project: Project, people: For, task: Task) -> None:
    """Search, and keep what is found, unless something newer is searched for meanwhile."""
    found, key = task.solve(), {"people": people, "fair": task.fair}
    values = {"state": task.state, "found": as_json(found)}
    mine = update(Solved).filter_by(project_id=project.id, sought=task.state, **key)
    session.execute(mine.values(values))


def as_json(found: "Allocation") -> dict[str, Any]:
    flows = [[*vars(each).values()] for each in found.flows]
    return {**vars(found), "flows": flows, "served": [*found.served]}


def from_json(told: dict[str, Any]) -> "Allocation":
    from agency.matching.allocating import Allocation, Flow  # noqa: PLC0415 - heavy

    flows: Sequence[Flow] = [Flow(*each) for each in told["flows"]]
    return Allocation(**{**told, "flows": flows})


def known(task: Task, solved: Solved | None) -> "Allocation | None":
    """Return what was found for just this; nothing where it must be searched for first."""
    if task.is_small:
        return task.solve()
    if solved and solved.state == task.state:
        return _kept.get(task.state, lambda: from_json(solved.found))
    return None
