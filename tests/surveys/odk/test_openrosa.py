"""What Collect may ask for, and who may ask."""

import hashlib
from collections.abc import Callable
from unittest.mock import patch

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from core.keys import Keyring
from people.models import ConsentText, Membership, Organisation, Project, Role, User
from surveys.fieldwork import starting
from surveys.models import Response, Subject, Survey
from tests.story import NOON, a_member, a_user, an_organisation
from tests.surveys.odk.collect import Collect, message_of, paired, path_of
from tests.surveys.odk.story import TOLD


def test_who_brings_no_password_is_asked_for_one_and_learns_nothing(
    app: Flask, collect: Collect
) -> None:
    for project in ("buch", "elsewhere", "nowhere"):
        answer = app.test_client().get(f"/p/{project}/odk/formList")
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Basic realm=")
        assert answer.headers["X-OpenRosa-Version"] == "1.0"
        assert "Set-Cookie" not in answer.headers


def test_the_list_names_the_open_surveys_about_persons(
    session: Session, project: Project, survey: Survey, collect: Collect
) -> None:
    starting.begin_survey(
        session, project, starting.latest(session, survey), "draft", title="Entwurf",
        subject=Subject.PERSONS, now=NOON,
    )  # fmt: skip
    session.commit()
    answer = collect.ask("formList")
    assert answer.content_type == "text/xml; charset=utf-8"
    assert answer.headers["X-OpenRosa-Version"] == "1.0"
    assert answer.headers["Date"]
    (form,) = collect.forms()
    assert (form["formID"], form["name"]) == (survey.slug, "Gespräche")
    digest = hashlib.md5(collect.blank(survey.slug), usedforsecurity=False).hexdigest()
    assert form["hash"] == f"md5:{digest}"
    assert collect.ask("formList?formID=other").text.count("<xform>") == 0
    assert "mediaFile" not in collect.ask(path_of(form["manifestUrl"])).text


def test_a_form_keeps_its_version_until_something_in_it_changes(
    session: Session, survey: Survey, provider: Organisation, collect: Collect
) -> None:
    (before,) = collect.forms()
    assert collect.forms() == [before]
    wording = {"purpose": "conversation", "language": "de", "number": 2, "since": NOON}
    text = ConsentText(project_id=survey.project_id, text="Neue Worte.", **wording)
    session.add(text)
    session.commit()
    (after,) = collect.forms()
    assert after["version"] != before["version"]
    assert "Neue Worte." in collect.blank(survey.slug).decode()


def test_a_form_asks_nothing_that_the_server_knows(survey: Survey, collect: Collect) -> None:
    form = collect.blank(survey.slug).decode()
    assert 'ref="/data/talk/provider"' not in form
    assert "jr:preload" not in form.replace('jr:preload="uid"', "")


def test_a_form_of_nowhere_or_of_another_project_is_unknown_alike(
    app: Flask,
    session: Session,
    keys: Keyring,
    survey: Survey,
    collect: Collect,
    elsewhere: Project,
) -> None:
    xml = collect.fill(survey.slug, TOLD)
    omid, other = a_user("Omid"), an_organisation(elsewhere, "X1", "Anderswo")
    session.add_all([omid, other])
    session.flush()
    member = a_member(elsewhere, omid, Role.COUNSELLOR)
    member.provider_id = other.id
    session.add(member)
    session.commit()
    stranger = paired(app, session, keys, omid, elsewhere)
    foreign = stranger.post(xml)
    unknown = stranger.post(xml.replace(survey.slug.encode(), b"no-such"))
    assert (foreign.status_code, foreign.data) == (unknown.status_code, unknown.data)
    assert foreign.status_code == 404
    for path in ("formList", f"form/{survey.slug}", f"manifest/{survey.slug}"):
        answers = [stranger.ask(f"/p/{name}/odk/{path}") for name in ("buch", "nowhere")]
        assert {answer.status_code for answer in answers} == {404}
        assert answers[0].data == answers[1].data
    assert stranger.ask(f"form/{survey.slug}").status_code == 404
    assert session.scalars(select(Response)).all() == []


def test_only_a_counsellor_of_a_provider_gets_in(
    session: Session, nadja: User, collect: Collect
) -> None:
    member = session.scalars(select(Membership).filter_by(user_id=nadja.id)).one()
    number = member.provider_id
    member.provider_id = None
    session.commit()
    assert collect.ask("formList").status_code == 401
    member.provider_id, member.role = number, Role.FACILITATOR
    session.commit()
    assert collect.ask("formList").status_code == 401
    member.role, nadja.active = Role.COUNSELLOR, False
    session.commit()
    assert collect.ask("formList").status_code == 401
    nadja.active = True
    session.commit()
    assert collect.ask("formList").status_code == 200


def test_wrong_passwords_slow_down_one_device_and_no_other(
    app: Flask,
    session: Session,
    keys: Keyring,
    project: Project,
    collect: Collect,
    counsel: Callable[..., User],
    provider: Organisation,
) -> None:
    other = paired(app, session, keys, counsel("Rana", provider), project)
    wrong = Collect(app, "buch", collect.username, "wrong")
    statuses = [wrong.ask("formList").status_code for _ in range(12)]
    assert statuses == [401] * 10 + [429] * 2
    assert collect.ask("formList").status_code == 200
    assert other.ask("formList").status_code == 200
    assert Collect(app, "buch", other.username, "no").ask("formList").status_code == 401


def test_a_password_crosses_no_network_in_the_clear(app: Flask, collect: Collect) -> None:
    path, headers = "/p/buch/odk/formList", collect.headers()
    there = {"REMOTE_ADDR": "192.168.1.20"}
    answer = app.test_client().get(path, headers=headers, environ_overrides=there)
    assert answer.status_code == 403
    safe = {"REMOTE_ADDR": "192.168.1.20", "wsgi.url_scheme": "https"}
    answer = app.test_client().get(path, headers=headers, environ_overrides=safe)
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("public", "status"),
    [
        ("http://127.0.0.1:5000", 200),  # nobody else comes here
        ("https://osi.example", 200),  # a proxy on this machine speaks TLS
        ("http://osi.example", 403),  # or passes on what crossed a network in the clear
    ],
)
def test_a_proxy_on_this_machine_is_believed_if_the_site_is_reached_by_https(
    app: Flask, collect: Collect, public: str, status: int
) -> None:
    app.config["PUBLIC_URL"] = public
    assert collect.ask("formList").status_code == status


def test_when_the_database_does_not_answer_collect_is_told_in_its_own_words(
    session: Session, survey: Survey, collect: Collect
) -> None:
    xml = collect.fill(survey.slug, TOLD)
    broken = OperationalError("", {}, Exception("locked"))
    with patch("surveys.odk.receiving.receive", side_effect=broken):
        answer = collect.post(xml)
    assert answer.status_code == 503
    assert "OpenRosaResponse" in answer.text
    assert message_of(answer)
    assert collect.post(xml).status_code == 201
