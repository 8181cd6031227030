"""What ODK Collect asks for: forms, and to take what was filled in. No session, no cookie.

Source: https://docs.getodk.org/openrosa/ (form list, form submission, authentication).
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape

from flask import Blueprint, Response, abort, current_app, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext
from werkzeug.exceptions import HTTPException

from core import clock, logs, web
from core.db import db
from core.errors import Refusal, message
from core.queueing import Busy
from core.xml import clean
from people.models import Organisation
from surveys.definition import Definition
from surveys.models import Survey
from surveys.odk import attaching, forming, pairing, reading, receiving
from surveys.odk.attaching import Cleaned
from surveys.odk.forming import Form
from surveys.odk.models import Device
from surveys.odk.reading import Fields, Sent
from surveys.odk.receiving import Outcome, Received
from surveys.responses.answering import Overtaken
from surveys.routes import blanks, letting_in, visiting, wording
from surveys.routes.storing import ATTEMPTS

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
    Outcome.STORED: message("The conversation is stored. Its code is %(code)s."),
    Outcome.KNOWN: message(
        "This conversation was here already. Nothing is stored twice. Its code is %(code)s."
    ),
    Outcome.DECLINED: message("Without a yes to taking part nothing is stored."),
    Outcome.ERASED: message("This conversation was deleted. It is not stored again."),
}
LOOK = message(
    "Some answers may tell who the person is. Please look at them in the Werkstatt, under "
    "Conversations: %(questions)s"
)
STATUS = {
    receiving.FormUnknown: 404, receiving.CodeTaken: 409, receiving.ChangedCopy: 409, Busy: 503,
}  # fmt: skip


@bp.url_value_preprocessor
def note_project(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.project_slug = values.pop("project", "") if values else ""


@bp.before_request
def enter() -> ResponseReturnValue | None:
    """Ask for the password of a device; whoever has none learns nothing of any project."""
    request.max_content_length = MOST
    if not letting_in.is_safe():
        return _said(_in_words(ONLY_SAFE), 403)
    device = letting_in.device_asking()
    if device is None:
        return _said(_in_words(WRONG), 401)
    if pairing.note_used(db.session, device, clock.today()):
        db.session.commit()
    g.device, g.tongue = device, device.membership.user.language
    if not pairing.is_in(db.session, device, g.project_slug):
        abort(404)
    return None


@bp.get("/formList")
def form_list() -> ResponseReturnValue:
    """The forms that this counsellor can fill in, or the one that is asked for."""
    made = _blanks(request.args.get("formID", ""))
    entries = "".join(_entry(survey, form) for survey, form in made)
    return _xml(f'<xforms xmlns="http://openrosa.org/xforms/xformsList">{entries}</xforms>')


@bp.get("/form/<slug>")
def form(slug: str) -> ResponseReturnValue:
    return _xml(_blank(slug).xml().decode())


@bp.get("/manifest/<slug>")
def manifest(slug: str) -> ResponseReturnValue:
    """What a form needs besides: nothing, it holds everything."""
    _blank(slug)
    return _xml('<manifest xmlns="http://openrosa.org/xforms/xformsManifest"/>')


@bp.route("/submission", methods=["HEAD", "POST"])
def submission() -> ResponseReturnValue:
    """Say how to send; or take a filled form, and the files that belong to it."""
    if request.method == "HEAD":
        answer = _headed(Response(status=204))
        answer.headers["Location"] = _address(".submission")
        return answer
    sent = reading.sent(_sent_xml())
    start, visit = letting_in.asked_by(_device().project_id, sent)
    fields = reading.fields_of(visit.asked.definition, sent.root)
    files = _cleaned(sent, visit.asked.definition, fields)
    for _ in range(ATTEMPTS):
        try:
            received = _known(sent) or receiving.receive(
                db.session, visiting.keys(), start, visit.asked, sent, fields, visit.look,
                _provider(), visit.now,
            )  # fmt: skip
            if received.response_id is not None:
                attaching.attach(db.session, received.response_id, files)
            db.session.commit()
            return _thanks(received)
        except Overtaken:
            db.session.rollback()
    return _not_saved()


def _known(sent: Sent) -> Received | None:
    data = current_app.config["DATA"]
    return receiving.known(db.session, visiting.keys(), data, _provider().id, sent)


def _cleaned(sent: Sent, definition: Definition, fields: Fields) -> list[Cleaned]:
    """Return the files that will be kept; nothing is written or locked meanwhile."""
    known = _known(sent)
    if not receiving.agrees(definition, fields) or (known and known.response_id is None):
        return []
    there = attaching.names_of(db.session, known.response_id if known else None)
    return attaching.cleaned(definition, fields.files, _files(), there)


def _blanks(slug: str = "") -> Iterator[tuple[Survey, Form]]:
    if not forming.is_possible():
        abort(_said(_in_words(NOT_INSTALLED), 503))
    made = blanks.blanks(_device().project_id, _provider(), slug)
    return (each for each in made if each[1].xml())


def _blank(slug: str) -> Form:
    return next((form for _, form in _blanks(slug)), None) or abort(404)


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


def _thanks(received: Received) -> Response:
    said = _in_words(SAID[received.outcome], code=received.code)
    if received.doubts:
        with force_locale(g.tongue):
            labels = [wording.in_my_language(item.label) for item in received.doubts]
        said = f"{said} {_in_words(LOOK, questions=' · '.join(dict.fromkeys(labels)))}"
    return _said(said, 201)


def _device() -> Device:
    device: Device = g.device
    return device


def _provider() -> Organisation:
    return _device().membership.provider or abort(404)


def _in_words(text: str, **values: object) -> str:
    """Say something in the language of the counsellor, once it is known who asks."""
    if "tongue" not in g:
        return str(gettext(text, **values))
    with force_locale(g.tongue):
        return str(gettext(text, **values))


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


def _not_saved() -> Response:
    return _said(_in_words(web.REASONS[503]), 503)


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
    status = STATUS.get(type(refusal), 422)
    return _said(_in_words(refusal.reason, **refusal.values), status)


@bp.errorhandler(HTTPException)
def failed(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error.response, Response):
        return error.response
    code = error.code or 500
    return _said(_in_words(web.REASONS.get(code, web.ANY_OTHER_REASON)), code)


web.when_not_saved(bp, _not_saved)  # Collect keeps the form and sends it later
