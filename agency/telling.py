"""The plan of a project as plain data."""

from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from agency.planning import Gap, Pair, plans_of
from people.models import Project


def told(
    session: Session, project: Project, today: date, *, fair: bool = False
) -> dict[str, Any]:
    """Return pairs, gaps and the sum of the scores, of persons and organisations together.

    The *gap* is how far at most a better allocation is above this one, as a share.
    """
    plans = plans_of(session, project, today, fair=fair)
    each = [*plans.values()]
    return {
        "pairs": [_pair(pair) for plan in each for pair in (*plan.confirmed, *plan.proposed)],
        "gaps": [_gap(gap) for plan in each for gap in plan.gaps],
        "objective": sum(plan.allocation.objective for plan in each),
        "objectives": {kind: plan.allocation.objective for kind, plan in plans.items()},
        "gap": max((plan.allocation.gap for plan in each), default=0.0),
    }


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "need": pair.need.code,
        "offer": pair.offer.code,
        "quantity": pair.quantity,
        "score": round(pair.score or pair.fit().scores[0, 0].item(), 4),
        "reason": asdict(pair.reason),
        "also": pair.also,
        "confirmed": pair.is_confirmed,
    }


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "need": gap.need.code,
        "unmet": gap.unmet,
        "openings": [asdict(opening) for opening in gap.openings],
    }
