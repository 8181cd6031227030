"""What is sent is stored alike, whether it is taken in front of the app or by it."""

import random
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from people.models import Project
from surveys.models import Response, SealedAnswer, State, Survey
from surveys.routes.sending import Sending
from tests.front import NOT_HERE, by_the_app_alone, in_front_alone
from tests.surveys.answers import Respondent, a_register, a_survey, instrument
from tests.surveys.test_public import some_answers

pytestmark = pytest.mark.both_engines


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    a_register(session, project)
    return a_survey(session, project, instrument("enterprise_survey"))


@pytest.fixture
def respondent(client: FlaskClient, survey: Survey) -> Respondent:
    return Respondent(client, "/s/pankow").send(consent="yes").open("/s/pankow/pages/headcount")


@pytest.fixture
def taken(app: Flask) -> Iterator[list[bool]]:
    """Of everything that was sent: whether it was taken in front of the app."""
    found: list[bool] = []
    answerers = app.extensions["front"].answerers["POST"]
    before = [*answerers]
    (take,) = (each for each in before if isinstance(each.__self__, Sending))

    def watch(environ: dict[str, object]) -> object:
        answer = take(environ)
        found.append(answer is not None)
        return answer

    answerers[:] = [watch]
    yield found
    answerers[:] = before


def walk(app: Flask, seed: int, language: str) -> None:
    """Answer at random to the end; the same seed does the same."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    respondent = Respondent(app.test_client(), "/s/pankow", language)
    while not respondent.path.endswith("/receipt"):
        respondent.send(**some_answers(respondent, chance))


@pytest.mark.parametrize(
    ("name", "seed", "language"),
    [("enterprise_survey", 1, "de"), ("enterprise_survey", 2, "ar"),
     ("refugee_conversation", 1, "ar")],
)  # fmt: skip
def test_the_same_answers_are_stored_either_way(
    app: Flask, session: Session, project: Project, taken: list[bool], name: str, seed: int,
    language: str,
) -> None:  # fmt: skip
    a_register(session, project)
    a_survey(session, project, instrument(name))
    walk(app, seed, language)
    in_front = sum(taken)
    with by_the_app_alone(app):
        walk(app, seed, language)
    one, other = session.scalars(select(Response).order_by(Response.id))
    assert one.answers == other.answers
    assert (one.language, one.submitted is None) == (other.language, other.submitted is None)
    assert one.revision == other.revision
    assert in_front >= 4
    sealed = [*session.scalars(select(SealedAnswer.question).order_by(SealedAnswer.id))]
    assert sealed[: len(sealed) // 2] == sealed[len(sealed) // 2 :]


def test_nothing_is_taken_without_the_token_of_the_page(
    respondent: Respondent, app: Flask, session: Session
) -> None:
    data = respondent.form.data() | {"go": ["next"], "headcount": ["7"]}
    for token in ([], ["made up"], [data["csrf_token"][0][:-1]]):
        with in_front_alone(app):
            answer = respondent.client.post(
                respondent.path, data=data | {"csrf_token": token}, headers=respondent.headers
            )
        assert answer.status_code == NOT_HERE
    with in_front_alone(app):
        answer = respondent.client.post(respondent.path, data=data, headers=respondent.headers)
    assert (answer.status_code, answer.location) == (303, "/s/pankow/pages/offers")
    assert session.scalars(select(Response.answers)).one()["headcount"] == 7


def test_over_https_the_form_must_come_from_here(
    respondent: Respondent, app: Flask, session: Session
) -> None:
    data = respondent.form.data() | {"go": ["next"]}
    cookie = respondent.client.get_cookie("session")
    assert cookie
    status = {}
    for referrer in ("", "https://elsewhere.example/", "https://localhost/s/pankow"):
        with in_front_alone(app):
            answer = app.test_client(use_cookies=False).post(
                respondent.path, base_url="https://localhost", data=data,
                headers={"Cookie": f"session={cookie.value}", "Referer": referrer},
            )  # fmt: skip
        status[referrer] = answer.status_code
    assert [*status.values()] == [NOT_HERE, NOT_HERE, 303]


@pytest.mark.parametrize(
    "typed",
    [
        {"headcount": ["etwa zehn"]}, {"go": ["back"]}, {"go": ["pause"]}, {"language": ["en"]},
        {"clear": ["headcount"]},
    ],
    ids=str,
)  # fmt: skip
def test_whatever_is_not_plain_is_left_to_the_app(
    respondent: Respondent, app: Flask, typed: dict[str, list[str]]
) -> None:
    data = respondent.form.data() | {"go": ["next"]} | typed
    with in_front_alone(app):
        answer = respondent.client.post(respondent.path, data=data, headers=respondent.headers)
    assert answer.status_code == NOT_HERE


def test_what_was_handed_in_or_is_closed_is_left_to_the_app(
    respondent: Respondent, app: Flask, session: Session, survey: Survey
) -> None:
    data = respondent.form.data() | {"go": ["next"]}
    survey.state = State.CLOSED
    session.commit()
    with in_front_alone(app):
        answer = respondent.client.post(respondent.path, data=data, headers=respondent.headers)
    assert answer.status_code == NOT_HERE
