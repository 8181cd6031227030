"""Sending a page, in front of the app, and being led to the next.

It takes only what most people do on most pages: "Continue", in a draft of an open survey,
on a page without contact data or a new consent, all understood and nothing missing.
All else is left to ``surveys.public.save``, which does the same with the same functions.
"""

from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl

from werkzeug.datastructures import MultiDict

from core import front
from core.front import Answer, Environ
from core.tokens import NAME, Tokens
from surveys.models import Kind
from surveys.questionnaires.reading import missing, read, without_blanks
from surveys.responses.saving import save_at_once
from surveys.routes import agreements
from surveys.routes.memory import NotPrepared
from surveys.routes.turning import Turning
from surveys.routes.visiting import Visit, is_open

FORM = "application/x-www-form-urlencoded"
LARGEST, FIELDS = 100_000, 1_000
HEADERS = [("Cache-Control", "no-store"), ("Vary", "Cookie")]
OTHER_ACTS = {"language", "clear", "find", "add", "more", "drop"}

Form = MultiDict[str, str]


class Sending:
    """Answers for one app."""

    def __init__(self, app: Any) -> None:
        self._turning = Turning(app)
        self._tokens = Tokens(app)

    def answer(self, environ: Environ) -> Answer | None:
        try:
            visited = self._turning.visit(environ)
            if not visited:
                return None
            here, key = visited
            form = _form(environ)
            if form is None:
                return None
            if not self._tokens.fits(here.browser, form.get(NAME, ""), environ):
                return None
            following = _save(here, key, form)
        except NotPrepared:
            return None
        if not following:
            return None
        place = ("Location", f"/s/{here.slug}/pages/{following}")
        return Answer("303 SEE OTHER", [place, *HEADERS])


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
