"""What the Werkstatt knows already of who asks for money, so that nobody types it again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from agency.funding.words import AREAS, FORMS
from core.clock import ZONE
from core.errors import message
from people.models import Organisation, Side
from people.words import LOCALITIES
from surveys.models import Response, Subject, Survey

BY_TERM = {  # what an organisation offers tells what it works on
    "jobs": "employment", "internships": "employment", "vocational_training": "employment",
    "job_coaching": "employment", "bike_workshop": "employment",
    "sewing_workshop": "employment", "counselling": "counselling",
    "legal_advice": "counselling", "housing_advice": "counselling",
    "health_advice": "counselling", "volunteering": "volunteering",
    "digital_skills": "digital", "networking": "network",
    "language_course": "integration", "language_cafe": "integration",
}  # fmt: skip
BY_KIND = {
    "social_enterprise": "social_enterprise",
    "inclusion_enterprise": "disability",
    "migrant_organisation": "empowerment",
    "agency": "network",
}
REGISTER, SURVEY = message("from the register"), message("from the survey “%(title)s”, %(day)s")


@dataclass
class Known:
    """Answers that are known, and of each where from: a message and what fills it."""

    legal_form: str = ""
    place: str = ""
    themes: tuple[str, ...] = ()
    funds_used: tuple[str, ...] = ()  # codes of the survey
    sources: dict[str, tuple[str, Mapping[str, object]]] = field(default_factory=dict)


def known_of(session: Session, organisation: Organisation) -> Known:
    """Return what the survey tells of an organisation, and the register beyond that."""
    known, (answers, told) = Known(), _answers(session, organisation)
    for name, ours in (("legal_form", _legal_form), ("place", _place), ("themes", _themes)):
        said, kept = ours(answers), ours(_register(organisation))
        if said or kept:
            setattr(known, name, said or kept)
            known.sources[name] = (SURVEY, told) if said else (REGISTER, {})
    used = answers.get("funds_used", ())
    known.funds_used = tuple(map(str, used)) if isinstance(used, list) else ()
    return known


def _answers(
    session: Session, organisation: Organisation
) -> tuple[Mapping[str, object], Mapping[str, object]]:
    """Return the last answers that an organisation sent in, and where they are from."""
    query = select(Response, Survey).join(Survey, Survey.id == Response.survey_id)
    query = query.where(Survey.deleted.is_(None), Response.submitted.is_not(None))
    query = query.where(Survey.subject == Subject.ORGANISATIONS, Response.leading)
    query = query.where(Response.organisation_id == organisation.id)
    query = query.order_by(Response.submitted.desc(), Response.id.desc()).limit(1)
    found = session.execute(query).one_or_none()
    if not found:
        return {}, {}
    response, survey = found
    return response.answers, {"title": survey.title, "day": _day(response)}


def _day(response: Response) -> date | None:
    return response.submitted.astimezone(ZONE).date() if response.submitted else None


def _register(organisation: Organisation) -> Mapping[str, object]:
    offers = [each.term for each in organisation.terms if each.side == Side.OFFER]
    return {
        "legal_form": organisation.legal_form,
        "ortsteile": [organisation.locality],
        "org_type": organisation.kind,
        "offers": offers,
    }


def _legal_form(answers: Mapping[str, object]) -> str:
    said = str(answers.get("legal_form", ""))
    return said if said in FORMS or said == "none" else ""


def _place(answers: Mapping[str, object]) -> str:
    said = answers.get("ortsteile")
    ours = isinstance(said, list) and any(each in LOCALITIES for each in said)
    return next(iter(AREAS)) if ours else ""


def _themes(answers: Mapping[str, object]) -> tuple[str, ...]:
    offers = answers.get("offers")
    codes = [BY_KIND.get(str(answers.get("org_type", "")), "")]
    codes += [BY_TERM.get(str(each), "") for each in offers] if isinstance(offers, list) else []
    return tuple(dict.fromkeys(filter(None, codes)))
