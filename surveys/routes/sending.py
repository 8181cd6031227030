"""Sending a page, in front of the app, and being led to the next.

It takes only what most people do on most pages: "Continue", in a draft of an open survey,
on a page without contact data or a new consent, all understood and nothing missing.
All else is left to ``surveys.public.save``, which does the same with the same functions.
"""

from hmac import compare_digest
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl

from flask_wtf.csrf import same_origin
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.datastructures import MultiDict

from core import front
from core.front import Answer, Environ
from core.shelf import Shelf
from surveys.models import Kind
from surveys.questionnaires.reading import missing, read, without_blanks
from surveys.responses.saving import save_at_once
from surveys.routes import agreements
from surveys.routes.memory import NotPrepared
from surveys.routes.turning import Turning
from surveys.routes.visiting import Visit, is_open

FORM = "application/x-www-form-urlencoded"
SALT = "wtf-csrf-token"  # with which Flask-WTF signs the tokens of forms
LARGEST, FIELDS = 100_000, 1_000
HEADERS = [("Cache-Control", "no-store"), ("Vary", "Cookie")]
OTHER_ACTS = {"language", "clear", "find", "add", "more", "drop"}

Form = MultiDict[str, str]


class Sending:
    """Answers for one app."""

    def __init__(self, app: Any) -> None:
        self._turning = Turning(app)
        self._signer = URLSafeTimedSerializer(app.secret_key, salt=SALT)
        self._tokens: Shelf[str] = Shelf(10_000)

    def answer(self, environ: Environ) -> Answer | None:
        try:
            visited = self._turning.visit(environ)
            if not visited:
                return None
            here, key = visited
            form = _form(environ)
            if form is None or not self._is_ours(here, form, environ):
                return None
            following = _save(here, key, form)
        except NotPrepared:
            return None
        if not following:
            return None
        place = ("Location", f"/s/{here.slug}/pages/{following}")
        return Answer("303 SEE OTHER", [place, *HEADERS])

    def _is_ours(self, here: Visit, form: Form, environ: Environ) -> bool:
        """Whether the form comes from a page that we have sent to this browser."""
        sent = form.get("csrf_token", "")
        try:
            signed = self._tokens.get(sent, lambda: str(self._signer.loads(sent)))
        except BadData:
            return False
        if not compare_digest(signed.encode(), here.browser["csrf_token"].encode()):
            return False
        if environ["wsgi.url_scheme"] != "https":
            return True
        host = f"https://{environ.get('HTTP_HOST', '')}/"
        return bool(same_origin(environ.get("HTTP_REFERER", ""), host))


def begin(app: Any) -> None:
    if not app.config["ROOM"]:
        front.add(app, Sending(app).answer, "POST")


def _form(environ: Environ) -> Form | None:
    """Read the form that was sent, and leave it to be read once more."""
    length = environ.get("CONTENT_LENGTH") or ""
    if environ.get("CONTENT_TYPE") != FORM or not length.isdecimal() or int(length) > LARGEST:
        return None
    body = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = BytesIO(body)
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=FIELDS)
    except ValueError:
        return None
    form = MultiDict(pairs)
    plain = form.get("go") == "next" and not OTHER_ACTS & form.keys()
    return form if plain else None


def _save(here: Visit, key: str, form: Form) -> str:
    """Save the page, and return the key of the next; nothing when the app must look."""
    asked, page = here.asked, here.asked.pages.get(key)
    if here.place.kind == Kind.ANONYMOUS:  # nothing may come in after its closing
        return ""
    if page is None or not here.response or here.response.submitted or not is_open(here):
        return ""
    if asked.needs_sealed(key) or asked.moves_sealed:
        return ""
    before = here.evaluate(here.answers)
    reading = read(page.items, form, before, here.answers)
    answers = without_blanks(page.items, reading.answers)
    asked.follow(here.answers, answers)
    after = here.evaluate(answers)
    alike = asked.walks_alike(here.answers, answers)
    walk = here.walk(before) if alike else asked.walk(after)
    if reading.faults or reading.sealed or missing(page.items, after, here.language):
        return ""
    if not agreements.are_noted(here, here.response.id, page.questions, answers, form):
        return ""
    keys = walk.keys
    following = keys[keys.index(key) + 1 :] if key in keys else []
    if not following:
        return ""
    saved = save_at_once(
        here.engine, here.response, answers=here.settled(answers), page=following[0],
        language=here.language, now=here.now,
    )  # fmt: skip
    if not saved:
        return ""
    here.will_walk(walk)
    return following[0]
