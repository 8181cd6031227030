"""Turning to a page that is prepared already, in front of the app.

This is what respondents ask for after every page they send. It answers only in the plain
case: a page of an open survey, for a browser that is giving a response.
``surveys.public.page`` answers all cases, with the same functions.
"""

import re
from functools import cached_property
from typing import Any

from flask import Flask

from core import front
from core.front import Answer, Cookies, Environ
from core.packing import gzipped
from surveys.questionnaires.filling import Woven
from surveys.responses import sitting
from surveys.routes.memory import NotPrepared, memory
from surveys.routes.showing import weave
from surveys.routes.visiting import Visit, is_open, remembered, unseal, visit_by

ADDRESS = re.compile("/s/(?P<slug>[^/]+)/pages/(?P<key>[^/]+)")
CHANGING = {"_permanent", "_flashes"}  # with these the app sends another cookie
HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("Vary", "Cookie"),
]


class Turning:
    """Answers for one app."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._cookies = Cookies(app)

    def answer(self, environ: Environ) -> Answer | None:
        try:
            visited = self.visit(environ)
            woven = _page(*visited) if visited else []
        except NotPrepared:
            return None
        if not woven:
            return None
        body = b"".join(woven)
        return Answer("200 OK", HEADERS, body, packed=lambda: gzipped(woven, body))

    def visit(self, environ: Environ) -> tuple[Visit, str] | None:
        """Return who visits which page, if it is somebody who has begun to answer.

        :raise NotPrepared: when the app must prepare something first
        """
        found = ADDRESS.fullmatch(environ["PATH_INFO"])
        if not found or environ.get("QUERY_STRING"):
            return None
        browser = self._cookies.read(environ)
        if not browser or "csrf_token" not in browser or browser.keys() & CHANGING:
            return None
        place = self._place(found["slug"], browser)
        if not place:
            return None
        wishes = environ.get("HTTP_ACCEPT_LANGUAGE", "")
        kept, slug = memory(self._app), found["slug"]
        here = visit_by(kept, browser, wishes, slug, place, self.engine, _nowhere)
        return here, found["key"]

    @cached_property
    def engine(self) -> Any:
        return front.engine_of(self._app)

    def _place(self, slug: str, browser: dict[str, Any]) -> sitting.Sitting | None:
        response_id = remembered(slug, browser)
        return sitting.sitting(self.engine, response_id, slug) if response_id else None


def begin(app: Any) -> None:
    if not app.config["ROOM"]:  # then surveys are closed to devices nearby
        front.add(app, Turning(app).answer)


def _page(here: Visit, key: str) -> Woven:
    asked = here.asked
    page = asked.pages.get(key)
    if page is None or not is_open(here):
        return []
    if asked.needs_sealed(key):
        unseal(here)
    evaluation = here.evaluate(here.answers)
    walk = here.walk(evaluation)
    return weave(here, page, evaluation, walk) if key in walk.places else []


def _nowhere() -> Any:
    raise NotPrepared
