"""What is asked most, answered in front of the app: no routing, no hooks, no session opened.

A context adds an answerer for requests that it can tell by their address. It answers from
what is prepared already, or returns nothing; then the request goes on to the app, which can
answer everything. So there is no page that only stands here.
"""

import gzip
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Flask
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from core import logs

LEVEL = 1  # a page is 6 % larger than at level 5, at 60 % of the work
Environ = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """A status with its headers and body; a *rule* tells the log which page it was."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes = b""
    rule: str = ""


Answerer = Callable[[Environ], Answer | None]


class Front:
    """The WSGI layer that asks the answerers first. It stands within ``core.headers``."""

    def __init__(self, app: Flask) -> None:
        self._go_on = app.wsgi_app
        self._least = app.config["COMPRESS_MIN_SIZE"]
        self.answerers: list[Answerer] = []

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "GET":
            began = time.perf_counter()
            for answerer in self.answerers:
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
        if len(body) >= self._least:
            headers.append(("Vary", "Accept-Encoding"))
            if takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
                body = gzip.compress(body, LEVEL, mtime=0)
                headers.append(("Content-Encoding", "gzip"))
        if body:
            headers.append(("Content-Length", str(len(body))))
        if answer.rule:
            logs.tell("GET", answer.rule, int(answer.status[:3]), began)
        start_response(answer.status, headers)
        return [body] if body else []


def init_app(app: Flask) -> None:
    app.extensions["front"] = front = Front(app)
    app.wsgi_app = front  # type: ignore[method-assign]


def add(app: Flask, answerer: Answerer) -> None:
    """Let *answerer* see every GET before the app does."""
    app.extensions["front"].answerers.append(answerer)


@lru_cache(maxsize=500)
def takes_gzip(header: str) -> bool:
    """Whether a browser that sends this ``Accept-Encoding`` takes what gzip has packed."""
    return bool(parse_accept_header(header[:200], Accept).quality("gzip"))
