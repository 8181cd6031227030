"""What devices ask for on their own: the kit, and to take in what waited for network.

A device has no form token of a session that may have ended long ago. So a ticket, or the key
with which a response began, says whose answers these are, and nobody may send them from the
pages of others.
"""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from core import assets, logs
from core.db import db
from core.errors import Refusal
from core.web import csrf
from surveys.models import State
from surveys.questionnaires.tongues import spoken
from surveys.responses import erasing, sealing, sitting, syncing
from surveys.responses.anonymity import SurveyClosed
from surveys.responses.erasing import Erased
from surveys.routes import receiving, visiting
from surveys.routes.kits import handed_out, kit
from surveys.routes.replaying import hashed, held_here, let_go, refused, replay
from surveys.routes.sent import Sent
from surveys.routes.storing import until_saved
from surveys.routes.visiting import Visit, is_open, unseal, visit, visit_of

bp = Blueprint("syncing", __name__)
logs.leave_out(bp)


@bp.get("/worker.js")
def worker() -> ResponseReturnValue:
    """The program that stands between a browser and the network; it changes with the app."""
    version = current_app.extensions["assets"].version
    address = url_for("static", filename=assets.WORKER)
    text = f'const VERSION = "{version}";\nimportScripts("{address}");\n'
    return Response(text, mimetype="text/javascript")


@bp.get("/s/<slug>/kit")
def state(slug: str) -> ResponseReturnValue:
    """Where this browser stands in a survey, and which kit it needs."""
    here = visit(slug)
    found = kit(here) if is_open(here) else None
    told: dict[str, Any] = {
        "kit": found.digest if found else "",
        "language": here.language,
        "closed": here.place.state == State.CLOSED,
    }
    if response := here.response:
        unseal(here)
        held = held_here(here)
        rest = {place: text for place, text in here.sealed.items() if place not in held}
        told["response"] = {
            "ticket": syncing.ticket_of(visiting.keys(), here.place.survey_id, response.id),
            "answers": sealing.with_unsealed(here.answers, rest, here.asked.sealed),
            "held": held,
            "page": response.page,
            "submitted": response.submitted,
            "version": response.digest,
        }
    return told


@bp.get("/s/<slug>/kit/<language>")
def take_along(slug: str, language: str) -> ResponseReturnValue:
    """All that it takes to go on with a survey without network, in one language."""
    here = visit(slug)
    if language not in here.asked.offered or not is_open(here):
        abort(404)
    here.language = language
    found = kit(here) or abort(404)
    return handed_out(found)


@bp.post("/s/<slug>/answers")
def take_in(slug: str) -> ResponseReturnValue:
    """Take in answers that waited on a device; the same ones as often as they come."""
    if not _comes_from_here():
        abort(403)
    sent = Sent.from_json(request.get_json(silent=True))
    return until_saved(lambda: _take_in(slug, sent))


@bp.post("/s/<slug>/answers/removal")
def remove(slug: str) -> ResponseReturnValue:
    """Delete what a device has sent, or may still be on its way from there."""
    if not _comes_from_here():
        abort(403)
    sent = Sent.from_json(request.get_json(silent=True))
    start = sitting.start(db.engine, slug) or abort(404)
    if not sent.ticket:
        erasing.refuse(current_app.config["DATA"], hashed(sent.key))
    number = _number(start, sent)
    place = None if number is None else sitting.sitting(db.session, number, slug)
    if place is not None:
        here = visit_of(slug, place)
        is_remembered = let_go(here)
        receiving.erase(here, visiting.wished(slug) if is_remembered else "")
    return {"state": "deleted"}


csrf.exempt(take_in)  # a ticket, or a key, takes the place of the token
csrf.exempt(remove)


def _take_in(slug: str, sent: Sent) -> ResponseReturnValue:
    start = sitting.start(db.engine, slug) or abort(404)
    here = _visit_with(slug, start, sent)
    with force_locale(spoken(here.language)):
        try:
            return replay(here, sent)
        except SurveyClosed as refusal:
            return refused(here, sent, "closed", refusal), 410
        except Erased as refusal:
            return refused(here, sent, "erased", refusal), 409
        except Refusal as refusal:
            return refused(here, sent, "refused", refusal), 409


def _visit_with(slug: str, start: sitting.Start, sent: Sent) -> Visit:
    """Return the visit that the ticket or the key leads to, or one that begins."""
    number = _number(start, sent)
    place: sitting.Sitting | sitting.Start | None = None
    if number is not None:
        place = sitting.sitting(db.session, number, slug)
    place = place or syncing.start_with(db.session, start, sent.version)
    here = visit_of(slug, place or abort(404))
    if sent.language in here.asked.offered:
        here.language = sent.language
    return here


def _number(start: sitting.Start, sent: Sent) -> int | str | None:
    """Return the number of the response that the ticket or the key leads to."""
    if sent.ticket:
        found = syncing.response_with(visiting.keys(), start.survey_id, sent.ticket)
        return found or abort(404)
    return syncing.begun_with(db.session, start.survey_id, hashed(sent.key))


def _comes_from_here() -> bool:
    """Whether a page of this site asks, and not one of somebody else."""
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin", "")
    ours = {request.host, urlsplit(current_app.config["PUBLIC_URL"]).netloc}
    same = not origin or urlsplit(origin).netloc in ours
    return site == "same-origin" and same and request.is_json
