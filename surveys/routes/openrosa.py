"""What ODK Collect asks for: forms, and to take what was filled in. No session, no cookie.

Source: https://docs.getodk.org/openrosa/ (form list, form submission, authentication).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from ipaddress import ip_address
from typing import Any
from xml.sax.saxutils import escape

from flask import Blueprint, Response, abort, current_app, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext
from werkzeug.exceptions import HTTPException

from core import clock, limits, logs, web
from core.db import db
from core.errors import Refusal, message
from core.xml import clean
from people.models import Organisation
from surveys.conversations import holding
from surveys.models import Survey
from surveys.odk import attaching, forming, pairing, reading, receiving
from surveys.odk.forming import Consent, Form
from surveys.odk.models import Device
from surveys.odk.reading import Sent
from surveys.odk.receiving import Outcome, Received
from surveys.responses import agreeing, sitting
from surveys.responses.answering import Overtaken
from surveys.responses.sitting import Start
from surveys.routes import talks, visiting, wording
from surveys.routes.storing import ATTEMPTS
from surveys.routes.visiting import Visit

bp = Blueprint("openrosa", __name__, url_prefix="/p/<project>/odk")
logs.leave_out(bp)  # when a counsellor sends what would tell of the person
web.csrf.exempt(bp)

PART = 10_000_000  # bytes that Collect should send at once
MOST = attaching.LARGEST + 2_000_000  # a single file may be larger than that
LONGEST = 1_000_000  # bytes of a filled form
REALM = 'Basic realm="OSI Werkstatt", charset="UTF-8"'
ONLY_SAFE = message("ODK Collect needs an address that begins with https.")
WRONG = message("Please check the user name and password of this device.")
NOT_INSTALLED = message("This server cannot make forms for ODK Collect: pyxform is missing.")
SAID = {
    Outcome.STORED: message("The conversation is stored."),
    Outcome.KNOWN: message("This conversation was here already. Nothing is stored twice."),
    Outcome.DECLINED: message("Without a yes to taking part nothing is stored."),
    Outcome.ERASED: message("This conversation was deleted. It is not stored again."),
}
CHANGED = message("It is a changed copy; what was sent before stays as well.")


@bp.url_value_preprocessor
def note_project(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.project_slug = values.pop("project", "") if values else ""


@bp.before_request
def enter() -> ResponseReturnValue | None:
    """Ask for the password of a device; whoever has none learns nothing of any project."""
    request.max_content_length = MOST
    if not (request.is_secure or _is_here()):
        return _said(_in_words(ONLY_SAFE), 403)
    sent = request.authorization
    name, password = (sent.username or "", sent.password or "") if sent else ("", "")
    device = None
    if name and password:
        device = pairing.device_with(db.session, name[:40], password[:200])
        if device is None:
            limits.wrong("device", name if pairing.is_known(db.session, name[:40]) else "")
    if device is None:
        return _said(_in_words(WRONG), 401)
    if pairing.note_used(db.session, device, clock.now().astimezone(clock.ZONE).date()):
        db.session.commit()
    g.device = device
    if not pairing.is_in(db.session, device, g.project_slug):
        abort(404)
    return None


@bp.get("/formList")
def form_list() -> ResponseReturnValue:
    """The forms that this counsellor can fill in, or the one that is asked for."""
    wanted = request.args.get("formID", "")
    forms = [each for each in _forms() if wanted in ("", each[0].slug)]
    entries = "".join(_entry(survey, form) for survey, form in forms)
    return _xml(f'<xforms xmlns="http://openrosa.org/xforms/xformsList">{entries}</xforms>')


@bp.get("/form/<slug>")
def form(slug: str) -> ResponseReturnValue:
    return _xml(_form(slug).xml().decode())


@bp.get("/manifest/<slug>")
def manifest(slug: str) -> ResponseReturnValue:
    """What a form needs besides: nothing, it holds everything."""
    _form(slug)
    return _xml('<manifest xmlns="http://openrosa.org/xforms/xformsManifest"/>')


@bp.route("/submission", methods=["HEAD", "POST"])
def submission() -> ResponseReturnValue:
    """Say how to send; or take a filled form, and the files that belong to it."""
    if request.method == "HEAD":
        answer = _headed(Response(status=204))
        answer.headers["Location"] = _address(".submission")
        return answer
    sent = reading.sent(_sent_xml())
    for _ in range(ATTEMPTS):
        try:
            received = _receive(sent)
            db.session.commit()
            return _thanks(sent, received)
        except Overtaken:
            db.session.rollback()
    return _said(_in_words(web.REASONS[503]), 503)


def _receive(sent: Sent) -> Received:
    survey, version = receiving.version_for(db.session, _device().project_id, sent)
    start = sitting.start(db.engine, survey.slug)
    if start is None:
        raise receiving.FormUnknown
    worded = start.digest.partition(" ")[2]  # what people have corrected since
    digest = f"{version.digest} {worded}".strip()
    start = replace(start, version_id=version.id, digest=digest)
    visit = talks.visit_in(survey.slug, start, "")
    fields = reading.fields_of(visit.asked.definition, sent.root)
    provider, data = _provider(), current_app.config["DATA"]
    key_hash = receiving.key_of(visiting.keys(), provider.id, sent)
    received = receiving.known(db.session, data, key_hash, provider.id)
    received = received or receiving.receive(
        db.session, visiting.keys(), start, visit.asked, sent, fields, visit.look, provider,
        visit.now,
    )  # fmt: skip
    if received.response_id is not None:
        definition, number = visit.asked.definition, received.response_id
        attaching.attach(db.session, definition, number, fields.files, _files())
    return received


def _forms() -> list[tuple[Survey, Form]]:
    if not forming.is_possible():
        abort(_said(_in_words(NOT_INSTALLED), 503))
    found = []
    for survey in holding.surveys_for(db.session, _device().project_id):
        start = sitting.start(db.engine, survey.slug)
        visit = talks.visit_in(survey.slug, start, "") if start else None
        if start and visit and forming.is_suited(visit.asked.definition):
            found.append((survey, _formed(survey, start, visit)))
    return found


def _formed(survey: Survey, start: Start, visit: Visit) -> Form:
    number = receiving.number_of_version(db.session, start.version_id)
    consents = {}
    for item in visit.asked.definition.having("consent"):
        numbers, texts = {}, {}
        for language in forming.languages_of(visit.asked):
            said = agreeing.wording(db.session, survey.project_id, item, language)
            if said and said.language == language.partition("-")[0]:
                numbers[language], texts[language] = said.id, said.text
        consents[item.name] = Consent(numbers, texts)
    code = _provider().code
    return forming.form_of(survey.slug, number, visit.asked, visit.roster, code, consents)


def _form(slug: str) -> Form:
    return next((form for survey, form in _forms() if survey.slug == slug), None) or abort(404)


def _entry(survey: Survey, form: Form) -> str:
    made = form.xml()
    digest = hashlib.md5(made, usedforsecurity=False).hexdigest()
    cells = {
        "formID": form.id,
        "name": wording.in_my_language(survey.title),
        "version": form.version,
        "hash": f"md5:{digest}",
        "downloadUrl": _address(".form", slug=survey.slug),
        "manifestUrl": _address(".manifest", slug=survey.slug),
    }
    inner = "".join(f"<{name}>{escape(clean(text))}</{name}>" for name, text in cells.items())
    return f"<xform>{inner}</xform>"


def _sent_xml() -> bytes:
    """Return the filled form; Collect sends it as a file, others as a field."""
    part = request.files.get("xml_submission_file")
    data = part.read(LONGEST + 1) if part else request.form.get("xml_submission_file", "")
    data = data.encode() if isinstance(data, str) else data
    if len(data) > LONGEST:
        abort(413)
    return data


def _files() -> Mapping[str, bytes]:
    """Return what came with the form, by the names that its answers use."""
    parts = request.files.items(multi=True)
    others = [(name, part) for name, part in parts if name != "xml_submission_file"]
    return {part.filename or name: part.read() for name, part in others}


def _thanks(sent: Sent, received: Received) -> Response:
    said = _in_words(SAID[received.outcome])
    if sent.replaces and received.outcome == Outcome.STORED:
        said = f"{said} {_in_words(CHANGED)}"
    return _said(said, 201)


def _device() -> Device:
    device: Device = g.device
    return device


def _provider() -> Organisation:
    return _device().membership.provider or abort(404)


def _in_words(text: str, **values: object) -> str:
    """Say something in the language of the counsellor, once it is known who asks."""
    if "device" not in g:
        return str(gettext(text, **values))
    with force_locale(_device().membership.user.language):
        return str(gettext(text, **values))


def _is_here() -> bool:
    """Whether the request comes from this machine, as from a proxy that speaks TLS."""
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _address(endpoint: str, **values: Any) -> str:
    return web.public(url_for(endpoint, project=g.project_slug, **values))


def _said(text: str, status: int) -> Response:
    body = f"<message>{escape(clean(text))}</message>"
    answer = _xml(
        f'<OpenRosaResponse xmlns="http://openrosa.org/http/response">{body}</OpenRosaResponse>'
    )
    answer.status_code = status
    if status == 401:
        answer.headers["WWW-Authenticate"] = REALM
    return answer


def _xml(text: str) -> Response:
    head = "" if text.startswith("<?xml") else '<?xml version="1.0" encoding="UTF-8"?>'
    return _headed(Response(head + text, content_type="text/xml; charset=utf-8"))


def _headed(answer: Response) -> Response:
    answer.headers["X-OpenRosa-Version"] = "1.0"
    answer.headers["X-OpenRosa-Accept-Content-Length"] = str(PART)
    answer.date = clock.now()
    return answer


@bp.errorhandler(Refusal)
def refused(refusal: Refusal) -> ResponseReturnValue:
    """Say why in words; Collect shows them and keeps the form."""
    status = {receiving.FormUnknown: 404, receiving.CodeTaken: 409}.get(type(refusal), 422)
    return _said(_in_words(refusal.reason, **refusal.values), status)


@bp.errorhandler(HTTPException)
def failed(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error.response, Response):
        return error.response
    code = error.code or 500
    return _said(_in_words(web.REASONS.get(code, web.ANY_OTHER_REASON)), code)
