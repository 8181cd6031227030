"""How often the terms of a project are used, wherever they stand."""

from collections import Counter
from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from agency.cases.models import Case
from people.listings.models import Listing
from people.models import Offering, Organisation, Project
from surveys.interviews.models import Passage


def used(session: Session, project: Project, resolve: Callable[[str], str]) -> Counter[str]:
    """Count where each term stands: in the register, in marked passages and in cases.

    What was put together counts for the term that stands for it.
    """
    known = select(Offering.term, func.count()).join(Organisation)
    known = known.where(Organisation.project_id == project.id, Organisation.deleted.is_(None))
    queries = [known.group_by(Offering.term)]
    for model in (Listing, Passage, Case):
        query = select(model.term, func.count()).where(model.project_id == project.id)
        queries.append(query.group_by(model.term))
    found: Counter[str] = Counter()
    for query in queries:
        for term, number in session.execute(query):
            found[resolve(term)] += number
    needed = select(Listing.requires).where(
        Listing.project_id == project.id, Listing.requires != ""
    )
    for requires in session.scalars(needed):
        found.update(map(resolve, requires.split()))
    return found
