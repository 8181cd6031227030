"""Coding: giving a stretch of a free answer or of notes a term, and saying what it is.

A stretch is recognised by its digest. When its text changes it moves along; when its words
are gone, or the consent to quote them, it is gone, too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from core.errors import FormUsedTwice, Refusal, message
from core.models import insert_once
from people.models import Organisation
from people.naming import fold
from people.taxonomy import SHIPPED, Taxonomy
from surveys.fieldwork.starting import latest
from surveys.interviews import quoting, stretches
from surveys.interviews.models import Meaning, Passage
from surveys.interviews.quoting import NotToBeQuoted, Quotable
from surveys.models import Response, Survey
from surveys.responses import following

PLACES = select(  # of all passages, those that are not removed first
    Passage.id, Passage.question, Passage.begins, Passage.ends, Passage.digest,
    Passage.meaning, Passage.term, Passage.removed,
).order_by(Passage.removed.is_not(None), Passage.id)  # fmt: skip
FAR = 1_000_000_000  # no text is so long: where passages wait while they change places


class NotInTheText(Refusal):
    reason = message(
        "These words do not stand in the text. Please copy them from it, without a change."
    )


class NoTerm(Refusal):
    reason = message("There is no term “%(term)s”. Please choose one from the list.")


class SeveralTerms(Refusal):
    reason = message("“%(term)s” could be: %(names)s. Please type more of it.")


@dataclass(frozen=True)
class Source:
    """A text in which stretches are marked: a free answer, or notes of an interview."""

    key: str  # what tells it from the others on a page
    project_id: int
    origin: Mapping[str, int]  # response_id, or interview_id
    question: str
    text: str
    language: str  # empty where nobody knows
    quotable: Quotable
    organisation: Organisation | None = None
    passages: tuple[Passage, ...] = field(default=())

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """The text in pieces, and whether each is marked."""
        places = [(each.begins, each.ends) for each in self.passages]
        return [*stretches.parted(self.text, places)]


@dataclass(frozen=True)
class Wish:
    """What somebody wants to mark: *words* of the text, or all of it when they are empty."""

    term: str
    meaning: Meaning = Meaning.CODE
    words: str = ""
    near: int = 0


def term_called(typed: str, language: str, terms: Taxonomy = SHIPPED) -> str:
    """Return the code of a term by its name, by how only it begins, or what only it holds.

    :raise NoTerm: when none is called so
    :raise SeveralTerms: when it could be more than one
    """
    wanted = fold(typed)
    names = {
        term.code: [fold(x) for x in (term.code, term.de, term.en)]
        for term in terms
        if term.is_offered
    }
    ways: tuple[Callable[[str], bool], ...] = (
        lambda name: name == wanted,
        lambda name: name.startswith(wanted),
        lambda name: wanted in name,
    )
    for fits in ways if wanted else ():
        found = [code for code, known in names.items() if any(map(fits, known))]
        if len(found) == 1:
            return found[0]
        if found:
            listed = ", ".join(terms.label(code, language) for code in found[:5])
            raise SeveralTerms(term=typed, names=listed + (" …" if found[5:] else ""))
    raise NoTerm(term=typed)


def mark(
    session: Session, source: Source, wish: Wish, by: str, form_key: str, now: datetime
) -> Passage:
    """Mark a stretch of a text; the same twice is once, and brings back what was removed.

    :raise NotInTheText: when the words do not occur in it
    :raise NotToBeQuoted: when it shall be a quote, and there is no consent
    :raise FormUsedTwice: when the form has marked something else
    """
    if wish.meaning == Meaning.QUOTE and source.quotable != Quotable.YES:
        raise NotToBeQuoted
    place: stretches.Place | None = stretches.whole(source.text)
    if wish.words.strip():
        place = stretches.find(source.text, wish.words, wish.near)
    if place is None or place[0] == place[1]:
        raise NotInTheText
    what = {
        **source.origin, "question": source.question, "begins": place[0], "ends": place[1],
        "meaning": wish.meaning, "term": wish.term,
    }  # fmt: skip
    digest, ours = stretches.digest(source.text, place), {"project_id": source.project_id}
    known = {"digest": digest, "by": by, "at": now, "form_key": form_key}
    if marked := insert_once(session, Passage, **ours, **what, **known):
        return marked
    there = update(Passage).filter_by(**ours, **what).values(removed=None, digest=digest)
    found: Passage | None = session.scalar(there.returning(Passage))
    if found is None:
        raise FormUsedTwice
    return found


def remove(passage: Passage, now: datetime) -> None:
    """Take a passage out of every list, until undone."""
    passage.removed = now


def restore(passage: Passage) -> None:
    passage.removed = None


@following.when_changed
def follow(session: Session, response_id: int) -> None:
    """Let passages follow an answer: corrected, they move or go; withdrawn, they go."""
    mine = Passage.response_id == response_id
    if session.scalar(select(Passage.id).where(mine).limit(1)) is None:
        return
    query = select(Response.answers, Response.survey_id).where(
        Response.id == response_id, Response.submitted.is_not(None)
    )
    row = session.execute(query).one_or_none()
    if row is None:
        _run(session, delete(Passage).where(mine))
        return
    answers, survey_id = row
    definition = latest(session, session.get_one(Survey, survey_id))
    may_quote = quoting.of_answers(definition, answers) == Quotable.YES
    settle(session, mine, lambda question: str(answers.get(question) or ""), may_quote)


def settle(
    session: Session,
    mine: ColumnElement[bool],
    text_of: Callable[[str], str],
    may_quote: bool,
) -> int:
    """Move passages to where their words stand now, drop the others; return how many."""
    moved: dict[int, stretches.Place] = {}
    gone, taken, lost = [], set(), 0
    for each in session.execute(PLACES.where(mine)):
        place = stretches.where_now(
            text_of(each.question), (each.begins, each.ends), each.digest
        )
        here = (each.question, place, each.meaning, each.term)
        unwanted = each.meaning == Meaning.QUOTE and not may_quote
        if place is None or unwanted or here in taken:
            gone.append(each.id)
            lost += each.removed is None
            continue
        taken.add(here)
        if place != (each.begins, each.ends):
            moved[each.id] = place
    _run(session, delete(Passage).where(Passage.id.in_(gone)))
    _move(session, moved)
    return lost


def _move(session: Session, moved: Mapping[int, stretches.Place]) -> None:
    """Move passages; first all out of the way, as one may go where another has stood."""
    if moved:
        away = update(Passage).where(Passage.id.in_(moved))
        _run(session, away.values(begins=Passage.begins + FAR, ends=Passage.ends + FAR))
    for number, (begins, ends) in moved.items():
        one = update(Passage).where(Passage.id == number)
        _run(session, one.values(begins=begins, ends=ends))


def _run(session: Session, statement) -> None:  # type: ignore[no-untyped-def]
    session.execute(statement.execution_options(synchronize_session=False))
