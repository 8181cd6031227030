"""The page behind the link of an enterprise in a round: what counts there? No account."""

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.rounds import beginning, deciding, wishing
from agency.rounds.forms import CriteriaForm, said_of
from agency.rounds.models import RankingPlace, RankingRound
from agency.rounds.weighing import criteria_of
from agency.rounds.words import WEIGHTS
from core import clock, limits, logs, web
from core.db import db
from people.models import Project

ranked = Blueprint("ranked", __name__)
logs.leave_out(ranked)


@ranked.get("/places/<key>")
def page(key: str) -> ResponseReturnValue:
    """What counts so far; once it is decided, whom to ask."""
    place = _open(key)
    return _show(key, place, CriteriaForm(place))


@ranked.post("/places/<key>")
def say(key: str) -> ResponseReturnValue:
    """Say what counts; until the round is decided it can be changed."""
    place = _open(key)
    form = CriteriaForm(place)
    if not form.validate():
        return _show(key, place, form), 422

    wishing.say(db.session, place, form.criteria(), clock.now())
    db.session.commit()
    said = gettext("Thank you. You can change this here until the round is decided.")
    return web.back(url_for(".page", key=key), said)


def _open(key: str) -> RankingPlace:
    """Return whose link it is; one that opens nothing is counted, and nowhere."""
    place = beginning.place_with(db.session, key)
    if place is None:
        limits.wrong("ranking")
        abort(404)
    return place


def _show(key: str, place: RankingPlace, form: CriteriaForm) -> str:
    it = db.session.get_one(RankingRound, place.round_id)
    return render_template(
        "agency/rounds/ranked.html",
        key=key,
        place=place,
        it=it,
        form=form,
        said=[(said_of(each), WEIGHTS[each.weight]) for each in criteria_of(place.wanted)],
        released=deciding.released_at(db.session, place) if it.decided else [],
        project=db.session.get_one(Project, it.project_id).name,
        survey_title=it.title,
    )
