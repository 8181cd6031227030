"""Beginning a survey, opening and closing it, and taking a step back."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from importlib import resources
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select, update
from sqlalchemy.orm import Session

from core.errors import FormUsedTwice, Refusal, message
from core.models import insert_once
from core.slugs import slugs
from people.models import Project
from surveys.definition import Definition, Texts
from surveys.fieldwork.importing import add_version, digest_of, kind_for, latest_version
from surveys.models import (
    AnonymousResponse,
    Kind,
    Response,
    State,
    Subject,
    Survey,
    SurveyVersion,
)
from surveys.responses import anonymising
from surveys.responses.anonymity import fit
from surveys.translating import reviewing

Findings = Sequence[Mapping[str, Any]]
INSTRUMENTS = {
    "osi_enterprise_survey": Subject.ORGANISATIONS,
    "osi_refugee_conversation": Subject.PERSONS,
}  # the questionnaires that come with the Werkstatt, as XLSForms in instruments/


class NotADraft(Refusal):
    reason = message("This survey has been opened already.")


class NotOpen(Refusal):
    reason = message("This survey is not open.")


class NotClosed(Refusal):
    reason = message("This survey is not closed.")


class SealedOff(Refusal):
    reason = message(
        "This survey was anonymous: at its closing every way back was destroyed, so it cannot "
        "be opened again. Begin the next wave instead."
    )


class NotDeletable(Refusal):
    reason = message("Only a draft that nobody has answered can be deleted.")


class KeptUntilThePast(Refusal):
    reason = message(
        "This day is over: all answers would be deleted tonight. Please choose a later one."
    )


class AnsweredAlready(Refusal):
    reason = message("Somebody has begun to answer. Close the survey instead.")


def instrument(name: str) -> bytes:
    """Return the XLSForm of a questionnaire that comes with the Werkstatt."""
    return resources.files("surveys").joinpath("instruments", f"{name}.xlsx").read_bytes()


def begin_survey(
    session: Session,
    project: Project,
    definition: Definition,
    form_key: str,
    *,
    title: str,
    subject: Subject,
    now: datetime,
    findings: Findings = (),
) -> Survey:
    """Begin a survey that asks what *definition* says, unless this form has begun it before.

    :raise FormUsedTwice: when the same key comes with another title or questionnaire
    """
    titles = dict.fromkeys(definition.languages or ("de",), title) if title else {}
    values = {
        "project_id": project.id, "title": titles or dict(definition.title),
        "subject": subject, "created": now, "form_key": form_key, "kind": kind_for(subject),
    }  # fmt: skip
    digest = digest_of(definition)
    for slug in slugs(title or next(iter(definition.title.values()), ""), "survey"):
        if survey := insert_once(session, Survey, slug=slug, **values):
            version = SurveyVersion(survey_id=survey.id, number=1, digest=digest, created=now)
            version.definition, version.findings = definition.to_json(), [*map(dict, findings)]
            session.add(version)
            session.flush()
            return survey
        if survey := session.scalar(select(Survey).filter_by(form_key=form_key)):
            first = session.scalars(_versions(survey).limit(1)).one()
            if (survey.project_id, dict(survey.title), first.digest) != (
                project.id, values["title"], digest,
            ):  # fmt: skip
                raise FormUsedTwice
            return survey
    raise AssertionError("there are more slugs than surveys")


def versions_of(session: Session, survey: Survey) -> Sequence[SurveyVersion]:
    """List the versions of what *survey* asks, the first one first."""
    return session.scalars(_versions(survey)).all()


def latest(session: Session, survey: Survey) -> Definition:
    """Return what *survey* asks now."""
    version = latest_version(session, survey)
    return Definition.from_json(version.definition if version else {})


def new_wave(
    session: Session, survey: Survey, project: Project, form_key: str, title: str, now: datetime
) -> Survey:
    """Begin a survey that asks the same once more, of whom one invites then.

    :raise FormUsedTwice: when the same key comes with another title
    """
    definition = latest(session, survey)
    wave = begin_survey(
        session, project, definition, form_key, title=title, subject=survey.subject, now=now
    )
    reviewing.carry_over(session, survey, wave)
    return wave


def rename(session: Session, survey: Survey, titles: Texts) -> None:
    """Give *survey* other titles, by language; its address stays."""
    survey.title = dict(titles)
    survey.changed()
    session.flush()


def choose_kind(session: Session, survey: Survey, kind: Kind) -> None:
    """Say who can tell whose answer it is; answers refer to it, so the database keeps it.

    Limits that it does not know are lifted: of sectors unless the team knows who answers,
    of all answers where nobody counts before a batch is full.

    :raise NotADraft: when the survey has been opened
    :raise NotAnonymous: when a question asks who somebody is
    """
    if kind == Kind.ANONYMOUS:
        fit(latest(session, survey))
    untouched = (Survey.state == State.DRAFT) & ~_begun(survey)
    lifted: dict[str, object] = {"quotas": {}} if kind != Kind.IDENTIFIED else {}
    lifted |= {"most": None} if kind == Kind.ANONYMOUS else {}
    _step(session, survey, NotADraft, untouched, kind=kind, **lifted)


def check_opening(session: Session, survey: Survey) -> None:
    """Make sure that *survey* could be opened as it is.

    :raise NotAnonymous: when it is anonymous and a question asks who somebody is
    """
    if survey.kind == Kind.ANONYMOUS:
        fit(latest(session, survey))


def open_survey(session: Session, survey: Survey, now: datetime) -> None:
    """Let people answer. Anonymous answers are treated like those of persons.

    :raise NotADraft: when they could before
    :raise NotAnonymous: when it is anonymous and a question asks who somebody is
    """
    values: dict[str, object] = {"state": State.OPEN, "opened": now, "opens": None}
    if survey.closes and survey.closes <= now:
        values["closes"] = None
    kind = survey.kind
    if kind == Kind.ANONYMOUS:
        add_version(session, survey, fit(latest(session, survey)), now)
        values["subject"] = Subject.PERSONS
    is_draft = (Survey.state == State.DRAFT) & (Survey.kind == kind) & Survey.deleted.is_(None)
    _step(session, survey, NotADraft, is_draft, **values)


def keep_until(session: Session, survey: Survey, day: date | None, today: date) -> None:
    """Say on which day the answers are kept for the last time.

    :raise KeptUntilThePast: when that day is over
    """
    if day and day < today:
        raise KeptUntilThePast
    survey.keep_until = day
    survey.changed()
    session.flush()


def undo_opening(session: Session, survey: Survey) -> None:
    """Make *survey* a draft again, as long as nobody has begun to answer.

    :raise AnsweredAlready: when somebody has, or it is not open
    """
    untouched = (Survey.state == State.OPEN) & ~_begun(survey)
    _step(session, survey, AnsweredAlready, untouched, state=State.DRAFT, opened=None)


def remove(session: Session, survey: Survey, now: datetime) -> None:
    """Take a draft out of every list.

    :raise NotDeletable: when it is no draft, or answers are there
    """
    untouched = (Survey.state == State.DRAFT) & ~_begun(survey)
    _step(session, survey, NotDeletable, untouched, deleted=func.coalesce(Survey.deleted, now))


def bring_back(session: Session, survey: Survey) -> None:
    """Put a deleted draft into the lists again, as it was."""
    survey.deleted = None
    survey.changed()
    session.flush()


def is_untouched(session: Session, survey: Survey) -> bool:
    """Tell whether nobody has begun to answer."""
    return not session.scalar(select(_begun(survey)))


def close_survey(session: Session, survey: Survey, now: datetime) -> None:
    """Take no more answers. After an anonymous survey ``anonymising.seal_off`` must follow.

    :raise NotOpen: when it takes none anyway
    """
    values = {"state": State.CLOSED, "closed": now, "closes": None}
    _step(session, survey, NotOpen, Survey.state == State.OPEN, **values)
    if survey.kind == Kind.ANONYMOUS:
        anonymising.close(session, survey)


def reopen(session: Session, survey: Survey) -> None:
    """Take answers again.

    :raise NotClosed: when it was not closed
    :raise SealedOff: when it is anonymous
    """
    if survey.kind == Kind.ANONYMOUS:
        raise SealedOff
    closed = Survey.state == State.CLOSED
    _step(session, survey, NotClosed, closed, state=State.OPEN, closed=None)


def _step(
    session: Session,
    survey: Survey,
    refusal: type[Refusal],
    when: ColumnElement[bool],
    **values: object,
) -> None:
    step = update(Survey).where(Survey.id == survey.id, when)
    changed = step.values(version=Survey.version + 1, **values).returning(Survey.id)
    if session.scalar(changed) is None:
        raise refusal


def _begun(survey: Survey) -> ColumnElement[bool]:
    known = exists().where(Response.survey_id == survey.id)
    return known | exists().where(AnonymousResponse.survey_id == survey.id)


def _versions(survey: Survey) -> Any:
    query = select(SurveyVersion).where(SurveyVersion.survey_id == survey.id)
    return query.order_by(SurveyVersion.number)


def asks_for_contact(version: SurveyVersion) -> bool:
    """Whether people are asked how to reach them."""
    return bool(Definition.from_json(version.definition).having("pii"))
