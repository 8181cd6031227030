"""Keeping needs and offers: adding, changing, removing, and bringing back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from core.errors import FormUsedTwice
from core.models import change_as_seen, insert_once
from people.listings.models import For, Listing, Origin
from people.models import Offering, Project, Side


@dataclass(frozen=True)
class Beside:
    """Where and when something is needed besides; empty: where and when the rest is."""

    locality: str = ""
    times: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.locality or self.times)


@dataclass(frozen=True)
class Entry:
    """What somebody says of a need or an offer."""

    side: Side
    people: For
    term: str
    title: str
    note: str = ""
    quantity: int = 1
    locality: str = ""
    german: str = ""
    times: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    besides: Mapping[str, Beside] = field(default_factory=dict)  # by terms of requires
    organisation_id: int | None = None
    valid_until: date | None = None

    @property
    def columns(self) -> dict[str, object]:
        lists = {"times": " ".join(self.times), "requires": " ".join(self.requires)}
        besides = {
            term: {"locality": each.locality, "times": list(each.times)}
            for term, each in self.besides.items()
            if each and term in self.requires
        }
        return {**vars(self), **lists, "besides": besides}


def add(
    session: Session,
    project: Project,
    entry: Entry,
    by: str,
    now: datetime,
    *,
    form_key: str | None = None,
    source_key: str | None = None,
    origin: Origin = Origin.TEAM,
    source: str = "",
) -> Listing:
    """Enter a need or an offer under the next number, unless this form or source has.

    :raise FormUsedTwice: when the same form brings something else
    """
    kept = {"by": by, "at": now, "origin": origin, "source": source}
    keys = {"form_key": form_key, "source_key": source_key}
    last = select(func.max(Listing.number)).filter_by(project_id=project.id, side=entry.side)
    while True:
        if earlier := _earlier(session, project, **keys):
            if form_key and earlier.form_key == form_key and entry_of(earlier) != entry:
                raise FormUsedTwice
            return earlier
        number = (session.scalar(last) or 0) + 1
        place = {"project_id": project.id, "number": number}
        added = insert_once(session, Listing, **place, **entry.columns, **kept, **keys)
        if added:
            return added


def change(
    session: Session, listing: Listing, entry: Entry, version: int, by: str, now: datetime
) -> None:
    """Replace what is said, if nobody has changed it since *version* was shown.

    A need stays a need, and an offer an offer.

    :raise ChangedMeanwhile: when somebody has
    """
    columns = replace(entry, side=listing.side).columns
    change_as_seen(session, listing, version, **columns, by=by, at=now)


def remove(listing: Listing, now: datetime) -> None:
    listing.deleted = now
    listing.changed()


def bring_back(listing: Listing) -> None:
    listing.deleted = None
    listing.changed()


def meet(listing: Listing, now: datetime) -> None:
    """Let a need be met: it stays in the register, and finds no offers any more."""
    listing.met = now
    listing.changed()


def need_again(listing: Listing) -> None:
    listing.met = None
    listing.changed()


def listed(session: Session, project: Project) -> list[Listing]:
    """List all needs, then all offers, by their numbers."""
    query = select(Listing).filter_by(project_id=project.id, deleted=None)
    query = query.options(joinedload(Listing.organisation))
    return list(session.scalars(query.order_by(Listing.side, Listing.number)))


def has_any(session: Session, project: Project) -> bool:
    """Tell whether the project knows of needs or offers, be it only the register."""
    listings = select(Listing.id).filter_by(project_id=project.id, deleted=None)
    terms = select(Offering.id).filter_by(project_id=project.id)
    return bool(session.scalar(select(listings.exists() | terms.exists())))


def entry_of(listing: Listing) -> Entry:
    """Return what is kept, as it was entered."""
    names = {name: getattr(listing, name) for name in Entry.__dataclass_fields__}
    lists = {"times": tuple(listing.times.split()), "requires": tuple(listing.requires.split())}
    return Entry(**{**names, **lists, "besides": besides_of(listing)})


def besides_of(listing: Listing) -> dict[str, Beside]:
    """Return where and when else what a listing requires is needed."""
    return {
        term: Beside(str(each.get("locality", "")), tuple(each.get("times", ())))
        for term, each in (listing.besides or {}).items()
    }


def _earlier(session: Session, project: Project, **keys: str | None) -> Listing | None:
    for name, key in keys.items():
        if key is not None:
            query = select(Listing).filter_by(project_id=project.id, **{name: key})
            if found := session.scalar(query):
                return found
    return None
