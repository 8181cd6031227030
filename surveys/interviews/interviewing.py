"""Interviewing: planning and noting conversations with organisations, one to one.

Notes are replaced as a whole where nobody has replaced them since they were read; whoever
was overtaken keeps what was typed and sees what the other one wrote.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from secrets import token_hex

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session, joinedload

from core import erasing as erasures
from core.clock import ZONE
from core.erasing import Entry
from core.errors import Refusal, message
from core.models import insert_once
from people.models import Organisation
from people.naming import fold
from surveys.fieldwork.inviting import invited
from surveys.interviews import coding, quoting
from surveys.interviews.coding import Source
from surveys.interviews.listing import of_interview, with_passages
from surveys.interviews.models import Interview, Passage
from surveys.models import Kind, Response, Subject, Survey
from surveys.responses import erasing, following

erasing.TABLES.append(Interview.__tablename__)  # it holds words that can be erased


class WithOrganisations(Refusal):
    reason = message(
        "Interviews are held with organisations. This survey is about persons: their "
        "conversations stay with the provider."
    )


class KeptNoLonger(Refusal):
    reason = message(
        "The answers of this survey were kept until %(day)s, and so are notes. Choose a later "
        "day on the page of the survey first."
    )


class Overtaken(Exception):
    """Somebody else saved the notes after they were read."""


@dataclass(frozen=True)
class Guest:
    """An organisation one can talk to: whether it has answered, and what is noted so far."""

    organisation: Organisation
    answered: bool
    interview: Interview | None
    passages: int = 0


@dataclass(frozen=True)
class Record:
    """What is kept of an interview, as it was typed."""

    day: date | None
    led_by: str
    held: bool
    may_quote: bool
    notes: Mapping[str, str]


def check(survey: Survey) -> None:
    """See to it that a survey is one of organisations.

    :raise WithOrganisations: when it is about persons
    """
    if survey.subject is Subject.PERSONS:
        raise WithOrganisations


def guests(session: Session, survey: Survey) -> list[Guest]:
    """List who has answered, is invited, or has an interview, by name.

    :raise WithOrganisations: when the survey is about persons
    """
    check(survey)
    leading = _leading(session, survey)
    answered = {each.organisation_id for each in leading}
    interviews = {each.organisation_id: each for each in _interviews(session, survey)}
    known = {each.organisation.id: each.organisation for each in invited(session, survey)}
    met = [each.organisation for each in leading]
    met += [each.organisation for each in interviews.values()]
    known |= {each.id: each for each in met if each and each.deleted is None}
    numbers = _count(session, survey)
    found = [
        Guest(each, number in answered, interviews.get(number), numbers.get(number, 0))
        for number, each in known.items()
    ]
    return sorted(
        found, key=lambda guest: (fold(guest.organisation.name), guest.organisation.id)
    )


def interview_with(
    session: Session, survey: Survey, organisation: Organisation
) -> Interview | None:
    """Return what is noted of the interview with an organisation, as it is stored now."""
    query = select(Interview).filter_by(survey_id=survey.id, organisation_id=organisation.id)
    return session.scalar(query.execution_options(populate_existing=True))


def leading_answer(
    session: Session, survey: Survey, organisation: Organisation
) -> Response | None:
    """Return the answer that speaks for an organisation; of anonymous surveys there is none."""
    if survey.kind is Kind.ANONYMOUS:
        return None
    query = select(Response).filter_by(
        survey_id=survey.id, organisation_id=organisation.id, leading=True
    )
    return session.scalar(query.where(Response.submitted.is_not(None)).limit(1))


def keep(
    session: Session,
    survey: Survey,
    organisation: Organisation,
    record: Record,
    read: int,
    now: datetime,
) -> int:
    """Keep what was typed; *read* is the revision that it follows, 0 for none.

    Marked passages move with the notes; the return value is how many are gone.

    :raise WithOrganisations: when the survey is about persons
    :raise KeptNoLonger: when its time is over
    :raise Overtaken: when somebody else was faster
    """
    check(survey)
    if survey.keep_until and survey.keep_until < now.astimezone(ZONE).date():
        raise KeptNoLonger(day=survey.keep_until.strftime("%d.%m.%Y"))
    place = {"survey_id": survey.id, "organisation_id": organisation.id}
    values = asdict(record) | {"notes": _filled(record.notes)}
    if not read:
        ours = {"project_id": survey.project_id, "key": token_hex(16), "revision": 1}
        if not insert_once(session, Interview, **place, **ours, **values):
            raise Overtaken
        return 0
    same = update(Interview).filter_by(**place, revision=read)
    number = session.scalar(
        same.values(**values, revision=read + 1)
        .returning(Interview.id)
        .execution_options(synchronize_session=False)
    )
    if number is None:
        raise Overtaken
    notes = values["notes"]
    mine = Passage.interview_id == number
    gone = coding.settle(session, mine, lambda name: notes.get(name, ""), record.may_quote)
    following.noted(session, number)
    return gone


def notes_of(session: Session, interview: Interview) -> dict[str, Source]:
    """Return the notes of an interview with what is marked in them, by entry of the guide."""
    marked = of_interview(session, interview)
    sources = {
        name: Source(
            key=name,
            project_id=interview.project_id,
            origin={"interview_id": interview.id},
            question=name,
            text=text,
            language="",
            quotable=quoting.of_interview(interview.may_quote),
            organisation=interview.organisation,
        )
        for name, text in interview.notes.items()
    }
    return {name: with_passages(each, marked.get(name, ())) for name, each in sources.items()}


def erase(session: Session, data: Path, interview: Interview) -> None:
    """Delete an interview with its notes and passages; there is no way back."""
    erasures.note(data, what="interview", key=interview.key)
    _delete(session, Interview.id == interview.id)


@erasures.replayed("interview")
def _again(session: Session, entry: Entry) -> None:
    _delete(session, Interview.key == entry["key"])


@following.when_emptied
def _empty(session: Session, survey_id: int) -> None:
    """Delete the interviews of a survey whose answers are all erased."""
    _delete(session, Interview.survey_id == survey_id)


def _delete(session: Session, which: ColumnElement[bool]) -> None:
    following.going(session, "interview_id", select(Interview.id).where(which))
    gone = delete(Interview).where(which)
    session.execute(gone.execution_options(synchronize_session=False))


def _filled(notes: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in notes.items() if text.strip()}


def _leading(session: Session, survey: Survey) -> list[Response]:
    if survey.kind is Kind.ANONYMOUS:
        return []
    query = select(Response).filter_by(survey_id=survey.id, leading=True)
    query = query.where(Response.submitted.is_not(None), Response.organisation_id.is_not(None))
    return list(session.scalars(query.options(joinedload(Response.organisation))))


def _interviews(session: Session, survey: Survey) -> list[Interview]:
    query = select(Interview).filter_by(survey_id=survey.id)
    return list(session.scalars(query.options(joinedload(Interview.organisation))))


def _count(session: Session, survey: Survey) -> dict[int, int]:
    """Count the passages in the notes of each organisation."""
    query = (
        select(Interview.organisation_id, func.count())
        .join(Passage, Passage.interview_id == Interview.id)
        .where(Interview.survey_id == survey.id, Passage.removed.is_(None))
        .group_by(Interview.organisation_id)
    )
    return dict(session.execute(query).all())
