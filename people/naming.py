"""Names of organisations: when two are the same, and who may see them."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from rapidfuzz import fuzz, process
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from people.models import Naming, NamingDecision, Organisation, Project
from people.names.agreeing import AUDIENCES, agree
from people.names.spelling import (
    PLACES,
    apart,
    fold,
    normalise,
    of_other_form,
    places_in,
    spellings,
)
from people.words import NAMELESS, SHORT_KINDS

__all__ = [
    "AUDIENCES",
    "PLACES",
    "fold",
    "normalise",
    "places_in",
    "spellings",
]  # found here, too


def alike(one: str, other: str) -> float:
    """Say how alike two names are, 0 to 100; names of different places are not at all."""
    if apart(one, other):
        return 0.0
    return max(fuzz.token_sort_ratio(a, b) for a in _forms(one) for b in _forms(other))


def find_same(session: Session, project: Project, name: str) -> Organisation | None:
    """Return the one organisation that is called *name*; none when it could be two."""
    return same_in(Known(registered(session, project)), name)


def registered(session: Session, project: Project) -> list[Organisation]:
    """Return the organisations of *project* that are not deleted, with their aliases."""
    query = select(Organisation).filter_by(project_id=project.id, deleted=None)
    query = query.options(selectinload(Organisation.aliases), selectinload(Organisation.terms))
    found = list(session.scalars(query.order_by(Organisation.id)))
    _bring_together(session, project, found)
    return found


class Known:
    """The names of many organisations, prepared for asking which is meant."""

    def __init__(self, organisations: Sequence[Organisation]) -> None:
        self._by_spelling: dict[str, list[Organisation]] = {}
        for organisation in organisations:
            for name in names_of(organisation):
                for spelling in spellings(name):
                    self._by_spelling.setdefault(spelling, []).append(organisation)

    def nearest(self, name: str) -> Organisation | None:
        """Return the organisation that is almost called *name*, a slip of the pen away."""
        for spelling in spellings(name):
            found = process.extractOne(
                spelling, self._by_spelling.keys(), scorer=fuzz.ratio, score_cutoff=90
            )
            for organisation in self._by_spelling[found[0]] if found else ():
                if not apart(name, organisation.name):
                    return organisation
        return None

    def called(self, name: str) -> list[Organisation]:
        """Return everyone who is called *name*, exactly after normalising."""
        found = [each for form in spellings(name) for each in self._by_spelling.get(form, ())]
        return list({each.code: each for each in found}.values())


def same_in(known: Known, name: str) -> Organisation | None:
    """Return the one of the *known* that is called *name*, unless its place or form differs."""
    found = [
        each
        for each in known.called(name)
        if not apart(name, each.name) and not of_other_form(name, each.name)
    ]
    return found[0] if len(found) == 1 else None


def organisation_called(
    organisations: Sequence[Organisation], typed: str | None
) -> Organisation | None:
    """Return the one that somebody meant by a name or a code, as it was typed into a form."""
    name = (typed or "").strip()
    if not name:
        return None
    exactly = [each for each in organisations if name in (each.name, each.code)]
    return exactly[0] if len(exactly) == 1 else same_in(Known(organisations), name)


def names_of(organisation: Organisation) -> Iterator[str]:
    """Yield every name by which people know the organisation."""
    for entry in entries_of(organisation):
        yield entry.name
        if entry.short_name:
            yield entry.short_name
        yield from (alias.name for alias in entry.aliases)


def entries_of(organisation: Organisation) -> Iterator[Organisation]:
    """Yield the organisation and all entries of the register that were merged into it."""
    yield organisation
    for entry in organisation.absorbed:
        yield from entries_of(entry)


def is_named_for(organisation: Organisation, audience: str) -> bool:
    """Tell whether *audience* may see its name, and what would give it away."""
    return AUDIENCES.index(Naming(audience)) <= AUDIENCES.index(organisation.naming)


def display_name(organisation: Organisation, audience: str, language: str = "de") -> str:
    """Return the name by consent, or else "Organisation 17 (Träger)".

    *audience* is who will read it: "team", "network" or "public".
    """
    if is_named_for(organisation, audience):
        return organisation.name
    return veil(organisation.code, organisation.kind, language)


def veil(code: str, kind: str = "", language: str = "de") -> str:
    """Return what stands instead of the name of an organisation, "Organisation 17 (Träger)"."""
    word = NAMELESS.get(language, NAMELESS["en"])
    number = re.sub(r"\D", "", code).lstrip("0") or code
    kinds = SHORT_KINDS.get(kind, {})
    said = kinds.get(language) or kinds.get("en")
    return f"{word} {number} ({said})" if said else f"{word} {number}"


def decide_naming(
    session: Session, organisation: Organisation, naming: Naming, by: str, now: datetime
) -> None:
    """Note who may see the name from now on, and who said so; the newest word counts."""
    together = organisation.own_naming or organisation.merged_into_id
    if organisation.naming == naming and not together:
        return
    if organisation.own_naming is None:
        organisation.naming = naming
    else:
        organisation.own_naming = naming
    organisation.changed()
    session.add(
        NamingDecision(
            project_id=organisation.project_id,
            organisation_id=organisation.id,
            naming=naming,
            by=by,
            at=now,
        )
    )
    if together:
        agree(session, organisation)


def _bring_together(session: Session, project: Project, registered: list[Organisation]) -> None:
    """Load in one go which entries were merged into which."""
    query = select(Organisation).filter_by(project_id=project.id)
    query = query.where(Organisation.merged_into_id.is_not(None))
    query = query.options(selectinload(Organisation.aliases)).order_by(Organisation.id)
    into: dict[int | None, list[Organisation]] = {}
    for entry in (gone := list(session.scalars(query))):
        into.setdefault(entry.merged_into_id, []).append(entry)
    for each in (*registered, *gone):
        set_committed_value(each, "absorbed", into.get(each.id, []))


def naming_decisions(session: Session, organisation: Organisation) -> list[NamingDecision]:
    """Return who allowed what and when, the newest first."""
    query = select(NamingDecision).filter_by(organisation_id=organisation.id)
    return list(session.scalars(query.order_by(NamingDecision.id.desc())))


def _forms(name: str) -> frozenset[str]:
    return spellings(name) or frozenset({fold(name)})
