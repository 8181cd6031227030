"""What is asked most, answered in front of the app: no routing, no hooks, no session opened.

A context adds an answerer for requests that it can tell by their address. It answers from
what is prepared already, or returns nothing; then the request goes on to the app, which can
answer everything. So there is no page that only stands here.
"""

import gzip
import time
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

import brotli
from flask import Flask
from flask.sessions import SecureCookieSession
from itsdangerous import BadSignature
from sqlalchemy import Engine
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header
from werkzeug.wrappers import Response

from core import logs
from core.db import db
from core.shelf import Shelf

# The least work: a page is 6 % larger than at level 5 of gzip, at 60 % of the work by gzip,
# and 12 % larger at 25 % by Brotli, which browsers take where TLS is on. No page outgrows the
# window; a larger one would be made for each.
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "br": partial(brotli.compress, quality=0, lgwin=16),
    "gzip": partial(gzip.compress, compresslevel=1, mtime=0),
}
Environ = dict[str, Any]
FORM = "application/x-www-form-urlencoded"


class Answer(NamedTuple):
    """A status with its headers and body; a *rule* tells the log which page, if it may."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes = b""
    rule: str = ""
    packed: Callable[[], bytes] | None = None  # the body by gzip, where that is less work


class Cookies:
    """What browsers remember, as the app signed it; each cookie is opened once."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._sessions: Any = app.session_interface
        self._name = f"{app.config['SESSION_COOKIE_NAME']}="
        self._oldest = app.permanent_session_lifetime.total_seconds()
        self._opened: Shelf[tuple[dict[str, Any], float]] = Shelf(5_000)

    def read(self, environ: Environ, within: float | None = None) -> dict[str, Any] | None:
        """Return what the browser that asks remembers; nothing unless it is plain to see.

        A cookie that was not signed *within* so many seconds is left to the app.
        """
        sent = environ.get("HTTP_COOKIE", "").partition(self._name)[2].partition(";")[0]
        try:
            found, signed = self._opened.get(sent, partial(self._open, sent))
        except BadSignature:
            return None
        oldest = self._oldest if within is None else min(within, self._oldest)
        return found if time.time() - signed < oldest else None

    def write(self, browser: Mapping[str, Any], answer: Response) -> None:
        """Let an *answer* tell a browser what to remember from now on."""
        session, sessions = SecureCookieSession(browser), self._sessions
        session.modified = True
        sessions.save_session(self._app, session, answer)

    def _open(self, sent: str) -> tuple[dict[str, Any], float]:
        """Return what is in a cookie, and when it was signed.

        :raise BadSignature: when it was not signed here
        """
        serializer = self._sessions.get_signing_serializer(self._app)
        found, signed = serializer.loads(sent, return_timestamp=True)
        return found, signed.timestamp()


Answerer = Callable[[Environ], Answer | None]


class Front:
    """The WSGI layer that asks the answerers first. It stands within ``core.headers``."""

    def __init__(self, app: Flask) -> None:
        self._go_on = app.wsgi_app
        self._least = app.config["COMPRESS_MIN_SIZE"]
        self.answerers: dict[str, list[Answerer]] = {}

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        began = time.perf_counter()
        for answerer in self.answerers.get(environ["REQUEST_METHOD"], ()):
            if answer := answerer(environ):
                return self._send(answer, environ, start_response, began)
        return self._go_on(environ, start_response)

    def _send(
        self,
        answer: Answer,
        environ: Environ,
        start_response: Callable[..., Any],
        began: float,
    ) -> Iterable[bytes]:
        headers, body = [*answer.headers], answer.body
        accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
        if len(body) >= self._least and (taken := codings(accepted)):
            if answer.packed and "gzip" in taken:
                coding, body = "gzip", answer.packed()
            else:
                coding, body = taken[0], pack(body, taken[0])
            headers.append(("Content-Encoding", coding))
        if body:
            headers.append(("Vary", "Accept-Encoding"))
        if answer.status[:3] != "204":
            headers.append(("Content-Length", str(len(body))))
        if answer.rule:
            logs.tell(environ["REQUEST_METHOD"], answer.rule, int(answer.status[:3]), began)
        start_response(answer.status, headers)
        return [body] if body else []


def read_form(environ: Environ, largest: int = 100_000) -> dict[str, str] | None:
    """Return the fields of a short plain form, and leave it to be read once more.

    Nothing is returned of a form that is another, or bears a name twice.
    """
    length = environ.get("CONTENT_LENGTH") or ""
    if environ.get("CONTENT_TYPE") != FORM or not length.isdecimal() or int(length) > largest:
        return None
    body = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = BytesIO(body)
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return None
    return dict(pairs) if len(dict(pairs)) == len(pairs) else None


def pack(body: bytes, coding: str = "gzip") -> bytes:
    return PACKERS[coding](body)


def init_app(app: Flask) -> None:
    app.extensions["front"] = front = Front(app)
    app.wsgi_app = front  # type: ignore[method-assign]


def add(app: Flask, answerer: Answerer, method: str = "GET") -> None:
    """Let *answerer* see every GET, or what comes by another *method*, before the app does.

    Whoever reads the body of a request puts it back for the app.
    """
    app.extensions["front"].answerers.setdefault(method, []).append(answerer)


def engine_of(app: Flask) -> Engine:
    """Return what an answerer asks for rows. It keeps it: looking it up opens a context."""
    with app.app_context():
        return db.engine


@lru_cache(maxsize=500)
def codings(header: str) -> tuple[str, ...]:
    """Return how a browser that sends this ``Accept-Encoding`` lets pages be packed."""
    accepted = parse_accept_header(header[:200], Accept)
    return tuple(coding for coding in PACKERS if accepted.quality(coding))
