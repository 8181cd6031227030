"""How many answers a survey takes: in all, and organisations of each sector."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import distinct, func, select, update
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from people.models import Organisation, Sector
from surveys.models import Response, Survey


class Full(Refusal):
    reason = message(
        "This survey has as many answers as it takes. Thank you for your interest."
    )


@dataclass(frozen=True)
class Seats:
    """How many answers, or organisations, have a place, and for how many there is one."""

    taken: int
    most: int

    @property
    def is_full(self) -> bool:
        return self.taken >= self.most


def seats(session: Session, survey: Survey) -> Mapping[Sector | None, Seats]:
    """Return what is limited: all answers under no sector, organisations under theirs."""
    found: dict[Sector | None, Seats] = {}
    if survey.most is not None:
        found[None] = Seats(_answers(session, survey), survey.most)
    if survey.quotas:
        taken = _organisations(session, survey)
        for sector in Sector:
            if sector in survey.quotas:
                found[sector] = Seats(taken.get(sector, 0), survey.quotas[sector])
    return found


def is_full(session: Session, survey: Survey, organisation: Organisation | None = None) -> bool:
    """Whether nobody more may begin, or nobody more of the sector of *organisation*.

    An organisation that has answered may answer again. Whoever has begun learns at the end
    whether there is a place still.
    """
    limited = seats(session, survey)
    everyone = limited.get(None)
    if everyone and everyone.is_full:
        return True
    its_sector = limited.get(organisation.sector) if organisation else None
    if organisation is None or its_sector is None or not its_sector.is_full:
        return False
    mine = select(Response.id).filter_by(survey_id=survey.id, organisation_id=organisation.id)
    return session.scalar(mine.where(Response.submitted.is_not(None)).limit(1)) is None


def keep_within(session: Session, survey_id: int, response_id: int) -> None:
    """Let a response that was just handed in count only if there is a place for it.

    Of all who hand in at the same moment one at a time holds the row of the survey, until
    its transaction ends; so each counts what those before it have committed.

    :raise Full: when there is none, or none for its sector
    """
    limits = select(Survey).where(Survey.id == survey_id)
    survey = session.scalars(limits.execution_options(populate_existing=True)).one()
    if survey.most is None and not survey.quotas:
        return
    hold = update(Survey).where(Survey.id == survey_id).values(most=Survey.most)
    session.execute(hold.execution_options(synchronize_session=False))
    session.refresh(survey)
    theirs = select(Organisation.sector).join(Response).where(Response.id == response_id)
    sector = session.scalar(theirs)
    for limited, places in seats(session, survey).items():
        if limited in (None, sector) and places.taken > places.most:
            raise Full


def _answers(session: Session, survey: Survey) -> int:
    mine = select(func.count()).select_from(Response).filter_by(survey_id=survey.id)
    return session.scalar(mine.where(Response.submitted.is_not(None))) or 0


def _organisations(session: Session, survey: Survey) -> Mapping[Sector, int]:
    query = select(Organisation.sector, func.count(distinct(Organisation.id)))
    query = query.join(Response, Response.organisation_id == Organisation.id)
    query = query.where(Response.survey_id == survey.id, Response.submitted.is_not(None))
    return dict(session.execute(query.group_by(Organisation.sector)).all())
