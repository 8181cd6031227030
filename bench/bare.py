"""The least that a durable answer costs: a Flask route that commits one row, and no more.

Usage: ``python -m bench.bare FILE PORT``; it is served as the Werkstatt itself is.
"""

import sqlite3
import sys
import threading
from pathlib import Path

from flask import Flask
from granian.constants import HTTPModes, Interfaces
from granian.server import Server

from core import sqlite
from serve import THREADS


def create_bare(file: Path) -> Flask:
    """Return an app that stores the body of every POST in a table of its own in *file*."""
    app, mine = Flask("bare"), threading.local()

    def store() -> tuple[str, int]:
        if not hasattr(mine, "connection"):
            mine.connection = sqlite3.connect(file, factory=sqlite.Connection)
            sqlite.prepare(mine.connection)
        mine.connection.cursor().execute("INSERT INTO bare (body) VALUES (?)", ("x" * 2_000,))
        mine.connection.commit()
        return "", 204

    app.add_url_rule("/", view_func=store, methods=["POST"])
    app.add_url_rule("/healthz", view_func=lambda: "fine")
    return app


def application(_target: str = "") -> Flask:
    return create_bare(Path(sys.argv[1]))


if __name__ == "__main__":
    with sqlite3.connect(sys.argv[1]) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS bare (body TEXT)")
    Server(
        "bench.bare:application", address="127.0.0.1", port=int(sys.argv[2]),
        interface=Interfaces.WSGI, http=HTTPModes.http1, workers=1, blocking_threads=THREADS,
        log_enabled=False,
    ).serve(target_loader=application)  # fmt: skip
