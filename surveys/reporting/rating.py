"""How many of those invited opened, answered or declined, sector by sector."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, exists, func, literal, select
from sqlalchemy.orm import Session, aliased

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


def rates(session: Session, survey: Survey) -> Rates:
    """Count the organisations that were asked to answer *survey*, and what they did."""
    invited = session.scalar(select(exists().where(Invitation.survey_id == survey.id)))
    found = _count(session, _of_invited(survey) if invited else _of_register(survey))
    rates = {sector: found.get(sector, Rate()) for sector in Sector}
    answered = sum(rate.answered for rate in rates.values())
    return Rates(rates, bool(invited), max(0, _answering(session, survey) - answered))


def _of_invited(survey: Survey) -> Select[Any]:
    answered = _answered(survey)
    opened = func.sum(case((Invitation.opened.is_not(None) | answered, 1), else_=0))
    declined = func.sum(case((Invitation.declined.is_not(None) & ~answered, 1), else_=0))
    query = select(Organisation.sector, func.count(), opened, _sum(answered), declined)
    return query.join(Invitation, Invitation.organisation_id == Organisation.id).where(
        Invitation.survey_id == survey.id
    )


def _of_register(survey: Survey) -> Select[Any]:
    answered = _answered(survey)
    begun = exists().where(
        Response.survey_id == survey.id, Response.organisation_id == Organisation.id
    )
    query = select(Organisation.sector, func.count(), _sum(begun), _sum(answered), literal(0))
    return query.where(Organisation.project_id == survey.project_id)


def _count(session: Session, query: Select[Any]) -> dict[Sector, Rate]:
    rows = session.execute(
        query.where(Organisation.deleted.is_(None)).group_by(Organisation.sector)
    )
    return {sector: Rate(*counts) for sector, *counts in rows}


def _answering(session: Session, survey: Survey) -> int:
    """Count the organisations that answered, whether they were asked or not."""
    query = select(func.count()).where(
        Organisation.project_id == survey.project_id,
        Organisation.deleted.is_(None),
        _known(survey),
    )
    return session.scalar(query) or 0


def _answered(survey: Survey) -> Any:
    noted = aliased(Invitation)
    return _known(survey) | exists().where(
        noted.survey_id == survey.id, noted.organisation_id == Organisation.id, noted.answered
    )


def _known(survey: Survey) -> Any:
    return exists().where(
        Response.survey_id == survey.id,
        Response.organisation_id == Organisation.id,
        Response.submitted.is_not(None),
    )


def _sum(condition: Any) -> Any:
    return func.sum(case((condition, 1), else_=0))


def drafts(session: Session, survey: Survey) -> int:
    """Count the responses that were begun and wait to be sent."""
    query = select(func.count()).where(Response.survey_id == survey.id)
    return session.scalar(query.where(Response.submitted.is_(None))) or 0
