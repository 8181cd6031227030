"""Answering: a response begins with its first page, is saved page by page, and submitted.

A page is one statement: the whole document is replaced where nobody else has replaced it
since it was read (*revision*); whoever was overtaken, as by a second tab, reads again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Engine, Text, bindparam, func, select, type_coerce, update
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from core.keys import Keyring
from core.models import insert_once
from core.quick import Question
from people.models import Naming, Organisation
from surveys.correcting import hold_back
from surveys.evaluating import Evaluation, Questionnaire
from surveys.filling import field_of
from surveys.mentioning import note_mentions
from surveys.models import (
    Channel,
    Invitation,
    Response,
    State,
    Survey,
    SurveyVersion,
)
from surveys.reading import missing
from surveys.sealing import keep_only, parted, seal
from surveys.speaking import name_as, organisation_of, speak_for

STATES = {str(state): state for state in State}


class SurveyClosed(Refusal):
    reason = message("This survey is closed. Thank you for your interest.")


class Overtaken(Exception):
    """Somebody else saved this response after it was read; read it again."""


class Incomplete(Exception):
    """A page holds something that must be answered, or mended, before submitting."""

    def __init__(self, page: str) -> None:
        super().__init__(page)
        self.page = page


@dataclass(frozen=True, slots=True)
class Sitting:
    """A response and its survey, as much of them as a page needs; read in one statement."""

    id: int
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


@dataclass(frozen=True, slots=True)
class Start:
    """A survey before its first page: the newest version, and nothing stored yet."""

    survey_id: int
    project_id: int
    state: State
    version_id: int
    digest: str
    register: int


_register = (
    select(func.coalesce(func.sum(Organisation.version), bindparam("none")))
    .where(Organisation.project_id == Survey.project_id)
    .correlate(Survey)
    .scalar_subquery()
)
_sitting = Question(
    select(
        Response.id, Response.revision, type_coerce(Response.answers, Text), Response.page,
        type_coerce(Response.submitted, Text), Response.organisation_id,
        Response.invitation_id, Response.key_hash, Response.version_id, SurveyVersion.digest,
        Survey.id, Survey.project_id, type_coerce(Survey.state, Text), _register,
    )
    .join(Survey, Response.survey_id == Survey.id)
    .join(SurveyVersion, Response.version_id == SurveyVersion.id)
    .where(Response.id == bindparam("id"), Survey.slug == bindparam("slug"))
)  # fmt: skip
_start = Question(
    select(
        Survey.id, Survey.project_id, type_coerce(Survey.state, Text), SurveyVersion.id,
        SurveyVersion.digest, _register,
    )
    .join(SurveyVersion, SurveyVersion.survey_id == Survey.id)
    .where(Survey.slug == bindparam("slug"))
    .order_by(SurveyVersion.number.desc())
)  # fmt: skip
_responses: Any = Response.__table__  # as its rows are not loaded, no mapping is needed
REPLACE = (
    update(_responses)
    .where(_responses.c.id == bindparam("this"), _responses.c.revision == bindparam("read"))
    .values(
        answers=bindparam("answers"),
        page=bindparam("page"),
        language=bindparam("language"),
        saved=bindparam("saved"),
        revision=_responses.c.revision + 1,
    )
)


def sitting(place: Engine | Session, response_id: int, slug: str) -> Sitting | None:
    """Return a response to the survey with this *slug*, if it is one, as it is stored."""
    row = _sitting.ask(place, id=response_id, slug=slug, none=0)
    if row is None:
        return None
    values: list[Any] = list(row)
    if isinstance(values[2], str):  # SQLite keeps JSON as text
        values[2] = orjson.loads(values[2])
    values[4], values[12], values[13] = bool(values[4]), STATES[values[12]], int(values[13])
    return Sitting(*values)


def start(engine: Engine, slug: str) -> Start | None:
    """Return what a survey asks now; nothing while it is a draft."""
    row = _start.ask(engine, slug=slug, none=0)
    if row is None or row[2] == State.DRAFT:
        return None
    survey_id, project_id, state, version_id, digest, register = row
    return Start(survey_id, project_id, STATES[state], version_id, digest, int(register))


def begin(
    session: Session,
    survey: Survey | Start,
    version_id: int,
    key_hash: str,
    *,
    answers: Mapping[str, Any],
    language: str,
    now: datetime,
    page: str = "",
    channel: Channel = Channel.LINK,
    invitation: Invitation | None = None,
) -> int:
    """Store a response with its first answers and return its number.

    The same key begins one response, however often it comes.

    :raise SurveyClosed: when the survey is not open
    """
    if survey.state != State.OPEN:
        raise SurveyClosed
    ours = {"project_id": survey.project_id, "survey_id": _id_of(survey)}
    response = insert_once(
        session,
        Response,
        **ours,
        version_id=version_id,
        key_hash=key_hash,
        organisation_id=invitation.organisation_id if invitation else None,
        invitation_id=invitation.id if invitation else None,
        channel=Channel.INVITATION if invitation else channel,
        language=language,
        answers=dict(answers),
        revision=0,
        page=page,
        begun=now,
        saved=now,
        leading=False,
    )
    if response:
        return response.id
    query = select(Response.id).filter_by(key_hash=key_hash, **ours)
    return session.scalars(query).one()


def save_page(
    session: Session,
    response: Sitting | Response,
    *,
    answers: Mapping[str, Any],
    page: str,
    language: str,
    now: datetime,
    keys: Keyring | None = None,
    sealed: Mapping[str, str | None] | None = None,
) -> None:
    """Replace the document of a response; *page* is the one that comes next.

    Contact data (*sealed*, by field) go into rows of their own, encrypted.

    :raise Overtaken: when it was replaced since *response* was read
    """
    values = {
        "this": response.id, "read": response.revision, "answers": dict(answers),
        "page": page, "language": language, "saved": now,
    }  # fmt: skip
    if response.submitted:
        hold_back(session, response.id, now)
    done = session.connection().execute(REPLACE, values)
    if not done.rowcount:
        raise Overtaken
    if sealed and keys:
        seal(session, keys, response.id, sealed)


def submit(
    session: Session,
    response: Sitting,
    questionnaire: Questionnaire,
    evaluation: Evaluation,
    *,
    language: str,
    now: datetime,
) -> None:
    """Hand in a response: what was asked is kept, names are noted, its organisation told.

    Handing in twice is the same as once. *evaluation* looks at all answers, sealed ones too.

    :raise SurveyClosed: when the survey is not open
    :raise Incomplete: when something required is missing
    :raise Overtaken: when it was saved since *response* was read
    """
    if response.state != State.OPEN:
        raise SurveyClosed
    for page in evaluation.pages():
        if missing(page.items, evaluation, language):
            raise Incomplete(page.key)
    hand_in(session, response, questionnaire, evaluation, language=language, now=now)


def hand_in(
    session: Session,
    response: Sitting,
    questionnaire: Questionnaire,
    evaluation: Evaluation,
    *,
    language: str,
    now: datetime,
) -> None:
    """Let the answers of a response count as they are now.

    :raise Overtaken: when it was saved since *response* was read
    """
    definition = questionnaire.definition
    cells = questionnaire.cells
    contact = {item.name: cells[item.name].repeats for item in definition.having("pii")}
    document, _ = parted(evaluation.document(), contact)
    save_page(session, response, answers=document, page="", language=language, now=now)
    query = update(Response).where(Response.id == response.id, Response.submitted.is_(None))
    session.execute(_quietly(query.values(submitted=now)))
    if contact:
        keep_only(session, response.id, _fields(evaluation, contact))
    organisation_id = organisation_of(session, response, questionnaire, document)
    place = {
        "response_id": response.id, "survey_id": response.survey_id,
        "project_id": response.project_id,
    }  # fmt: skip
    note_mentions(session, definition, place, document, now)
    leads = speak_for(session, response, organisation_id)
    if organisation_id is not None:
        for item in definition.having("consent", "naming"):
            if (wish := document.get(item.name)) in [*Naming]:
                name_as(session, organisation_id, Naming(str(wish)), now, leads=leads)


def _fields(evaluation: Evaluation, names: Iterable[str]) -> set[str]:
    """Return the fields of some questions that are asked."""
    turns = ((name, turn) for name in names for turn in evaluation.instances(name))
    return {field_of(name, turn) for name, turn in turns if evaluation.relevant(name, turn)}


def _quietly(query: Any) -> Any:
    """Do not look for loaded rows that change; nothing here keeps them."""
    return query.execution_options(synchronize_session=False)


def _id_of(survey: Survey | Start) -> int:
    return survey.survey_id if isinstance(survey, Start) else survey.id
