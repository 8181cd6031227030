"""Withdrawing and erasing answers: by those who gave them, or when their time is over.

What follows from a response goes with it: its rows, names it mentioned, sealed contact
data. What stays is a record without content, and an entry in the list of erasures.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, select, update
from sqlalchemy.orm import Session

from core import erasing
from core.clock import ZONE
from core.erasing import Entry
from core.errors import Refusal, message
from core.models import Base
from surveys.kinds import Reason
from surveys.models import (
    AnonymousResponse,
    Erasure,
    Invitation,
    Mention,
    Response,
    ResultsWish,
    State,
    Survey,
)
from surveys.responses import following
from surveys.responses.anonymity import day_of, still_open
from surveys.responses.leading import lead_if_first
from surveys.responses.sitting import Sitting

ROWS = (Response, AnonymousResponse, ResultsWish, Invitation)
TABLES = [each.__tablename__ for each in ROWS]
Responses = type[Response] | type[AnonymousResponse]


class Erased(Refusal):
    reason = message("These answers have been deleted on the server.")


def withdraw(session: Session, response: Sitting, now: datetime) -> None:
    """Count a response no longer; it is a draft again, and may be handed in once more.

    :raise SurveyClosed: when the survey is not open
    """
    still_open(session, response.survey_id)
    model = _model(response.id)
    values: dict[str, Any] = {"submitted": None}
    values |= {"leading": False, "chosen": False} if model is Response else {"counted": False}
    _run(session, update(model).where(model.id == response.id).values(values))
    if isinstance(response.id, int):
        _run(session, delete(Mention).where(Mention.response_id == response.id))
        _let_another_lead(session, response)
    _ask_no_more(session, response, now)
    following.changed(session, response.id)
    _changed(session, response.survey_id)


def erase(session: Session, data: Path, response: Sitting, now: datetime) -> None:
    """Delete a response and all that follows from it; there is no way back."""
    model = _model(response.id)
    kind = "response" if model is Response else "anonymous response"
    erasing.note(data, what=kind, key=response.key_hash)
    _take_leave(session, Response.key_hash == response.key_hash)
    gone = delete(model).where(model.id == response.id).returning(model.id)
    if session.scalar(gone.execution_options(synchronize_session=False)) is None:
        return
    _let_another_lead(session, response)
    _ask_no_more(session, response, now)
    _record(session, response.project_id, response.survey_id, Reason.RESPONDENT, 1, now)
    _changed(session, response.survey_id)


def refuse(data: Path, key_hash: str) -> None:
    """Let no response begin with a key any more, as what waits on the way may still come."""
    if not is_erased(data, key_hash):
        erasing.note(data, what="response", key=key_hash)


def is_erased(data: Path, key_hash: str) -> bool:
    """Whether the response that began with a key has been erased."""
    return erasing.is_noted(data, "response", key_hash)


def purge(session: Session, data: Path, now: datetime) -> int:
    """Erase the answers of all surveys whose last day is over; return how many."""
    today = now.astimezone(ZONE).date()
    over = select(Survey).where(Survey.keep_until < today).order_by(Survey.id)
    return sum(_purge(session, data, survey, now) for survey in session.scalars(over).all())


def tables() -> list[str]:
    """List the tables in which something of answers stands: these, and what goes with them."""
    found = [*TABLES]
    for table in Base.metadata.sorted_tables:
        goes_with = {k.column.table.name for k in table.foreign_keys if k.ondelete == "CASCADE"}
        if table.name not in found and not goes_with.isdisjoint(found):
            found.append(table.name)
    return found


def erasures_of(session: Session, survey: Survey) -> Sequence[Erasure]:
    """List the records of what was erased, the latest first."""
    query = select(Erasure).filter_by(survey_id=survey.id)
    return session.scalars(query.order_by(Erasure.done.desc(), Erasure.id.desc())).all()


@erasing.replayed("response")
def _again(session: Session, entry: Entry) -> None:
    _take_leave(session, Response.key_hash == entry["key"])
    _run(session, delete(Response).where(Response.key_hash == entry["key"]))


@erasing.replayed("anonymous response")
def _anonymous_again(session: Session, entry: Entry) -> None:
    _run(session, delete(AnonymousResponse).where(AnonymousResponse.id == entry["key"]))


@erasing.replayed("survey")
def _survey_again(session: Session, entry: Entry) -> None:
    until = datetime.fromisoformat(entry["until"])
    query = select(Survey.id).where(Survey.slug == entry["key"], Survey.created <= until)
    if (number := session.scalar(query)) is not None:
        _empty(session, number)
        _close(session, number, until)


def _purge(session: Session, data: Path, survey: Survey, now: datetime) -> int:
    number = sum(
        session.scalar(select(func.count()).where(model.survey_id == survey.id)) or 0
        for model in (Response, AnonymousResponse)
    )
    _close(session, survey.id, now)
    if number or _waits(session, survey.id):
        erasing.note(data, what="survey", key=survey.slug, until=now.isoformat())
        _empty(session, survey.id)
    if number:
        _record(session, survey.project_id, survey.id, Reason.RETENTION, number, now)
    else:
        following.emptied(session, survey.id)
    return number


def _waits(session: Session, survey_id: int) -> bool:
    """Whether somebody wants to hear the results, or something is noted of one invited."""
    wish = exists().where(ResultsWish.survey_id == survey_id)
    noted = Invitation.misdirected.is_not(None)
    invited = exists().where(Invitation.survey_id == survey_id, noted)
    return bool(session.scalar(select(wish | invited)))


def _empty(session: Session, survey_id: int) -> None:
    """Delete all answers of a survey, and what was noted of those who were asked.

    That somebody said no stays: it is no content, and nobody shall ask them again.
    """
    _take_leave(session, Response.survey_id == survey_id)
    for model in (Response, AnonymousResponse, ResultsWish):
        _run(session, delete(model).where(model.survey_id == survey_id))
    invited = update(Invitation).where(Invitation.survey_id == survey_id)
    noted = dict.fromkeys(("opened", "misdirected", "pointer"))
    _run(session, invited.values(answered=False, **noted))
    following.emptied(session, survey_id)
    _changed(session, survey_id)


def _close(session: Session, survey_id: int, now: datetime) -> None:
    """Take no more answers to a survey whose last day is over, so that nobody is reminded."""
    query = update(Survey).where(Survey.id == survey_id, Survey.state == State.OPEN)
    closed = {"state": State.CLOSED, "closed": now, "closes": None}
    _run(session, query.values(version=Survey.version + 1, **closed))


def _take_leave(session: Session, which: ColumnElement[bool]) -> None:
    following.going(session, "response_id", select(Response.id).where(which))


def _let_another_lead(session: Session, response: Sitting) -> None:
    """Let the next who answered for an organisation speak for it."""
    if response.organisation_id is None:
        return
    others = select(Response.id).where(
        Response.survey_id == response.survey_id,
        Response.organisation_id == response.organisation_id,
        Response.submitted.is_not(None),
        Response.id != response.id,
    )
    following = session.scalar(others.order_by(Response.submitted, Response.id).limit(1))
    if following is not None:
        lead_if_first(session, following, response.survey_id, response.organisation_id)


def _ask_no_more(session: Session, response: Sitting, now: datetime) -> None:
    """Let an organisation that took back its only answer count as one that said no.

    Of anonymous answers nothing is noted.
    """
    if isinstance(response.id, str) or not response.submitted:
        return
    others = exists().where(
        Response.survey_id == response.survey_id,
        Response.organisation_id == response.organisation_id,
        Response.submitted.is_not(None),
    )
    query = update(Invitation).where(
        Invitation.survey_id == response.survey_id,
        Invitation.organisation_id == response.organisation_id,
        Invitation.declined.is_(None),
        ~others,
    )
    _run(session, query.values(declined=day_of(now)))


def _record(
    session: Session,
    project_id: int,
    survey_id: int,
    reason: Reason,
    number: int,
    now: datetime,
) -> None:
    day = now.replace(hour=12, minute=0, second=0, microsecond=0)
    values = {"project_id": project_id, "survey_id": survey_id, "number": number}
    session.add(Erasure(**values, reason=reason, done=day))
    session.flush()


def _changed(session: Session, survey_id: int) -> None:
    query = update(Survey).where(Survey.id == survey_id)
    _run(session, query.values(version=Survey.version + 1))


def _model(response_id: int | str) -> Responses:
    return AnonymousResponse if isinstance(response_id, str) else Response


def _run(session: Session, statement: Any) -> None:
    session.execute(statement.execution_options(synchronize_session=False))
