"""Answering: a response begins with its first page, is saved page by page, and submitted.

A page is one statement: the whole document is replaced where nobody else has replaced it
since it was read (*revision*); whoever was overtaken, as by a second tab, reads again.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from core.errors import FormUsedTwice, Refusal, message
from core.keys import Keyring
from core.models import insert_once
from people.models import Naming
from surveys.models import (
    AnonymousResponse,
    Channel,
    Invitation,
    Kind,
    Response,
    State,
    Survey,
)
from surveys.questionnaires.evaluating import Evaluation, Questionnaire
from surveys.questionnaires.reading import missing
from surveys.questionnaires.slots import field_of
from surveys.responses import following
from surveys.responses.anonymity import SurveyClosed, arrive, day_of, still_open
from surveys.responses.correcting import hold_back
from surveys.responses.limiting import Full, is_full, keep_within
from surveys.responses.mentioning import note_mentions
from surveys.responses.sealing import keep_only, parted, seal
from surveys.responses.sitting import Sitting, Start
from surveys.responses.speaking import name_as, organisation_of, speak_for

Model = type[Response] | type[AnonymousResponse]


class ByInvitation(Refusal):
    reason = message("This survey is answered with the link of an invitation only.")


class Overtaken(Exception):
    """Somebody else saved this response after it was read; read it again."""


class Incomplete(Exception):
    """A page holds something that must be answered, or mended, before submitting."""

    def __init__(self, page: str) -> None:
        super().__init__(page)
        self.page = page


def _replacing(model: Model) -> Any:
    rows: Any = model.__table__  # as its rows are not loaded, no mapping is needed
    mine = rows.c.id == bindparam("this"), rows.c.revision == bindparam("read")
    return (
        update(rows)
        .where(*mine)
        .values(
            answers=bindparam("answers"),
            page=bindparam("page"),
            language=bindparam("language"),
            saved=bindparam("saved"),
            revision=rows.c.revision + 1,
        )
    )


def _replacing_by_device(model: Model) -> Any:
    """Replace only what an earlier change on the same device has left."""
    rows: Any = model.__table__
    newer = rows.c.device_change < bindparam("change")
    return _replacing(model).where(newer).values(device_change=bindparam("change"))


REPLACE, _replace_anonymous = _replacing(Response), _replacing(AnonymousResponse)
_by_device = {each: _replacing_by_device(each) for each in (Response, AnonymousResponse)}


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
    channel: Channel | None = None,
    invitation: Invitation | None = None,
    typist: str | None = None,
    change: int = 0,
) -> int:
    """Store a response with its first answers and return its number.

    The same key begins one response, however often it comes.

    :raise SurveyClosed: when the survey is not open
    :raise Full: when it takes no more answers
    :raise FormUsedTwice: when the key has begun the response of somebody else
    """
    if survey.state != State.OPEN:
        raise SurveyClosed
    if survey.kind == Kind.ANONYMOUS:
        raise ByInvitation
    ours = {"project_id": survey.project_id, "survey_id": _id_of(survey), "kind": survey.kind}
    response = insert_once(
        session,
        Response,
        **ours,
        version_id=version_id,
        key_hash=key_hash,
        organisation_id=invitation.organisation_id if invitation else None,
        invitation_id=invitation.id if invitation else None,
        channel=channel or (Channel.INVITATION if invitation else Channel.LINK),
        typist=typist,
        language=language,
        answers=dict(answers),
        revision=0,
        device_change=change,
        page=page,
        begun=now,
        saved=now,
        leading=False,
    )
    if response and channel == Channel.PAPER:
        return response.id  # it has been answered already
    if response:
        whole = session.get_one(Survey, _id_of(survey))
        if is_full(session, whole, invitation.organisation if invitation else None):
            raise Full
        return response.id
    owner = invitation.id if invitation else None
    query = select(Response.id).filter_by(key_hash=key_hash, invitation_id=owner, **ours)
    number = session.scalar(query)
    if number is None:
        raise FormUsedTwice
    return number


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
    change: int | None = None,
) -> None:
    """Replace the document of a response; *page* is the one that comes next.

    Contact data (*sealed*, by field) go into rows of their own, encrypted. A device counts
    its changes: one that is not newer than the last one that came replaces nothing.

    :raise Overtaken: when it was replaced since *response* was read
    """
    if isinstance(response.id, str):
        still_open(session, response.survey_id)
        now = day_of(now)
    values = {
        "this": response.id, "read": response.revision, "answers": dict(answers),
        "page": page, "language": language, "saved": now,
    }  # fmt: skip
    if response.submitted and isinstance(response.id, int):
        hold_back(session, response.id, now)
    replace = _replace_anonymous if isinstance(response.id, str) else REPLACE
    if change is not None:
        replace = _by_device[AnonymousResponse if isinstance(response.id, str) else Response]
        values["change"] = change
    done = session.connection().execute(replace, values)
    if not done.rowcount:
        raise Overtaken
    if response.submitted:
        following.changed(session, response.id)
    if sealed and keys and isinstance(response.id, int):
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
    :raise Full: when the survey takes no more answers
    :raise Overtaken: when it was saved since *response* was read
    """
    if response.state != State.OPEN:
        raise SurveyClosed
    for page in evaluation.pages():
        if missing(page.items, evaluation, language):
            raise Incomplete(page.key)
    hand_in(session, response, questionnaire, evaluation, language=language, now=now)
    if isinstance(response.id, int) and not response.submitted:
        keep_within(session, response.survey_id, response.id)


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
    if isinstance(response.id, str):
        arrive(session, response.id, now)
        return
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
