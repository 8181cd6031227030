"""Collect asks nobody back, so a counsellor looks later at what may tell who somebody is."""

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from people.models import Organisation, Project
from surveys.definition import Item
from surveys.models import Response, Survey
from surveys.odk.models import Doubt
from tests.surveys.conversations.story import DEFINITION, DESK, a_talk_survey
from tests.surveys.odk.collect import Collect, message_of
from tests.surveys.odk.story import TOLD

NAMED = "Frau Petrova hilft mir, 030 1234567"
DOUBT = f"{DESK}/K7-RQ2/doubts/idea"


@pytest.fixture
def told(survey: Survey, collect: Collect) -> str:
    """What Collect says when somebody was named."""
    answer = collect.send(collect.fill(survey.slug, TOLD | {"talk/idea": NAMED}))
    assert answer.status_code == 201
    return message_of(answer)


def answers(session: Session) -> dict[str, object]:
    session.expire_all()
    return session.scalars(select(Response)).one().answers


def doubts(session: Session) -> list[str]:
    return [*session.scalars(select(Doubt.field))]


@pytest.mark.usefixtures("told")
def test_the_message_and_the_desk_say_which_answers_to_look_at(
    told: str, tablet: FlaskClient, other_tablet: FlaskClient
) -> None:
    assert "3. Haben Sie eine Idee?" in told
    assert "/conversations/doubts" in tablet.get(DESK).text
    page = tablet.get(f"{DESK}/doubts").text
    assert "<mark>Petrova</mark>" in page
    assert "<mark>030 1234567</mark>" in page
    assert "/conversations/doubts" not in other_tablet.get(DESK).text
    assert "Petrova" not in other_tablet.get(f"{DESK}/doubts").text
    data = {"text": "", "go": "stay"}
    assert other_tablet.post(DOUBT, data=data).status_code == 404


def test_what_tells_of_nobody_is_not_asked_about(
    session: Session, survey: Survey, collect: Collect, tablet: FlaskClient
) -> None:
    collect.send(collect.fill(survey.slug, TOLD))
    assert doubts(session) == []
    assert "/conversations/doubts" not in tablet.get(DESK).text


@pytest.mark.usefixtures("told")
def test_another_wording_takes_the_place_of_the_first_everywhere(
    session: Session, tablet: FlaskClient
) -> None:
    row = session.scalars(select(Response)).one()
    row.counted, row.corrected = dict(row.answers), row.saved  # as figures count it
    session.commit()
    data = {"text": "Eine Frau hilft mir", "go": "change"}
    assert tablet.post(DOUBT, data=data).status_code == 303
    assert answers(session)["idea"] == "Eine Frau hilft mir"
    assert row.counted is not None and row.counted["idea"] == "Eine Frau hilft mir"
    assert doubts(session) == []
    assert "Petrova" not in tablet.get(f"{DESK}/doubts").text
    assert tablet.post(DOUBT, data=data).status_code == 404


@pytest.mark.usefixtures("told")
def test_what_still_stands_out_is_asked_about_once_more_and_stays_as_typed(
    session: Session, tablet: FlaskClient
) -> None:
    answer = tablet.post(DOUBT, data={"text": "Frau Petrova", "go": "change"})
    assert answer.status_code == 422
    assert "fällt noch etwas auf" in answer.text
    assert ">\nFrau Petrova</textarea>" in answer.text
    assert answers(session)["idea"] == NAMED
    assert tablet.post(DOUBT, data={"text": "x" * 10_001, "go": "stay"}).status_code == 422
    assert tablet.post(DOUBT, data={"text": NAMED, "go": "stay"}).status_code == 303
    assert answers(session)["idea"] == NAMED
    assert doubts(session) == []


@pytest.mark.usefixtures("told")
def test_an_answer_may_be_left_out(session: Session, tablet: FlaskClient) -> None:
    tablet.post(DOUBT, data={"text": " ", "go": "change"})
    assert "idea" not in answers(session)


@pytest.mark.usefixtures("told")
def test_a_doubt_goes_with_its_conversation(session: Session, tablet: FlaskClient) -> None:
    tablet.post(f"{DESK}/K7-RQ2/deletion")
    assert doubts(session) == []


def test_each_turn_of_a_repeat_is_looked_at_by_itself(
    session: Session,
    project: Project,
    provider: Organisation,
    collect: Collect,
    tablet: FlaskClient,
) -> None:
    friend = Item("question", "friend", "text", label={"de": "Wer?"})
    repeat = Item("repeat", "friends", label={"de": "Wen kennen Sie?"}, items=(friend,))
    raw = DEFINITION.to_json()
    wider = type(DEFINITION)({}, "", "", (), (*DEFINITION.items, repeat)).to_json()
    other = a_talk_survey(
        session, project, DEFINITION.from_json(raw | {"items": wider["items"]})
    )
    turns = {"friends[1]/friend": "niemand", "friends[2]/friend": "Frau Petrova"}
    collect.send(collect.fill(other.slug, TOLD | turns))
    assert doubts(session) == ["friend:2"]
    place = quote("friend:2")
    data = {"text": "eine Frau", "go": "change"}
    assert tablet.post(f"{DESK}/K7-RQ2/doubts/{place}", data=data).status_code == 303
    assert answers(session)["friends"] == [{"friend": "niemand"}, {"friend": "eine Frau"}]
