"""A concept for the stories that need one."""

from sqlalchemy.orm import Session

from agency.concepts import keeping, writing
from agency.concepts.models import Concept, Entry, Section
from agency.concepts.writing import Draft
from agency.evidence import citing
from agency.evidence.references import Reference
from core.keys import Keyring
from people.models import Project
from tests.story import NOON


def a_concept(session: Session, project: Project, title: str = "Räder für alle") -> Concept:
    return writing.begin(session, project, f"concept {title}", title, [], "Birte", NOON)


def an_entry(
    session: Session,
    concept: Concept,
    section: Section,
    text: str,
    *evidence: Reference,
    organisation_id: int | None = None,
    **facts: str,
) -> Entry:
    draft = Draft(section, text, facts, evidence, organisation_id)
    key = f"{section} {text}"[:32]
    return writing.add(session, concept, key, draft, "Birte", NOON)


def furnish(session: Session, keys: Keyring, project: Project) -> None:
    """Let a project have a concept, a version of it, and a word of a partner."""
    concept = a_concept(session, project, f"Werkstatt in {project.slug}")
    entry = an_entry(session, concept, Section.PROBLEM, f"In {project.slug} fehlt vieles.")
    an_entry(session, concept, Section.BUDGET, "Miete", kind="rooms", year="1", amount="100.10")
    an_entry(session, concept, Section.MEASURES, "Kurse", begins="1", ends="6")
    content = writing.content(session, concept)
    said = f"version {project.slug}", "", "Birte", NOON
    edition = keeping.keep(session, keys, concept, content, *said)
    keeping.open_to_partners(edition, NOON)
    words = "Frau Yılmaz", "Das sehen wir auch so."
    source = f"source {project.slug}", f"Bericht {project.slug}", "https://example.org", ""
    citing.add_source(session, project, *source, "Birte", NOON)
    keeping.comment(session, edition, f"word {project.slug}", entry.id, *words, NOON)
