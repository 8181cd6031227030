"""Finding in the register of needs and offers: what fits, how many of each, and a page."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from people.listings.models import Listing
from people.models import Organisation, Project, Side
from people.naming import fold
from people.taxonomy import Taxonomy

CHOICES = ("side", "people", "term")


@dataclass(frozen=True)
class Wanted:
    """What is looked for; what is empty does not matter."""

    q: str = ""
    side: str = ""
    people: str = ""
    term: str = ""

    def asked(self) -> dict[str, str]:
        """Return what is looked for, as an address says it."""
        return {name: value for name, value in vars(self).items() if value}


@dataclass(frozen=True)
class Found:
    """The numbers of what fits, in its order, and how many would fit with each choice."""

    ids: Sequence[int]
    counts: Mapping[str, Counter[str]]
    all: int  # in the register, whatever was looked for


@dataclass(frozen=True)
class _Entry:
    """As much of an entry as decides whether it fits; *term* is the one it counts for now."""

    id: int
    side: str
    people: str
    term: str
    text: str = field(repr=False)


def search(session: Session, project: Project, wanted: Wanted, terms: Taxonomy) -> Found:
    """Find all needs, then all offers, by their numbers.

    What was put together with another term is found by both names, and under both.
    """
    words = fold(wanted.q).split()
    entries = list(_entries(session, project, terms, with_text=bool(words)))
    said = [each for each in entries if all(word in each.text for word in words)]
    chosen = {name: str(getattr(wanted, name)) for name in CHOICES}
    chosen["term"] = terms.resolve(wanted.term)
    return Found(
        [each.id for each in said if _fits(each, chosen)],
        {
            name: Counter(
                getattr(each, name) for each in said if _fits(each, chosen | {name: ""})
            )
            for name in CHOICES
        },
        len(entries),
    )


def listings(session: Session, ids: Sequence[int]) -> list[Listing]:
    """Return entries by their numbers, in that order."""
    query = select(Listing).where(Listing.id.in_(ids)).options(joinedload(Listing.organisation))
    known = {each.id: each for each in session.scalars(query)}
    return [known[each] for each in ids if each in known]


def removed(session: Session, project: Project, first: int, most: int) -> list[Listing]:
    """List what was removed, the newest first, from the one numbered *first* on."""
    query = select(Listing).where(_is_gone(project))
    query = query.order_by(Listing.deleted.desc(), Listing.id.desc())
    return list(session.scalars(query.offset(first).limit(most)))


def number_removed(session: Session, project: Project) -> int:
    query = select(func.count()).select_from(Listing).where(_is_gone(project))
    return session.scalar(query) or 0


def _counted(said: list[_Entry], name: str, others: Mapping[str, str]) -> Counter[str]:
    return Counter(getattr(each, name) for each in said if _fits(each, others))


def _is_gone(project: Project) -> Any:
    return (Listing.project_id == project.id) & Listing.deleted.is_not(None)


def _fits(each: _Entry, chosen: Mapping[str, str]) -> bool:
    return all(value in ("", getattr(each, name)) for name, value in chosen.items())


def _entries(
    session: Session, project: Project, terms: Taxonomy, *, with_text: bool
) -> Iterator[_Entry]:
    query = (
        select(
            Listing.id, Listing.side, Listing.number, Listing.people, Listing.term,
            Listing.title, Listing.note, Organisation.name,
        )
        .outerjoin(Organisation, Organisation.id == Listing.organisation_id)
        .where(Listing.project_id == project.id, Listing.deleted.is_(None))
        .order_by(Listing.side, Listing.number)
    )  # fmt: skip
    called = {each.code: _names(each.code, terms) for each in terms if with_text}
    for number, side, count, people, term, title, note, owner in session.execute(query):
        code = f"{'N' if side == Side.NEED else 'F'}{count}"
        text = ""
        if with_text:
            said = fold(f"{code} {title} {note} {owner or ''}")
            text = f"{said} {called.get(term, fold(term))}"
        yield _Entry(number, side, people, terms.resolve(term), text)


def _names(code: str, terms: Taxonomy) -> str:
    """Return how a term is called, and how the one is that stands for it."""
    both = (terms[each] for each in {code, terms.resolve(code)} if each in terms)
    return fold(" ".join(f"{each.de} {each.en}" for each in both))
