"""What was said in surveys and conversations and may hang on the wall of a workshop.

Nothing else comes here: quotes with consent, ideas that a counsellor has released, free
answers whose authors allowed them to the wall, and gaps that more than one has named. Who
said it is called as everyone may read it; of conversations nobody is called at all.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, event, select
from sqlalchemy.orm import Session, joinedload, object_session

from people.models import Naming, NamingDecision, Offering, Organisation, Side
from people.naming import display_name, fold, names_of
from people.terms.keeping import taxonomy_of
from surveys.conversations import sharing
from surveys.definition import Definition, Texts
from surveys.interviews import listing
from surveys.interviews.models import Interview, Meaning
from surveys.models import Kind as Secrecy
from surveys.models import Response, Subject, Survey, SurveyVersion
from surveys.responses import following
from workshop.cards import bringing
from workshop.models import Idea

FEWEST = 2  # organisations that need something, before a gap is shown: never one alone
ALOUD = "public"  # as the wall is read by whoever comes in
TONGUE = "de"  # in which nobody's name is put where nobody reads at the moment


class Kind(StrEnum):
    """What a piece of material is."""

    QUOTE = "quote"
    IDEA = "idea"  # from a conversation
    ANSWER = "answer"
    GAP = "gap"


@dataclass(frozen=True)
class Piece:
    """Something that may hang on the wall, and where it comes from."""

    key: str  # of its source: brought twice it hangs once
    kind: Kind
    words: str
    language: str = ""
    who: str = ""
    unsaid: frozenset[str] = frozenset()  # names that may not stand there
    survey_id: int | None = None
    survey: Texts | None = None
    response_id: int | None = None
    interview_id: int | None = None


def pieces(session: Session, project_id: int, language: str) -> list[Piece]:
    """List all that may hang on a wall of the project."""
    return [
        *_quotes(session, project_id, language),
        *_released(session, project_id),
        *_answers(session, project_id, language),
        *_gaps(session, project_id, language),
    ]


def matching(found: Sequence[Piece], words: str, survey_id: int | None) -> list[Piece]:
    """Return those of one survey, or of all, in which all *words* stand."""
    wanted = fold(words).split()
    return [
        each
        for each in found
        if survey_id in (None, each.survey_id)
        and all(word in fold(f"{each.words} {each.who}") for word in wanted)
    ]


def projects_with_walls(session: Session) -> Sequence[int]:
    """Return the projects in which brought cards hang."""
    return session.scalars(select(Idea.project_id).filter_by(author_id=None).distinct()).all()


def sweep(session: Session, project_id: int, found: Sequence[Piece] | None = None) -> int:
    """Delete brought cards whose source may not hang as it is; return how many.

    What they say of their source names nobody who may not be named. *found* is all that may
    hang, where it is listed already.
    """
    brought = select(Idea).filter_by(project_id=project_id, author_id=None)
    brought = brought.where(Idea.response_id.is_not(None) | Idea.interview_id.is_not(None))
    cards = session.scalars(brought).all()
    if found is None:
        found = pieces(session, project_id, TONGUE) if cards else []
    allowed, over = {each.key: each for each in found}, []
    for card in cards:
        piece = allowed.get(card.form_key)
        if piece is None or bringing.on_a_card(piece.words) != (card.title, card.text):
            over.append(card)
        else:
            bringing.call_anew(session, card, piece.unsaid, piece.who)
    bringing.take_along(session, over)
    return len(over)


@following.when_changed
def _follow(session: Session, response_id: int) -> None:
    """Let cards go when the answers from which they came allow it no more."""
    _sweep_after(session, Idea.response_id == response_id)


@following.when_noted
def _follow_interview(session: Session, interview_id: int) -> None:
    _sweep_after(session, Idea.interview_id == interview_id)


@following.before_erasing
def _leave(session: Session, origin: str, rows: following.Rows) -> None:
    """Take cards along before their source is erased, so that all screens hear of it."""
    cards = select(Idea).filter_by(author_id=None).where(getattr(Idea, origin).in_(rows))
    bringing.take_along(session, session.scalars(cards).all())


@event.listens_for(NamingDecision, "after_insert")
def _call_by_consent(_mapper: object, _connection: object, made: NamingDecision) -> None:
    """Name nobody on cards who has just said so."""
    session = object_session(made)
    one = session.get(Organisation, made.organisation_id) if session else None
    if not session or not one or not (names := _unsaid(one)):
        return
    answers = select(Response.id).filter_by(organisation_id=one.id)
    talks = select(Interview.id).filter_by(organisation_id=one.id)
    cards = select(Idea).filter_by(author_id=None)
    cards = cards.where(Idea.response_id.in_(answers) | Idea.interview_id.in_(talks))
    for card in session.scalars(cards).all():
        bringing.call_anew(session, card, names, _called(one, TONGUE))


def _sweep_after(session: Session, which: ColumnElement[bool]) -> None:
    project_id = session.scalar(select(Idea.project_id).where(which).limit(1))
    if project_id is not None:
        session.flush()
        sweep(session, project_id)


def _quotes(session: Session, project_id: int, language: str) -> Iterator[Piece]:
    for each in listing.passages(session, project_id, meaning=Meaning.QUOTE):
        whose = each.passage
        yield Piece(
            key=f"passage {whose.id}",
            kind=Kind.QUOTE,
            words=each.words,
            language=each.language,
            who=_called(each.organisation, language),
            unsaid=_unsaid(each.organisation),
            survey_id=each.survey.id,
            survey=each.survey.title,
            response_id=whose.response_id,
            interview_id=whose.interview_id,
        )


def _released(session: Session, project_id: int) -> Iterator[Piece]:
    found = sharing.released(session, project_id)
    numbers = [each.response_id for each in found]
    places = select(Response.id, Response.survey_id).where(Response.id.in_(numbers))
    surveys = dict(session.execute(places).all())
    for each in found:
        yield Piece(
            key=f"shared {each.id}",
            kind=Kind.IDEA,
            words=each.text,
            survey_id=surveys.get(each.response_id),
            response_id=each.response_id,
        )


def _answers(session: Session, project_id: int, language: str) -> Iterator[Piece]:
    """Yield free answers to questions for the wall, with the yes of who gave them."""
    query = (
        select(Response, Survey)
        .join(Survey, Survey.id == Response.survey_id)
        .options(joinedload(Response.organisation))
        .where(Response.project_id == project_id, Response.submitted.is_not(None))
        .where(Survey.subject == Subject.ORGANISATIONS, Survey.kind != Secrecy.ANONYMOUS)
        .where(Survey.deleted.is_(None))
        .order_by(Survey.id, Response.id)
    )
    forms: dict[int, Definition] = {}
    for response, survey in session.execute(query):
        form = forms.get(response.version_id) or _form(session, response.version_id)
        forms[response.version_id] = form
        for question in sharing.allowed(form, response.answers):
            yield Piece(
                key=f"answer {response.id} {question}",
                kind=Kind.ANSWER,
                words=str(response.answers[question]),
                language=response.language,
                who=_called(response.organisation, language),
                unsaid=_unsaid(response.organisation),
                survey_id=survey.id,
                survey=survey.title,
                response_id=response.id,
            )


def _gaps(session: Session, project_id: int, language: str) -> Iterator[Piece]:
    """Yield what several organisations need and none offers, without any figure."""
    terms = taxonomy_of(session, project_id)
    needed, offered = _counted(session, project_id, terms.resolve)
    for term, number in sorted(needed.items()):
        if number >= FEWEST and not offered[term]:
            words = terms.label(term, language)
            yield Piece(key=f"gap {term}", kind=Kind.GAP, words=words, language=language)


def _counted(
    session: Session, project_id: int, resolve: Callable[[str], str]
) -> tuple[Counter[str], Counter[str]]:
    query = select(Offering.side, Offering.term).filter_by(project_id=project_id)
    query = query.join(Organisation, Organisation.id == Offering.organisation_id)
    counts: Mapping[Side, Counter[str]] = {side: Counter() for side in Side}
    for side, term in session.execute(query.where(Organisation.deleted.is_(None))):
        counts[side][resolve(term)] += 1
    return counts[Side.NEED], counts[Side.OFFER]


def _form(session: Session, version_id: int) -> Definition:
    return Definition.from_json(session.get_one(SurveyVersion, version_id).definition)


def _called(organisation: Organisation | None, language: str) -> str:
    return display_name(organisation, ALOUD, language) if organisation else ""


def _unsaid(organisation: Organisation | None) -> frozenset[str]:
    """Return the names by which an organisation may not be called on a wall."""
    if organisation is None or organisation.naming is Naming.PUBLIC:
        return frozenset()
    return frozenset(names_of(organisation))
