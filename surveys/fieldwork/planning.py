"""The course of a survey: when it opens and closes, how many may answer, last words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from people.models import Sector
from surveys.definition import Texts
from surveys.fieldwork import starting
from surveys.kinds import Sample
from surveys.models import Kind, State, Survey


class OpensInThePast(Refusal):
    reason = message("This moment has passed. Choose a later one, or open the survey now.")


class ClosesInThePast(Refusal):
    reason = message("This moment has passed. Choose a later one, or close the survey now.")


class ClosesBeforeItOpens(Refusal):
    reason = message("The survey must close after it has opened.")


class ChangedMeanwhile(Refusal):
    reason = message(
        "Somebody changed this survey while you were writing. What you typed stands here; send "
        "it once more to let it count."
    )


@dataclass(frozen=True)
class Plan:
    """What is laid down about the course of a survey; what is empty is left to people.

    ``most`` limits the answers that are taken, ``by_sector`` the organisations of a sector.
    """

    opens: datetime | None = None
    closes: datetime | None = None
    most: int | None = None
    by_sector: Mapping[Sector, int] = field(default_factory=dict)
    thanks: Texts = field(default_factory=dict)
    farewell: Texts = field(default_factory=dict)
    sample: Sample = Sample.CENSUS


def plan_of(survey: Survey) -> Plan:
    """Return what is laid down for *survey*."""
    by_sector = {Sector(name): number for name, number in survey.quotas.items()}
    said = survey.thanks, survey.farewell, survey.sample
    return Plan(survey.opens, survey.closes, survey.most, by_sector, *said)


def lay_down(
    session: Session, survey: Survey, plan: Plan, now: datetime, seen: int | None = None
) -> None:
    """Lay down the course of *survey*; a moment that has passed counts if it stands already.

    Nothing is written over what somebody else has changed since the version that was *seen*.

    :raise ChangedMeanwhile: when somebody has
    :raise OpensInThePast: when it should have opened before *now*
    :raise ClosesInThePast: when it should have closed before *now*
    :raise ClosesBeforeItOpens: when it would close first
    """
    opens = plan.opens if survey.state == State.DRAFT else None
    closes = plan.closes if survey.state != State.CLOSED else None
    if opens and opens <= now and opens != survey.opens:
        raise OpensInThePast
    if closes and closes <= now and closes != survey.closes:
        raise ClosesInThePast
    if opens and closes and closes <= opens:
        raise ClosesBeforeItOpens
    version = survey.version if seen is None else seen
    unchanged = update(Survey).where(Survey.id == survey.id, Survey.version == version)
    values = {
        "opens": opens,
        "closes": closes,
        "most": plan.most if survey.kind != Kind.ANONYMOUS else None,
        "quotas": {str(sector): number for sector, number in plan.by_sector.items()},
        "thanks": dict(plan.thanks),
        "farewell": dict(plan.farewell),
        "sample": plan.sample,
        "version": version + 1,
    }
    if session.scalar(unchanged.values(values).returning(Survey.id)) is None:
        raise ChangedMeanwhile


def due(session: Session, now: datetime) -> Sequence[Survey]:
    """List the surveys whose moment to open or to close has come."""
    there = Survey.deleted.is_(None)
    opening = (Survey.state == State.DRAFT) & there & (Survey.opens <= now)
    closing = (Survey.state == State.OPEN) & (Survey.closes <= now)
    query = select(Survey).where(or_(opening, closing)).order_by(Survey.id)
    return session.scalars(query).all()


def take_the_step(session: Session, survey: Survey, now: datetime) -> None:
    """Open or close a survey that is :func:`due`, as if somebody had done so.

    A survey that cannot be opened as it is stays a draft, and its page says why.

    :raise Refusal: when it cannot be opened, or somebody was faster
    """
    if survey.state == State.DRAFT:
        starting.open_survey(session, survey, now)
    else:
        starting.close_survey(session, survey, now)
