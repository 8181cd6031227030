"""Correcting: of persons, a correction waits for the next batch of answers, as all news does.

Until then figures count what was handed in before, kept beside the answers. So nobody who
looks before and after can tell what a single person changed.
"""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from surveys.hiding import batch
from surveys.models import Response, Subject, Survey


def hold_back(session: Session, response_id: int, now: datetime) -> None:
    """Before a correction is written: let figures about persons count the old answers on.

    A second correction within the same batch changes nothing about that.
    """
    survey_id = session.scalar(
        select(Survey.id)
        .join(Response, Response.survey_id == Survey.id)
        .where(Response.id == response_id, Survey.subject == Subject.PERSONS)
    )
    if survey_id is None:
        return
    query = update(Response).where(Response.id == response_id, Response.submitted.is_not(None))
    if since := _batch_closed(session, survey_id):
        query = query.where(Response.corrected.is_(None) | (Response.corrected < since))
    session.execute(
        query.values(counted=Response.answers, corrected=now).execution_options(
            synchronize_session=False
        )
    )


def _batch_closed(session: Session, survey_id: int) -> datetime | None:
    """When the answer came that closed the last batch; nothing while none is full."""
    submitted = (Response.survey_id == survey_id, Response.submitted.is_not(None))
    people = session.scalar(select(func.count()).where(*submitted)) or 0
    if not batch(people):
        return None
    query = select(Response.submitted).where(*submitted)
    query = query.order_by(Response.submitted, Response.id)
    return session.scalar(query.offset(batch(people) - 1).limit(1))
