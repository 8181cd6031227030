"""What an operator can set: every name, its default, and a word when one is misspelt."""

import logging
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dotenv import load_dotenv
from flask import Flask

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
    "ALEMBIC_CONTEXT": {"render_as_batch": True, "transactional_ddl": True},
    "COMPRESS_ALGORITHM": ["br", "gzip"],
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
log = logging.getLogger(__name__)


def configure(app: Flask, config: Mapping[str, Any]) -> None:
    """Fill ``app.config``: defaults, then ``.env`` and the environment, then *config*.

    :raise RuntimeError: when there is no secret
    """
    if not config.get("TESTING"):
        load_dotenv(Path(app.root_path) / ".env")
    app.config.from_mapping(OF_FLASK)
    app.config.from_mapping(DEFAULTS)
    app.config.from_prefixed_env("OSI")
    app.config.from_mapping(config)
    if not app.config["SECRET_KEY"]:
        raise RuntimeError("Set OSI_SECRET_KEY to a long random text; bin/run does it for you.")
    for name in unknown_names(os.environ):
        log.warning("unknown setting", extra={"name_of_setting": name})

    app.config["DATA"] = data = Path(app.root_path, app.config["DATA"]).resolve()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    app.config["DATABASE_URL"] = app.config["DATABASE_URL"] or f"sqlite:///{data}/werkstatt.db"
    app.config["PUBLIC_URL"] = (
        app.config["PUBLIC_URL"] or f"http://{app.config['BIND']}"
    ).rstrip("/")
    if app.config["PUBLIC_URL"].startswith("https://"):
        app.config["SESSION_COOKIE_SECURE"] = True
        app.config["SESSION_COOKIE_NAME"] = "__Host-session"


def unknown_names(environment: Mapping[str, str]) -> list[str]:
    """List the ``OSI_*`` names in *environment* that mean nothing here."""
    names = {name.removeprefix("OSI_") for name in environment if name.startswith("OSI_")}
    return sorted(f"OSI_{name}" for name in names - DEFAULTS.keys())
