"""What a device of ours kept without network arrives once, whatever it says."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.keys import Keyring
from people.models import Membership, Project, User
from surveys.conversations.models import Conversation
from surveys.models import Agreement, Response, State, Survey
from surveys.odk import pairing
from surveys.odk.models import Device
from surveys.sounds import keeping
from surveys.sounds.recoding import Sound
from tests.story import NOON

AWAY = "/p/buch/away"
KEY = "0123456789abcdef0123456789abcdef"


class Prepared:
    """A device that is let in."""

    def __init__(self, browser: FlaskClient, device: Device, password: str) -> None:
        self.device = device
        self._browser = browser
        self.door = (device.username, password)

    def get(self, path: str) -> Any:
        return self._browser.get(f"{AWAY}/{path}", auth=self.door)

    def send(self, **more: Any) -> Any:
        told = {
            "key": KEY, "slug": "gespraeche", "version": "1", "language": "ar",
            "code": "K7-RQ2",
            "answers": {"consent": "yes", "school": "no", "needs": ["course", "work"]},
            "agreed": {},
        }  # fmt: skip
        return self._browser.post(f"{AWAY}/conversations", json=told | more, auth=self.door)

    def remove(self) -> Any:
        return self._browser.post(
            f"{AWAY}/conversations/removal", json={"key": KEY}, auth=self.door
        )


@pytest.fixture
def device(
    app: Flask, session: Session, keys: Keyring, nadja: User, project: Project, survey: Survey
) -> Prepared:
    membership = session.scalars(select(Membership).filter_by(user_id=nadja.id)).one()
    found, password = pairing.pair(session, keys, membership, "form", "Tablet", NOON.date())
    session.commit()
    return Prepared(app.test_client(), found, password)


def test_the_kit_holds_both_halves_and_nothing_of_a_browser(device: Prepared) -> None:
    told = device.get("kit").json
    assert told["provider"] == "Stadtteilzentrum Bucher Bogen e.V."
    (survey,) = told["surveys"]
    kit = device.get(f"kit/{survey['slug']}")
    assert device.get("kit").json["surveys"][0]["digest"] == survey["digest"]
    assert {"ar", "de", "prs"} <= {*kit.json["theirs"]}
    assert "هل ذهبتم إلى المدرسة؟" in kit.json["theirs"]["ar"]["halves"]["school"]
    assert "Waren Sie in der Schule?" in kit.json["mine"]["halves"]["school"]
    assert 'name="csrf_token" value=""' in kit.json["theirs"]["ar"]["pages"]["frame 10"]


def test_the_kit_says_what_can_be_heard_in_each_language_and_how_large_it_is(
    device: Prepared, session: Session, survey: Survey
) -> None:
    before = device.get("kit").json["surveys"][0]["digest"]
    asked = keeping.asked_now(session, survey)
    [task] = [
        each for each in keeping.tasks(session, survey, asked, "ar") if each.key == "yn//yes"
    ]
    sound, today = Sound(1, b"a voice"), NOON.date()
    keeping.keep(session, survey, "ar", task, sound, said=task.said, today=today)
    session.commit()
    assert device.get("kit").json["surveys"][0]["digest"] != before
    theirs = device.get("kit/gespraeche").json["theirs"]
    assert theirs["ar"]["sounds"] == {sound.digest: 7}
    assert theirs["de"]["sounds"] == {}
    assert f"{sound.digest}.m4a" in theirs["ar"]["halves"]["school"]


def test_it_arrives_once_with_the_code_and_the_language(
    device: Prepared, session: Session, keys: Keyring
) -> None:
    first = device.send()
    assert (first.status_code, first.json) == (
        200, {"state": "stored", "code": "K7-RQ2", "doubts": []},
    )  # fmt: skip
    assert device.send().json["state"] == "known"
    conversation = session.scalars(select(Conversation)).one()
    assert (conversation.code, conversation.language) == ("K7-RQ2", "ar")
    answers = session.scalars(select(Response)).one().answers
    assert answers == {
        "consent": "yes", "provider": "O14", "school": "no", "needs": ["course", "work"],
    }  # fmt: skip
    assert not keys.has(f"conversation-{conversation.response_id}")


def test_the_wording_that_stood_there_is_noted(device: Prepared, session: Session) -> None:
    kit = device.get("kit/gespraeche").json["theirs"]["ar"]
    number = int(kit["pages"]["before 0"].partition('name="agreed" value="')[2].split('"')[0])
    device.send(agreed={"consent": number, "again": number, "idea": number, "no": "x"})
    noted = session.scalars(select(Agreement)).all()
    assert [(each.question, each.text_id) for each in noted] == [("consent", number)]


def test_what_may_tell_who_somebody_is_waits_to_be_looked_at(device: Prepared) -> None:
    told = device.send(answers={"consent": "yes", "idea": "Ruft Frau Amiri an"})
    assert told.json["doubts"] == ["3. Haben Sie eine Idee?"]


@pytest.mark.parametrize(
    "told",
    [
        {"key": "x"}, {"code": ""}, {"code": 7}, {"code": "ك7-RQ2"}, {"slug": "nowhere"},
        {"version": "99"}, {"answers": {"consent": "yes", "needs": ["no such"]}},
        {"slug": None, "version": {}},
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_in_words_and_nothing_stored(
    device: Prepared, session: Session, told: dict[str, Any]
) -> None:
    answer = device.send(**told)
    assert answer.status_code == 409
    assert answer.json["sentence"]
    assert session.scalars(select(Response)).all() == []


@pytest.mark.parametrize("answers", [None, [], {}, {"consent": "no"}, {"consent": ["yes"]}])
def test_without_a_yes_nothing_is_stored(
    device: Prepared, session: Session, answers: Any
) -> None:
    assert device.send(answers=answers).json["state"] == "declined"
    assert session.scalars(select(Response)).all() == []


def test_a_code_that_another_conversation_has_is_not_given_twice(device: Prepared) -> None:
    device.send()
    other = device.send(key=KEY[::-1])
    assert (other.status_code, other.json["state"]) == (409, "taken")
    assert "K7-RQ2" in other.json["sentence"] and "neuen Code" in other.json["sentence"]


def test_a_closed_survey_takes_nothing_and_says_so(
    device: Prepared, session: Session, survey: Survey
) -> None:
    survey.state = State.CLOSED
    session.commit()
    assert device.send().status_code == 409
    assert session.scalars(select(Response)).all() == []


def test_a_device_that_is_locked_out_is_told_to_destroy_what_it_has(
    device: Prepared, session: Session, app: Flask
) -> None:
    ask = {"username": device.device.username}
    asked = app.test_client().post(f"{AWAY}/standing", json=ask)
    assert asked.json == {"state": "unknown"}
    pairing.forget(session, device.device.membership, device.device.id)
    session.commit()
    assert device.get("kit").status_code == 410
    assert device.send().status_code == 410
    assert app.test_client().post(f"{AWAY}/standing", json=ask).json == {"state": "gone"}
    assert session.scalars(select(Response)).all() == []


@pytest.mark.parametrize("path", ["kit", "kit/gespraeche"])
def test_nobody_else_is_let_in(device: Prepared, app: Flask, path: str) -> None:
    stranger = app.test_client()
    assert stranger.get(f"{AWAY}/{path}").status_code == 403
    wrong = (device.device.username, "wrong")
    assert stranger.get(f"{AWAY}/{path}", auth=wrong).status_code == 403
    elsewhere = stranger.get("/p/nowhere/away/kit", auth=device.door)
    assert elsewhere.status_code == 403


def test_the_page_of_a_project_is_like_that_of_none(app: Flask) -> None:
    browser = app.test_client()
    pages = [browser.get(f"/p/{slug}/away/") for slug in ("buch", "nowhere")]
    assert [each.status_code for each in pages] == [200, 200]
    assert (
        pages[0].text.replace("/buch/", "/nowhere/").replace('"buch"', '"nowhere"')
        == pages[1].text
    )


def test_preparing_gives_a_password_once(tablet: FlaskClient, session: Session) -> None:
    form = {"key": "k" * 32, "name": "Tablet in Raum 2"}
    told = tablet.post("/p/buch/conversations/away", data=form)
    assert told.json
    assert {*told.json} == {"username", "password", "name", "address"}
    again = tablet.post("/p/buch/conversations/away", data=form)
    assert again.status_code == 409
    assert "password" not in again.text
    device = session.scalars(select(Device)).one()
    assert told.json["password"] not in device.password_hash


def test_no_line_of_the_log_tells_of_a_conversation(
    device: Prepared, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    device.send()
    lines = json.dumps([record.__dict__ for record in caplog.records], default=repr)
    assert "K7-RQ2" not in lines
    assert "away" not in lines


@pytest.mark.parametrize("came_first", [True, False])
def test_what_is_deleted_on_the_device_is_deleted_here_and_comes_back_never(
    device: Prepared, session: Session, came_first: bool
) -> None:
    if came_first:
        device.send()
    assert device.remove().json == {"state": "deleted"}
    assert device.remove().json == {"state": "deleted"}
    assert device.send().json["state"] == "erased"
    session.expire_all()
    assert session.scalars(select(Response)).all() == []
    assert session.scalars(select(Conversation)).all() == []


@pytest.mark.parametrize("sent", [[1], "x", 7, None, {"username": [1]}])
def test_whoever_asks_how_a_device_stands_gets_an_answer_whatever_is_sent(
    app: Flask, project: Project, sent: object
) -> None:
    answer = app.test_client().post(f"{AWAY}/standing", json=sent)
    assert (answer.status_code, answer.json) == (200, {"state": "unknown"})
