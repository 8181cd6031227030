"""Asking again about entries whose source says otherwise by now: once for each answer.

An answer that was corrected, withdrawn or followed by a newer one may carry many entries.
Somebody looks at it once, and lets them all stay or go.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from agency.gathering.models import ListingSource, Sifted
from agency.gathering.sourcing import Root, Standing
from people.listings import keeping
from people.listings.models import Listing


@dataclass(frozen=True)
class Question:
    """One source that says otherwise, and all entries that rest on nothing else."""

    root: Root
    listings: Sequence[Listing]


def questions(
    listings: Sequence[Listing], roots: Mapping[int, Sequence[Root]]
) -> list[Question]:
    """List what is to be looked at again; an entry that still rests on something is not."""
    found: dict[object, tuple[Root, list[Listing]]] = {}
    for it in listings:
        mine = roots.get(it.id, ())
        open_ = [each for each in mine if each.standing != Standing.STANDS and not each.is_kept]
        if open_ and not any(each.standing == Standing.STANDS for each in mine):
            root = open_[0]
            key = root.response_id or (it.organisation_id, it.origin)
            found.setdefault(key, (root, []))[1].append(it)
    return [Question(root, some) for root, some in found.values()]


def keep(session: Session, listings: Collection[Listing], now: datetime | None) -> None:
    """Let entries stay though their source says otherwise; without *now* ask again."""
    mine = ListingSource.listing_id.in_([each.id for each in listings])
    session.execute(update(ListingSource).where(mine).values(kept=now))


def remove(session: Session, listings: Collection[Listing], now: datetime) -> None:
    """Let entries go with their source; when it is said again, it is proposed again."""
    for each in listings:
        keeping.remove(each, now)
    session.execute(delete(Sifted).where(Sifted.listing_id.in_([each.id for each in listings])))
