"""What comes late, twice, with other answers, or after it was deleted."""

from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from people.models import Project
from surveys.models import Response, SealedAnswer, Survey, SurveyVersion
from surveys.responses import syncing
from tests.story import at_once
from tests.surveys.answers import Respondent, a_survey
from tests.surveys.routes.test_syncing import ANSWERS, KEY, send, the_form

AGREED = {"agree": "yes"}
LATER = ANSWERS | {"places": 7, "mail": "amal@example.org"}


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    return a_survey(session, project, the_form())


@pytest.fixture
def version(session: Session, survey: Survey) -> str:
    return session.scalars(select(SurveyVersion.digest)).one()


@pytest.fixture
def proxy(client: FlaskClient) -> FlaskClient:
    """What sends a message again, long after the device has turned away."""
    return client.application.test_client()


def one(session: Session) -> Response:
    session.expire_all()
    return session.scalars(select(Response)).one()


def browser(client: FlaskClient) -> Any:
    return (client.get("/s/pankow/kit").json or {}).get("response")


def mail_of(client: FlaskClient) -> str:
    """The address as the page shows it to the browser that gave it."""
    fields = Respondent(client, "/s/pankow/pages/mail").form.fields
    return next(each.value for each in fields if each.name == "mail")


@pytest.mark.parametrize("complete", [True, False])
def test_a_late_duplicate_does_not_put_old_answers_over_newer_ones(
    client: FlaskClient, proxy: FlaskClient, session: Session, version: str, complete: bool
) -> None:
    ticket = (send(client, version, change=1, complete=complete).json or {})["ticket"]
    newer = {"answers": LATER, "change": 2, "complete": complete, "ticket": ticket}
    assert send(client, version, **newer).status_code == 200
    for late in ({}, {"ticket": ticket}):
        answer = send(proxy, version, change=1, complete=complete, **late)
        assert answer.json == {"state": "behind", "change": 2}
    assert one(session).answers["places"] == 7
    assert mail_of(client) == "amal@example.org"


def test_a_late_duplicate_does_not_put_old_answers_over_those_given_online(
    client: FlaskClient, proxy: FlaskClient, session: Session, version: str
) -> None:
    send(client, version, change=1, complete=False)
    Respondent(client, "/s/pankow/pages/places").send(places="9")
    assert send(proxy, version, change=1, complete=False).status_code == 409
    assert one(session).answers["places"] == 9


def test_a_late_duplicate_does_not_hand_in_what_was_taken_back(
    client: FlaskClient, proxy: FlaskClient, session: Session, version: str
) -> None:
    send(client, version, change=3)
    client.post("/s/pankow/withdrawal")
    assert send(proxy, version, change=3).status_code == 409
    assert not one(session).submitted


def test_whoever_is_behind_counts_on_from_there_and_loses_nothing(
    client: FlaskClient, session: Session, version: str
) -> None:
    send(client, version, change=5, complete=False)
    other = client.application.test_client()  # a second device, that has counted to 1 only
    behind = send(other, version, change=1, answers=LATER).json or {}
    assert send(other, version, change=behind["change"] + 1, answers=LATER).status_code == 200
    assert one(session).answers["places"] == 7
    assert one(session).submitted


def test_answers_that_were_deleted_do_not_come_back(
    client: FlaskClient, proxy: FlaskClient, session: Session, version: str
) -> None:
    ticket = (send(client, version, change=1).json or {})["ticket"]
    client.post("/s/pankow/deletion")
    for late in ({}, {"ticket": ticket}):
        answer = send(proxy, version, change=1, **late)
        assert answer.status_code == 409
        assert answer.json and answer.json["sentence"]
        assert answer.json["state"] == "erased"
    assert not session.scalars(select(Response)).all()


def test_what_a_device_deletes_is_gone_here_and_stays_so_if_it_comes_later(
    client: FlaskClient, proxy: FlaskClient, session: Session, version: str
) -> None:
    for key in (KEY, "5b" * 16):  # one of them has arrived before
        if key == KEY:
            send(client, version, change=1)
        removal = {"key": key}
        for _ in range(2):
            answer = client.post("/s/pankow/answers/removal", json=removal)
            assert answer.json == {"state": "deleted"}
        assert send(proxy, version, key=key, change=1).status_code == 409
    assert browser(client) is None
    assert not session.scalars(select(Response)).all()
    assert not session.scalars(select(SealedAnswer)).all()


def test_a_device_deletes_by_ticket_what_has_begun_in_another_way(
    client: FlaskClient, proxy: FlaskClient, session: Session, version: str
) -> None:
    client.get("/s/pankow")
    client.post("/s/pankow/pages/agree", data={"key": KEY, "agree": "yes", "go": "next"})
    removal = {"key": "5b" * 16, "ticket": browser(client)["ticket"]}
    for _ in range(2):
        answer = client.post("/s/pankow/answers/removal", json=removal)
        assert answer.json == {"state": "deleted"}
    assert not session.scalars(select(Response)).all()
    assert send(proxy, version, key=KEY, change=1).status_code == 409
    made_up = {"key": KEY, "ticket": "1." + "0" * 64}
    assert client.post("/s/pankow/answers/removal", json=made_up).status_code == 404


def test_pages_of_others_can_delete_nothing(
    client: FlaskClient, session: Session, version: str
) -> None:
    send(client, version, change=1)
    elsewhere = {"Origin": "https://elsewhere.example"}
    answer = client.post("/s/pankow/answers/removal", json={"key": KEY}, headers=elsewhere)
    assert answer.status_code == 403
    assert client.post("/s/pankow/answers/removal", json={"key": "short"}).status_code == 400
    assert one(session).submitted


@pytest.mark.both_engines
def test_two_messages_at_the_same_moment_are_one_response_with_the_newer_answers(
    app: Flask, session: Session, version: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = syncing.begun_with
    for number in range(10):
        key, together = f"{number:032}", Barrier(2)
        waits = [True, True]

        def looked(*place: Any, together: Barrier = together, waits: Any = waits) -> Any:
            found = plain(*place)
            if waits and waits.pop():
                together.wait(20)  # both have looked, and neither has written
            return found

        monkeypatch.setattr(syncing, "begun_with", looked)

        def sends(which: int, key: str = key) -> None:
            given = ANSWERS if which == 1 else LATER
            send(app.test_client(), version, key=key, change=which, answers=given)

        at_once(2, lambda which: sends(which + 1))
    found = session.scalars(select(Response)).all()
    assert len(found) == 10
    assert {each.answers["places"] for each in found} == {7}
    assert all(each.submitted for each in found)


def test_the_first_page_sent_again_with_other_answers_is_not_thrown_away(
    client: FlaskClient, session: Session, survey: Survey
) -> None:
    """The answer with the cookie was lost; the person changes something and sends again."""
    lost = client.application.test_client()
    lost.post("/s/pankow/pages/agree", data={"key": KEY, "agree": "no", "go": "next"})
    again = {"key": KEY, "agree": "yes", "go": "next"}
    answer = client.post("/s/pankow/pages/agree", data=again)
    assert answer.headers["Location"].endswith("/pages/places")
    assert one(session).answers == AGREED
    assert client.get("/s/pankow/pages/places").status_code == 200


def test_on_a_form_of_one_page_the_answers_sent_last_count(
    client: FlaskClient, session: Session, project: Project
) -> None:
    whole = the_form()
    short = type(whole)(whole.title, "s", "de", ("de",), whole.items[2:3], whole.lists)
    a_survey(session, project, short, slug="short")
    lost = client.application.test_client()
    place = f"/s/short/pages/{short.items[0].name}"
    lost.post(place, data={"key": KEY, "why": "work", "go": "next"})
    answer = client.post(place, data={"key": KEY, "why": ["people"], "go": "next"})
    assert answer.headers["Location"].endswith("/receipt")
    assert one(session).answers == {"why": ["people"]}
    assert one(session).submitted


def test_of_somebody_who_left_the_browser_remembers_nothing(
    client: FlaskClient, session: Session, version: str
) -> None:
    """Who began online has gone, and what waited is sent while somebody else has the phone."""
    data = {"key": KEY, "agree": "yes", "go": "next"}
    client.get("/s/pankow")
    client.post("/s/pankow/pages/agree", data=data)
    assert browser(client)
    send(client, version, change=1, current=False)
    assert browser(client) is None
    assert one(session).submitted
    assert "/pages/" not in Respondent(client, "/s/pankow").path


def test_also_what_is_refused_or_amiss_is_forgotten_when_somebody_else_has_the_phone(
    client: FlaskClient, version: str
) -> None:
    data = {"key": KEY, "agree": "yes", "go": "next"}
    client.post("/s/pankow/pages/agree", data=data)
    amiss = send(client, version, change=1, current=False, answers=ANSWERS | {"places": 0})
    assert amiss.status_code == 422
    assert browser(client) is None


def test_contact_data_that_the_device_has_let_go_of_stay(
    client: FlaskClient, session: Session, version: str
) -> None:
    ticket = (send(client, version, change=1, complete=False).json or {})["ticket"]
    rest = {name: answer for name, answer in ANSWERS.items() if name != "mail"} | {"places": 2}
    sent = {"answers": rest, "change": 2, "ticket": ticket, "held": ["mail"]}
    assert send(client, version, **sent).status_code == 200
    assert mail_of(client) == "kim@example.org"
    assert one(session).answers["places"] == 2


def test_contact_data_are_not_handed_to_a_device_again(
    client: FlaskClient, version: str
) -> None:
    told = send(client, version, change=1, complete=False).json or {}
    assert told["held"] == browser(client)["held"] == ["mail"]
    assert "mail" not in browser(client)["answers"]


def test_contact_data_that_were_taken_out_on_the_device_are_gone(
    client: FlaskClient, session: Session, version: str
) -> None:
    ticket = (send(client, version, change=1, complete=False).json or {})["ticket"]
    rest = {name: answer for name, answer in ANSWERS.items() if name != "mail"}
    assert send(client, version, answers=rest, change=2, ticket=ticket).status_code == 200
    assert not session.scalars(select(SealedAnswer)).all()
