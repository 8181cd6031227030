"""A response and its survey as a page needs them, read in one statement."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Engine, Text, bindparam, cast, func, select, type_coerce
from sqlalchemy.orm import Session

from core.quick import Question
from people.models import ConsentText, Organisation
from surveys.definition import Texts
from surveys.models import (
    AnonymousResponse,
    Kind,
    Response,
    State,
    Subject,
    Survey,
    SurveyVersion,
)

STATES = {str(state): state for state in State}
KINDS = {str(kind): kind for kind in Kind}


class Sitting(NamedTuple):
    """A response and its survey, as much of them as a page needs; read in one statement."""

    id: int | str  # words instead of a number: an anonymous one
    revision: int
    answers: Mapping[str, Any]
    page: str
    submitted: bool
    organisation_id: int | None
    invitation_id: int | None
    key_hash: str
    version_id: int
    digest: str
    survey_id: int
    project_id: int
    state: State
    register: int  # grows with every change to the register of the project
    kind: Kind
    closes: datetime | None
    title: Texts  # what the team calls the survey
    sounds: int  # grows with every change to what can be heard
    is_personal: bool  # about persons, not organisations
    newest_wording: int  # of all consents of the project


class Start(NamedTuple):
    """A survey before its first page: the newest version, and nothing stored yet."""

    version_id: int
    digest: str
    survey_id: int
    project_id: int
    state: State
    register: int
    kind: Kind
    closes: datetime | None
    title: Texts
    sounds: int
    is_personal: bool
    newest_wording: int


_register = (
    select(func.coalesce(func.sum(Organisation.version), bindparam("none")))
    .where(Organisation.project_id == Survey.project_id)
    .correlate(Survey)
    .scalar_subquery()
)
_newest = (
    select(func.coalesce(func.max(ConsentText.id), bindparam("none")))
    .where(ConsentText.project_id == Survey.project_id)
    .correlate(Survey)
    .scalar_subquery()
)
_of_survey = (
    SurveyVersion.id, SurveyVersion.digest, Survey.id, Survey.project_id,
    type_coerce(Survey.state, Text), _register, type_coerce(Survey.kind, Text),
    type_coerce(Survey.closes, Text), cast(Survey.title, Text), Survey.sounds,
    type_coerce(Survey.subject, Text), _newest, Survey.wording,
)  # fmt: skip
_sitting = Question(
    select(
        Response.id, Response.revision, type_coerce(Response.answers, Text), Response.page,
        type_coerce(Response.submitted, Text), Response.organisation_id,
        Response.invitation_id, Response.key_hash, *_of_survey,
    )
    .join(Survey, Response.survey_id == Survey.id)
    .join(SurveyVersion, Response.version_id == SurveyVersion.id)
    .where(Response.id == bindparam("id"), Survey.slug == bindparam("slug"))
)  # fmt: skip
_anonymous = Question(
    select(
        AnonymousResponse.id, AnonymousResponse.revision,
        type_coerce(AnonymousResponse.answers, Text), AnonymousResponse.page,
        type_coerce(AnonymousResponse.submitted, Text), bindparam("none"), bindparam("none"),
        AnonymousResponse.id, *_of_survey,
    )
    .join(Survey, AnonymousResponse.survey_id == Survey.id)
    .join(SurveyVersion, AnonymousResponse.version_id == SurveyVersion.id)
    .where(AnonymousResponse.id == bindparam("id"), Survey.slug == bindparam("slug"))
)  # fmt: skip
_start = Question(
    select(*_of_survey)
    .join(SurveyVersion, SurveyVersion.survey_id == Survey.id)
    .where(Survey.slug == bindparam("slug"))
    .order_by(SurveyVersion.number.desc())
)


def sitting(place: Engine | Session, response_id: int | str, slug: str) -> Sitting | None:
    """Return a response to the survey with this *slug*, if it is one, as it is stored."""
    question = _anonymous if isinstance(response_id, str) else _sitting
    row = question.ask(place, id=response_id, slug=slug, none=0)
    if row is None:
        return None
    number, revision, answers, page, submitted, organisation_id, invitation_id, key, *of = row
    if question is _anonymous:
        organisation_id = invitation_id = None
    return Sitting(
        number, revision, _json(answers), page, bool(submitted), organisation_id,
        invitation_id, key, *_survey(*of),
    )  # fmt: skip


@lru_cache(maxsize=500)
def _survey(
    version_id: int, digest: str, survey_id: int, project_id: int, state: str, register: int,
    kind: str, closes: str | datetime | None, title: str, sounds: int, subject: str,
    newest: int, wording: int,
) -> tuple[Any, ...]:  # fmt: skip
    """Return what is read of a survey and its version as a sitting has it; few are alike."""
    return (
        version_id, worded(digest, survey_id, wording), survey_id, project_id, STATES[state],
        int(register), KINDS[kind], _moment(closes), _json(title), sounds,
        subject == Subject.PERSONS, newest,
    )  # fmt: skip


def start(place: Engine | Session, slug: str) -> Start | None:
    """Return what a survey asks now; nothing while it is a draft."""
    found = draft_or_start(place, slug)
    return found if found and found.state != State.DRAFT else None


def draft_or_start(place: Engine | Session, slug: str) -> Start | None:
    """Return what a survey asks now, also while nobody but the team sees it."""
    row = _start.ask(place, slug=slug, none=0)
    return Start(*_survey(*row)) if row else None


def _json(raw: Any) -> Any:
    """Return a document as the driver gives it: SQLite keeps JSON as text."""
    return orjson.loads(raw) if isinstance(raw, str) else raw


def worded(digest: str, survey_id: int, wording: int) -> str:
    """Return under what a version is kept: as it came, or as somebody has worded it since."""
    return f"{digest} {survey_id} {wording}" if wording else digest


def _moment(raw: str | datetime | None) -> datetime | None:
    """Return a moment as the driver gives it: SQLite keeps the text of one in UTC."""
    return datetime.fromisoformat(raw).replace(tzinfo=UTC) if isinstance(raw, str) else raw
