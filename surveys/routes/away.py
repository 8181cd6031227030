"""Conversations without network: what a prepared device asks for. No session, no cookie."""

from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    g,
    jsonify,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext
from werkzeug.exceptions import HTTPException

from core import clock, i18n, logs, web
from core.assets import AWAY, Assets
from core.db import db
from core.errors import Refusal, message
from people.models import Organisation
from surveys.conversations import holding
from surveys.odk import pairing, receiving, returning
from surveys.odk.models import Device
from surveys.odk.receiving import Outcome, Received
from surveys.questionnaires.tongues import name_of
from surveys.responses.answering import Overtaken
from surveys.routes import away_kits, letting_in, sealing_off, visiting, wording
from surveys.routes.kits import handed_out
from surveys.routes.memory import Kit
from surveys.routes.storing import ATTEMPTS

bp = Blueprint("away", __name__, url_prefix="/p/<project>/away")
logs.leave_out(bp)  # when a conversation arrives would tell of the person
web.csrf.exempt(bp)
bp.context_processor(lambda: {"name_of": name_of})

LONGEST = 1_000_000  # bytes of a conversation
FILES = (
    "werkstatt.css", "css/conversation.css", "icons.svg", "pictograms.svg", "favicon.svg", AWAY,
)  # fmt: skip
OPEN = {"away.shell", "away.worker", "away.standing"}  # to any device: they hold nothing
NEW_CODE = message(
    "The code %(code)s belongs to another conversation. This one has a new code now: please "
    "tell it to the person, then send it again."
)
NOT_LET_IN = message("This device is not let in. Please ask whoever prepared it.")


@bp.url_value_preprocessor
def note_project(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.project_slug = values.pop("project", "") if values else ""


@bp.url_defaults
def add_project(_endpoint: str, values: dict[str, Any]) -> None:
    values.setdefault("project", g.get("project_slug", ""))


@bp.before_request
def enter() -> ResponseReturnValue | None:
    """Let prepared devices in; one that is locked out hears that, and destroys what it has."""
    i18n.for_staff()
    if request.endpoint in OPEN:
        return None
    request.max_content_length = LONGEST
    sent = request.authorization
    if sent and pairing.is_locked_out(db.session, (sent.username or "")[:40]):
        return {"state": "gone"}, 410
    device = letting_in.device_asking() if letting_in.is_safe() else None
    if device is None or not pairing.is_in(db.session, device, g.project_slug):
        return {"state": "out", "sentence": gettext(NOT_LET_IN)}, 403
    if pairing.note_used(db.session, device, clock.today()):
        db.session.commit()
    g.device, g.tongue = device, device.membership.user.language
    return None


@bp.get("/")
def shell() -> ResponseReturnValue:
    """The page that a device keeps; what it shows of a project lies sealed on the device."""
    return render_template("surveys/conversations/away.html", project=g.project_slug)


@bp.get("/worker.js")
def worker() -> ResponseReturnValue:
    """The program that keeps the page and its files; it changes with the app."""
    assets: Assets = current_app.extensions["assets"]
    addresses = [url_for("static", filename=name) for name in sorted(FILES)]
    address = url_for("static", filename="js/away/worker.js")
    listed = current_app.json.dumps(addresses)
    text = f'const VERSION = "{assets.version}";\nconst FILES = {listed};\n'
    return Response(f'{text}importScripts("{address}");\n', mimetype="text/javascript")


@bp.post("/standing")
def standing() -> ResponseReturnValue:
    """Whether a device is locked out, so that it hears that also while it is closed."""
    sent = request.get_json(silent=True)
    name = str(sent.get("username") or "")[:40] if isinstance(sent, dict) else ""
    return {"state": "gone" if pairing.is_locked_out(db.session, name) else "unknown"}


@bp.get("/kit")
def kits() -> ResponseReturnValue:
    """What there is to talk about, and whether the kits on the device are still the newest."""
    found = _kits()
    surveys = [
        {"slug": slug, "digest": kit.digest, "number": number}
        for slug, (kit, number) in found.items()
    ]
    return {"surveys": surveys, "provider": _provider().name}


@bp.get("/kit/<slug>")
def kit(slug: str) -> ResponseReturnValue:
    """All that it takes to talk about one survey, in every language in which it is offered."""
    found, _number = _kits().get(slug) or abort(404)
    return handed_out(found)


@bp.post("/conversations")
def take_in() -> ResponseReturnValue:
    """Take in a conversation that waited on a device; the same one as often as it comes."""
    data = request.get_json(silent=True)
    sent = returning.sent(data)
    start, visit = letting_in.asked_by(_device().project_id, sent)
    fields = returning.fields(visit.asked.definition, data)
    spoken = returning.spoken(visit.asked.definition, visit.asked.offered, data)
    place, keys = current_app.config["DATA"], visiting.keys()
    for _ in range(ATTEMPTS):
        try:
            known = receiving.known(db.session, keys, place, _provider().id, sent)
            received = known or receiving.receive(
                db.session, keys, start, visit.asked, sent, fields, visit.look, _provider(),
                visit.now, spoken,
            )  # fmt: skip
            if returning.is_erased(keys, place, _provider().id, sent):  # meanwhile
                db.session.rollback()
                received = Received(Outcome.ERASED)
            db.session.commit()
            return _receipt(received)
        except Overtaken:
            db.session.rollback()
    return {"state": "later"}, 503


@bp.post("/conversations/removal")
def remove() -> ResponseReturnValue:
    """Delete what a device has sent, or may still be on its way from there."""
    sent = returning.sent(request.get_json(silent=True))
    number = returning.remove(
        db.session,
        visiting.keys(),
        current_app.config["DATA"],
        _provider().id,
        sent,
        clock.now(),
    )
    db.session.commit()
    if number is not None:
        holding.forget(visiting.keys(), number)
        sealing_off.scour.later()
    return {"state": "deleted"}


def _receipt(received: Received) -> ResponseReturnValue:
    if received.outcome == Outcome.STORED and received.response_id is not None:
        holding.forget(visiting.keys(), received.response_id)
    with force_locale(g.tongue):
        doubts = [wording.in_my_language(item.label) for item in received.doubts]
    return {"state": received.outcome, "code": received.code, "doubts": doubts}


def _kits() -> dict[str, tuple[Kit, str]]:
    with force_locale(g.tongue):
        return away_kits.kits(_device().project_id, _provider())


def _device() -> Device:
    device: Device = g.device
    return device


def _provider() -> Organisation:
    return _device().membership.provider or abort(404)


@bp.errorhandler(Refusal)
def refused(refusal: Refusal) -> ResponseReturnValue:
    """Say why in words; the device keeps the conversation."""
    db.session.rollback()
    is_taken = isinstance(refusal, receiving.CodeTaken)  # the device has drawn another one
    with force_locale(g.get("tongue", "de")):
        sentence = gettext(NEW_CODE if is_taken else refusal.reason) % refusal.values
    return {"state": "taken" if is_taken else "refused", "sentence": sentence}, 409


@bp.errorhandler(HTTPException)
def failed(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error.response, Response):
        return error.response
    return jsonify(state="later"), error.code or 500
