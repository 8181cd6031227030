import json
import shutil
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core import backup, clock
from core.db import db
from core.keys import Keyring
from core.models import Base
from core.stepping import migrations_of


@pytest.fixture
def well(app: Flask) -> Flask:
    """An app whose tables were made by the migrations, as bin/run makes them."""
    with app.app_context():
        Base.metadata.drop_all(db.engine)
        migrations_of(app).upgrade()
    return app


def test_the_process_lives(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"alive": True}


@pytest.mark.both_engines
def test_whoever_is_well_is_ready(well: Flask) -> None:
    answer = well.test_client().get("/readyz")
    assert answer.status_code == 200, answer.text
    assert answer.json is not None
    assert {"ready", "database", "migrations", "jobs", "disk", "backup"} <= answer.json.keys()


def test_a_database_that_is_behind_is_not_ready(app: Flask) -> None:
    answer = app.test_client().get("/readyz")
    assert answer.json is not None
    assert (answer.status_code, answer.json["migrations"]) == (503, False)


def test_jobs_that_nobody_works_off_are_told(well: Flask) -> None:
    well.config["JOBS"] = "apart"
    answer = well.test_client().get("/readyz")
    assert answer.json is not None
    assert (answer.status_code, answer.json["jobs"]) == (503, False)


def test_a_full_disk_is_told(well: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(total=100, free=5))
    said = well.test_cli_runner().invoke(args=["doctor"])
    assert said.exit_code == 1
    assert "BAD  disk: Only 5% of the disk is free. Make room" in said.stdout


@pytest.mark.parametrize(("hours", "fine"), [(1, True), (35, True), (60, False)])
def test_an_old_backup_is_told(well: Flask, keys: Keyring, hours: int, fine: bool) -> None:
    with well.app_context():
        made = clock.now() - timedelta(hours=hours)
        backup.create(db.engine, Path(well.config["DATA"]), keys, made)
    answer = well.test_client().get("/readyz")
    assert answer.json is not None
    assert answer.json["backup"] is fine


def test_the_doctor_says_what_to_do_and_machines_can_read_it(well: Flask) -> None:
    findings = json.loads(well.test_cli_runner().invoke(args=["doctor", "--json"]).stdout)
    address = next(each for each in findings if each["name"] == "address")
    assert "Set OSI_PUBLIC_URL" in address["say"]
    assert (address["fine"], address["vital"]) == (False, False)
