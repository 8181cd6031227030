"""Hearing the texts of a survey: the sounds, which everybody may keep."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from core import logs
from core.assets import KEPT
from core.db import db
from surveys.models import State
from surveys.responses import sitting
from surveys.routes.booths import sent
from surveys.sounds import keeping

bp = Blueprint("listening", __name__)
logs.leave_out(bp)  # what somebody listened to is nobody's business


@bp.get("/s/<slug>/sound/<digest>.m4a")
def sound(slug: str, digest: str) -> ResponseReturnValue:
    """A text of a survey that is open, spoken by a person."""
    place = sitting.start(db.engine, slug) or abort(404)
    if place.state != State.OPEN:
        abort(404)
    found = keeping.heard_sound(db.session, place.survey_id, digest)
    answer = sent(found or abort(404), digest)
    answer.headers["Cache-Control"] = KEPT
    return answer
