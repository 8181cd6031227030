"""What an operator can set: every name, its default, and a word when one is misspelt."""

import logging
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dotenv import load_dotenv
from flask import Flask

from core.models import plain_type

DEFAULTS: Mapping[str, Any] = {
    "ACCESSIBILITY_CONTACT": "",
    "BACKUP_DAYS": 30,  # how long nightly backups are kept
    "BIND": "127.0.0.1:5000",
    "DATA": "instance",  # the folder for everything the Werkstatt writes
    "DATABASE_URL": "",  # empty: a file of SQLite in DATA
    "DEMO": True,
    "FUNDING": "",  # the line the funders ask for, in the footer of every page
    "JOBS": "thread",  # thread: beside the server; apart: `flask jobs run`; now: at once
    "LOG_LEVEL": "INFO",
    "MAIL_FROM": "",
    "OPERATOR_ADDRESS": "",
    "OPERATOR_EMAIL": "",
    "OPERATOR_NAME": "",
    "OPERATOR_PHONE": "",
    "PROCESSES": 1,  # more only with PostgreSQL
    "PRIVACY_OFFICER": "",
    "PROXIES": 0,  # how many proxies stand before the server
    "PUBLIC_URL": "",  # empty: as BIND says
    "REDIS_URL": "",
    "ROOM": False,  # boards only, for phones in the local network
    "SECRET_KEY": "",
    "SITE_NAME": "OSI Werkstatt",
    "SMTP_URL": "",  # smtp://user:password@host:587; empty: mail waits in the outbox
    "SOURCE_URL": "",  # where the source of a changed version can be had
}
OF_FLASK: Mapping[str, Any] = {
    "ALEMBIC_CONTEXT": {
        "render_as_batch": True,
        "render_item": plain_type,
        "transactional_ddl": True,
    },
    "COMPRESS_ALGORITHM": ["gzip", "br"],  # as small for a page, at a third of the work
    "COMPRESS_BR_LEVEL": 4,
    "COMPRESS_LEVEL": 5,
    "COMPRESS_MIN_SIZE": 500,
    "MAX_CONTENT_LENGTH": 4_000_000,
    "MAX_FORM_MEMORY_SIZE": 500_000,
    "MAX_FORM_PARTS": 5_000,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "WTF_CSRF_TIME_LIMIT": None,  # a token lasts as long as the session it is bound to
}
IN_FILE = "secret.key"  # the name of its file in DATA, when OSI_SECRET_KEY is not set
log = logging.getLogger(__name__)


def configure(app: Flask, config: Mapping[str, Any]) -> None:
    """Fill ``app.config``: defaults, then ``.env`` and the environment, then *config*.

    :raise RuntimeError: when a value makes no sense, or there is no secret
    """
    root = Path(app.root_path)
    if not config.get("TESTING"):
        load_dotenv(root / ".env")
    app.config.from_mapping(OF_FLASK)
    app.config.from_mapping(DEFAULTS)
    app.config.from_mapping(in_environment(os.environ))
    app.config.from_mapping(config)
    for name in unknown_names(os.environ):
        log.warning("unknown setting", extra={"name_of_setting": name})

    app.config["DATA"] = data = Path(root, app.config["DATA"]).resolve()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    app.config["SECRET_KEY"] = app.config["SECRET_KEY"] or _text_of(data / IN_FILE)
    if not app.config["SECRET_KEY"]:
        raise RuntimeError("Set OSI_SECRET_KEY to a long random text; bin/run does it for you.")
    app.config["DATABASE_URL"] = (
        driven(app.config["DATABASE_URL"]) or f"sqlite:///{data}/werkstatt.db"
    )
    if app.config["DATABASE_URL"].startswith("sqlite"):
        app.config["PROCESSES"] = 1
    app.config["PUBLIC_URL"] = (
        app.config["PUBLIC_URL"] or f"http://{app.config['BIND']}"
    ).rstrip("/")
    if app.config["PUBLIC_URL"].startswith("https://"):
        app.config["SESSION_COOKIE_SECURE"] = True
        app.config["SESSION_COOKIE_NAME"] = "__Host-session"


def driven(url: str) -> str:
    """Return the address of a database with the one driver of PostgreSQL that is installed."""
    return re.sub("^postgres(ql)?://", "postgresql+psycopg://", url)


def make_secret(root: Path) -> None:
    """Write a secret into the folder of the data, unless there is one or another is set."""
    load_dotenv(root / ".env")
    data = Path(root, os.environ.get("OSI_DATA") or DEFAULTS["DATA"]).resolve()
    if os.environ.get("OSI_SECRET_KEY") or _text_of(data / IN_FILE):
        return
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    (data / IN_FILE).touch(mode=0o600)
    (data / IN_FILE).write_text(secrets.token_urlsafe(32))


def in_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """Return the settings made in *environment*, each of the kind of its default.

    :raise RuntimeError: when a value is not of that kind
    """
    given = {
        name: environment[f"OSI_{name}"] for name in DEFAULTS if f"OSI_{name}" in environment
    }
    return {name: _value(name, text.strip()) for name, text in given.items()}


def unknown_names(environment: Mapping[str, str]) -> list[str]:
    """List the ``OSI_*`` names in *environment* that mean nothing here."""
    names = {name.removeprefix("OSI_") for name in environment if name.startswith("OSI_")}
    return sorted(f"OSI_{name}" for name in names - DEFAULTS.keys())


def _value(name: str, text: str) -> object:
    default = DEFAULTS[name]
    if isinstance(default, bool):
        return text.lower() not in {"", "0", "false", "no", "off"}
    if not isinstance(default, int):
        return text or default
    if not text.isdecimal():
        raise RuntimeError(f"OSI_{name} must be a number.")
    return int(text)


def _text_of(path: Path) -> str:
    return path.read_text().strip() if path.exists() else ""
