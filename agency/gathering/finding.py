"""Finding needs and offers in what people have said, before anybody has confirmed them.

Nothing is copied: a find is read anew from its sources each time, so it goes with them. Of
organisations the newest answer counts, and passages that somebody has marked. Of persons
there are only the counts that the results of their survey show, too: rounded, in batches,
and none below k.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from agency.gathering.stating import Statement, asks_for, chosen, statements
from people.listings import keeping
from people.listings.models import For, Origin
from people.models import Organisation, Project, Side
from people.names.merging import merged
from people.taxonomy import Taxonomy
from people.terms.keeping import taxonomy_of
from surveys import hiding
from surveys.definition import Definition, Texts
from surveys.interviews import listing
from surveys.interviews.models import Meaning
from surveys.models import Kind, Response, Subject, Survey, SurveyVersion

if TYPE_CHECKING:
    from surveys.counting.shelf import Answers

TALKS = "talks"
MEANINGS = {Meaning.NEED: Side.NEED, Meaning.OFFER: Side.OFFER}
Counted = Callable[[Survey], "Answers | None"]  # what figures may count


@dataclass(frozen=True)
class Source:
    """Where something was said; *words* only of passages, as they stand there now."""

    origin: Origin
    survey: Survey
    question: str
    title: Texts = field(default_factory=dict)
    code: str = ""  # of the organisation that said it
    response_id: int | None = None
    passage_id: int | None = None
    is_interview: bool = False
    words: str = ""
    language: str = ""


@dataclass(frozen=True)
class Find:
    """A need or an offer that was said, by whom, and where."""

    key: str
    people: For
    said: Statement
    sources: tuple[Source, ...]
    organisation: Organisation | None = None

    @property
    def side(self) -> Side:
        return self.said.side

    @property
    def term(self) -> str:
        return self.said.term

    @property
    def origin(self) -> Origin:
        return self.sources[0].origin

    @property
    def triple(self) -> tuple[int | None, Side, str]:
        """Whose it is, and what: the register holds it once."""
        return self.organisation.id if self.organisation else None, self.side, self.term


class Register:
    """The organisations of a project, where those merged go by the one kept."""

    def __init__(self, session: Session, project: Project) -> None:
        query = select(Organisation).filter_by(project_id=project.id, deleted=None)
        self._known = {each.id: each for each in session.scalars(query)}
        self.into = merged(session, project)

    def __getitem__(self, number: int | None) -> Organisation | None:
        return self._known.get(self.into.get(number or 0, number or 0))


def finds(session: Session, project: Project, counted: Counted) -> list[Find]:
    """List all that was said and still stands, each once, whatever was decided of it."""
    register, terms = Register(session, project), taxonomy_of(session, project.id)
    found: dict[str, Find] = {}
    for each in (
        *_answers(session, project, register, terms),
        *_passages(session, project, register, terms),
        *_talks(session, project, counted, terms),
    ):
        if earlier := found.get(each.key):
            both = (*earlier.sources, *each.sources)
            found[each.key] = replace(earlier, sources=both)
        else:
            found[each.key] = each
    return list(found.values())


def talked_of(session: Session, project: Project) -> Sequence[Survey]:
    """List the surveys about persons, the newest first."""
    query = select(Survey).filter_by(project_id=project.id, subject=Subject.PERSONS)
    return session.scalars(query.filter_by(deleted=None).order_by(Survey.id.desc())).all()


def is_used(session: Session, project: Project) -> bool:
    """Tell whether needs and offers are known, or answers in which some could stand."""
    if keeping.has_any(session, project):
        return True
    given = select(Response.id).join(Survey, Survey.id == Response.survey_id)
    given = given.where(Survey.project_id == project.id, Response.submitted.is_not(None))
    return bool(session.scalar(select(given.exists())))


def _answers(
    session: Session, project: Project, register: Register, terms: Taxonomy
) -> Iterator[Find]:
    """Yield what the newest answer of each organisation says of needs, and of offers."""
    definitions: dict[int, tuple[Definition, set[Side]]] = {}  # with what each asks for
    heard: set[tuple[int, Side]] = set()
    for response, survey in session.execute(_leading(project)):
        owner = register[response.organisation_id]
        if owner is None:
            continue
        if response.version_id not in definitions:
            version = session.get_one(SurveyVersion, response.version_id)
            definition = Definition.from_json(version.definition)
            asking = {side for side in Side if asks_for(definition, side)}
            definitions[version.id] = definition, asking
        definition, asked = definitions[response.version_id]
        fresh = asked - {side for side in Side if (owner.id, side) in heard}
        heard |= {(owner.id, side) for side in asked}
        for said in statements(definition, response.answers):
            if said.side in fresh and said.term in terms:
                title = definition.item(said.question).label
                source = Source(
                    Origin.ANSWER, survey, said.question, title, owner.code, response.id
                )
                key = f"{owner.id}.{said.side}.{said.term}"
                yield Find(key, _for_whom(said, terms), said, (source,), owner)


def _leading(project: Project):  # type: ignore[no-untyped-def]
    """Select the answers that speak for an organisation, the newest first."""
    speaks = Response.leading | (Survey.kind == Kind.OPEN)
    return (
        select(Response, Survey)
        .join(Survey, Survey.id == Response.survey_id)
        .where(Survey.project_id == project.id, Survey.subject == Subject.ORGANISATIONS)
        .where(Survey.deleted.is_(None), Response.submitted.is_not(None), speaks)
        .where(Response.organisation_id.is_not(None))
        .order_by(Response.submitted.desc(), Response.id.desc())
    )


def _passages(
    session: Session, project: Project, register: Register, terms: Taxonomy
) -> Iterator[Find]:
    """Yield what is marked as a need or an offer in free answers and interviews."""
    for meaning, side in MEANINGS.items():
        for each in listing.passages(session, project.id, meaning=meaning):
            passage = each.passage
            if passage.term not in terms:
                continue
            owner = register[each.organisation.id if each.organisation else None]
            source = Source(
                Origin.PASSAGE, each.survey, passage.question, each.title,
                each.organisation.code if each.organisation else "",
                passage.response_id, passage.id,
                is_interview=passage.interview_id is not None,
                words=each.words, language=each.language,
            )  # fmt: skip
            said = Statement(side, passage.term, passage.question)
            key = f"{owner.id if owner else f'p{passage.id}'}.{side}.{passage.term}"
            yield Find(key, _for_whom(said, terms), said, (source,), owner)


def _talks(
    session: Session, project: Project, counted: Counted, terms: Taxonomy
) -> Iterator[Find]:
    """Yield how many people need something, as the results of the newest survey show it."""
    told: set[str] = set()
    for survey in talked_of(session, project):
        for said, title in counts(survey, counted).values():
            if said.term not in told and said.term in terms:
                told.add(said.term)
                source = Source(Origin.CONVERSATIONS, survey, said.question, title)
                key = f"{TALKS}.{said.side}.{said.term}"
                yield Find(key, For.PERSONS, said, (source,))


def counts(survey: Survey, counted: Counted) -> dict[str, tuple[Statement, Texts]]:
    """Return how many people need each term, where that may be shown."""
    answers = counted(survey)
    if answers is None:
        return {}
    definition, rows = answers.questions.definition, answers.counted
    found: dict[str, tuple[Statement, Texts]] = {}
    for item in definition.having("match", Side.NEED):
        terms = [choice.name for choice in definition.lists.get(item.list, ())]
        tally = rows.tally(item.name)
        numbers = [
            sum(people for said, people in tally.items() if term in chosen(said))
            for term in terms
        ]
        n = tally.total()
        cells = hiding.several(numbers, n, len(rows) - n)
        for term, cell in zip(terms, cells, strict=False):  # the last one is of all
            if cell.count:
                said = Statement(Side.NEED, term, item.name, quantity=cell.count)
                found.setdefault(term, (said, item.label))
    return found


def _for_whom(said: Statement, terms: Taxonomy) -> For:
    """Guess for whom it is: offers are for people where a term can be, needs are one's own."""
    whose = terms.side(said.term)
    if said.side == Side.OFFER:
        return For.PERSONS if "P" in whose else For.ORGANISATIONS
    return For.ORGANISATIONS if "O" in whose else For.PERSONS


def keys_now(keys: Iterable[str], into: Mapping[int, int]) -> set[str]:
    """Return keys of finds as they are called since organisations were merged."""
    found = set()
    for key in keys:
        whose, _, what = key.partition(".")
        number = into.get(int(whose)) if whose.isdecimal() else None
        found.add(f"{number}.{what}" if number else key)
    return found
