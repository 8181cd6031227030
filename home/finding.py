"""What can be found in a project, and by which texts; all of it is for the team."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from home.searching import Entry, holding
from networks.models import Fate, Finding
from networks.wording import plain
from people.listings.keeping import listed
from people.models import Project
from people.naming import names_of, registered
from surveys.interviews.listing import passages
from surveys.models import Survey
from workshop.models import Board, Idea, Workshop


class Kind(StrEnum):
    """What is searched, in the order of the page."""

    ORGANISATIONS = "organisations"
    SURVEYS = "surveys"
    PASSAGES = "passages"
    FINDINGS = "findings"
    LISTINGS = "listings"
    WORKSHOPS = "workshops"
    IDEAS = "ideas"


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
        if hits := holding(finder(session, project, language), words):
            found.append(Found(kind, hits[:most], len(hits)))
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


FINDERS: dict[Kind, Finder] = {
    Kind.ORGANISATIONS: _organisations,
    Kind.SURVEYS: _surveys,
    Kind.PASSAGES: _passages,
    Kind.FINDINGS: _findings,
    Kind.LISTINGS: _listings,
    Kind.WORKSHOPS: _workshops,
    Kind.IDEAS: _ideas,
}
