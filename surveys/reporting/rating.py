"""How many of those invited opened, answered or declined, sector by sector."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, case, exists, func, literal, select
from sqlalchemy.orm import Session

from people.models import Organisation, Sector
from surveys.models import Invitation, Response, Survey


@dataclass(frozen=True)
class Rate:
    """The organisations asked, and how far they came; opened holds those who answered."""

    asked: int = 0
    opened: int = 0
    answered: int = 0
    declined: int = 0

    @property
    def share(self) -> float:
        return self.answered / self.asked if self.asked else 0.0

    def __add__(self, other: "Rate") -> "Rate":
        return Rate(
            self.asked + other.asked,
            self.opened + other.opened,
            self.answered + other.answered,
            self.declined + other.declined,
        )


@dataclass(frozen=True)
class Rates:
    """The rates of all sectors; without any invitation the register counts as asked."""

    by_sector: Mapping[Sector, Rate]
    invited: bool
    beside: int  # organisations that answered without being asked

    @property
    def all(self) -> Rate:
        return sum(self.by_sector.values(), Rate())


SURVEY: Any = bindparam("survey_id")
PROJECT: Any = bindparam("project_id")


def _sum(condition: Any) -> Any:
    return func.sum(case((condition, 1), else_=0))


def _by_sector(*counts: Any) -> Select[Any]:
    """Count organisations of the register by what is true of them."""
    query = select(Organisation.sector, func.count(), *counts)
    return query.where(Organisation.deleted.is_(None)).group_by(Organisation.sector)


_noted = Invitation.__table__.alias().c  # aliased() would look at all models at every start
_begun = exists().where(
    Response.survey_id == SURVEY, Response.organisation_id == Organisation.id
)
_handed_in = _begun.where(Response.submitted.is_not(None))
_answered = _handed_in | exists().where(
    _noted.survey_id == SURVEY, _noted.organisation_id == Organisation.id, _noted.answered
)
_is_invited = select(exists().where(Invitation.survey_id == SURVEY))
_of_invited = (
    _by_sector(
        _sum(Invitation.opened.is_not(None) | _answered),
        _sum(_answered),
        _sum(Invitation.declined.is_not(None) & ~_answered),
    )
    .join(Invitation, Invitation.organisation_id == Organisation.id)
    .where(Invitation.survey_id == SURVEY)
)
_of_register = _by_sector(_sum(_begun), _sum(_answered), literal(0)).where(
    Organisation.project_id == PROJECT
)
_answering = select(func.count()).where(
    Organisation.project_id == PROJECT, Organisation.deleted.is_(None), _handed_in
)


def rates(session: Session, survey: Survey) -> Rates:
    """Count the organisations that were asked to answer *survey*, and what they did."""
    here = {"survey_id": survey.id, "project_id": survey.project_id}
    invited = bool(session.scalar(_is_invited, here))
    rows = session.execute(_of_invited if invited else _of_register, here)
    found = {sector: Rate(*counts) for sector, *counts in rows}
    by_sector = {sector: found.get(sector, Rate()) for sector in Sector}
    answered = sum(rate.answered for rate in found.values())
    answering = session.scalar(_answering, here) or 0
    return Rates(by_sector, invited, max(0, answering - answered))


def drafts(session: Session, survey: Survey) -> int:
    """Count the responses that were begun and wait to be sent."""
    query = select(func.count()).where(Response.survey_id == survey.id)
    return session.scalar(query.where(Response.submitted.is_(None))) or 0
