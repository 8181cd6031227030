"""Bringing a questionnaire into a project: a survey, and versions of what it asks."""

import hashlib
import json
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from core.models import insert_once
from core.slugs import slugs
from people.models import Project
from surveys.definition import Definition
from surveys.models import Kind, State, Subject, Survey, SurveyVersion
from surveys.responses.anonymity import fit_for
from surveys.translating import reviewing


class SurveyClosed(Refusal):
    """A closed survey keeps what it has asked."""

    reason = message("This survey is closed; it takes no new version.")


def import_form(
    session: Session,
    project: Project,
    definition: Definition,
    now: datetime,
    *,
    survey: Survey | None = None,
    subject: Subject = Subject.ORGANISATIONS,
) -> Survey:
    """Begin a survey that asks what *definition* says, or let an existing one ask it from now.

    :raise SurveyClosed: when the existing *survey* has been closed
    """
    if survey is None:
        survey = _begun(session, project, definition, subject, now)
    add_version(session, survey, definition, now)
    return survey


def add_version(
    session: Session, survey: Survey, definition: Definition, now: datetime
) -> SurveyVersion:
    """Let *survey* ask what *definition* says; when it does so already, nothing changes.

    :raise SurveyClosed: when it has been closed
    :raise NotAnonymous: when people answer anonymously, and it asks who somebody is
    """
    if survey.state == State.CLOSED:
        raise SurveyClosed
    definition = fit_for(survey, definition)
    digest = digest_of(definition)
    while True:
        last = latest_version(session, survey)
        if last and last.digest == digest:
            return last
        version = insert_once(
            session,
            SurveyVersion,
            survey_id=survey.id,
            number=last.number + 1 if last else 1,
            digest=digest,
            definition=definition.to_json(),
            created=now,
        )
        if version:
            survey.changed()
            if last:
                before = Definition.from_json(last.definition)
                reviewing.note_new_version(session, survey.id, before, definition)
            return version


def latest_version(session: Session, survey: Survey) -> SurveyVersion | None:
    """Return the version that new respondents are asked."""
    newest = select(func.max(SurveyVersion.number)).filter_by(survey_id=survey.id)
    return session.scalar(
        select(SurveyVersion).filter_by(survey_id=survey.id, number=newest.scalar_subquery())
    )


def survey_of_form(session: Session, project: Project, form_id: str) -> Survey | None:
    """Find the newest survey of a project, not yet closed, that asks this form."""
    surveys = select(Survey).filter_by(project_id=project.id, deleted=None)
    surveys = surveys.order_by(Survey.id.desc())
    for survey in session.scalars(surveys.where(Survey.state != State.CLOSED)):
        version = latest_version(session, survey)
        if version and form_id and version.definition.get("form_id") == form_id:
            return survey
    return None


def kind_for(subject: Subject) -> Kind:
    """Return the kind with which a survey begins; persons are not asked who they are."""
    return Kind.OPEN if subject == Subject.PERSONS else Kind.IDENTIFIED


def digest_of(definition: Definition) -> str:
    """Return the SHA-256 of the canonical JSON, the same for the same questionnaire."""
    canonical = json.dumps(
        definition.to_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def _begun(
    session: Session, project: Project, definition: Definition, subject: Subject, now: datetime
) -> Survey:
    title = dict(definition.title)
    for slug in slugs(next(iter(title.values()), "") or definition.form_id, "survey"):
        survey = insert_once(
            session,
            Survey,
            project_id=project.id,
            slug=slug,
            title=title,
            subject=subject,
            kind=kind_for(subject),
            created=now,
        )
        if survey:
            return survey
    raise AssertionError("there are more slugs than surveys")
