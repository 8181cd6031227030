"""Judging: a facilitator says what holds of a tie that two accounts describe differently."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, or_, update
from sqlalchemy.orm import Session

from core.models import insert_once
from networks.models import Verdict
from networks.tying import Holds
from people.models import Organisation
from surveys.models import Survey

TURNED = {Holds.A: Holds.B, Holds.B: Holds.A}


def judge(
    session: Session,
    survey: Survey,
    a: Organisation,
    b: Organisation,
    holds: Holds,
    reason: str,
    by: str,
    now: datetime,
) -> None:
    """Let an account of the tie between *a* and *b* hold; a later word replaces this one."""
    if a.id > b.id:
        a, b, holds = b, a, TURNED.get(holds, holds)
    ends = {"survey_id": survey.id, "a_id": a.id, "b_id": b.id}
    word = {"holds": holds, "reason": reason, "by": by, "at": now}
    if not insert_once(session, Verdict, project_id=survey.project_id, **ends, **word):
        session.execute(update(Verdict).filter_by(**ends).values(**word))


def reopen(
    session: Session, survey: Survey, one: Collection[int], other: Collection[int]
) -> None:
    """Take back what was said of the tie between two, by all numbers they ever had."""
    forth = Verdict.a_id.in_(one) & Verdict.b_id.in_(other)
    back = Verdict.a_id.in_(other) & Verdict.b_id.in_(one)
    session.execute(delete(Verdict).filter_by(survey_id=survey.id).where(or_(forth, back)))
