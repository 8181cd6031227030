"""What a tablet sends is a conversation of the provider, once."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from people.models import Organisation
from surveys.conversations.models import Conversation
from surveys.fieldwork import starting
from surveys.models import Agreement, Channel, Response, Survey
from surveys.odk import forming
from surveys.responses import erasing, sitting
from tests.story import NOON, at_once
from tests.surveys.conversations.story import DESK, SECRET
from tests.surveys.odk.collect import Collect, changed_copy, filled, message_of
from tests.surveys.odk.story import HOSTILE, TOLD


def responses(session: Session) -> list[Response]:
    session.expire_all()
    return [*session.scalars(select(Response))]


def test_what_was_told_on_the_tablet_is_a_conversation_of_the_provider(
    session: Session, survey: Survey, provider: Organisation, collect: Collect
) -> None:
    answer = collect.send(collect.fill(survey.slug, TOLD))
    assert answer.status_code == 201, answer.text
    assert "http://openrosa.org/http/response" in answer.text
    assert int(answer.headers["X-OpenRosa-Accept-Content-Length"]) > 1_000_000
    (response,) = responses(session)
    assert response.answers == {
        "consent": "yes", "provider": "O14", "school": "no", "needs": ["course", "work"],
        "first": "work", "idea": SECRET, "wall": "yes",
    }  # fmt: skip
    assert response.channel == Channel.COUNSELLOR
    times = (response.begun, response.saved, response.submitted)
    assert {t.hour for t in times if t} == {12}  # nothing finer than a day
    (row,) = session.scalars(select(Conversation))
    assert (row.code, row.provider_id, row.draft) == ("K7-RQ2", provider.id, None)
    (agreed,) = session.scalars(select(Agreement))
    assert agreed.question == "consent"


def test_without_a_yes_nothing_is_kept_and_the_tablet_is_content(
    session: Session, survey: Survey, collect: Collect
) -> None:
    for said in ("no", ""):
        answer = collect.send(collect.fill(survey.slug, TOLD | {"consent": said}))
        assert answer.status_code == 201
    assert responses(session) == []
    assert session.scalar(select(func.count()).select_from(Conversation)) == 0


def test_sending_again_stores_nothing_twice(
    session: Session, survey: Survey, collect: Collect
) -> None:
    xml = collect.fill(survey.slug, TOLD)
    first, second = collect.send(xml), collect.send(xml)
    assert (first.status_code, second.status_code) == (201, 201)
    assert message_of(first) != message_of(second)
    assert len(responses(session)) == 1


@pytest.mark.both_engines
def test_sending_eight_times_at_once_stores_one(
    sessions: sessionmaker[Session], survey: Survey, collect: Collect
) -> None:
    for number in range(1, 11):
        xml = collect.fill(survey.slug, TOLD | {"talk/token": f"A{number + 1:X}-ABC"})
        statuses: list[int] = []

        def send(_: int, xml: bytes = xml, statuses: list[int] = statuses) -> None:
            statuses.append(collect.post(xml).status_code)

        at_once(8, send)
        assert statuses == [201] * 8
        with sessions() as session:
            assert session.scalar(select(func.count()).select_from(Response)) == number
            assert session.scalar(select(func.count()).select_from(Conversation)) == number


def test_an_answer_that_does_not_fit_stays_on_the_tablet(
    session: Session, survey: Survey, collect: Collect
) -> None:
    for wrong in ({"talk/needs": "course work flat"}, {"talk/school": "perhaps"}):
        answer = collect.send(collect.fill(survey.slug, TOLD | wrong))
        assert answer.status_code == 422
        assert "does not fit" in message_of(answer) or "passt nicht" in message_of(answer)
    assert responses(session) == []


def test_what_was_left_out_is_no_fault(
    session: Session, survey: Survey, collect: Collect
) -> None:
    told = {"consent": "yes", "talk/token": "K7-RQ2"}
    assert collect.send(collect.fill(survey.slug, told)).status_code == 201
    (response,) = responses(session)
    assert response.answers == {"consent": "yes", "provider": "O14"}


def test_a_code_leads_to_one_conversation(
    session: Session, survey: Survey, collect: Collect
) -> None:
    assert collect.send(collect.fill(survey.slug, TOLD)).status_code == 201
    answer = collect.send(collect.fill(survey.slug, TOLD))
    assert answer.status_code == 409
    assert "K7-RQ2" in message_of(answer)
    assert len(responses(session)) == 1


def test_the_message_names_the_code_that_is_stored(
    session: Session, survey: Survey, collect: Collect
) -> None:
    xml = collect.fill(survey.slug, TOLD | {"talk/token": "k7 rq2"})
    for _ in range(2):
        assert "K7-RQ2" in message_of(collect.send(xml))
    drawn = collect.send(collect.fill(survey.slug, TOLD | {"talk/token": ""}))
    codes = session.scalars(select(Conversation.code).order_by(Conversation.id)).all()
    assert len(codes) == 2
    assert codes[1] in message_of(drawn)


@pytest.mark.parametrize("typed", ["B12", "K7-RQ23", "ك7-RQ2", "?"])
def test_what_is_no_code_is_asked_for_again_and_never_replaced(
    session: Session, survey: Survey, collect: Collect, typed: str
) -> None:
    answer = collect.send(collect.fill(survey.slug, TOLD | {"talk/token": typed}))
    assert answer.status_code == 422
    assert f"„{typed}“" in message_of(answer)
    assert responses(session) == []


def test_a_changed_copy_is_refused_in_words_of_its_own(
    session: Session, survey: Survey, collect: Collect
) -> None:
    xml = collect.fill(survey.slug, TOLD)
    collect.send(xml)
    for changes in ({"talk/idea": "Brot"}, {"talk/token": "A2-BCD"}):
        answer = collect.send(changed_copy(xml, changes))
        assert answer.status_code == 409
        assert "zweimal zählen" in message_of(answer)
    (response,) = responses(session)
    assert response.answers["idea"] == SECRET


def test_a_changed_copy_of_what_never_came_is_taken_and_of_what_was_deleted_is_not(
    session: Session, survey: Survey, collect: Collect, tablet: FlaskClient
) -> None:
    xml = collect.fill(survey.slug, TOLD)
    assert collect.send(changed_copy(xml, {"talk/token": "A2-BCD"})).status_code == 201
    assert len(responses(session)) == 1
    collect.send(xml)
    tablet.post(f"{DESK}/K7-RQ2/deletion")
    assert collect.send(changed_copy(xml, {"talk/token": "A2-BCE"})).status_code == 201
    assert [row.code for row in session.scalars(select(Conversation))] == ["A2-BCD"]


@pytest.mark.parametrize("number", ["9" * 5_000, "9" * 20, "²", "-1"])
def test_numbers_that_nobody_has_given_are_unknown(
    session: Session, survey: Survey, collect: Collect, number: str
) -> None:
    xml = collect.fill(survey.slug, TOLD)
    version = re.sub(rb' version="[^"]*"', f' version="{number}-abc"'.encode(), xml, count=1)
    assert collect.post(version).status_code == 404
    blank = collect.blank(survey.slug).decode()
    if forming.WORDINGS in blank:
        wordings = filled(blank.encode(), TOLD | {forming.WORDINGS: f"{number} 1"})
        assert collect.post(wordings).status_code == 201


def test_a_form_of_an_older_version_is_still_taken(
    session: Session, survey: Survey, collect: Collect
) -> None:
    xml = collect.fill(survey.slug, TOLD)
    (old,) = starting.versions_of(session, survey)
    newer = dict(old.definition) | {"items": old.definition["items"][:2]}
    session.add(
        type(old)(survey_id=survey.id, number=2, digest="2", definition=newer, created=NOON)
    )
    session.commit()
    assert collect.blank(survey.slug) != b""
    assert collect.send(xml).status_code == 201
    (response,) = responses(session)
    assert response.version_id == old.id
    assert response.answers["idea"] == SECRET


def test_what_was_deleted_does_not_come_back(
    app: Flask, session: Session, survey: Survey, collect: Collect
) -> None:
    xml = collect.fill(survey.slug, TOLD)
    collect.send(xml)
    (response,) = responses(session)
    place = sitting.sitting(session, response.id, survey.slug)
    assert place
    erasing.erase(session, app.config["DATA"], place, NOON)
    session.commit()
    assert collect.send(xml).status_code == 201
    assert responses(session) == []


def test_a_closed_survey_takes_nothing_and_the_tablet_keeps_it(
    session: Session, survey: Survey, collect: Collect
) -> None:
    xml = collect.fill(survey.slug, TOLD)
    starting.close_survey(session, session.get_one(Survey, survey.id), NOON)
    session.commit()
    assert collect.send(xml).status_code == 422
    assert collect.forms() == []
    assert responses(session) == []


@pytest.mark.parametrize("xml", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_no_form_is_refused_with_a_sentence(
    session: Session, collect: Collect, xml: bytes
) -> None:
    answer = collect.post(xml)
    assert answer.status_code == 422
    assert message_of(answer)
    assert responses(session) == []
