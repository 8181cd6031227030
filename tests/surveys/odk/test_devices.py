"""A counsellor adds a device, scans its code once, and can lock it out."""

import json
import re
import zlib
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from unittest.mock import patch

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from core import clock
from people.models import Project
from surveys.definition import Item
from surveys.models import Survey
from surveys.odk import forming
from surveys.odk.models import Device
from tests.surveys.conversations.story import DEFINITION, DESK, a_talk_survey
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


def add(tablet: FlaskClient, name: str = "Tablet in Raum 2", key: str = "") -> TestResponse:
    page = tablet.get(f"{DESK}/devices").text
    found = re.search(r'name="key"[^>]*value="([^"]*)"', page)
    assert found
    return tablet.post(f"{DESK}/devices", data={"name": name, "key": key or found[1]})


def test_the_code_sets_collect_up(
    app: Flask, tablet: FlaskClient, survey: Survey, scanned: list[str]
) -> None:
    page = add(tablet).text
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
    shown = add(tablet, key="k" * 32)
    assert shown.headers["Cache-Control"] == "no-store"
    password = json.loads(zlib.decompress(b64decode(scanned[0])))["general"]["password"]
    with tablet.session_transaction() as cookie:
        assert password not in str(dict(cookie))
    again = add(tablet, key="k" * 32)  # as when the page is loaded again
    assert again.status_code == 303
    later = tablet.get(again.headers["Location"])
    assert later.status_code == 200
    assert "einmal gezeigt" in later.text
    assert len(scanned) == 1
    (device,) = session.scalars(select(Device))
    assert device.password_hash.startswith("$argon2id$")
    assert password not in str(vars(device))


def test_sending_the_form_twice_adds_one_device(
    session: Session, tablet: FlaskClient, survey: Survey
) -> None:
    assert add(tablet, key="k" * 32).status_code == 200
    assert add(tablet, key="k" * 32).status_code == 303
    assert add(tablet, "Anders", key="k" * 32).status_code == 409
    assert len(session.scalars(select(Device)).all()) == 1


def test_a_device_that_is_locked_out_does_not_come_back_with_its_form(
    app: Flask, session: Session, tablet: FlaskClient, survey: Survey, scanned: list[str]
) -> None:
    add(tablet, key="k" * 32)
    known = json.loads(zlib.decompress(b64decode(scanned[0])))["general"]
    (device,) = session.scalars(select(Device))
    tablet.post(f"{DESK}/devices/{device.id}/removal")
    for name in ("Tablet in Raum 2", ""):
        assert tablet.post(
            f"{DESK}/devices", data={"name": name, "key": "k" * 32}
        ).status_code in (409, 422)
    lost = Collect(app, "buch", known["username"], known["password"])
    assert lost.ask("formList").status_code == 401
    assert Collect(app, "buch", known["username"], "").ask("formList").status_code == 401
    assert "/removal" not in tablet.get(f"{DESK}/devices").text
    assert tablet.get(f"{DESK}/devices/{device.id}").status_code == 404
    assert tablet.post(f"{DESK}/devices/{device.id}/removal").status_code == 404


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


def test_a_form_that_pyxform_refuses_is_left_out_and_the_page_says_so(
    session: Session, project: Project, survey: Survey, tablet: FlaskClient, collect: Collect
) -> None:
    strange = Item("question", "when", "text", label={"de": "Wann?"}, relevant="${nobody} = 1")
    items = (*DEFINITION.items, strange)
    other = a_talk_survey(session, project, replace(DEFINITION, items=items))
    assert [form["formID"] for form in collect.forms()] == [survey.slug]
    assert collect.ask(f"form/{other.slug}").status_code == 404
    assert collect.ask(f"manifest/{other.slug}").status_code == 404
    page = tablet.get(f"{DESK}/devices").text
    assert "kann „Gespräche“ nicht fragen" in page


def test_only_the_form_that_is_asked_for_is_prepared(
    session: Session, project: Project, survey: Survey, collect: Collect
) -> None:
    collect.forms()
    other = a_talk_survey(session, project, DEFINITION)
    with patch("surveys.odk.forming.form_of", wraps=forming.form_of) as made:
        assert collect.ask(f"form/{survey.slug}").status_code == 200
        assert collect.ask(f"formList?formID={survey.slug}").status_code == 200
    assert {each.args[0] for each in made.call_args_list} == {survey.slug}
    assert other.slug != survey.slug
