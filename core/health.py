"""Whether the Werkstatt is well: the same examination for machines and for people."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from core import backup
from core.db import db
from core.jobs import Turn
from core.migrating import is_behind
from core.web import LOOPBACK

LEAST_FREE = 0.1  # of the disk
OLDEST_BACKUP = timedelta(hours=36)
LATEST_SIGN = timedelta(minutes=5)  # of the jobs; their lease is renewed every minute


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; *say* is a sentence that says what to do if it is not fine.

    Not every finding keeps the Werkstatt from working: only those that are *vital* do.
    """

    name: str
    fine: bool
    say: str
    vital: bool = True


def examine(app: Flask, now: datetime) -> list[Finding]:
    """Look at everything, within a context of *app*."""
    database = _database()
    rest = [_migrations(app), _jobs(app, now)] if database.fine else []
    return [database, *rest, _disk(app), _backup(app, now), _address(app), _mail(app)]


def _database() -> Finding:
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return Finding("database", False, "It does not answer. Check OSI_DATABASE_URL.")
    return Finding("database", True, "It answers.")


def _migrations(app: Flask) -> Finding:
    if is_behind(app):
        return Finding(
            "migrations", False, "The database is older than the program. Run bin/run."
        )
    return Finding("migrations", True, "The database fits the program.")


def _jobs(app: Flask, now: datetime) -> Finding:
    if app.config["JOBS"] == "now":
        return Finding("jobs", True, "They are done at once.")
    until = db.session.scalar(select(Turn.until).filter_by(name="scheduler"))
    if until and until > now - LATEST_SIGN:
        return Finding("jobs", True, "They are worked off.")
    return Finding("jobs", False, "Nobody works them off. Start bin/run, or flask jobs run.")


def _disk(app: Flask) -> Finding:
    usage = shutil.disk_usage(app.config["DATA"])
    free = usage.free / usage.total
    say = f"{free:.0%} of the disk is free."
    if free < LEAST_FREE:
        return Finding("disk", False, f"Only {say} Make room, or answers cannot be saved.")
    return Finding("disk", True, say)


def _backup(app: Flask, now: datetime) -> Finding:
    newest = backup.backups(app.config["DATA"])[:1]
    if not newest:
        # A new installation has its first night before it.
        return Finding("backup", True, "There is none yet; the first is made at night.")
    age = now - backup.made(newest[0])
    if age > OLDEST_BACKUP:
        return Finding("backup", False, f"The last is {age.days} days old. Check the jobs.")
    return Finding("backup", True, f"The last is {age.total_seconds() / 3600:.0f} hours old.")


def _address(app: Flask) -> Finding:
    url: str = app.config["PUBLIC_URL"]
    if url.startswith("https://"):
        if app.config["PROXIES"]:
            return Finding("address", True, f"Links lead to {url}.", vital=False)
        say = "Who comes over plain http is not told from others. Set OSI_PROXIES=1."
        return Finding("address", False, say, vital=False)
    if urlsplit(url).hostname in LOOPBACK:
        say = f"Links lead to {url}, which phones cannot open. Set OSI_PUBLIC_URL to https://…"
    else:
        say = f"{url} is read by all on the way. Put a proxy with TLS before, see operators.md."
    return Finding("address", False, say, vital=False)


def _mail(app: Flask) -> Finding:
    if app.config["SMTP_URL"]:
        return Finding("mail", True, "It is sent by OSI_SMTP_URL.", vital=False)
    say = "It rests in the outbox of each project. Set OSI_SMTP_URL to send it."
    return Finding("mail", True, say, vital=False)
