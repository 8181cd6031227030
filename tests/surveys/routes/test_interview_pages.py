import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.erasing import LIST
from people.models import Organisation, Project
from surveys.interviews.models import Interview, Passage
from surveys.models import Subject, Survey
from tests.surveys.answers import a_register, instrument
from tests.surveys.answers import a_survey as a_real_survey
from tests.surveys.example import a_survey, answer
from tests.surveys.interviews.story import IDEA, QUESTION, asking, radhaus

DOCUMENT = {
    "org_type": "provider", "headcount": 7, "willing": "4", "b_language": "3",
    "b_admin": "0", QUESTION: IDEA, "email": "a@example.org",
}  # fmt: skip


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    return asking(session, project)


@pytest.fixture
def organisation(session: Session, project: Project, survey: Survey) -> Organisation:
    found = radhaus(session, project)
    answer(session, survey, DOCUMENT, found)
    session.commit()
    return found


def place(survey: Survey, rest: str = "") -> str:
    return f"/p/buch/surveys/{survey.slug}/interviews/O1{rest}"


def noted(**notes: str) -> dict[str, str]:
    general = {"day": "2026-11-03", "led_by": "Birte", "held": "y", "revision": "0"}
    return general | {f"note {name}": text for name, text in notes.items()}


def test_the_guide_opens_with_what_the_organisation_answered(
    desk: FlaskClient, survey: Survey, organisation: Organisation
) -> None:
    for page in (desk.get(place(survey)).text, desk.get(place(survey, "/paper")).text):
        for text in ("Träger der Wohlfahrtspflege", ">7<", "stimme eher zu", IDEA):
            assert text in page
        matrix = page[page.index("Was hindert daran") :]
        assert (
            matrix.index("Deutschkenntnisse") < matrix.index("sehr") < matrix.index("gar nicht")
        )
        assert "Fehlende Kinderbetreuung" not in matrix  # said nothing about it
        for hidden in ("a@example.org", "Für welche Organisation", "Dürfen wir Sie zitieren"):
            assert hidden not in page
    assert 'name="note barriers"' in desk.get(place(survey)).text


def test_the_real_questionnaire_makes_a_guide_with_partners_by_name(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    real = a_real_survey(session, project, instrument("enterprise_survey"))
    first, *_ = a_register(session, project)
    document = {
        "consent": "yes", "length": "short", "org": "O01", "partners": ["O02"],
        "tie": [{"tie_kind": ["space"], "tie_strength": "close"}],
    }  # fmt: skip
    answer(session, real, document, first)
    session.commit()
    page = desk.get(f"/p/buch/surveys/{real.slug}/interviews/O01").text
    assert re.search(r"<h3[^>]*><bdi>Nadelwerk Karow</bdi></h3>", page)
    assert 'name="note tie:1"' in page
    silent = desk.get(f"/p/buch/surveys/{real.slug}/interviews/O02").text
    assert 'name="note idea"' in silent


def test_notes_are_typed_kept_and_listed(
    desk: FlaskClient, session: Session, survey: Survey, organisation: Organisation
) -> None:
    listed = f"/p/buch/surveys/{survey.slug}/interviews"
    assert "O1" in desk.get(listed).text
    saved = desk.post(place(survey), data=noted(**{"-": "Gut.", "idea": "Zeile 1\r\nZeile 2"}))
    assert saved.status_code == 303
    page = desk.get(place(survey)).text
    assert "Zeile 1\nZeile 2</textarea>" in page
    assert 'name="revision" value="1"' in page
    assert "Birte" in desk.get(listed).text
    wrong = desk.post(place(survey), data=noted(idea="Bleibt") | {"day": "morgen"})
    assert wrong.status_code == 422
    assert "Bleibt</textarea>" in wrong.text


def test_whoever_was_overtaken_sees_both_texts_and_can_save_then(
    desk: FlaskClient, session: Session, survey: Survey, organisation: Organisation
) -> None:
    desk.post(place(survey), data=noted(idea="Von Ada", headcount="Gleich"))
    late = desk.post(place(survey), data=noted(idea="Von Birte", headcount="Gleich"))
    assert late.status_code == 409
    for text in ("Von Birte</textarea>", "Von Ada</p>", 'name="revision" value="1"'):
        assert text in late.text
    assert late.text.count("Gleich") == 1
    both = noted(idea="Von Ada und Birte") | {"revision": "1"}
    assert desk.post(place(survey), data=both).status_code == 303
    found = session.scalars(select(Interview)).one()
    assert found.notes == {"idea": "Von Ada und Birte"}


def test_passages_of_notes_are_marked_and_deleted_with_the_interview(
    app: Flask, desk: FlaskClient, session: Session, survey: Survey, organisation: Organisation
) -> None:
    assert 'class="empty"' in desk.get(place(survey, "/passages")).text
    desk.post(place(survey), data=noted(**{"-": "Sie suchen eine Halle."}))
    form = {
        "key": "k",
        "text": "-",
        "term": "rooms",
        "stretch": "eine Halle",
        "meaning": "need",
    }
    marked = desk.post(place(survey, "/passages"), data=form)
    assert marked.status_code == 303
    assert "<mark>eine Halle</mark>" in desk.get(marked.location).text
    assert "eine Halle" in desk.get("/p/buch/passages?meaning=need").text
    no = desk.post(place(survey, "/passages"), data=form | {"key": "q", "meaning": "quote"})
    assert no.status_code == 422
    assert desk.post(place(survey, "/erasure")).status_code == 303
    assert session.scalar(select(Passage.id)) is None
    assert '"interview"' in Path(app.config["DATA"], LIST).read_text()


def test_notes_to_a_question_that_is_asked_no_more_are_not_lost(
    desk: FlaskClient, session: Session, survey: Survey, organisation: Organisation
) -> None:
    desk.post(place(survey), data=noted(**{"tie:4": "Wichtiger Partner"}))
    for rest in ("", "/passages"):
        assert "Wichtiger Partner" in desk.get(place(survey, rest)).text


def test_there_are_no_interviews_about_a_survey_of_persons(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    talks = a_survey(session, project, subject=Subject.PERSONS)
    radhaus(session, project)
    session.commit()
    for address in (place(talks), f"/p/buch/surveys/{talks.slug}/interviews"):
        assert desk.get(address).status_code == 409
    assert desk.get(f"/p/buch/surveys/{talks.slug}/texts/{QUESTION}").status_code == 409
