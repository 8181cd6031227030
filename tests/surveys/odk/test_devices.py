"""A counsellor adds a device, scans its code once, and can lock it out."""

import json
import re
import zlib
from base64 import b64decode
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from surveys.models import Survey
from surveys.odk.models import Device
from tests.surveys.conversations.story import DESK
from tests.surveys.odk.collect import Collect


@pytest.fixture
def scanned() -> Iterator[list[str]]:
    """What stands in the codes that were drawn."""
    drawn: list[str] = []

    def draw(text: str) -> Markup:
        drawn.append(text)
        return Markup("<svg></svg>")

    with patch("surveys.routes.devices.qr.square", draw):
        yield drawn


def add(tablet: FlaskClient, name: str = "Tablet in Raum 2", key: str = "") -> str:
    page = tablet.get(f"{DESK}/devices").text
    found = re.search(r'name="key"[^>]*value="([^"]*)"', page)
    assert found
    data = {"name": name, "key": key or found[1]}
    answer = tablet.post(f"{DESK}/devices", data=data)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def test_the_code_sets_collect_up(
    app: Flask, tablet: FlaskClient, survey: Survey, scanned: list[str]
) -> None:
    page = tablet.get(add(tablet)).text
    (code,) = scanned
    settings = json.loads(zlib.decompress(b64decode(code)))
    general = settings["general"]
    assert general["server_url"].endswith("/p/buch/odk")
    assert general["form_update_mode"] == "match_exactly"
    assert general["delete_send"] is True
    assert settings["admin"] == {}
    assert general["username"] in page
    assert general["password"] in page
    collect = Collect(app, "buch", general["username"], general["password"])
    assert [form["formID"] for form in collect.forms()] == [survey.slug]


def test_the_password_is_shown_once_and_kept_as_a_hash(
    session: Session, tablet: FlaskClient, survey: Survey, scanned: list[str]
) -> None:
    address = add(tablet)
    tablet.get(address)
    password = json.loads(zlib.decompress(b64decode(scanned[0])))["general"]["password"]
    assert password not in tablet.get(address).text
    (device,) = session.scalars(select(Device))
    assert device.password_hash.startswith("$argon2id$")
    assert password not in str(vars(device))


def test_sending_the_form_twice_adds_one_device(
    session: Session, tablet: FlaskClient, survey: Survey
) -> None:
    assert add(tablet, key="k" * 32) == add(tablet, key="k" * 32)
    other = tablet.post(f"{DESK}/devices", data={"name": "Anders", "key": "k" * 32})
    assert other.status_code == 409
    assert len(session.scalars(select(Device)).all()) == 1


def test_a_device_without_a_name_is_asked_for_one(tablet: FlaskClient, survey: Survey) -> None:
    answer = tablet.post(f"{DESK}/devices", data={"name": " ", "key": "k"})
    assert answer.status_code == 422


def test_a_device_that_is_locked_out_gets_nothing_more(
    session: Session, tablet: FlaskClient, collect: Collect
) -> None:
    assert collect.ask("formList").status_code == 200
    (device,) = session.scalars(select(Device))
    assert tablet.post(f"{DESK}/devices/{device.id}/removal").status_code == 303
    assert collect.ask("formList").status_code == 401


def test_a_device_of_somebody_else_is_like_none(
    session: Session, collect: Collect, other_tablet: FlaskClient
) -> None:
    (device,) = session.scalars(select(Device))
    for number in (device.id, 999_999):
        assert other_tablet.get(f"{DESK}/devices/{number}").status_code == 404
        assert other_tablet.post(f"{DESK}/devices/{number}/removal").status_code == 404
    assert f"{device.name}<" not in other_tablet.get(f"{DESK}/devices").text
    assert collect.ask("formList").status_code == 200


def test_the_last_use_is_known_by_the_day(session: Session, collect: Collect) -> None:
    (device,) = session.scalars(select(Device))
    assert device.used is None
    collect.ask("formList")
    session.expire_all()
    assert device.used == clock.now().astimezone(clock.ZONE).date()


def test_without_pyxform_the_page_says_what_to_do(
    tablet: FlaskClient, collect: Collect
) -> None:
    with patch("surveys.odk.forming.ENGINE", "no_such_library"):
        assert "requirements-odk.txt" in tablet.get(f"{DESK}/devices").text
        assert collect.ask("formList").status_code == 503
    assert "requirements-odk.txt" not in tablet.get(f"{DESK}/devices").text
