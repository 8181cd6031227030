"""Backups: the database and the uploads in one sealed file, made, checked and put back.

The key of the backups and all other keys stay in ``DATA/keys`` and are in no backup: a stolen
backup tells nothing, and what a destroyed key sealed stays unreadable. Keep a copy of that
folder in another place. Some rows stand apart in it, see ``core.apart``.
"""

import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from dataclasses import replace as changed
from datetime import datetime, timedelta
from hashlib import file_digest
from pathlib import Path

from flask import current_app
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core import apart, clock, dumping, erasing, jobs, shuffling
from core.db import db
from core.errors import Refusal, message
from core.keys import Keyring
from core.models import Base
from core.sealed_files import Unreadable, seal_file, unseal_file

DATABASE, MANIFEST, UPLOADS = "database", "manifest.json", "uploads"
MAKING, OPENED = ".making-", ".opened-"  # folders that last as long as the work in them


class NotEmpty(Refusal):
    """A backup would replace what is there."""

    reason = message("There is data already. Restore with --replace to keep a copy and go on.")


class AnotherEngine(Refusal):
    """A backup of one engine cannot go into the other."""

    reason = message("This backup is of %(engine)s. Set OSI_DATABASE_URL to such a database.")


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: when it was begun (UTC), the engine, rows by table, SHA-256.

    Of rows that stand apart, *unread* groups by table were not put back: they have no key.
    """

    begun: str
    engine: str
    rows: dict[str, int]
    sha256: str
    unread: dict[str, int] = field(default_factory=dict)


def create(engine: Engine, data: Path, keys: Keyring, now: datetime) -> Path:
    """Make a backup in ``data/backups`` and return its path; it appears when it is whole."""
    folder = data / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / f"werkstatt-{now:%Y%m%dT%H%M%S%f}.backup"
    with tempfile.TemporaryDirectory(dir=folder, prefix=MAKING) as making:
        copy, packed = Path(making, DATABASE), Path(making, "packed.tar")
        kept: list[apart.Kept] = []
        rows = dumping.dump(
            engine, copy, apart.TABLES, lambda there: kept.append(apart.take(there, keys))
        )
        manifest = Manifest(now.isoformat(), engine.dialect.name, rows, _digest(copy))
        with tarfile.open(packed, "w") as tar:
            Path(making, MANIFEST).write_text(json.dumps(asdict(manifest)))
            tar.add(Path(making, MANIFEST), MANIFEST)
            tar.add(copy, DATABASE)
            tar.add(apart.write(Path(making), kept[0]), apart.FILE)
            if (data / UPLOADS).is_dir():
                tar.add(data / UPLOADS, UPLOADS)
        sealed = Path(making, "sealed")
        seal_file(keys.key("backup"), packed, sealed)
        _keep(sealed, target)
    return target


def verify(engine: Engine, path: Path, keys: Keyring) -> Manifest:
    """Open a backup, check it and return what it holds.

    :raise Refusal: when it is damaged, or not what its manifest says
    """
    with _opened(path, keys) as (folder, manifest):
        if manifest.engine == engine.dialect.name:
            rows = dumping.check(engine, folder / DATABASE)
            if rows is not None and not manifest.rows.items() <= rows.items():
                raise dumping.NotSound(trouble="other numbers of rows than when it was made")
    return manifest


def restore(
    engine: Engine, data: Path, path: Path, keys: Keyring, now: datetime, *, replace: bool
) -> Manifest:
    """Put a backup in the place of the database and the uploads; the server must be stopped.

    What was erased since it was made is erased again.

    :raise NotEmpty: when there is data and it is not said to *replace* it
    """
    with _opened(path, keys) as (folder, manifest):
        if manifest.engine != engine.dialect.name:
            raise AnotherEngine(engine=manifest.engine)
        if not dumping.is_empty(engine):
            if not replace:
                raise NotEmpty
            create(engine, data, keys, now)
        dumping.load(engine, folder / DATABASE)
        unread = apart.put_back(engine, keys, apart.read(folder))
        if (folder / UPLOADS).is_dir():
            (data / UPLOADS).mkdir(exist_ok=True)
            for file in (each for each in (folder / UPLOADS).rglob("*") if each.is_file()):
                to = data / UPLOADS / file.relative_to(folder / UPLOADS)
                to.parent.mkdir(parents=True, exist_ok=True)
                file.replace(to)
    with Session(engine) as session:
        if erasing.replay(session, data):
            session.commit()
            shuffling.scour(session, [table.name for table in Base.metadata.sorted_tables])
    return changed(manifest, unread=unread)


def backups(data: Path) -> list[Path]:
    """List the backups there are, the newest first."""
    return sorted((data / "backups").glob("werkstatt-*.backup"), reverse=True)


def made(path: Path) -> datetime:
    """Return when a backup was made, as its name tells (UTC)."""
    stamp = path.stem.removeprefix("werkstatt-")
    return datetime.strptime(f"{stamp}+0000", "%Y%m%dT%H%M%S%f%z")


def prune(data: Path, now: datetime, days: int) -> None:
    """Delete backups older than *days*, never the newest, and what a crash left unsealed."""
    for path in (data / "backups").glob(".*-*"):
        if path.name.startswith((MAKING, OPENED)) and path.stat().st_mtime < _yesterday(now):
            shutil.rmtree(path)
    for path in backups(data)[1:]:
        if made(path) < now - timedelta(days=days):
            path.unlink()


def _yesterday(now: datetime) -> float:
    return (now - timedelta(days=1)).timestamp()


@jobs.nightly(hour=2)
def every_night() -> None:
    """Make a backup, check it, and delete those that are too old."""
    config, keys, now = current_app.config, current_app.extensions["keys"], clock.now()
    verify(db.engine, create(db.engine, config["DATA"], keys, now), keys)
    prune(config["DATA"], now, config["BACKUP_DAYS"])


@contextmanager
def _opened(path: Path, keys: Keyring) -> Iterator[tuple[Path, Manifest]]:
    """Unpack a backup beside it, for as long as it is looked at."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=OPENED) as opened:
        folder = Path(opened)
        unseal_file(keys.key("backup"), path, folder / "packed.tar")
        with tarfile.open(folder / "packed.tar") as tar:
            tar.extractall(folder, filter="data")
        (folder / "packed.tar").unlink()
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text()))
        if _digest(folder / DATABASE) != manifest.sha256:
            raise Unreadable
        yield folder, manifest


def _keep(sealed: Path, target: Path) -> None:
    """Let the finished file appear under its name, on the disk and not only in memory."""
    with sealed.open("rb+") as file:
        os.fsync(file.fileno())
    sealed.chmod(0o600)
    sealed.replace(target)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
