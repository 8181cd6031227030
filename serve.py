"""Bring the Werkstatt up: prepare what is missing, say where it is, and serve.

Everything happens in one process, so that the second start is quick; the server is a
fork of it. Usage: ``bin/run [--room]``.
"""

import gc
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from multiprocessing.util import Finalize
from pathlib import Path

gc.disable()  # what is loaded now stays: to look for garbage in it takes a quarter of a start

import segno
from click import ClickException
from flask import Flask
from flask.cli import ScriptInfo
from granian.constants import HTTPModes, Interfaces
from granian.server import Server

from core.late import put_off

put_off("email_validator")  # compiles patterns for longer than the app is built; few sign in

from app import create_app
from core import config, jobs
from core.db import db
from core.migrating import is_behind, is_new, migrate

ROOT = Path(__file__).parent
AFTER = 0.5  # seconds until jobs are worked off: people who wait for a page come first
THREADS = 32  # per process: waiting writers never stop readers
LINES = 20_000  # that browsers keep open, several each; beyond them the next wait in vain
WAITING = 4096  # lines that came in the same moment
SPARE = 500  # files for anything else
PREPARED: list[Flask] = []
LIFELINE = os.pipe()  # it breaks when the first process dies, however it dies


def main(words: list[str]) -> None:
    if set(words) - {"--room"}:
        raise SystemExit("Usage: bin/run [--room]")
    config.make_secret(ROOT)
    app = create_app(**(in_the_room() if "--room" in words else {}))
    host, port = address_of(app.config["BIND"])
    refuse_taken(host, port)
    prepare(app)
    announce(app)
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()  # no connection may be shared with the fork

    if app.config["JOBS"] == "thread" and app.config["PROCESSES"] > 1:
        # Its tables are made here, as two processes making them at once fail in PostgreSQL.
        app.extensions["jobs"].huey.storage.close()
    PREPARED.append(app)
    gc.freeze()  # nor will the forks look through it, and so they share its memory
    server = Server(
        "serve:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        workers=app.config["PROCESSES"],
        blocking_threads=THREADS,
        backlog=WAITING,
        backpressure=lines_of_a_process(),
        workers_kill_timeout=15,
        log_enabled=False,
    )
    server.serve(target_loader=application)


def lines_of_a_process() -> int:
    """Return how many lines a process may hold, once it may open as many files."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = resource.RLIM_INFINITY
    most = LINES + SPARE if hard == unlimited else min(LINES + SPARE, hard)
    if soft != unlimited and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return max(most - SPARE, most // 2)


def prepare(app: Flask) -> None:
    """Migrate the database, after a backup of what is in it; fill a new one with the demo."""
    unfinished = app.config["DATA"] / "unfinished"  # a first start that was interrupted
    if is_new(app):
        unfinished.touch()
    if is_behind(app):
        if not is_new(app):
            command(app, "backup", "create")
        migrate(app)
    if unfinished.exists():
        if app.config["DEMO"] and "demo" in app.cli.commands:
            print("Loading the demo project (once) ...", flush=True)
            words = [sys.executable, "-m", "flask", "--app", "app", "demo", "load"]
            # Apart, as it loads much that the server does not need.
            subprocess.run(words, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        unfinished.unlink()
        app.config["FIRST_START"] = True


def announce(app: Flask) -> None:
    """Say where the Werkstatt is, and once how to become its administrator."""
    url = app.config["PUBLIC_URL"]
    print(f"\n{app.config['SITE_NAME']}: {url}", flush=True)
    if app.config["ROOM"]:
        segno.make(f"{url}/join").terminal(compact=True)
        print(f"Phones in this network join at {url}/join and see boards only.")
        print(f"On this machine everything is open: http://127.0.0.1:{url.rpartition(':')[2]}")
    if app.config.get("FIRST_START") and "staff" in app.cli.commands:
        print("Become the administrator with this link, which works once:")
        command(app, "staff", "link")
    print("Ctrl-C ends it.", flush=True)


def command(app: Flask, *words: str) -> None:
    """Run a command of the app in this process."""
    info = ScriptInfo(create_app=lambda: app)
    try:
        app.cli.main(list(words), prog_name="flask", obj=info, standalone_mode=False)
    except ClickException as error:
        raise SystemExit(error.format_message()) from error


def application(_target: str = "") -> Flask:
    """Return the app to a process of the server, with its jobs beside it."""
    app = PREPARED[0] if PREPARED else create_app()
    gc.enable()
    if PREPARED:
        # Ctrl-C reaches all processes; only the first listens, and then ends the others.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        os.close(LIFELINE[1])
        threading.Thread(target=_end_with_the_first, daemon=True).start()
    if app.config["JOBS"] == "thread":
        Finalize(None, begin_with_jobs(app), exitpriority=10)
    return app


def begin_with_jobs(app: Flask) -> Callable[[], None]:
    """Work off jobs from the next moment on, as Huey takes long to load; return how to stop."""
    begun = []

    def begin() -> None:
        try:
            begun.append(jobs.start(app))
        except Exception:  # whatever it is: without jobs nothing is mailed, backed up or purged
            app.logger.exception("The jobs did not begin, so the server ends.")
            os.kill(os.getpid(), signal.SIGTERM)

    beginning = threading.Timer(AFTER, begin)
    beginning.daemon = True
    beginning.start()

    def stop() -> None:
        beginning.cancel()
        beginning.join()
        for consumer in begun:
            consumer.stop(graceful=True)

    return stop


def in_the_room() -> dict[str, object]:
    """Return the settings that open boards to the phones in this network."""
    port = address_of(os.environ.get("OSI_BIND") or config.DEFAULTS["BIND"])[1]
    url = f"http://{address_in_network()}:{port}"
    return {"ROOM": True, "BIND": f"0.0.0.0:{port}", "PUBLIC_URL": url, "PROXIES": 0}


def address_in_network() -> str:
    """Return the address under which other devices reach this machine; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            raise SystemExit("This machine is in no network; join the Wi-Fi first.") from None
        address: str = probe.getsockname()[0]
        return address


def address_of(bind: str) -> tuple[str, int]:
    """Split an address and its port."""
    host, _, port = bind.rpartition(":")
    if not (host and port.isdecimal()):
        raise SystemExit("OSI_BIND must be an address and a port, such as 127.0.0.1:5000.")
    return host.strip("[]"), int(port)


def refuse_taken(host: str, port: int) -> None:
    """Say so when another program listens there; the server would share the port with it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SystemExit(
                f"Cannot listen on {host}:{port} ({error.strerror}). "
                f"Choose another with OSI_BIND, such as OSI_BIND={host}:{port + 1}."
            ) from None


def _end_with_the_first() -> None:
    os.read(LIFELINE[0], 1)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main(sys.argv[1:])
