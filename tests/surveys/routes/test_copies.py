"""One submit comes twenty times at once, as from an impatient thumb: it is one response."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.cookies import SimpleCookie

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from core.keys import Keyring
from people.models import Project
from surveys.fieldwork import inviting, starting
from surveys.models import AnonymousResponse, Kind, Response, Subject, Survey
from tests.story import NOON, an_organisation
from tests.surveys.responses.test_anonymising import FORM

COPIES = 20
ROUNDS = 8  # a hundred were walked, too: a hundred responses on both engines

pytestmark = pytest.mark.both_engines
Send = Callable[..., list[TestResponse]]


@contextmanager
def many(app: Flask) -> Iterator[Send]:
    """Browsers that send the same at the same moment, all with the cookie of one."""
    with ThreadPoolExecutor(COPIES) as pool:

        def send(cookie: str, path: str, data: dict[str, str]) -> list[TestResponse]:
            def one(_: int) -> TestResponse:
                client = app.test_client(use_cookies=False)
                return client.post(path, data=data, headers={"Cookie": cookie})

            return [*pool.map(one, range(COPIES))]

        yield send


def cookie_of(answer: TestResponse) -> str:
    kept = SimpleCookie(answer.headers.get("Set-Cookie", ""))
    return "; ".join(f"{name}={morsel.value}" for name, morsel in kept.items())


def a_survey(session: Session, project: Project, kind: Kind) -> Survey:
    survey = starting.begin_survey(
        session, project, FORM, "form", title="", subject=Subject.ORGANISATIONS, now=NOON
    )
    starting.choose_kind(session, survey, kind)
    starting.open_survey(session, survey, NOON)
    session.commit()
    return survey


def count(session: Session, model: type[Response] | type[AnonymousResponse]) -> list[int]:
    """Count the responses there are, and those that are handed in."""
    session.rollback()
    every = select(func.count()).select_from(model)
    handed_in = every.where(model.submitted.is_not(None))
    return [session.scalar(each) or 0 for each in (every, handed_in)]


def test_a_submit_that_comes_twenty_times_is_one_response(
    app: Flask, session: Session, project: Project
) -> None:
    survey = a_survey(session, project, Kind.OPEN)
    door, slug = app.test_client(use_cookies=False), survey.slug
    session.rollback()
    with many(app) as send:
        for number in range(ROUNDS):
            first = door.get(f"/s/{slug}")
            key = re.search(r'name="key" value="([^"]+)"', first.text)
            page = re.search(r"/pages/([^/\"]+)\"", first.text)
            assert key and page
            data = {"idea": f"Idee {number}", "go": "next", "key": key[1]}
            sent = send(cookie_of(first), f"/s/{slug}/pages/{page[1]}", data)
            assert {each.status_code for each in sent} == {303}
    assert count(session, Response) == [ROUNDS, ROUNDS]
    ideas = {answers["idea"] for answers in session.scalars(select(Response.answers))}
    assert len(ideas) == ROUNDS


@pytest.mark.parametrize("kind", [Kind.IDENTIFIED, Kind.ANONYMOUS])
def test_an_invitation_and_a_last_page_that_come_twenty_times_are_one_response(
    app: Flask, session: Session, project: Project, keys: Keyring, kind: Kind
) -> None:
    rounds = ROUNDS // 8
    people = [an_organisation(project, f"A{n:03}", f"Verein {n}") for n in range(rounds)]
    session.add_all(people)
    survey = a_survey(session, project, kind)
    doors = [
        f"/i/{inviting.token_of(keys, invitation)}"
        for invitation in inviting.invite(session, keys, survey, people, NOON)
    ]
    session.commit()
    with many(app) as send:
        for number, door in enumerate(doors):
            begun = send("", door, {"key": f"key {number}"})
            assert {each.status_code for each in begun} == {303}
            cookie = cookie_of(begun[number % COPIES])
            page = app.test_client(use_cookies=False).get(
                f"/s/{survey.slug}", headers={"Cookie": cookie}
            )
            data = {"idea": f"Idee {number}", "go": "next"}
            sent = send(cookie, page.location, data)
            assert {each.status_code for each in sent} <= {303}
    model = AnonymousResponse if kind == Kind.ANONYMOUS else Response
    assert count(session, model) == [rounds, rounds]
    if kind == Kind.IDENTIFIED:
        leading = select(func.count()).select_from(Response).where(Response.leading)
        assert session.scalar(leading) == rounds
