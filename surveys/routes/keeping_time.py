"""Opening and closing surveys by the clock."""

from core import clock, jobs
from core.db import db
from core.errors import Refusal
from surveys.fieldwork import planning
from surveys.models import Kind, State
from surveys.routes import sealing_off


@jobs.every(minutes=1)
def keep_time() -> None:
    """Open and close what is due; what cannot be opened waits until somebody looks at it."""
    now = clock.now()
    for survey in planning.due(db.session, now):
        try:
            planning.take_the_step(db.session, survey, now)
        except Refusal:
            db.session.rollback()
            continue
        db.session.commit()
        db.session.refresh(survey)
        if survey.kind == Kind.ANONYMOUS and survey.state == State.CLOSED:
            sealing_off.seal_off.later(survey.id)
