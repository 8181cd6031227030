"""Who can stand in a network: the register, and under which code each goes.

Two entries that were merged are one organisation: whatever is told of the one that is gone
counts for the other, by its code, its number and its names.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from networks.offering import Said
from people.models import Offering, Organisation, Project
from people.names.merging import merged
from people.naming import Known, registered, same_in
from people.terms.keeping import taxonomy_of


@dataclass(frozen=True)
class Roster:
    """The organisations of the register, and what leads to each of them."""

    organisations: list[Organisation]
    code_of: Mapping[int, str]  # by number, of merged ones the code they go by
    goes_by: Mapping[str, str]  # by code; only of merged ones
    kept: Mapping[str, int]  # by the code they go by, their number
    gone: list[Organisation]  # merged into others

    @cached_property
    def _names(self) -> tuple[Known, Known]:
        return Known(self.organisations), Known(self.gone)

    def code(self, code: str) -> str:
        """Return the code by which an organisation goes that was called by a code."""
        return self.goes_by.get(code, code)

    def called(self, name: str) -> str:
        """Return the code of the one organisation that is called so, or nothing."""
        known, gone = self._names  # prepared when the first name in words is met
        found = same_in(known, name) or same_in(gone, name)
        return self.code(found.code) if found else ""

    def numbers(self, code: str) -> set[int]:
        """Return all numbers that lead to an organisation."""
        return {number for number, known in self.code_of.items() if known == code}

    def is_kept(self, number: int | None) -> bool:
        """Tell whether an entry stands for itself and was not merged into another."""
        return number is not None and self.kept.get(self.code_of.get(number, "")) == number


def roster_of(session: Session, project: Project) -> Roster:
    """Read the register of *project*, with all that was merged."""
    organisations = registered(session, project)
    codes = {each.id: each.code for each in organisations}
    into = {gone: kept for gone, kept in merged(session, project).items() if kept in codes}
    gone = _rows(session, into)
    return Roster(
        organisations,
        code_of=codes | {number: codes[kept] for number, kept in into.items()},
        goes_by={each.code: codes[into[each.id]] for each in gone},
        kept={code: number for number, code in codes.items()},
        gone=gone,
    )


def said_in(session: Session, project: Project) -> list[Said]:
    """List what all organisations need and offer, each once, by the codes they go by."""
    standing = select(Organisation.id, Organisation.code).filter_by(
        project_id=project.id, deleted=None
    )
    codes = dict(session.execute(standing).all())
    into = merged(session, project)
    resolve = taxonomy_of(session, project.id).resolve
    query = select(Offering.organisation_id, Offering.side, Offering.term)
    query = query.where(Offering.project_id == project.id).order_by(Offering.id)
    found = [
        Said(codes[number], side, resolve(term))
        for told_of, side, term in session.execute(query)
        if (number := into.get(told_of, told_of)) in codes
    ]
    return list(dict.fromkeys(found))


def _rows(session: Session, numbers: Iterable[int]) -> list[Organisation]:
    wanted = list(numbers)
    if not wanted:
        return []
    query = select(Organisation).where(Organisation.id.in_(wanted)).order_by(Organisation.id)
    return list(session.scalars(query.options(selectinload(Organisation.aliases))))
