"""On the counsellor's desk: what there is for one person, for her own provider alone."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from agency import planning
from agency.counselling import choosing
from agency.routes.area import words
from core import clock
from core.db import db
from people.current import current_membership, current_project
from people.listings.models import For
from surveys.definition import Definition
from surveys.models import Response, SurveyVersion
from surveys.routes.conversations import bp, counsellors, own


@bp.get("/<code>/offers")
@counsellors
def offers(code: str) -> ResponseReturnValue:
    """The five offers that fit best, each with its reason, and what would open more."""
    conversation = own(code)
    if conversation.draft is not None:
        abort(404)
    response = db.session.get_one(Response, conversation.response_id)
    version = db.session.get_one(SurveyVersion, response.version_id)
    definition = Definition.from_json(version.definition)
    provider = current_membership().provider or abort(404)
    wanted = choosing.wanted_by(definition, response.answers, provider.locality)
    plans = planning.plans_of(db.session, current_project(), clock.today())
    asked = definition.having("consent", "callback")
    return render_template(
        "agency/chances.html",
        code=code,
        advice=choosing.advise(plans[For.PERSONS], wanted),
        may_approach=all(response.answers.get(item.name) == "yes" for item in asked),
        place=provider.locality,
        **words(),
    )
