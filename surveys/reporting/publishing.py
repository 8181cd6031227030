"""Publishing results: the frozen figures that everyone may read on one page."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from surveys.models import Survey
from surveys.reporting import freezing
from surveys.reporting.models import Frozen


class NothingToRead(Refusal):
    reason = message("Choose at least one figure that everyone may read.")


def publish(session: Session, survey: Survey, codes: Collection[str], now: datetime) -> None:
    """Let everyone read the frozen figures with these codes, and no others of *survey*.

    :raise NothingToRead: when there is none
    :raise TooFew: when one is about persons, and tells of fewer than ten
    """
    figures = freezing.frozen_of(session, survey.project_id, survey=survey)
    for each in figures:
        each.is_public = False
        if each.code in codes:
            freezing.publish(each)
    if not any(each.is_public for each in figures):
        raise NothingToRead
    survey.published = survey.published or now
    session.flush()


def take_back(session: Session, survey: Survey) -> None:
    """Show the results to nobody any more, neither on their page nor one by one."""
    survey.published = None
    for each in published_figures(session, survey):
        each.is_public = False
    session.flush()


def hide_networks(session: Session, project_id: int) -> None:
    """Show nobody the networks that everyone could see: an organisation took its name back."""
    query = select(Frozen).filter_by(project_id=project_id, is_public=True)
    for each in session.scalars(query):
        each.is_public = not freezing.public_figure_of(each).svg


def is_readable(session: Session, survey: Survey) -> bool:
    """Whether everyone can read something of *survey*."""
    return survey.published is not None and bool(published_figures(session, survey))


def published_figures(session: Session, survey: Survey) -> Sequence[Frozen]:
    """List the figures of *survey* that everyone may read, in the order they were frozen."""
    query = select(Frozen).filter_by(survey_id=survey.id, is_public=True, withdrawn=None)
    return session.scalars(query.order_by(Frozen.at, Frozen.id)).all()
