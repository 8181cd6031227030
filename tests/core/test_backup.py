"""The drill: a backup while others write, put back into an empty place, and compared."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from flask import Flask
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session, sessionmaker

from core import backup, sealed_files
from core.backup import NotEmpty
from core.db import db, engine_options
from core.keys import Keyring
from core.models import Base
from people.models import Project
from tests.postgres import Postgres
from tests.story import NOON, a_project

KEY = bytes(range(32))


@pytest.fixture
def keys(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path / "keys")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir(exist_ok=True)
    return tmp_path / "data"


@pytest.fixture
def empty(app: Flask, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The address of a database with nothing in it, on the engine of the app."""
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            return f"sqlite:///{tmp_path}/elsewhere.db"
    server: Postgres = request.getfixturevalue("postgres")
    address = server.database()
    engine = create_engine(address)
    Base.metadata.drop_all(engine)
    engine.dispose()
    return address


@pytest.mark.both_engines
def test_what_was_acknowledged_before_a_backup_is_in_it(
    app: Flask, sessions: sessionmaker[Session], data: Path, keys: Keyring, empty: str
) -> None:
    done, acknowledged = Event(), list[str]()

    def write(writer: int) -> None:
        for number in range(10_000):
            if done.is_set():
                return
            with sessions() as session:
                session.add(a_project(f"{writer}-{number}"))
                session.commit()
            acknowledged.append(f"{writer}-{number}")

    writers = [Thread(target=write, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    made: list[tuple[Path, set[str]]] = []
    with app.app_context():
        for drill in range(5):
            while len(acknowledged) < (drill + 1) * 12:
                pass  # let them write in between
            before = set(acknowledged)
            now = NOON + timedelta(minutes=drill)
            made.append((backup.create(db.engine, data, keys, now), before))
    done.set()
    for writer in writers:
        writer.join()

    target = create_engine(**engine_options(empty))
    for number, (path, before) in enumerate(made):
        backup.verify(target, path, keys)
        backup.restore(target, data, path, keys, NOON, replace=number > 0)
        with Session(target) as session:
            assert before <= set(session.scalars(select(Project.slug)))
    target.dispose()


def test_a_backup_tells_nothing_without_its_key(
    app: Flask, session: Session, data: Path, keys: Keyring
) -> None:
    session.add(a_project("buch", "Geheimes Vorhaben"))
    session.commit()
    with app.app_context():
        path = backup.create(db.engine, data, keys, NOON)
        assert b"Geheimes" not in path.read_bytes()
        with pytest.raises(sealed_files.Unreadable):
            backup.verify(db.engine, path, Keyring(data / "other keys"))
    assert path.stat().st_mode & 0o777 == 0o600


def test_nothing_is_replaced_unasked_and_a_copy_is_kept(
    app: Flask, session: Session, project: Project, data: Path, keys: Keyring
) -> None:
    with app.app_context():
        path = backup.create(db.engine, data, keys, NOON)
        session.add(a_project("later"))
        session.commit()
        session.close()
        with pytest.raises(NotEmpty):
            backup.restore(db.engine, data, path, keys, NOON, replace=False)
        later = NOON + timedelta(hours=1)
        backup.restore(db.engine, data, path, keys, later, replace=True)
        slugs = set(db.session.scalars(select(Project.slug)))
        assert slugs == {"buch"}
        copy = backup.verify(db.engine, backup.backups(data)[0], keys)
        assert copy.rows["project"] == 2


def test_uploads_come_along(app: Flask, data: Path, keys: Keyring, tmp_path: Path) -> None:
    (data / "uploads" / "a").mkdir(parents=True)
    (data / "uploads" / "a" / "picture.png").write_bytes(b"picture")
    with app.app_context():
        path = backup.create(db.engine, data, keys, NOON)
    target = create_engine(f"sqlite:///{tmp_path}/new.db")
    (tmp_path / "new").mkdir()
    backup.restore(target, tmp_path / "new", path, keys, NOON, replace=False)
    target.dispose()
    assert (tmp_path / "new" / "uploads" / "a" / "picture.png").read_bytes() == b"picture"


@pytest.mark.parametrize("place", [0, 30, -1])
def test_a_damaged_backup_is_found_out(
    app: Flask, data: Path, keys: Keyring, place: int
) -> None:
    with app.app_context():
        path = backup.create(db.engine, data, keys, NOON)
        bytes_ = bytearray(path.read_bytes())
        bytes_[place] ^= 1
        path.write_bytes(bytes_)
        with pytest.raises(sealed_files.Unreadable):
            backup.verify(db.engine, path, keys)


def test_old_backups_go_but_never_the_newest(app: Flask, data: Path, keys: Keyring) -> None:
    with app.app_context():
        for days in (40, 31, 30, 5):
            backup.create(db.engine, data, keys, NOON - timedelta(days=days))
    backup.prune(data, NOON, 30)
    ages = [(NOON - backup.made(path)).days for path in backup.backups(data)]
    assert ages == [5, 30]
    backup.prune(data, NOON + timedelta(days=900), 30)
    assert len(backup.backups(data)) == 1


def test_what_a_crash_left_unsealed_goes_the_next_day(data: Path) -> None:
    left, under_way = data / "backups" / ".making-a1", data / "backups" / ".opened-b2"
    for folder, age in ((left, 2), (under_way, 0)):
        folder.mkdir(parents=True)
        (folder / "database").write_text("plain")
        moment = (NOON - timedelta(days=age)).timestamp()
        os.utime(folder, (moment, moment))
    backup.prune(data, NOON, 30)
    assert (left.exists(), under_way.exists()) == (False, True)


@pytest.mark.parametrize("size", [0, 1, 7, 8, 9, 16, 17, 100])
def test_a_sealed_file_is_the_same_when_unsealed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(sealed_files, "CHUNK", 8)
    plain = tmp_path / "plain"
    plain.write_bytes(bytes(range(size)))
    sealed_files.seal_file(KEY, plain, tmp_path / "sealed")
    sealed_files.unseal_file(KEY, tmp_path / "sealed", tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == bytes(range(size))


def test_a_sealed_file_cannot_be_cut_off_at_a_chunk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealed_files, "CHUNK", 8)
    (tmp_path / "plain").write_bytes(bytes(24))
    sealed_files.seal_file(KEY, tmp_path / "plain", tmp_path / "sealed")
    whole = (tmp_path / "sealed").read_bytes()
    (tmp_path / "sealed").write_bytes(whole[: -(8 + sealed_files.TAG)])
    with pytest.raises(sealed_files.Unreadable):
        sealed_files.unseal_file(KEY, tmp_path / "sealed", tmp_path / "again")


def test_the_commands_make_check_and_refuse(app: Flask, project: Project, data: Path) -> None:
    runner = app.test_cli_runner()
    made = runner.invoke(args=["backup", "create", "--json"])
    assert json.loads(made.stdout)["rows"]["project"] == 1
    path = str(backup.backups(app.config["DATA"])[0])
    assert runner.invoke(args=["backup", "verify", path]).exit_code == 0
    refused = runner.invoke(args=["backup", "restore", path])
    assert (refused.exit_code, "--replace" in refused.stderr) == (1, True)
    assert runner.invoke(args=["backup", "verify"]).exit_code == 2


def test_the_name_of_a_backup_tells_its_moment() -> None:
    path = Path("werkstatt-20261102T120000000000.backup")
    assert backup.made(path) == datetime(2026, 11, 2, 12, tzinfo=UTC)
