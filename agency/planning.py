"""The plan of a project: who could come together, what is decided, and what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from agency.models import Match
from core.errors import Refusal, message
from core.models import insert_once
from people.listings.keeping import listed
from people.listings.models import For, Listing
from people.models import Organisation, Project, Side
from people.names.merging import merged

if TYPE_CHECKING:
    from agency.matching.allocating import Allocation, Flow
    from agency.matching.explaining import Opening, Reason
    from agency.matching.fitting import Fit, Wanted


class NotEnough(Refusal):
    """More was to come together than one side has left."""

    reason = message("Only %(left)s are left on one side. Please choose a smaller number.")


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
    reason: "Reason"
    also: str = ""  # the term that this place is needed for besides
    is_confirmed: bool = False


@dataclass(frozen=True)
class Gap:
    """A need of which some find nothing, and what would help."""

    need: Listing
    unmet: int
    openings: "Sequence[Opening]"


class Plan:
    """One market: needs and offers of persons, or of organisations."""

    def __init__(
        self,
        listings: Sequence[Listing],
        matches: Sequence[Match],
        owners: Mapping[int, Organisation],
        today: date,
        fair: bool,
    ) -> None:
        self._owners = owners  # of those merged: who they go by now
        valid = [
            each
            for each in listings
            if not each.met and (not each.valid_until or each.valid_until >= today)
        ]
        self.needs = [each for each in valid if each.side == Side.NEED]
        self.offers = [each for each in valid if each.side == Side.OFFER]
        self.fair = fair
        self._rows = {each.id: row for row, each in enumerate(self.needs)}
        self._columns = {each.id: column for column, each in enumerate(self.offers)}
        self._all = matches  # also those whose other side is gone
        inside = [m for m in matches if m.need_id in self._rows and m.offer_id in self._columns]
        self.matches = inside

    @cached_property
    def fit(self) -> "Fit":
        """All pairs, whatever is decided already."""
        from agency.matching.fitting import fit  # noqa: PLC0415 - heavy

        return fit(
            [self._wanted(each) for each in self.needs],
            [self._wanted(each) for each in self.offers],
        )

    @cached_property
    def open(self) -> "Fit":
        """What is left when all that is decided is taken away."""
        from agency.matching.leaving import Decided, left  # noqa: PLC0415 - heavy

        decided = [
            Decided(self._wanted(each.need), self._wanted(each.offer), each.quantity)
            for each in self._all
        ]
        return left(self.fit, decided)

    @cached_property
    def allocation(self) -> "Allocation":
        from agency.matching.allocating import allocate  # noqa: PLC0415 - heavy

        return allocate(self.open, fair=self.fair)

    @cached_property
    def proposed(self) -> list[Pair]:
        """List who could come together now, the most people first."""
        found = [self._pair(flow) for flow in self.allocation.flows]
        return sorted(found, key=lambda p: (bool(p.also), -p.quantity, -p.score, p.need.id))

    @cached_property
    def confirmed(self) -> list[Pair]:
        """List what people decided to bring together."""
        return [
            self._at(
                self._rows[each.need_id], self._columns[each.offer_id], each.quantity, True
            )
            for each in self.matches
            if each.quantity
        ]

    @cached_property
    def refused(self) -> list[Match]:
        return [each for each in self.matches if not each.quantity]

    @cached_property
    def gaps(self) -> list[Gap]:
        """List the needs of which some find nothing, the most people first."""
        from agency.matching.explaining import openings  # noqa: PLC0415 - heavy

        unmet = self.allocation.unmet(self.open.needs)
        found = [
            Gap(each, round(missing), openings(self.open, self.allocation, row))
            for row, (each, missing) in enumerate(zip(self.needs, unmet, strict=True))
            if round(missing) > 0
        ]
        return sorted(found, key=lambda gap: (-gap.unmet, gap.need.number))

    @property
    def unmet(self) -> int:
        return sum(gap.unmet for gap in self.gaps)

    def served(self, need: Listing) -> int:
        """Return how many of a need are served, confirmed or proposed."""
        row = self._rows[need.id]
        kept = sum(match.quantity for match in self._all if match.need_id == need.id)
        return kept + round(self.allocation.served[row])

    def decided(self, need: Listing, offer: Listing) -> int:
        """Return how many of a pair are confirmed."""
        both = need.id, offer.id
        return sum(m.quantity for m in self.matches if (m.need_id, m.offer_id) == both)

    def left(self, need: Listing, offer: Listing) -> int:
        """Return how many more of a pair could be confirmed.

        :raise CannotBe: when the two do not come together in this market
        """
        row, column = self._rows.get(need.id), self._columns.get(offer.id)
        if row is None or column is None or not self.fit.holds[row, column]:
            raise CannotBe
        return min(self.open.needs[row].quantity, self.open.offers[column].quantity)

    def owner(self, listing: Listing) -> Organisation | None:
        """Return whose a need or an offer is; where entries were merged, the one kept."""
        return self._owners.get(listing.organisation_id or 0, listing.organisation)

    def _wanted(self, listing: Listing) -> "Wanted":
        owner = self.owner(listing)
        return wanted(listing, owner.id if owner else None)

    def _pair(self, flow: "Flow") -> Pair:
        pair = self._at(flow.need, flow.offer, round(flow.quantity))
        return replace(pair, also=flow.also)

    def _at(self, row: int, column: int, quantity: int, is_confirmed: bool = False) -> Pair:
        from agency.matching.explaining import reason  # noqa: PLC0415 - heavy

        return Pair(
            self.needs[row],
            self.offers[column],
            quantity,
            float(self.fit.scores[row, column]),
            reason(self.fit, row, column),
            is_confirmed=is_confirmed,
        )


def wanted(listing: Listing, owner: int | None) -> "Wanted":
    """Return as much of a listing as decides who fits whom."""
    from agency.matching.fitting import Wanted  # noqa: PLC0415 - heavy

    return Wanted(
        listing.code,
        listing.term,
        listing.quantity,
        listing.locality,
        listing.german,
        frozenset(listing.times.split()),
        tuple(listing.requires.split()),
        owner,
    )


def plans_of(
    session: Session, project: Project, today: date, *, fair: bool = False
) -> Mapping[For, Plan]:
    """Return the plan of each market of *project*."""
    everything = listed(session, project)
    query = select(Match).filter_by(project_id=project.id).order_by(Match.id)
    matches = session.scalars(query).all()
    owners = _owners(session, project)
    markets = {kind: [each for each in everything if each.people == kind] for kind in For}
    return {kind: Plan(some, matches, owners, today, fair) for kind, some in markets.items()}


def _owners(session: Session, project: Project) -> dict[int, Organisation]:
    """Return, for all who were merged, the organisation that they are now."""
    into = merged(session, project)
    query = select(Organisation).where(Organisation.id.in_(set(into.values())))
    kept = {each.id: each for each in session.scalars(query)}
    return {gone: kept[id] for gone, id in into.items()}


def decide(
    session: Session, need: Listing, offer: Listing, quantity: int, by: str, now: datetime
) -> None:
    """Let so many come together in all, or none because it does not fit; the last word counts.

    :raise CannotBe: when the two do not fit each other any more
    :raise NotEnough: when less is left on one side
    """
    for id in sorted((need.id, offer.id)):  # who decides on the same waits in line
        raised = update(Listing).where(Listing.id == id).values(version=Listing.version + 1)
        session.execute(raised)
    session.refresh(need)
    session.refresh(offer)
    project = session.get_one(Project, need.project_id)
    plan = plans_of(session, project, now.date())[need.people]
    left = plan.left(need, offer)
    if quantity > plan.decided(need, offer) + left:
        raise NotEnough(left=left)
    key = {"need_id": need.id, "offer_id": offer.id}
    said = {"quantity": quantity, "by": by, "at": now}
    if not insert_once(session, Match, project_id=need.project_id, **key, **said):
        session.execute(update(Match).filter_by(**key).values(said))


def is_decided(session: Session, listing: Listing) -> bool:
    """Tell whether anything is decided of a need or an offer."""
    query = select(Match.id).where(
        (Match.need_id == listing.id) | (Match.offer_id == listing.id)
    )
    return session.scalar(query.limit(1)) is not None


def take_back(session: Session, need: Listing, offer: Listing) -> None:
    """Forget what was decided of a pair."""
    session.execute(delete(Match).filter_by(need_id=need.id, offer_id=offer.id))
