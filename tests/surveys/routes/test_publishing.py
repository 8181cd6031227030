import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core import erasing as listed
from core import mail, posting
from core.keys import Keyring
from core.mail import OutboxMail
from people.models import Project, User
from surveys.models import Response, ResultsWish, Survey
from surveys.reporting.models import Frozen
from surveys.responses import erasing, wishing
from surveys.routes import published
from tests.story import NOON, an_organisation, browser_of
from tests.surveys.answers import Respondent
from tests.surveys.example import a_survey, answer

STAND = "/p/buch/stand"


@pytest.fixture
def survey(app: Flask, session: Session, project: Project) -> Survey:
    app.config["SMTP_URL"] = "smtp://127.0.0.1:9"  # nobody is there
    survey = a_survey(session, project)
    for number in range(30):
        organisation = an_organisation(project, f"O{number}", f"Haus {number}")
        session.add(organisation)
        session.flush()
        said = {"org_type": "provider" if number < 15 else "research", "willing": "5"}
        answer(session, survey, said, organisation)
    session.commit()
    return survey


@pytest.fixture
def place(survey: Survey) -> str:
    return f"/p/buch/surveys/{survey.slug}/publication"


@pytest.fixture
def code(desk: FlaskClient, survey: Survey) -> str:
    frozen = desk.post(STAND, data={"survey": survey.slug, "chart": "org_type"})
    return str(frozen.location).rpartition("/")[2]


def hand_in(client: FlaskClient, survey: Survey) -> Respondent:
    respondent = Respondent(client, f"/s/{survey.slug}")
    respondent.send({"go": "receipt"})
    assert respondent.path.endswith("/receipt")
    return respondent


def wish(client: FlaskClient, survey: Survey, address: str) -> tuple[int, str]:
    sent = client.post(f"/s/{survey.slug}/results/wish", data={"address": address})
    return sent.status_code, sent.text


def letters(session: Session, keys: Keyring) -> list[mail.Letter]:
    found = [mail.read(keys, each) for each in session.scalars(select(OutboxMail))]
    return [each for each in found if each.mail.purpose == "results"]


def test_who_wanted_the_results_gets_one_mail_and_the_address_is_deleted(
    desk: FlaskClient,
    client: FlaskClient,
    session: Session,
    keys: Keyring,
    survey: Survey,
    place: str,
    code: str,
) -> None:
    hand_in(client, survey)
    assert wish(client, survey, " Mia@example.org ")[0] == 303
    assert "Wir schreiben Ihnen einmal" in client.get(f"/s/{survey.slug}/receipt").text
    assert "1 Person möchte" in desk.get(place).text

    answer = desk.post(place, data={"code": code}, follow_redirects=True)
    assert "1 Person bekommt eine Mail" in answer.text
    (letter,) = letters(session, keys)
    assert letter.to == "Mia@example.org"
    assert f"/s/{survey.slug}/results" in letter.text
    assert session.scalars(select(ResultsWish)).all() == []
    desk.post(place, data={"code": code})
    assert len(letters(session, keys)) == 1


def test_an_address_left_twice_is_kept_once_and_a_new_one_replaces_it(
    client: FlaskClient, session: Session, survey: Survey
) -> None:
    hand_in(client, survey)
    for address in ("mia@example.org", "MIA@example.org"):
        wish(client, survey, address)
    assert wishing.wishes(session, survey.id) == 1
    wish(client, survey, "kim@example.org")
    assert wishing.wishes(session, survey.id) == 1
    client.post(f"/s/{survey.slug}/results/wish/removal")
    assert wishing.wishes(session, survey.id) == 0
    assert 'name="address"' in client.get(f"/s/{survey.slug}/receipt").text


def test_what_is_no_address_stays_at_its_field(
    client: FlaskClient, session: Session, survey: Survey
) -> None:
    hand_in(client, survey)
    status, page = wish(client, survey, "mia at example")
    assert status == 422
    assert 'value="mia at example"' in page and 'id="address-error"' in page
    assert wishing.wishes(session, survey.id) == 0


def test_only_who_has_handed_in_can_leave_an_address(
    client: FlaskClient, session: Session, survey: Survey
) -> None:
    assert wish(client, survey, "mia@example.org")[0] == 404
    assert wishing.wishes(session, survey.id) == 0


def test_nothing_in_the_database_tells_the_address(
    client: FlaskClient, session: Session, survey: Survey
) -> None:
    hand_in(client, survey)
    wish(client, survey, "mia@example.org")
    (kept,) = session.scalars(select(ResultsWish))
    assert "example" not in kept.sealed + kept.id
    assert not {"response_id", "created"} & {*ResultsWish.__table__.columns.keys()}


def test_everyone_reads_what_is_published_until_it_is_taken_back(
    desk: FlaskClient, client: FlaskClient, survey: Survey, place: str, code: str
) -> None:
    page = f"/s/{survey.slug}/results"
    assert client.get(page).status_code == 404
    desk.post(place, data={"code": code})
    shown = client.get(page)
    assert shown.status_code == 200 and code in shown.text and "Träger der" in shown.text
    desk.post(f"/p/buch/surveys/{survey.slug}/closing")
    assert page in client.get(f"/s/{survey.slug}").text
    desk.post(f"{place}/removal")
    assert client.get(page).status_code == client.get(f"/stand/{code}").status_code == 404
    assert page not in client.get(f"/s/{survey.slug}").text


def test_whoever_hands_in_later_is_led_to_the_results(
    desk: FlaskClient, client: FlaskClient, survey: Survey, place: str, code: str
) -> None:
    desk.post(place, data={"code": code})
    receipt = hand_in(client, survey).html
    assert f"/s/{survey.slug}/results" in receipt and 'name="address"' not in receipt


def test_a_figure_is_needed_and_what_is_not_ticked_is_not_shown(
    desk: FlaskClient, session: Session, client: FlaskClient, survey: Survey, place: str,
    code: str,
) -> None:  # fmt: skip
    answer = desk.post(place, data={})
    assert answer.status_code == 422 and "mindestens" in answer.text
    other = desk.post(STAND, data={"survey": survey.slug, "chart": "rates"}).location
    desk.post(place, data={"code": [code, other.rpartition("/")[2]]})
    desk.post(place, data={"code": [code]})
    assert [
        each.code for each in session.scalars(select(Frozen).filter_by(is_public=True))
    ] == [code]


def test_addresses_go_with_ones_answers_and_with_the_answers_of_all(
    app: Flask, client: FlaskClient, session: Session, keys: Keyring, survey: Survey
) -> None:
    hand_in(client, survey)
    wish(client, survey, "mia@example.org")
    client.post(f"/s/{survey.slug}/deletion")
    assert wishing.wishes(session, survey.id) == 0
    session.execute(delete(Response))
    wishing.wish(session, keys, survey.id, "kim@example.org", "ar")
    survey.keep_until = NOON.date().replace(year=2000)
    session.commit()
    erasing.purge(session, app.config["DATA"], NOON)
    session.commit()
    assert wishing.wishes(session, survey.id) == 0


def test_who_answered_in_arabic_is_told_in_arabic(
    desk: FlaskClient, session: Session, keys: Keyring, survey: Survey, place: str, code: str
) -> None:
    wishing.wish(session, keys, survey.id, "kim@example.org", "ar")
    session.commit()
    desk.post(place, data={"code": code})
    (letter,) = letters(session, keys)
    assert re.search("[\u0600-\u06ff]", letter.subject) and "/results" in letter.text


def test_the_task_force_publishes_nothing(
    app: Flask, tarik: User, survey: Survey, place: str, code: str
) -> None:
    reader = browser_of(tarik, app)
    assert reader.get(place).status_code == 403
    assert reader.post(place, data={"code": code}).status_code == 403


def test_nobody_reads_the_address_in_the_outbox_and_it_goes_with_the_mail(
    desk: FlaskClient,
    client: FlaskClient,
    app: Flask,
    session: Session,
    keys: Keyring,
    survey: Survey,
    place: str,
    code: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hand_in(client, survey)
    wish(client, survey, "mia@example.org")
    desk.post(place, data={"code": code})
    assert "mia@" not in desk.get("/p/buch/people/outbox").text
    monkeypatch.setattr(posting, "post", lambda *values: None)
    (waiting,) = session.scalars(select(OutboxMail))
    waiting.due = waiting.queued
    session.commit()
    with app.app_context():
        mail.deliver_waiting()
    session.expire_all()
    assert session.scalars(select(OutboxMail)).all() == []


def test_without_a_mail_server_no_address_is_asked_for(
    app: Flask, client: FlaskClient, survey: Survey
) -> None:
    app.config["SMTP_URL"] = ""
    receipt = hand_in(client, survey).html
    assert 'name="address"' not in receipt and f"/s/{survey.slug}/results" in receipt


def test_whoever_answers_next_on_a_device_has_a_wish_of_their_own(
    client: FlaskClient, session: Session, survey: Survey
) -> None:
    hand_in(client, survey)
    wish(client, survey, "mia@example.org")
    client.post(f"/s/{survey.slug}/another")
    assert 'name="address"' in hand_in(client, survey).html
    client.post(f"/s/{survey.slug}/deletion")
    assert wishing.wishes(session, survey.id) == 1


def test_who_is_told_is_not_told_again_after_a_backup_is_put_back(
    app: Flask, session: Session, keys: Keyring, survey: Survey
) -> None:
    wishing.wish(session, keys, survey.id, "mia@example.org", "de")
    session.commit()
    assert wishing.fulfil(session, app.config["DATA"], keys, survey.id)
    session.rollback()  # as if the backup held it still
    listed.replay(session, app.config["DATA"])
    assert wishing.wishes(session, survey.id) == 0


def test_whom_a_crash_left_waiting_is_told_later(
    desk: FlaskClient, app: Flask, session: Session, keys: Keyring, survey: Survey, place: str,
    code: str,
) -> None:  # fmt: skip
    desk.post(place, data={"code": code})
    wishing.wish(session, keys, survey.id, "mia@example.org", "de")
    session.commit()
    with app.app_context():
        published.tell_the_rest()
    assert [each.to for each in letters(session, keys)] == ["mia@example.org"]


def test_what_was_withdrawn_is_not_public_again_by_freezing_it_once_more(
    desk: FlaskClient, client: FlaskClient, survey: Survey, place: str, code: str
) -> None:
    desk.post(place, data={"code": code})
    desk.post(f"{STAND}/{code}/withdrawal")
    assert client.get(f"/stand/{code}").status_code == 410
    assert f'/s/{survey.slug}/results"' not in hand_in(client, survey).html
    desk.post(STAND, data={"survey": survey.slug, "chart": "org_type"})
    assert client.get(f"/stand/{code}").status_code == 404
