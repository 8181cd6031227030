"""Free answers, one by one, with what is marked in them; and all passages of a project.

Only surveys about organisations whose answers are not anonymous: of all others no single
answer is shown to anybody.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from core.errors import Refusal, message
from core.stems import key_of, words_of
from people.models import Organisation
from people.naming import fold
from surveys.definition import Definition, Item, Texts
from surveys.fieldwork.starting import latest
from surveys.hiding import refuse_persons
from surveys.interviews import quoting, stretches
from surveys.interviews.coding import Source
from surveys.interviews.models import GENERAL, Interview, Meaning, Passage
from surveys.interviews.quoting import Quotable
from surveys.models import Kind, Response, Subject, Survey

CODED, UNCODED = "coded", "uncoded"


class Anonymous(Refusal):
    reason = message(
        "This survey is anonymous: no single answer is shown. The results page has the words "
        "that at least 5 people used."
    )


@dataclass(frozen=True)
class Filter:
    """Which texts are wanted: all *words* in it, a form of one *word*, coded or with a term."""

    words: str = ""
    word: str = ""
    show: str = ""

    def fits(self, source: Source) -> bool:
        return self._shown(source) and self._holds(source)

    def _shown(self, source: Source) -> bool:
        if self.show in (CODED, UNCODED):
            return bool(source.passages) == (self.show == CODED)
        return not self.show or any(each.term == self.show for each in source.passages)

    def _holds(self, source: Source) -> bool:
        text = fold(source.text)
        if not all(fold(word) in text for word in self.words.split()):
            return False
        if not self.word:
            return True
        language = source.language
        forms = {key_of(each, language) for each in words_of(source.text, language)}
        return key_of(self.word, language) in forms


@dataclass(frozen=True)
class Marked:
    """A passage with its words, and where they come from."""

    passage: Passage
    words: str
    language: str
    survey: Survey
    organisation: Organisation | None
    title: Texts  # of the question; empty for notes that belong to none
    quotable: Quotable


def check(survey: Survey) -> None:
    """See to it that single answers may be shown.

    :raise AboutPersons: when the survey is about persons
    :raise Anonymous: when nobody may see who said what
    """
    refuse_persons(survey)
    if survey.kind is Kind.ANONYMOUS:
        raise Anonymous


def texts(
    session: Session, survey: Survey, definition: Definition, rows: Sequence[int], item: Item
) -> list[Source]:
    """List what the responses with these numbers say of *item*, with what is marked in it.

    :raise AboutPersons: when the survey is about persons
    :raise Anonymous: when nobody may see who said what
    """
    check(survey)
    query = select(Organisation).where(Organisation.project_id == survey.project_id)
    known = {each.id: each for each in session.scalars(query)}
    marked, wanted = _marked(session, survey, item), {*rows}
    answers = select(Response).filter_by(survey_id=survey.id).order_by(Response.id)
    return [
        with_passages(
            Source(
                key=str(row.id),
                project_id=survey.project_id,
                origin={"response_id": row.id},
                question=item.name,
                text=str(row.answers[item.name]),
                language=row.language,
                quotable=quoting.of_answers(definition, row.answers),
                organisation=known.get(row.organisation_id or 0),
            ),
            marked.get(row.id, ()),
        )
        for row in session.scalars(answers)
        if row.id in wanted and str(row.answers.get(item.name) or "").strip()
    ]


def with_passages(source: Source, passages: Iterable[Passage]) -> Source:
    """Return a text with those passages that stand in it as it is."""
    standing = (each for each in passages if stands(each, source.text, source.quotable))
    return replace(source, passages=tuple(standing))


def stands(passage: Passage, text: str, quotable: Quotable) -> bool:
    """Tell whether a passage still stands in a text, and may be what it is."""
    if passage.meaning == Meaning.QUOTE and quotable != Quotable.YES:
        return False
    return stretches.digest(text, (passage.begins, passage.ends)) == passage.digest


def count_terms(sources: Iterable[Source]) -> list[tuple[str, int]]:
    """Return in how many texts each term is, the most frequent first."""
    counts = Counter(code for each in sources for code in {p.term for p in each.passages})
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def of_interview(session: Session, interview: Interview) -> dict[str, list[Passage]]:
    """Return the passages of an interview by the entry of the guide."""
    found: dict[str, list[Passage]] = {}
    query = select(Passage).filter_by(interview_id=interview.id, removed=None)
    for each in session.scalars(query.order_by(Passage.begins, Passage.id)):
        found.setdefault(each.question, []).append(each)
    return found


def passages(
    session: Session, project_id: int, meaning: str = "", term: str = "", words: str = ""
) -> list[Marked]:
    """List the passages of a project, the latest first."""
    query = select(Passage).filter_by(project_id=project_id, removed=None)
    query = query.where(Passage.meaning == meaning) if meaning in set(Meaning) else query
    query = query.where(Passage.term == term) if term else query
    query = query.options(
        joinedload(Passage.response).joinedload(Response.organisation),
        joinedload(Passage.interview).joinedload(Interview.organisation),
    ).order_by(Passage.at.desc(), Passage.id.desc())
    found = _with_words(session, session.scalars(query).all())
    wanted = fold(words).split()
    return [each for each in found if all(word in _searched(each) for word in wanted)]


def used_terms(session: Session, project_id: int) -> set[str]:
    """Return the terms of all passages of a project."""
    query = select(Passage.term).filter_by(project_id=project_id, removed=None)
    return set(session.scalars(query.distinct()))


def _with_words(session: Session, found: Sequence[Passage]) -> Iterator[Marked]:
    owners = {each.id: each.response or each.interview for each in found}
    numbers = {owner.survey_id for owner in owners.values() if owner}
    query = select(Survey).where(Survey.id.in_(numbers), _shown_singly())
    surveys = {each.id: each for each in session.scalars(query)}
    forms = {number: latest(session, survey) for number, survey in surveys.items()}
    for each in found:
        owner = owners[each.id]
        if owner is None or owner.survey_id not in surveys:
            continue
        form = forms[owner.survey_id]
        if isinstance(owner, Response):
            text, language = str(owner.answers.get(each.question) or ""), owner.language
            quotable = quoting.of_answers(form, owner.answers)
        else:
            text, language = str(owner.notes.get(each.question) or ""), ""
            quotable = quoting.of_interview(owner.may_quote)
        if stands(each, text, quotable):
            yield Marked(
                passage=each,
                words=text[each.begins : each.ends],
                language=language,
                survey=surveys[owner.survey_id],
                organisation=owner.organisation,
                title=title_of(form, each.question),
                quotable=quotable,
            )


def title_of(definition: Definition, entry: str) -> Texts:
    """Return how the form calls an entry of the guide; nothing for general notes."""
    if entry == GENERAL:
        return {}
    name = entry.partition(":")[0]
    return next((each.label for each in definition.walk() if each.name == name), {})


def _marked(session: Session, survey: Survey, item: Item) -> dict[int, list[Passage]]:
    query = select(Passage).join(Response, Response.id == Passage.response_id)
    query = query.where(Response.survey_id == survey.id, Response.submitted.is_not(None))
    query = query.where(Passage.question == item.name, Passage.removed.is_(None))
    found: dict[int, list[Passage]] = {}
    for each in session.scalars(query.order_by(Passage.begins, Passage.id)):
        found.setdefault(each.response_id or 0, []).append(each)
    return found


def _searched(marked: Marked) -> str:
    name = marked.organisation.name if marked.organisation else ""
    return fold(f"{marked.words} {name}")


def _shown_singly() -> ColumnElement[bool]:
    """Leave out surveys of which no single answer is shown."""
    return (Survey.subject == Subject.ORGANISATIONS) & (Survey.kind != Kind.ANONYMOUS)
