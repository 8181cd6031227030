"""What is done for anonymous surveys and for erasure after the answer, and at night."""

from flask import current_app

from core import backup, clock, jobs, mail, shuffling, steady
from core.db import db
from core.erasing import OVER
from core.erasing import erase_what_is_over as erase_kept_no_longer
from core.keys import Keyring
from surveys.models import Kind, Survey
from surveys.responses import anonymising, erasing


@jobs.task
def seal_off(survey_id: int) -> None:
    """Destroy every way from the links of a closed anonymous survey to its answers.

    The backups made before tell nothing of them any more, so a new one is made.
    """
    survey = db.session.get(Survey, survey_id)
    if survey and survey.kind == Kind.ANONYMOUS:
        anonymising.seal_off(db.session, _keys(), survey_id)
        backup.every_night.later()


@jobs.task
def scour() -> None:
    """Leave nothing of what was erased in the files of the database."""
    db.session.rollback()
    shuffling.scour(db.session, [*erasing.tables(), *OVER, mail.OutboxMail.__tablename__])


@jobs.every(minutes=15)
def count_in() -> None:
    """Note who has answered anonymously, in batches."""
    for survey in anonymising.open_ones(db.session):
        anonymising.count_in(db.session, _keys(), survey)
        db.session.commit()


@jobs.nightly(hour=1)
def seal_the_rest() -> None:
    """Do what a job did not come to."""
    for number in anonymising.waiting_to_be_sealed(db.session, _keys()):
        anonymising.seal_off(db.session, _keys(), number)


@jobs.nightly(hour=3)
def purge() -> None:
    """Erase what is kept no longer, unless the clock has jumped."""
    now = clock.now()
    if not steady.is_steady(db.session, now):
        db.session.commit()
        return
    if erase_what_is_over():
        scour.later()


def erase_what_is_over() -> int:
    """Erase all answers and other things whose last day is over; return how many."""
    what = db.session, current_app.config["DATA"], clock.now()
    number = erasing.purge(*what) + erase_kept_no_longer(*what)
    db.session.commit()
    return number


def _keys() -> Keyring:
    keys: Keyring = current_app.extensions["keys"]
    return keys
