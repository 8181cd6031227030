"""The method sheet: how a survey was done, on one printed page, to be defended with."""

from flask import render_template
from flask.typing import ResponseReturnValue

from core import clock
from core.db import db
from people.current import find, open_to
from people.models import Role
from surveys.definition import Definition
from surveys.fieldwork import inviting, starting
from surveys.hiding import K
from surveys.models import Survey
from surveys.reporting import freezing, rating
from surveys.routes.desk import KINDS, bp
from surveys.routes.reading import look_at


@bp.get("/<slug>/method")
@open_to(Role.TASK_FORCE)
def method(slug: str) -> ResponseReturnValue:
    """How the survey was done: whom it asked, how, when, who answered, what it may say."""
    survey = find(Survey, slug=slug)
    look = look_at(survey)
    invited = [each.invitation for each in inviting.invited(db.session, survey)]
    versions = starting.versions_of(db.session, survey)
    return render_template(
        "surveys/method.html",
        survey=survey,
        versions=versions,
        asked_in=Definition.from_json(versions[-1].definition).languages if versions else (),
        kinds=KINDS,
        rates=rating.rates(db.session, survey),
        drafts=rating.drafts(db.session, survey),
        arrivals=look.arrivals(),
        mails=sum(each.written for each in invited),
        reminded=sum(each.written > 1 for each in invited),
        bounced=sum(each.bounced is not None for each in invited),
        misdirected=sum(each.misdirected is not None for each in invited),
        frozen=freezing.frozen_of(db.session, survey.project_id, survey=survey),
        look=look,
        least=K,
        today=clock.now(),
    )
