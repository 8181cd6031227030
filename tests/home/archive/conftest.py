"""The demo and all that the world of the tests adds to it, taken along in archives."""

import json
import zipfile
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.db import db
from core.stillness import still
from home.archive.bringing import bring
from home.archive.writing import write
from people.models import Project, User
from tests.story import NOON, a_user
from tests.world import HOME, a_copy, filled, lasting, world

__all__ = ["filled", "lasting", "world"]  # fixtures
Change = Callable[[dict[str, bytes]], None]


def take_along(app: Flask, path: Path, slug: str = HOME, *, contacts: bool = False) -> Path:
    with app.app_context(), still(db.engine) as session:
        project = session.scalars(select(Project).filter_by(slug=slug)).one()
        write(session, app.extensions["keys"], project, path, with_contacts=contacts)
    return path


def bring_to(app: Flask, path: Path, slug: str = HOME) -> None:
    with app.app_context():
        user = somebody(db.session)
        data, keys = app.config["DATA"], app.extensions["keys"]
        bring(db.session, keys, data, path, slug, user, NOON.date())
        db.session.commit()


def somebody(session: Session) -> User:
    found = session.scalars(select(User).order_by(User.id)).first()
    if not found:
        session.add(found := a_user("Ada"))
        session.flush()
    return found


def changed(path: Path, change: Change, *, honest: bool = True) -> Path:
    """An archive in which somebody changed files; *honest* ones have checksums that fit."""
    files = contents(path)
    change(files)
    manifest = json.loads(files["manifest.json"])
    if honest:
        manifest["files"] = {
            name: {"sha256": sha256(content).hexdigest(), "bytes": len(content)}
            for name, content in files.items()
            if name != "manifest.json"
        }
        files["manifest.json"] = json.dumps(manifest).encode()
    target = path.with_name("changed.zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target


def contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows(files: Mapping[str, bytes], table: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in files[f"tables/{table}.jsonl"].splitlines()]


@pytest.fixture(scope="session")
def archives(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[bool, Path]:
    """The archive of the demo without contact data, and with them; made once."""
    folder = tmp_path_factory.mktemp("archives")
    with a_copy(filled, folder / "world") as world:
        return {
            contacts: take_along(world.app, folder / f"{contacts}.zip", contacts=contacts)
            for contacts in (False, True)
        }


@pytest.fixture
def plain(archives: Mapping[bool, Path], tmp_path: Path) -> Path:
    """A copy of the archive without contact data."""
    copy = tmp_path / "plain.zip"
    copy.write_bytes(archives[False].read_bytes())
    return copy
