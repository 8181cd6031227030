"""Every page comes out alike, whether it is answered in front of the app or by it."""

import gzip
import random
from itertools import chain

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app import create_app
from core import headers
from people import consents
from people.models import Project
from surveys.models import State, Survey
from tests.front import answered_alike, by_the_app_alone, in_front_alone
from tests.story import NOON
from tests.surveys.answers import Respondent, a_register, a_survey, instrument
from tests.surveys.test_public import some_answers


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    a_register(session, project)
    return a_survey(session, project, instrument("enterprise_survey"))


@pytest.fixture
def respondent(client: FlaskClient, survey: Survey) -> Respondent:
    """Somebody who stands on a page that is prepared already."""
    respondent = Respondent(client, "/s/pankow").send(consent="yes")
    return respondent.open("/s/pankow/pages/headcount")


def turned(respondent: Respondent, app: Flask, path: str = "") -> bool:
    """Whether a page is answered in front of the app, and then just as the app does."""
    path = path or respondent.path
    return answered_alike(app, respondent.client, path, **respondent.headers)


@pytest.mark.parametrize(
    ("name", "seed", "language"),
    [("enterprise_survey", 0, "de"), ("enterprise_survey", 1, "ar"),
     ("refugee_conversation", 0, "ar"), ("refugee_conversation", 1, "de")],
)  # fmt: skip
def test_most_pages_are_turned_to_in_front_and_all_are_alike(
    app: Flask, client: FlaskClient, session: Session, project: Project, name: str,
    language: str, seed: int,
) -> None:  # fmt: skip
    a_register(session, project)
    a_survey(session, project, instrument(name))
    chance = random.Random(seed)  # noqa: S311 - no secret
    respondent, in_front, pages = Respondent(client, "/s/pankow", language), 0, 0
    while not respondent.path.endswith("/receipt"):
        respondent.send(**some_answers(respondent, chance))
        if "/pages/" in respondent.path and respondent.answer.status_code == 200:
            with by_the_app_alone(app):
                respondent.open(respondent.path)
            pages, in_front = pages + 1, in_front + turned(respondent, app)
    assert in_front >= pages - 2  # those with contact data
    assert in_front >= 5  # those with a consent need the wording in force


def test_a_packed_page_is_the_same_page(respondent: Respondent, app: Flask) -> None:
    with in_front_alone(app):
        packed = respondent.client.get(respondent.path, headers={"Accept-Encoding": "gzip"})
        plain = respondent.client.get(respondent.path, headers={"Accept-Encoding": "gzip;q=0"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data) / 2
    assert "Content-Encoding" not in plain.headers
    assert headers.HEADERS.items() <= dict(packed.headers).items()


@pytest.mark.parametrize(
    ("taken", "coding"),
    [
        ("gzip, deflate, br, zstd", "gzip"), ("gzip, br;q=0", "gzip"), ("br", "br"),
        ("*", "gzip"), ("zstd", None), ("identity", None),
    ],
)  # fmt: skip
def test_a_page_is_packed_as_the_browser_takes_it_and_best_out_of_packed_pieces(
    respondent: Respondent, app: Flask, taken: str, coding: str | None
) -> None:
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[coding]
    with in_front_alone(app):
        plain = respondent.client.get(respondent.path)
        packed = respondent.client.get(respondent.path, headers={"Accept-Encoding": taken})
    assert packed.headers.get("Content-Encoding") == coding
    assert unpack(packed.data) == plain.data
    assert "Accept-Encoding" in packed.headers.getlist("Vary")


def test_a_new_wording_of_a_consent_stands_on_the_page_at_once(
    respondent: Respondent, app: Flask, session: Session, project: Project
) -> None:
    page = "/s/pankow/pages/intro"
    respondent.open(page)
    assert turned(respondent, app, page)
    consents.seed(session, project, NOON)
    session.commit()
    assert turned(respondent, app, page)
    before = consents.current(session, project, "survey", "de")
    assert before is not None
    consents.reword(session, project, "survey", "de", "Ganz neu", before.number, NOON)
    session.commit()
    assert turned(respondent, app, page)
    with in_front_alone(app):
        found = respondent.client.get(page, headers=respondent.headers)
    assert "Ganz neu" in found.text
    assert before.text not in found.text


def test_a_new_title_stands_on_the_page_at_once(
    respondent: Respondent, app: Flask, session: Session, survey: Survey
) -> None:
    assert turned(respondent, app)
    survey.title = {"de": "Wie geht es Buch?"}
    session.commit()
    assert turned(respondent, app)
    with in_front_alone(app):
        found = respondent.client.get(respondent.path, headers=respondent.headers)
    assert "Wie geht es Buch?" in found.text


def test_two_who_answer_otherwise_each_see_their_own_answers(
    respondent: Respondent, app: Flask
) -> None:
    other = Respondent(app.test_client(), "/s/pankow").send(consent="yes")
    texts = []
    for each, number in ((respondent, "7"), (other, "8")):
        each.open("/s/pankow/pages/headcount").send(headcount=number)
        page = "/s/pankow/pages/headcount"
        assert turned(each, app, page)
        with in_front_alone(app):
            texts.append(each.client.get(page, headers=each.headers).text)
    assert 'value="7"' in texts[0]
    assert 'value="8"' in texts[1]


@pytest.mark.parametrize(
    "path",
    [
        "/s/pankow/pages/nowhere", "/s/elsewhere/pages/org", "/s/pankow", "/s/pankow/receipt",
        "/s/pankow/pages/org?check=1", "/s/pankow/pages/org/", "/s/pankow/pages/email",
    ],
)  # fmt: skip
def test_everything_else_is_left_to_the_app(
    respondent: Respondent, app: Flask, path: str
) -> None:
    assert not turned(respondent, app, path)


def test_a_stranger_sees_no_page(respondent: Respondent, app: Flask) -> None:
    path = respondent.path
    cookie = respondent.client.get_cookie("session")
    assert cookie is not None
    for value in ("", "x", cookie.value[:-2], f"A{cookie.value}"):
        stranger = app.test_client(use_cookies=False)
        with in_front_alone(app):
            answer = stranger.get(path, headers={"Cookie": f"session={value}"})
        assert answer.status_code == 299


def test_a_closed_survey_is_left_to_the_app(
    respondent: Respondent, app: Flask, session: Session, survey: Survey
) -> None:
    assert turned(respondent, app)
    survey.state = State.CLOSED
    session.commit()
    assert not turned(respondent, app)


def test_only_looking_is_answered_in_front(respondent: Respondent, app: Flask) -> None:
    with in_front_alone(app):
        assert respondent.client.head(respondent.path).status_code == 299
        assert respondent.client.post(respondent.path).status_code == 299


def test_in_a_room_only_boards_are_answered_in_front(app: Flask) -> None:
    settings = {name: app.config[name] for name in ("DATA", "SECRET_KEY", "DATABASE_URL")}
    room = create_app(TESTING=True, ROOM=True, **settings)
    assert not {"Turning", "Sending"} & in_front(room)
    assert {"Turning", "Sending", "News", "Casting"} <= in_front(app)
    assert {"News", "Casting"} <= in_front(room)


def in_front(app: Flask) -> set[str]:
    """Return the names of the classes whose instances answer in front of an app."""
    answerers = chain.from_iterable(app.extensions["front"].answerers.values())
    return {type(answerer.__self__).__name__ for answerer in answerers}
