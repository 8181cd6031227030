"""Turning to a page that is prepared already, in front of the app.

This is what respondents ask for after every page they send. It answers only in the plain
case: a page of an open survey, for a browser that is giving a response.
``surveys.public.page`` answers all cases, with the same functions.
"""

import re
import time
from functools import partial
from typing import Any

from flask import Flask
from itsdangerous import BadSignature

from core import front
from core.db import db
from core.front import Answer, Environ
from core.shelf import Shelf
from surveys import answering
from surveys.answering import Sitting
from surveys.routes.memory import NotPrepared, memory
from surveys.routes.showing import show
from surveys.routes.visiting import Visit, is_open, remembered, unseal, visit_by

RULE = "/s/<slug>/pages/<key>"
ADDRESS = re.compile("/s/(?P<slug>[^/]+)/pages/(?P<key>[^/]+)")
HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("Vary", "Cookie"),
]


class Turning:
    """Answers for one app."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._name = f"{app.config['SESSION_COOKIE_NAME']}="
        self._oldest = int(app.permanent_session_lifetime.total_seconds())
        self._engine: Any = None
        self._read: Shelf[tuple[dict[str, Any], float]] = Shelf(5_000)

    def answer(self, environ: Environ) -> Answer | None:
        found = ADDRESS.fullmatch(environ["PATH_INFO"])
        if not found or environ.get("QUERY_STRING"):
            return None
        browser = self._browser(environ.get("HTTP_COOKIE", ""))
        place = browser and self._place(found["slug"], browser)
        if not (browser and place):
            return None
        wishes = environ.get("HTTP_ACCEPT_LANGUAGE", "")
        kept = memory(self._app)
        try:
            here = visit_by(kept, browser, wishes, found["slug"], place, self.engine, _nowhere)
            html = _page(here, found["key"])
        except NotPrepared:
            return None
        return Answer("200 OK", HEADERS, html.encode(), RULE) if html else None

    @property
    def engine(self) -> Any:
        if self._engine is None:
            with self._app.app_context():
                self._engine = db.engine
        return self._engine

    def _browser(self, cookies: str) -> dict[str, Any] | None:
        """Return what a browser remembers, if that can stay as it is."""
        sent = cookies.partition(self._name)[2].partition(";")[0]
        try:
            found, signed = self._read.get(sent, partial(self._open, sent))
        except BadSignature:
            return None
        young = time.time() - signed < self._oldest
        lasts = "csrf_token" in found and not found.keys() & {"_permanent", "_flashes"}
        return found if young and lasts else None

    def _open(self, sent: str) -> tuple[dict[str, Any], float]:
        """Return what is in a cookie, and when it was signed.

        :raise BadSignature: when it was not signed here
        """
        signer: Any = self._app.session_interface
        serializer = signer.get_signing_serializer(self._app)
        found, signed = serializer.loads(sent, return_timestamp=True)
        return found, signed.timestamp()

    def _place(self, slug: str, browser: dict[str, Any]) -> Sitting | None:
        response_id = remembered(slug, browser)
        return answering.sitting(self.engine, response_id, slug) if response_id else None


def init_app(app: Any) -> None:
    if not app.config["ROOM"]:  # then surveys are closed to devices nearby
        front.add(app, Turning(app).answer)


def _page(here: Visit, key: str) -> str:
    asked = here.asked
    page = asked.pages.get(key)
    if page is None or not is_open(here):
        return ""
    if asked.needs_sealed(key):
        unseal(here)
    evaluation = here.evaluate(here.answers)
    walk = here.walk(evaluation)
    return show(here, page, evaluation, walk=walk) if page in walk.pages else ""


def _nowhere() -> Any:
    raise NotPrepared
