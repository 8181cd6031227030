"""Answers that waited on a device are taken in once, read like a page, and never lost."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from people.models import Project
from surveys.definition import Choice, Definition, Item
from surveys.models import Response, SealedAnswer, State, Survey, SurveyVersion
from tests.story import NOON
from tests.surveys.answers import a_survey

KEY = "4f" * 16
PAGES = ["agree", "places", "mail"]
ANSWERS = {"agree": "yes", "places": 3, "why": ["work", "people"], "mail": "kim@example.org"}


def the_form(least: int = 1) -> Definition:
    yes_no = tuple(Choice(name, {"de": name}) for name in ("yes", "no"))
    whys = tuple(Choice(name, {"de": name}) for name in ("work", "people", "money"))
    items = (
        Item("question", "agree", "select_one", {"de": "Ja?"}, list="yn", required="true()"),
        Item("question", "places", "integer", {"de": "Wie viele?"}, relevant="${agree} = 'yes'",
             constraint=f". >= {least}", message={"de": f"Mindestens {least}."}),
        Item("question", "why", "select_multiple", {"de": "Warum?"}, list="why"),
        Item("question", "mail", "text", {"de": "E-Mail?"}, relevant="${places} > 0",
             osi={"pii": "email"}),
    )  # fmt: skip
    return Definition({"de": "S"}, "s", "de", ("de",), items, {"yn": yes_no, "why": whys})


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    return a_survey(session, project, the_form())


@pytest.fixture
def version(session: Session, survey: Survey) -> str:
    return session.scalars(select(SurveyVersion.digest)).one()


def send(client: FlaskClient, version: str, **more: Any) -> TestResponse:
    sent = {"key": KEY, "version": version, "language": "de", "answers": ANSWERS,
            "pages": PAGES, "complete": True, "current": True}  # fmt: skip
    return client.post("/s/pankow/answers", json=sent | more)


def test_what_waited_is_handed_in_and_sending_it_again_changes_nothing(
    client: FlaskClient, session: Session, version: str
) -> None:
    first = send(client, version)
    assert first.status_code == 200
    assert first.json
    assert first.json["submitted"]
    again = [
        send(client, version).json,
        send(client, version, ticket=first.json["ticket"]).json,
    ]
    assert again == [first.json, first.json]
    response = session.scalars(select(Response)).one()
    assert response.answers == {"agree": "yes", "places": 3, "why": ["work", "people"]}
    assert response.submitted
    assert session.scalars(select(SealedAnswer.question)).all() == ["mail"]
    assert client.get("/s/pankow/receipt").status_code == 200


def test_the_page_that_began_before_the_network_went_and_the_rest_are_one_response(
    client: FlaskClient, session: Session, version: str
) -> None:
    client.get("/s/pankow")
    client.post("/s/pankow/pages/agree", data={"key": KEY, "agree": "yes", "go": "next"})
    ticket = (client.get("/s/pankow/kit").json or {})["response"]["ticket"]
    stranger = client.application.test_client()
    assert send(stranger, version, ticket=ticket, key="", change=1).status_code == 200
    assert send(stranger, version).status_code == 200
    assert session.scalars(select(Response.submitted)).one()


def test_answers_that_do_not_fit_come_back_with_a_sentence_and_stay(
    client: FlaskClient, session: Session, version: str
) -> None:
    answer = send(client, version, answers=ANSWERS | {"places": 0})
    assert answer.status_code == 422
    assert answer.json
    assert (answer.json["page"], answer.json["sentence"]) == ("places", "Mindestens 1.")
    response = session.scalars(select(Response)).one()
    assert response.answers["places"] == 0
    assert not response.submitted
    assert send(client, version, ticket=answer.json["ticket"], change=1).status_code == 200
    session.expire_all()
    assert session.scalars(select(Response)).one().submitted


def test_what_is_not_offered_or_not_asked_is_not_taken(
    client: FlaskClient, session: Session, version: str
) -> None:
    odd = {"agree": "no", "places": 3, "why": ["work", "gold", "work"], "state": "open"}
    assert send(client, version, answers=odd).status_code == 200
    assert session.scalars(select(Response.answers)).one() == {"agree": "no", "why": ["work"]}


def test_a_closed_survey_says_so_and_takes_nothing(
    client: FlaskClient, session: Session, survey: Survey, version: str
) -> None:
    survey.state = State.CLOSED
    session.commit()
    answer = send(client, version)
    assert answer.status_code == 410
    assert answer.json
    assert answer.json["sentence"]
    assert not session.scalars(select(Response)).all()


def test_answers_to_an_earlier_version_count_for_that_version(
    client: FlaskClient, session: Session, survey: Survey, version: str
) -> None:
    newer = SurveyVersion(
        survey_id=survey.id, number=2, definition=the_form(least=5).to_json(), created=NOON,
        digest="newer",
    )  # fmt: skip
    session.add(newer)
    session.commit()
    assert send(client, version).status_code == 200
    assert session.scalars(select(Response.version_id)).one() != newer.id
    assert send(client, "newer", key="5a" * 16).status_code == 422
    assert send(client, "never heard of", key="6b" * 16).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Content-Type": "text/plain"},
    ],
    ids=str,
)
def test_pages_of_others_can_send_nothing(
    client: FlaskClient, session: Session, version: str, headers: dict[str, str]
) -> None:
    body = f'{{"key": "{KEY}", "version": "{version}"}}'
    plain = {"Content-Type": "application/json"} | headers
    assert client.post("/s/pankow/answers", data=body, headers=plain).status_code == 403
    assert not session.scalars(select(Response)).all()


@pytest.mark.parametrize("ticket", ["1", "1.", "1.abc", ".", "x.y", "٣.ä", "1." + "0" * 64])
def test_a_ticket_that_was_made_up_leads_nowhere(
    client: FlaskClient, version: str, ticket: str
) -> None:
    assert send(client, version).status_code == 200
    assert send(client, version, ticket=ticket).status_code == 404


def test_of_two_people_on_one_device_each_goes_on_with_their_own(
    client: FlaskClient, session: Session, version: str
) -> None:
    send(client, version, current=False)
    assert (client.get("/s/pankow/kit").json or {}).get("response") is None
    send(client, version, key="7c" * 16, complete=False)
    kept = (client.get("/s/pankow/kit").json or {})["response"]
    assert not kept["submitted"]
    assert len(session.scalars(select(Response)).all()) == 2


plain = some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=8)
anything = some.recursive(
    plain,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(
        some.sampled_from([*ANSWERS, "key", "x"]), inner, max_size=4
    ),
    max_leaves=8,
)  # fmt: skip


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(answers=anything, pages=anything, agreed=anything, whole=anything)
def test_nothing_that_a_device_can_send_is_a_mistake_of_ours(
    client: FlaskClient, version: str, answers: Any, pages: Any, agreed: Any, whole: Any
) -> None:
    sent = send(client, version, answers=answers, pages=pages, agreed=agreed)
    assert sent.status_code in (200, 409, 422)
    body, kind = json.dumps(whole), {"Content-Type": "application/json"}
    answer = client.post("/s/pankow/answers", data=body, headers=kind)
    assert answer.status_code in (400, 404)
