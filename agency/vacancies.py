"""Vacancies of enterprises and people who look for work: what an enterprise may know of them.

It is told of groups of at least five, and whom to ask. A number of it is a sum of whole such
groups: so no two numbers that are compared tell of fewer. Whom it may write to, it hears from
the provider, after everyone concerned has said yes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from agency.models import Release
from agency.planning import owners_of, wanted
from core.clock import ZONE
from core.errors import FormUsedTwice, Refusal, message
from core.models import insert_once
from people.listings.keeping import listed
from people.listings.models import For, Listing
from people.models import Organisation, Project, Side
from people.taxonomy import Taxonomy
from people.terms.keeping import taxonomy_of

FEWEST = 5  # people of whom an enterprise hears a number
VACANCY, WORK = "staff", ("jobs", "internships")


class NoVacancy(Refusal):
    reason = message("This vacancy was deleted, or is out of date.")


class NotYet(Refusal):
    reason = message("Please release nobody before they have said yes.")


@dataclass(frozen=True)
class Vacancy:
    """A vacancy, and what its enterprise may be told."""

    listing: Listing
    people: int  # in groups of at least five; 0: no such group
    ask: Sequence[Organisation]  # providers who know of somebody, be it of few
    is_known_elsewhere: bool  # the project knows of somebody without a provider
    releases: Sequence[Release]


def vacancies(session: Session, project: Project, today: date) -> list[Vacancy]:
    """List the vacancies of enterprises, each with what may be said."""
    from agency.matching.fitting import fit  # noqa: PLC0415 - heavy

    valid = [
        each
        for each in listed(session, project)
        if each.side == Side.NEED and stands(each, today)
    ]
    owners = owners_of(session, project)
    terms = taxonomy_of(session, project.id)
    resolve, work = terms.resolve, [terms.resolve(each) for each in WORK]
    open_ = [each for each in valid if _is_vacancy(each, terms)]
    seeking = [x for x in valid if x.people == For.PERSONS and resolve(x.term) in work]
    released: dict[int, list[Release]] = {}
    query = select(Release).filter_by(project_id=project.id).order_by(Release.id)
    for each in session.scalars(query):
        released.setdefault(each.vacancy_id, []).append(each)
    found = fit(
        [wanted(each, _owner(owners, each), resolve) for each in seeking],
        [replace(wanted(each, _owner(owners, each)), term=work[0]) for each in open_],
    )
    suited: list[list[Listing]] = [[] for _ in open_]
    for row, column in found.pairs():
        suited[column].append(seeking[row])
    return [
        _told(vacancy, some, owners, released.get(vacancy.id, []))
        for vacancy, some in zip(open_, suited, strict=True)
    ]


def release(
    session: Session,
    vacancy: Listing,
    provider: Organisation,
    people: int,
    agreed: date,
    by: str,
    now: datetime,
    form_key: str,
) -> Release:
    """Let the enterprise ask *provider* for so many people, who have all said yes.

    :raise NoVacancy: when nobody is looked for, or not any more
    :raise NotYet: when the day of their yes is still to come
    :raise FormUsedTwice: when the same form brings something else
    """
    today = now.astimezone(ZONE).date()
    terms = taxonomy_of(session, vacancy.project_id)
    if vacancy.deleted or not _is_vacancy(vacancy, terms) or not stands(vacancy, today):
        raise NoVacancy
    if agreed > today:
        raise NotYet
    said: dict[str, object] = {"vacancy_id": vacancy.id, "provider_id": provider.id}
    said |= {"people": people, "agreed": agreed}
    key = {"project_id": vacancy.project_id, "form_key": form_key}
    if made := insert_once(session, Release, **key, **said, by=by, at=now):
        return made
    earlier = session.scalars(select(Release).filter_by(**key)).one()
    if any(getattr(earlier, name) != value for name, value in said.items()):
        raise FormUsedTwice
    return earlier


def take_back(session: Session, release: Release) -> None:
    session.execute(delete(Release).filter_by(id=release.id))


def is_vacancy(session: Session, listing: Listing) -> bool:
    """Tell whether an organisation looks for staff, be it under a term of the project's own."""
    return _is_vacancy(listing, taxonomy_of(session, listing.project_id))


def _is_vacancy(listing: Listing, terms: Taxonomy) -> bool:
    is_need = listing.side == Side.NEED and listing.people == For.ORGANISATIONS
    return is_need and terms.resolve(listing.term) == terms.resolve(VACANCY)


def stands(listing: Listing, today: date) -> bool:
    """Tell whether somebody is still looked for."""
    return not listing.met and not (listing.valid_until and listing.valid_until < today)


def _owner(owners: Mapping[int, Organisation], listing: Listing) -> int | None:
    """Return the number of whose it is, where entries were merged of the one kept."""
    kept = owners.get(listing.organisation_id or 0)
    return kept.id if kept else listing.organisation_id


def _told(
    vacancy: Listing,
    suited: Sequence[Listing],
    owners: Mapping[int, Organisation],
    releases: Sequence[Release],
) -> Vacancy:
    theirs = [owners.get(x.organisation.id, x.organisation) for x in suited if x.organisation]
    ask = {each.id: each for each in theirs}
    return Vacancy(
        vacancy,
        people=sum(each.quantity for each in suited if each.quantity >= FEWEST),
        ask=sorted(ask.values(), key=lambda each: each.name),
        is_known_elsewhere=any(not each.organisation_id for each in suited),
        releases=releases,
    )
