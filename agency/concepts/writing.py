"""Writing a concept: beginning it, and adding, changing, moving and removing its entries.

Each entry has a version of its own, so two people who write at the same time are in each
other's way only where they write the same sentence; and then nothing of either is lost.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from agency.concepts.models import Concept, Entry, Section
from agency.concepts.sections import Content, content_of, part_of
from agency.concepts.terms import terms_of
from agency.evidence.references import Reference, to_json
from agency.funding.models import Programme
from core.errors import FormUsedTwice
from core.models import change_as_seen, insert_once
from people.listings import keeping as listings
from people.models import Project


@dataclass(frozen=True)
class Draft:
    """What somebody wants to say in a section."""

    section: Section
    text: str
    facts: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[Reference, ...] = ()
    organisation_id: int | None = None

    @property
    def said(self) -> dict[str, Any]:
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @property
    def columns(self) -> dict[str, object]:
        return {
            "text": self.text,
            "facts": dict(self.facts),
            "evidence": to_json(self.evidence),
            "organisation_id": self.organisation_id,
        }


@dataclass(frozen=True)
class Frame:
    """What holds for the whole of a concept."""

    title: str
    starts: date | None = None
    months: int = 24
    esf: Decimal | None = None
    land: Decimal | None = None
    programme: str = ""

    @property
    def columns(self) -> dict[str, object]:
        return {
            "title": self.title,
            "starts": self.starts,
            "months": self.months,
            "esf_cents": _cents(self.esf),
            "land_cents": _cents(self.land),
            "programme": self.programme,
        }


def begin(
    session: Session,
    project: Project,
    form_key: str,
    title: str,
    drafts: Iterable[Draft],
    by: str,
    now: datetime,
) -> Concept:
    """Begin a concept with what was chosen for it, once for each form.

    :raise FormUsedTwice: when the same form brings another title
    """
    key = {"project_id": project.id, "form_key": form_key}
    made = insert_once(session, Concept, **key, title=title, by=by, at=now)
    if made is None:
        earlier = session.scalars(select(Concept).filter_by(**key)).one()
        if earlier.title != title:
            raise FormUsedTwice
        return earlier
    for number, draft in enumerate(drafts):
        add(session, made, f"{form_key[:24]}-{number}", draft, by, now)
    return made


def frame(session: Session, concept: Concept, said: Frame, version: int) -> None:
    """Change what holds for the whole, if nobody has since *version* was shown.

    :raise ChangedMeanwhile: when somebody has
    """
    change_as_seen(session, concept, version, **said.columns)


def add(
    session: Session, concept: Concept, form_key: str, draft: Draft, by: str, now: datetime
) -> Entry:
    """Add an entry at the end of its section, once for each form.

    :raise FormUsedTwice: when the same form brings something else
    """
    last = select(func.coalesce(func.max(Entry.position), 0)).filter_by(
        concept_id=concept.id, section=draft.section
    )
    key = {"concept_id": concept.id, "form_key": form_key}
    place = {"section": draft.section, "position": (session.scalar(last) or 0) + 1}
    kept = {"project_id": concept.project_id, "by": by, "at": now}
    if made := insert_once(session, Entry, **key, **place, **draft.columns, **kept):
        return made
    earlier = session.scalars(select(Entry).filter_by(**key)).one()
    if part_of(earlier) != replace(part_of(earlier), **draft.said):
        raise FormUsedTwice
    return earlier


def change(
    session: Session, entry: Entry, draft: Draft, version: int, by: str, now: datetime
) -> None:
    """Replace what an entry says, if nobody has changed it since *version* was shown.

    One that was deleted comes back with it.

    :raise ChangedMeanwhile: when somebody has
    """
    change_as_seen(session, entry, version, **draft.columns, by=by, at=now, deleted=None)


def move_up(session: Session, entry: Entry) -> None:
    """Let an entry stand before the one above it; the first stays where it is."""
    above = select(Entry).filter_by(
        concept_id=entry.concept_id, section=entry.section, deleted=None
    )
    before = (Entry.position < entry.position) | (
        (Entry.position == entry.position) & (Entry.id < entry.id)
    )
    order = Entry.position.desc(), Entry.id.desc()
    if other := session.scalar(above.where(before).order_by(*order).limit(1)):
        if other.position == entry.position:
            other.position += 1
        else:
            entry.position, other.position = other.position, entry.position


def remove(entry: Entry, now: datetime) -> None:
    entry.deleted = now
    entry.changed()


def bring_back(entry: Entry) -> None:
    entry.deleted = None
    entry.changed()


def content(session: Session, concept: Concept) -> Content:
    """Return what a concept says today."""
    query = select(Entry).filter_by(concept_id=concept.id, deleted=None)
    return content_of(concept, session.scalars(query), terms_of(programme_of(session, concept)))


def programme_of(session: Session, concept: Concept) -> Programme | None:
    """Return the funding programme that is applied for, as the directory has it."""
    place = {"project_id": concept.project_id, "code": concept.programme, "deleted": None}
    return session.scalar(select(Programme).filter_by(**place)) if concept.programme else None


def removed(session: Session, concept: Concept) -> list[Entry]:
    """List what was removed from a concept, the newest first."""
    query = select(Entry).filter_by(concept_id=concept.id)
    gone = query.where(Entry.deleted.is_not(None))
    return list(session.scalars(gone.order_by(Entry.deleted.desc())))


def concepts_of(session: Session, project: Project) -> list[Concept]:
    """List the concepts of a project, the newest first."""
    query = select(Concept).filter_by(project_id=project.id)
    return list(session.scalars(query.order_by(Concept.id.desc())))


def has_any(session: Session, project: Project) -> bool:
    query = select(Concept.id).filter_by(project_id=project.id)
    return session.scalar(query.limit(1)) is not None


def has_ground(session: Session, project: Project) -> bool:
    """Tell whether there is a concept, or something to begin one with."""
    return has_any(session, project) or listings.has_any(session, project)


def _cents(amount: Decimal | None) -> int | None:
    return None if amount is None else int(amount * 100)
