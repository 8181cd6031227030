"""The log: one line of JSON per event, and nothing in it that tells of a person.

A request is told by its rule, such as ``/p/<project>``, never by its address; no query, body,
cookie, address of a computer or name of a browser is written. Of an error stand its kind
and the places in the code, not its text, which may repeat what somebody typed.

What respondents do leaves no line, unless it fails: when somebody came, how many pages were
asked and how long each took would match people with long and short answers.
"""

import json
import logging
import secrets
import sys
import time
import traceback
from types import TracebackType

from flask import Blueprint, Flask, Response, g, request

QUIET = {"static", "health.alive", "health.ready"}
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
UNSEEN: set[str] = set()  # blueprints whose requests leave no line unless something breaks
BROKEN = 500
KNOWN = set(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


class Line(logging.Formatter):
    """A record as one line of JSON."""

    def __init__(self) -> None:
        super().__init__()
        self._encode = json.JSONEncoder(ensure_ascii=True, default=repr).encode

    def format(self, record: logging.LogRecord) -> str:
        ours = record.name.partition(".")[0] in {"core", "people", "werkstatt"}
        event: dict[str, object] = {
            "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname.lower(),
            # The words of other programs may repeat what somebody typed.
            "event": record.msg if ours else f"message of {record.name}",
        }
        event |= {name: value for name, value in vars(record).items() if name not in KNOWN}
        if record.exc_info and record.exc_info[0]:
            event["error"] = record.exc_info[0].__name__
            event["places"] = places(record.exc_info[2])
        return self._encode(event)


def init_app(app: Flask) -> None:
    """Write to standard error; tests listen in their own way."""
    if not app.testing:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(Line())
        logging.basicConfig(handlers=[handler], level=app.config["LOG_LEVEL"], force=True)
        for chatty in ("alembic", "huey"):
            logging.getLogger(chatty).setLevel(logging.WARNING)
        # No line tells of these; looking them up is half of what a line costs.
        logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    app.before_request(_note_time)
    app.after_request(_tell)


def leave_out(blueprint: Blueprint) -> None:
    """Let the requests to a blueprint leave no line unless something breaks."""
    UNSEEN.add(blueprint.name)


def incident(error: BaseException) -> str:
    """Log an error that nobody expected; return the number by which it is found."""
    number = secrets.token_hex(4)
    rule = request.url_rule.rule if request.url_rule else ""
    log = logging.getLogger("werkstatt")
    log.error("incident", exc_info=error, extra={"incident": number, "rule": rule})
    return number


def places(trace: TracebackType | None) -> list[str]:
    """List where in the code an error passed, the innermost last."""
    frames = traceback.extract_tb(trace)[-12:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


def _note_time() -> None:
    g.began = time.perf_counter()


def tell(method: str, rule: str, status: int, began: float) -> None:
    """Log that a request was answered."""
    took = (time.perf_counter() - began) * 1000
    extra = {"method": method, "rule": rule, "status": status, "ms": round(took, 1)}
    logging.getLogger("werkstatt").info("answered", extra=extra)


def _tell(response: Response) -> Response:
    unseen = request.blueprint in UNSEEN and response.status_code < BROKEN
    if request.endpoint not in QUIET and not unseen:
        method = request.method if request.method in METHODS else "other"
        rule = request.url_rule.rule if request.url_rule else ""
        tell(method, rule, response.status_code, g.get("began", time.perf_counter()))
    return response
