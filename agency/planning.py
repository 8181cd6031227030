"""The plan of a project: who could come together, what is decided, and what is missing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from agency.models import Match, Solved
from agency.solving import Task, known, solved_of
from core.errors import Refusal, message
from people.listings.keeping import besides_of, listed
from people.listings.models import For, Listing
from people.models import Organisation, Project, Side
from people.names.merging import merged
from people.taxonomy import SHIPPED, Taxonomy
from people.terms.keeping import taxonomy_of

if TYPE_CHECKING:
    from agency.matching.allocating import Allocation, Flow
    from agency.matching.explaining import Opening, Reason
    from agency.matching.fitting import Fit, Wanted
    from agency.matching.leaving import Left


class CannotBe(Refusal):
    """Two were to come together that cannot, or not any more."""

    reason = message(
        "These two cannot come together: one of them was changed, deleted, or is out of date."
    )


@dataclass(frozen=True)
class Pair:
    """A need and an offer that come together, so many of them, and why."""

    need: Listing
    offer: Listing
    quantity: int
    score: float
    fit: "Callable[[], Fit]"  # of these two alone
    also: str = ""  # the term that this place is needed for besides
    is_confirmed: bool = False

    @cached_property
    def reason(self) -> "Reason":
        from agency.matching.explaining import reason  # noqa: PLC0415 - heavy

        return reason(self.fit(), 0, 0)


@dataclass(frozen=True)
class Gap:
    """A need of which some find nothing, and what would help."""

    need: Listing
    unmet: int
    helping: "Callable[[], Sequence[Opening]]"

    @cached_property
    def openings(self) -> "Sequence[Opening]":
        """List what would help; found when it is asked for, as it is dear."""
        return self.helping()


class Plan:
    """One market: needs and offers of persons, or of organisations."""

    def __init__(
        self,
        listings: Sequence[Listing],
        matches: Sequence[Match],
        owners: Mapping[int, Organisation],
        today: date,
        fair: bool,
        solved: Solved | None = None,
        kind: For | None = None,
        terms: Taxonomy = SHIPPED,
    ) -> None:
        self._resolve = terms.resolve
        self.kind = kind
        self._owners = owners  # of those merged: who they go by now
        valid = [
            each
            for each in listings
            if not each.met and (not each.valid_until or each.valid_until >= today)
        ]
        self.needs = [each for each in valid if each.side == Side.NEED]
        self.offers = [each for each in valid if each.side == Side.OFFER]
        self.fair = fair
        self.solved = solved  # where it was large
        self._rows = {each.id: row for row, each in enumerate(self.needs)}
        self._columns = {each.id: column for column, each in enumerate(self.offers)}
        there = self._rows.keys() | self._columns.keys()
        self.matches = [m for m in matches if {m.need_id, m.offer_id} <= there]
        self.halves = [  # confirmed, and one of the two is gone since
            m for m in matches if m.quantity and len({m.need_id, m.offer_id} & there) == 1
        ]

    @cached_property
    def open(self) -> "Left":
        """What is left when all that is decided is taken away."""
        from agency.matching.leaving import Decided, left_of  # noqa: PLC0415 - heavy

        decided = [
            Decided(self._wanted(each.need), self._wanted(each.offer), each.quantity)
            for each in self.matches
        ]
        needs, offers = ([self._wanted(x) for x in some] for some in (self.needs, self.offers))
        return left_of(needs, offers, decided)

    @cached_property
    def task(self) -> Task:
        return Task(self.open, self.fair)

    @cached_property
    def found(self) -> "Allocation | None":
        """What was found for just this state; nothing where a search must come first."""
        return known(self.task, self.solved)

    @cached_property
    def allocation(self) -> "Allocation":
        """Who gets what; searched for where it is not known."""
        return self.found or self.task.solve()

    @cached_property
    def proposed(self) -> list[Pair]:
        """List who could come together now, the most people first."""
        found = [self._pair(flow) for flow in self.allocation.flows]
        return sorted(found, key=lambda p: (bool(p.also), -p.quantity, -p.score, p.need.id))

    @cached_property
    def confirmed(self) -> list[Pair]:
        """List what people decided to bring together."""
        return [
            Pair(m.need, m.offer, m.quantity, 0.0, self._two(m.need, m.offer), "", True)
            for m in self.matches
            if m.quantity
        ]

    @cached_property
    def refused(self) -> list[Match]:
        return [each for each in self.matches if not each.quantity]

    @cached_property
    def gaps(self) -> list[Gap]:
        """List the needs of which some find nothing, the most people first."""
        unmet = self.allocation.unmet(self.open.needs)
        found = [
            Gap(each, round(missing), partial(self._openings, row, round(missing)))
            for row, (each, missing) in enumerate(zip(self.needs, unmet, strict=True))
            if round(missing) > 0
        ]
        return sorted(found, key=lambda gap: (-gap.unmet, gap.need.number))

    def gap(self, need: Listing) -> Gap | None:
        """Return the gap of a need; nothing where everyone is served, or nobody knows yet."""
        gaps = self.gaps if self.found else []
        return next((each for each in gaps if each.need.id == need.id), None)

    @property
    def unmet(self) -> int:
        return sum(gap.unmet for gap in self.gaps)

    def served(self, need: Listing) -> int:
        """Return how many of a need are served, confirmed or, where it is known, proposed."""
        kept = sum(match.quantity for match in self.matches if match.need_id == need.id)
        return kept + (round(self.found.served[self._rows[need.id]]) if self.found else 0)

    def decided(self, need: Listing, offer: Listing) -> int:
        """Return how many of a pair are confirmed."""
        both = need.id, offer.id
        return sum(m.quantity for m in self.matches if (m.need_id, m.offer_id) == both)

    def left(self, need: Listing, offer: Listing) -> int:
        """Return how many more of a pair could be confirmed.

        :raise CannotBe: when the two do not come together in this market
        """
        row, column = self._rows.get(need.id), self._columns.get(offer.id)
        if row is None or column is None or not self._two(need, offer)().holds[0, 0]:
            raise CannotBe
        return min(self.open.needs[row].quantity, self.open.offers[column].quantity)

    def is_there(self, listing: Listing) -> bool:
        return listing.id in self._rows or listing.id in self._columns

    def owner(self, listing: Listing) -> Organisation | None:
        """Return whose a need or an offer is; where entries were merged, the one kept."""
        return self._owners.get(listing.organisation_id or 0, listing.organisation)

    def _wanted(self, listing: Listing) -> "Wanted":
        owner = self.owner(listing)
        return wanted(listing, owner.id if owner else None, self._resolve)

    def _two(self, need: Listing, offer: Listing) -> "Callable[[], Fit]":
        from agency.matching.fitting import fit  # noqa: PLC0415 - heavy

        return lambda: fit([self._wanted(need)], [self._wanted(offer)])

    def _pair(self, flow: "Flow") -> Pair:
        need, offer = self.needs[flow.need], self.offers[flow.offer]
        both = self._two(need, offer)
        return Pair(need, offer, round(flow.quantity), flow.score, both, flow.also)

    @cached_property
    def _free(self) -> list[int]:
        from agency.matching.explaining import free_places  # noqa: PLC0415 - heavy

        return free_places(self.open.offers, self.allocation)

    def _openings(self, row: int, unmet: int) -> "Sequence[Opening]":
        from agency.matching.explaining import opened  # noqa: PLC0415 - heavy

        refused = {column for need, column in self.open.refused if need == row}
        return opened(self.open.needs[row], unmet, self.open.offers, self._free, refused)


def wanted(
    listing: Listing, owner: int | None, resolve: Callable[[str], str] = str
) -> "Wanted":
    """Return as much of a listing as decides who fits whom."""
    from agency.matching.fitting import Wanted  # noqa: PLC0415 - heavy

    return Wanted(
        listing.code,
        resolve(listing.term),
        listing.quantity,
        listing.locality,
        listing.german,
        frozenset(listing.times.split()),
        tuple(map(resolve, listing.requires.split())),
        owner,
        tuple(
            (resolve(term), tuple(sorted(each.times)), each.locality)
            for term, each in sorted(besides_of(listing).items())
        ),
    )


def plans_of(
    session: Session, project: Project, today: date, *, fair: bool = False
) -> Mapping[For, Plan]:
    """Return the plan of each market of *project*."""
    everything = listed(session, project)
    query = select(Match).filter_by(project_id=project.id).order_by(Match.id)
    matches = session.scalars(query).all()
    owners = owners_of(session, project)
    markets = {kind: [each for each in everything if each.people == kind] for kind in For}
    solved, terms = solved_of(session, project, fair), taxonomy_of(session, project.id)
    return {
        kind: Plan(some, matches, owners, today, fair, solved.get(kind), kind, terms)
        for kind, some in markets.items()
    }


def owners_of(session: Session, project: Project) -> dict[int, Organisation]:
    """Return, for all who were merged, the organisation that they are now."""
    into = merged(session, project)
    query = select(Organisation).where(Organisation.id.in_(set(into.values())))
    kept = {each.id: each for each in session.scalars(query)}
    return {gone: kept[id] for gone, id in into.items()}
