"""Recordings are sent by staff or by somebody with a link, and heard by who answers."""

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from people.consents import reword
from people.models import Project
from surveys.models import Kind, State, Subject, Survey
from surveys.routes import booths
from surveys.sounds import recoding
from surveys.sounds.models import Recording, SpeakerLink
from surveys.sounds.recoding import NoSound, Sound
from tests.story import NOON
from tests.surveys.answers import Respondent, a_survey
from tests.surveys.sounds.sounding import a_sound
from tests.surveys.sounds.test_keeping import FORM, speak, tasks

SPEAKING = "/p/buch/surveys/pankow/speaking"
NOBODY = "/speak/" + "0" * 32
TEXT = f"{SPEAKING}/de/texts/course:label"


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    return a_survey(session, project, FORM)


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take files as they are, where it does not matter what becomes of them."""

    def recode(data: bytes) -> Sound:
        if data.startswith(b"no sound"):
            raise NoSound
        return Sound(1.0, data)

    monkeypatch.setattr(recoding, "recode", recode)


@pytest.fixture
def link(desk: FlaskClient, session: Session, survey: Survey) -> str:
    """The path of a link for somebody who speaks German."""
    desk.post(f"{SPEAKING}/de/links", data={"key": "form"})
    page = desk.get(SPEAKING).text
    return "/speak/" + page.partition("/speak/")[2].partition('"')[0]


def said(session: Session, survey: Survey, key: str) -> str:
    return tasks(session, survey)[key].said


def send(client: FlaskClient, address: str, mark: str, data: bytes) -> TestResponse:
    form = {"said": mark, "file": (BytesIO(data), "recording")}
    return client.post(address, data=form)


def kept(session: Session) -> dict[str, bytes]:
    session.expire_all()
    return {each.key: each.sound for each in session.scalars(select(Recording))}


def test_a_recording_of_a_browser_is_heard_by_who_answers(
    desk: FlaskClient, client: FlaskClient, session: Session, survey: Survey
) -> None:
    assert "<audio" not in Respondent(client, "/s/pankow").html
    answer = send(desk, TEXT, said(session, survey, "course/label"), a_sound("webm"))
    assert answer.status_code == 303
    assert answer.location.endswith("/texts/course:hint")  # the next that waits

    page = Respondent(client, "/s/pankow").html
    assert "listening.js" in page
    address = page.partition('<audio controls preload="none" src="')[2].partition('"')[0]
    sound = client.get(address)
    assert sound.mimetype == "audio/mp4"
    assert sound.data == kept(session)["course/label"]
    assert sound.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in sound.headers
    assert "Cookie" not in sound.headers.get("Vary", "")
    assert "autoplay" not in page


def test_persons_may_hear_their_phone_where_nobody_has_spoken(
    client: FlaskClient, session: Session, survey: Survey
) -> None:
    assert "listening.js" not in Respondent(client, "/s/pankow").html
    survey.subject, survey.kind = Subject.PERSONS, Kind.OPEN
    session.commit()
    page = Respondent(client, "/s/pankow").html
    assert "listening.js" in page and 'id="listen-button"' in page
    assert "<audio" not in page


def test_a_telephone_may_ask_for_a_part_of_a_sound(
    client: FlaskClient, session: Session, survey: Survey
) -> None:
    speak(session, survey, "yesno//yes", word="0123456789")
    digest = tasks(session, survey)["yesno//yes"].recording
    assert digest
    address = f"/s/pankow/sound/{digest.digest}.m4a"
    part = client.get(address, headers={"Range": "bytes=0-1"})
    assert (part.status_code, part.data) == (206, b"01")
    assert part.headers["Content-Range"] == "bytes 0-1/10"
    assert client.get(address, headers={"Range": "bytes=7-"}).data == b"789"
    assert client.get(address).headers["Accept-Ranges"] == "bytes"
    assert client.get(address, headers={"Range": "bytes=90-"}).status_code == 416
    assert (
        client.get(address, headers={"If-None-Match": f'"{digest.digest}"'}).status_code == 304
    )


@pytest.mark.parametrize("state", [State.DRAFT, State.CLOSED])
def test_sounds_are_heard_while_the_survey_is_open(
    client: FlaskClient, session: Session, survey: Survey, project: Project, state: State
) -> None:
    speak(session, survey, "yesno//yes")
    recording = session.scalars(select(Recording)).one()
    address = f"/s/pankow/sound/{recording.digest}.m4a"
    assert client.get(address).status_code == 200
    a_survey(session, project, FORM, "other")
    for wrong in (address.replace("pankow", "other"), address.replace("pankow", "nowhere"),
                  "/s/pankow/sound/0123.m4a"):  # fmt: skip
        assert client.get(wrong).status_code == 404
    survey.state = state
    session.commit()
    assert client.get(address).status_code == 404


def test_a_page_shows_the_last_recording_at_once_also_in_front_of_the_app(
    client: FlaskClient, session: Session, survey: Survey
) -> None:
    visitor, page = Respondent(client, "/s/pankow").send(agreed="yes"), "/s/pankow/pages/agreed"
    for word in ("first", "second"):
        speak(session, survey, "course/label", word=word)
        digest = tasks(session, survey)["course/label"].recording
        assert digest
        for _ in range(3):  # written by the app, then turned to without it
            assert f"/sound/{digest.digest}.m4a" in visitor.open(page).html


def test_a_consent_is_heard_in_the_wording_that_stands_there(
    client: FlaskClient, session: Session, survey: Survey, project: Project
) -> None:
    reword(session, project, "survey", "de", "Ich mache mit.", 0, NOON)
    session.commit()
    speak(session, survey, "consent/survey")
    assert 'data-part="consent"' in Respondent(client, "/s/pankow").html
    reword(session, project, "survey", "de", "Ich mache freiwillig mit.", 1, NOON)
    session.commit()
    assert 'data-part="consent"' not in Respondent(client, "/s/pankow").html


def test_what_is_no_sound_is_said_at_its_field(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    mark = said(session, survey, "course/label")
    for data, words in ((b"hello", "keine Aufnahme, die wir lesen"), (b"", "keine Aufnahme")):
        answer = send(desk, TEXT, mark, data)
        assert answer.status_code == 422
        assert words in answer.text.partition('id="file-error"')[2].partition("</p>")[0]
        assert f'value="{mark}"' in answer.text
    answer = desk.post(TEXT, data={"said": mark})
    assert "wählen Sie eine Datei" in answer.text.partition('id="file-error"')[2]
    part = b'--x\r\nContent-Disposition: form-data; name="file"; filename="long"\r\n\r\n'
    body = part + bytes(10_050_000) + b"\r\n--x--\r\n"
    large = desk.post(TEXT, data=body, content_type="multipart/form-data; boundary=x")
    assert "mehr als 10 MB" in large.text.partition('id="file-error"')[2]
    assert kept(session) == {}


@pytest.mark.usefixtures("quickly")
def test_who_speaks_while_the_text_changes_has_spoken_the_earlier_one(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    send(desk, TEXT, "another", b"sound")
    assert tasks(session, survey)["course/label"].state == "outdated"
    assert "wird nicht mehr vorgelesen" in desk.get(TEXT).text


@pytest.mark.usefixtures("quickly")
def test_many_files_find_their_texts_by_their_names(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    names = ["course.label.m4a", "YESNO-YES.mp3", "other.label.m4a", "course.hint.txt"]
    data = [b"one", b"two", b"three", b"no sound"]
    files = [(BytesIO(each), name) for each, name in zip(data, names, strict=True)]
    answer = desk.post(f"{SPEAKING}/de/files", data={"files": files})
    assert answer.status_code == 422
    refused = answer.text.partition('role="alert"')[2].partition("</div></div>")[0]
    assert refused.count("<li>") == 2
    assert "other.label.m4a" in refused and "Kein Text heißt so" in refused
    assert kept(session) == {"course/label": b"one", "yesno//yes": b"two"}

    again = desk.post(f"{SPEAKING}/de/files", data={"files": [(BytesIO(b"x"), names[0])]})
    assert again.status_code == 303
    assert kept(session)["course/label"] == b"x"
    assert desk.post(f"{SPEAKING}/de/files").status_code == 422


@pytest.mark.usefixtures("quickly")
def test_too_many_files_are_not_taken_at_once(
    desk: FlaskClient, survey: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(booths, "AT_ONCE", 1)
    files = [(BytesIO(b"x"), f"yesno.{name}.m4a") for name in ("yes", "no")]
    answer = desk.post(f"{SPEAKING}/de/files", data={"files": files})
    assert "zu viele auf einmal" in answer.text


@pytest.mark.usefixtures("quickly")
def test_a_recording_can_be_deleted(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    send(desk, TEXT, said(session, survey, "course/label"), b"sound")
    desk.post(f"{SPEAKING}/de/removals/course:label")
    assert kept(session) == {}


def test_texts_are_found_by_words_and_state(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    speak(session, survey, "yesno//yes")
    found = desk.get(f"{SPEAKING}/de?words=kurs").text
    assert "Wie heißt der Kurs?" in found and "Einverstanden?" not in found
    spoken = desk.get(f"{SPEAKING}/de?state=spoken").text
    assert spoken.count('aria-labelledby="b-') == 1
    assert "1 von 6 Texten sind gesprochen" in spoken


def test_the_microphone_is_open_on_the_page_of_a_text_only(
    desk: FlaskClient, link: str
) -> None:
    for page in (TEXT, f"{link}/texts/course:label"):
        headers = desk.get(page).headers
        assert headers.getlist("Permissions-Policy") == [
            "camera=(), geolocation=(), microphone=(self)"
        ]
        [policy] = headers.getlist("Content-Security-Policy")
        assert "media-src 'self' blob:;" in policy
        assert "script-src 'self';" in policy
    for page in (SPEAKING, f"{SPEAKING}/de", link, "/s/pankow", "/p/buch/surveys/pankow"):
        headers = desk.get(page).headers
        assert headers["Permissions-Policy"].endswith("microphone=()")
        assert "blob:" not in headers["Content-Security-Policy"]


@pytest.mark.usefixtures("quickly")
def test_a_speaker_without_account_opens_the_texts_and_nothing_else(
    client: FlaskClient, session: Session, survey: Survey, link: str
) -> None:
    page = client.get(link, headers={"Accept-Language": "en"})
    assert page.status_code == 200
    assert '<html lang="de"' in page.text  # as she reads German
    assert "/p/buch" not in page.text
    mark = said(session, survey, "course/label")
    answer = send(client, f"{link}/texts/course:label", mark, b"sound")
    assert answer.status_code == 303
    assert answer.location.startswith(link)
    assert kept(session) == {"course/label": b"sound"}
    recording = session.scalars(select(Recording)).one()
    assert client.get(f"{link}/sound/{recording.digest}.m4a").data == b"sound"
    assert client.get(f"{link}/texts/nobody:label").status_code == 404
    assert client.get(TEXT).status_code == 303  # to sign in
    assert client.get("/p/buch").status_code == 303


def test_an_arabic_speaker_is_addressed_in_arabic(
    desk: FlaskClient, client: FlaskClient, survey: Survey
) -> None:
    desk.post(f"{SPEAKING}/ar/links", data={"key": "form"})
    path = desk.get(SPEAKING).text.partition("/speak/")[2].partition('"')[0]
    page = client.get(f"/speak/{path}", headers={"Accept-Language": "en"}).text
    assert '<html lang="ar" dir="rtl"' in page
    assert "هل تحضر دورة؟" in page and "Besuchen" not in page


def test_a_link_opens_nothing_once_it_is_revoked_or_the_survey_closed(
    desk: FlaskClient, client: FlaskClient, session: Session, survey: Survey, link: str
) -> None:
    pages = [link, f"{link}/texts/course:label", f"{link}/sound/00.m4a"]
    unknown = client.get(NOBODY)
    number = session.scalars(select(SpeakerLink.id)).one()
    survey.state = State.CLOSED
    session.commit()
    assert client.get(link).status_code == 404
    assert desk.post(f"{SPEAKING}/de/links", data={"key": "late"}).status_code == 409
    survey.state = State.OPEN
    session.commit()
    assert client.get(link).status_code == 200
    desk.post(f"{SPEAKING}/de/links/{number}/removal")
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 404
        assert answer.text.partition("<main")[2] == unknown.text.partition("<main")[2]
    assert send(client, f"{link}/texts/course:label", "x", b"x").status_code == 404
    assert link not in desk.get(SPEAKING).text


def test_wrong_links_are_slowed_down(client: FlaskClient, survey: Survey, link: str) -> None:
    codes = [client.get(f"/speak/{number:032}").status_code for number in range(12)]
    assert codes[0] == 404 and codes[-1] == 429
    assert client.get(link).status_code == 200


def test_no_line_of_the_log_tells_who_listened_or_spoke(
    app: Flask, client: FlaskClient, session: Session, survey: Survey, link: str,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    speak(session, survey, "yesno//yes")
    recording = session.scalars(select(Recording)).one()
    caplog.clear()
    client.get(f"/s/pankow/sound/{recording.digest}.m4a")
    client.get(link)
    assert [record for record in caplog.records if record.msg == "answered"] == []


@pytest.mark.usefixtures("quickly")
def test_the_team_listens_before_people_hear_what_came_through_a_link(
    desk: FlaskClient, client: FlaskClient, session: Session, survey: Survey, link: str
) -> None:
    mark = said(session, survey, "course/label")
    send(client, f"{link}/texts/course:label", mark, b"sound")
    digest = session.scalars(select(Recording)).one().digest
    heard = f"/s/pankow/sound/{digest}.m4a"
    assert client.get(heard).status_code == 404
    assert "/checks/" not in client.get(f"{link}/texts/course:label").text
    assert (
        client.post(f"{link}/checks/course:label", data={"digest": digest}).status_code == 404
    )

    assert f"{SPEAKING}/de?state=waiting" in desk.get(SPEAKING).text
    assert f'href="{TEXT}"' in desk.get(f"{SPEAKING}/de?state=waiting").text
    check = TEXT.replace("/texts/", "/checks/")
    assert f'action="{check}"' in desk.get(TEXT).text
    assert desk.post(check, data={"digest": "spoken anew meanwhile"}).location == TEXT
    assert client.get(heard).status_code == 404
    assert desk.post(check, data={"digest": digest}).location == f"{SPEAKING}/de"
    assert client.get(heard).data == b"sound"
    assert "/checks/" not in desk.get(TEXT).text


@pytest.mark.usefixtures("quickly")
def test_a_speaker_is_told_which_texts_somebody_else_has_spoken(
    desk: FlaskClient, client: FlaskClient, session: Session, survey: Survey, link: str
) -> None:
    mark = said(session, survey, "course/label")
    send(desk, TEXT, mark, b"team")
    theirs = f"{link}/texts/course:label"
    page = client.get(theirs).text
    assert 'id="speak"' not in page and "speaking.js" not in page
    assert "/removals/" not in page
    answer = send(client, theirs, mark, b"mine")
    assert answer.status_code == 422
    assert "andere Person" in answer.text
    assert client.post(f"{link}/removals/course:label").status_code == 409
    files = [(BytesIO(b"mine"), "course.label.m4a"), (BytesIO(b"yes"), "yesno-yes.m4a")]
    many = client.post(f"{link}/files", data={"files": files})
    assert many.status_code == 422
    assert kept(session) == {"course/label": b"team", "yesno//yes": b"yes"}


def test_many_texts_come_page_by_page(
    desk: FlaskClient, survey: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(booths, "AT_A_TIME", 4)
    first, second = (desk.get(f"{SPEAKING}/de?state=missing&page={n}").text for n in (1, 2))
    assert first.count("/texts/") - second.count("/texts/") == 2
    assert "Seite 1 von 2" in first and "state=missing&amp;page=2" in first
    assert "/texts/course:hint" in second and "Seite 2 von 2" in second
    assert desk.get(f"{SPEAKING}/de?page=99").text.count("/texts/course:hint") == 1
    assert desk.get(f"{SPEAKING}/de?page=x").status_code == 200
