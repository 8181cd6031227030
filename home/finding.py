"""What can be found in a project, and by which texts; all of it is for the team."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from agency.cases.models import Case
from agency.concepts.models import Concept
from agency.concepts.models import Entry as ConceptEntry
from agency.concepts.writing import concepts_of
from agency.funding.keeping import listed as programmes
from agency.meetings.holding import meetings
from agency.ventures.reading import dossiers
from home.searching import Entry, holding
from networks.models import Fate, Finding
from networks.wording import plain
from people.listings.keeping import listed
from people.models import Project
from people.naming import names_of, registered
from surveys.interviews.listing import passages
from surveys.models import Survey
from workshop.models import Board, Idea, Workshop

PLACES = re.compile(r"\[\[[^\]]*\]\]")  # where a name or a quote comes in last


class Kind(StrEnum):
    """What is searched, in the order of the page."""

    ORGANISATIONS = "organisations"
    SURVEYS = "surveys"
    PASSAGES = "passages"
    FINDINGS = "findings"
    LISTINGS = "listings"
    WORKSHOPS = "workshops"
    IDEAS = "ideas"
    CONCEPTS = "concepts"
    VENTURES = "ventures"
    CASES = "cases"
    MEETINGS = "meetings"
    PROGRAMMES = "programmes"


@dataclass(frozen=True)
class Found:
    """What was found of one kind; of many things only the first are shown."""

    kind: Kind
    entries: Sequence[Entry]
    number: int


Finder = Callable[[Session, Project, str], Iterable[Entry]]


def search(
    session: Session, project: Project, words: str, language: str, most: int
) -> list[Found]:
    """Return, by kind, the first *most* things that hold all *words*."""
    found = []
    for kind, finder in FINDERS.items():
        hits, number = holding(finder(session, project, language), words, most)
        if hits:
            found.append(Found(kind, hits, number))
    return found


def _organisations(session: Session, project: Project, _language: str) -> Iterator[Entry]:
    for each in registered(session, project):
        others = " · ".join(name for name in names_of(each) if name != each.name)
        yield Entry(each.name, f"{each.code} {others}", {"code": each.code})


def _surveys(session: Session, project: Project, language: str) -> Iterator[Entry]:
    query = select(Survey).filter_by(project_id=project.id, deleted=None).order_by(Survey.id)
    for each in session.scalars(query):
        title = each.title.get(language) or next(iter(each.title.values()), each.slug)
        yield Entry(title, "", {"slug": each.slug})


def _passages(session: Session, project: Project, _language: str) -> Iterator[Entry]:
    for each in passages(session, project.id):
        whose = each.organisation.name if each.organisation else ""
        yield Entry(whose, each.words, {"q": each.words[:80]})


def _findings(session: Session, project: Project, language: str) -> Iterator[Entry]:
    called = {each.code: each.name for each in registered(session, project)}
    query = select(Finding, Survey).join(Survey, Survey.id == Finding.survey_id)
    query = query.where(Finding.project_id == project.id, Finding.fate == Fate.RELEASED)
    for row, survey in session.execute(query.order_by(Finding.id)):
        words = plain(
            row.words.get(language) or row.words["de"], lambda code: called.get(code, code)
        )
        yield Entry("", words, {"slug": survey.slug})


def _listings(session: Session, project: Project, _language: str) -> Iterator[Entry]:
    for each in listed(session, project):
        whose = each.organisation.name if each.organisation else ""
        words = f"{each.note} {whose}".strip()
        yield Entry(f"{each.code} {each.title}", words, {"listing_id": each.id})


def _workshops(session: Session, project: Project, _language: str) -> Iterator[Entry]:
    query = select(Workshop).filter_by(project_id=project.id).order_by(Workshop.id)
    for each in session.scalars(query):
        questions = (challenge.question for b in each.boards for challenge in b.challenges)
        yield Entry(each.title, " · ".join(questions), {"slug": each.slug})


def _ideas(session: Session, project: Project, _language: str) -> Iterator[Entry]:
    query = select(Idea, Workshop).join(Board, Board.id == Idea.board_id)
    query = query.join(Workshop, Workshop.id == Board.workshop_id)
    query = query.where(Idea.project_id == project.id, Idea.taken_down.is_(False))
    for idea, workshop in session.execute(query.order_by(Idea.id)):
        yield Entry(idea.title, f"{idea.text} ({workshop.title})", {"slug": workshop.slug})


def _concepts(session: Session, project: Project, _language: str) -> Iterator[Entry]:
    query = select(ConceptEntry, Concept).join(Concept, Concept.id == ConceptEntry.concept_id)
    query = query.where(Concept.project_id == project.id, ConceptEntry.deleted.is_(None))
    texts: dict[int, list[str]] = {each.id: [] for each in concepts_of(session, project)}
    for entry, concept in session.execute(query.order_by(ConceptEntry.id)):
        texts[concept.id].append(PLACES.sub("…", entry.text))
    for each in concepts_of(session, project):
        yield Entry(each.title, " ".join(texts[each.id]), {"concept_id": each.id})


def _ventures(session: Session, project: Project, _language: str) -> Iterator[Entry]:
    for each in dossiers(session, project):
        it = each.venture
        texts = [it.text, *(text.text for text in each.canvas.values())]
        yield Entry(it.title, " ".join(texts), {"venture_id": it.id})


def _cases(session: Session, project: Project, _language: str) -> Iterator[Entry]:
    query = select(Case).filter_by(project_id=project.id, deleted=None).order_by(Case.id)
    for each in session.scalars(query.options(joinedload(Case.organisation))):
        yield Entry(f"{each.code} {each.title}", each.organisation.name, {"number": each.id})


def _meetings(session: Session, project: Project, _language: str) -> Iterator[Entry]:
    for each in meetings(session, project):
        said = [item.title + " " + item.notes for item in each.items]
        said += [resolution.text for resolution in each.resolutions]
        text = " ".join([each.summary, *said]).strip()
        yield Entry(each.title, text, {"number": each.id})


def _programmes(session: Session, project: Project, _language: str) -> Iterator[Entry]:
    for each in programmes(session, project):
        yield Entry(each.name, f"{each.funder} {each.note}", {"programme_id": each.id})


FINDERS: dict[Kind, Finder] = {
    Kind.ORGANISATIONS: _organisations,
    Kind.SURVEYS: _surveys,
    Kind.PASSAGES: _passages,
    Kind.FINDINGS: _findings,
    Kind.LISTINGS: _listings,
    Kind.WORKSHOPS: _workshops,
    Kind.IDEAS: _ideas,
    Kind.CONCEPTS: _concepts,
    Kind.VENTURES: _ventures,
    Kind.CASES: _cases,
    Kind.MEETINGS: _meetings,
    Kind.PROGRAMMES: _programmes,
}
