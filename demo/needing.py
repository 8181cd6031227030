"""The needs and offers of the demo."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from demo.composing import table
from people.listings import keeping
from people.listings.models import For, Origin
from people.models import Organisation, Project, Side

BY = "Jana Wolff"


def load_listings(
    session: Session, project: Project, entries: Mapping[str, Organisation], now: datetime
) -> None:
    """Enter what people and organisations need and offer."""
    for row in table("needs_offers"):
        owner = entries.get(row["source"])
        entry = keeping.Entry(
            side=Side(row["kind"]),
            people=For.PERSONS if row["side"] == "P" else For.ORGANISATIONS,
            term=row["category"],
            title=row["title"],
            note=row["note"],
            quantity=int(row["quantity"]),
            locality=row["ortsteil"],
            german=row["min_german"],
            times=tuple(row["time"].split()),
            requires=tuple(row["requires"].split()),
            organisation_id=owner.id if owner else None,
        )
        origin = Origin.TEAM if owner else Origin.CONVERSATIONS
        keeping.add(session, project, entry, BY, now, source_key=row["id"], origin=origin)
