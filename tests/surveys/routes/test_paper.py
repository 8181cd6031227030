import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from people.models import Organisation, Project
from surveys.models import Channel, Response, Subject, Survey
from surveys.questionnaires import reading
from surveys.routes import paper
from tests.surveys.answers import Reader, a_register, a_survey, instrument

PAPER = "/p/buch/surveys/pankow/paper"
NEXT = f"{PAPER}#whose"


@pytest.fixture
def organisations(session: Session, project: Project, desk: FlaskClient) -> list[Organisation]:
    found = a_register(session, project, 5)
    a_survey(session, project, instrument("enterprise_survey"))
    session.commit()
    desk.post("/p/buch/surveys/pankow/invitations", data={"all": "1"})
    return found


def begin(desk: FlaskClient, whose: str = "", key: str = "k") -> str:
    answer = desk.post(PAPER, data={"whose": whose, "language": "de", "key": key})
    assert answer.status_code == 303
    return str(answer.location)


def send(desk: FlaskClient, path: str, **typed: object) -> tuple[int, str, str]:
    """Send the sheet as it stands, with what is *typed*; status, place and page."""
    form = Reader(desk.get(path).text).forms["page"]
    data = {name: value for name, value in form.data().items() if name != "go"}
    answer = desk.post(path, data=data | typed | {"go": "next"})
    return answer.status_code, answer.location or "", answer.text


def test_a_sheet_is_typed_to_the_end_on_one_page(
    desk: FlaskClient, session: Session, organisations: list[Organisation]
) -> None:
    whose = organisations[1]
    path = begin(desk, whose.code)
    assert whose.name in desk.get(path).text
    status, place, _ = send(desk, path, consent="yes", length="short", headcount="12")
    assert status == 303
    if place != NEXT:  # questions were added by these answers
        status, place, _ = send(desk, path)
    assert (status, place) == (303, NEXT)
    response = session.scalars(select(Response)).one()
    assert (response.channel, response.organisation_id) == (Channel.PAPER, whose.id)
    assert response.submitted and response.leading
    assert response.answers["headcount"] == 12
    assert response.typist == "Birte"
    assert "1 Papierbogen, heute 1 eingegeben" in desk.get(PAPER).text


def test_what_an_answer_adds_is_shown_before_the_sheet_is_done(
    desk: FlaskClient, session: Session, organisations: list[Organisation]
) -> None:
    path = begin(desk, organisations[0].code)
    assert 'name="places_12m"' not in desk.get(path).text
    _, place, _ = send(desk, path, consent="yes", length="short", willing="5")
    assert place.startswith(f"{path}#q-")
    page = desk.get(path).text
    assert 'name="places_12m"' in page
    assert "Fragen dazugekommen" in page
    assert send(desk, path, places_12m="2")[1] == NEXT
    assert session.scalars(select(Response)).one().answers["places_12m"] == 2


def test_what_is_missing_on_paper_is_asked_once_and_then_taken_as_it_is(
    desk: FlaskClient, session: Session, organisations: list[Organisation]
) -> None:
    path = begin(desk)
    typed = {"headcount": "7", "consent": "yes", "length": "short"}
    status, _, page = send(desk, path, **typed)
    assert status == 422
    assert 'name="as_is"' in page and 'value="7"' in page
    assert session.scalars(select(Response)).one().submitted is None
    assert send(desk, path, **typed, as_is="yes")[:2] == (303, NEXT)
    assert session.scalars(select(Response)).one().submitted


def test_what_nobody_understands_stays_at_its_field(
    desk: FlaskClient, organisations: list[Organisation]
) -> None:
    status, _, page = send(desk, begin(desk), headcount="viele")
    assert status == 422
    assert 'value="viele"' in page and 'id="e-headcount"' in page


def test_a_typed_sheet_is_corrected_and_counts_at_once(
    desk: FlaskClient, session: Session, organisations: list[Organisation]
) -> None:
    path = begin(desk, organisations[0].code)
    send(desk, path, consent="yes", length="short", headcount="7", as_is="yes")
    send(desk, path, as_is="yes")
    response = session.scalars(select(Response)).one()
    assert response.submitted
    response.submitted -= timedelta(days=2)
    session.commit()
    assert send(desk, path, headcount="8", as_is="yes")[1] == NEXT
    session.refresh(response)
    assert response.answers["headcount"] == 8
    assert "1 Papierbogen, heute 0 eingegeben" in desk.get(PAPER).text  # not typed today


def test_what_does_not_fit_is_not_taken_as_it_is(
    desk: FlaskClient, session: Session, organisations: list[Organisation]
) -> None:
    path = begin(desk)
    status, _, page = send(
        desk, path, consent="yes", length="short", headcount="30000", as_is="y"
    )
    assert status == 422
    assert 'id="e-headcount"' in page and 'name="as_is"' not in page
    assert session.scalars(select(Response)).one().submitted is None


def test_a_sheet_sent_twice_at_the_same_moment_is_saved(
    desk: FlaskClient,
    session: Session,
    organisations: list[Organisation],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read, path = reading.read, begin(desk)

    def overtaken_once(*values: Any) -> Any:
        monkeypatch.setattr(paper, "read", read)
        session.execute(update(Response).values(revision=Response.revision + 1))
        session.commit()
        return read(*values)

    monkeypatch.setattr(paper, "read", overtaken_once)
    typed = {"consent": "yes", "length": "short", "headcount": "7", "as_is": "yes"}
    assert send(desk, path, **typed)[:2] == (303, NEXT)


def test_whoever_has_answered_is_typed_again_only_if_this_is_meant(
    desk: FlaskClient, session: Session, organisations: list[Organisation]
) -> None:
    code = organisations[0].code
    send(desk, begin(desk, code), consent="yes", length="short", as_is="yes")
    answer = desk.post(PAPER, data={"whose": code, "language": "de", "key": "other"})
    assert answer.status_code == 422 and 'name="again"' in answer.text
    assert len(session.scalars(select(Response)).all()) == 1
    again = {"whose": code, "language": "de", "key": "other", "again": "yes"}
    assert desk.post(PAPER, data=again).status_code == 303


def test_a_form_sent_twice_begins_one_sheet(
    desk: FlaskClient, session: Session, organisations: list[Organisation]
) -> None:
    assert begin(desk, organisations[0].code) == begin(desk, organisations[0].code)
    assert len(session.scalars(select(Response)).all()) == 1


def test_an_unknown_code_is_said_at_its_field(
    desk: FlaskClient, organisations: list[Organisation]
) -> None:
    answer = desk.post(PAPER, data={"whose": "O99", "key": "k"})
    assert answer.status_code == 422
    assert 'value="O99"' in answer.text
    assert "noch einmal" in answer.text.partition('id="whose-error"')[2].partition("</p>")[0]


def test_sheets_wait_until_the_survey_is_open_again(
    desk: FlaskClient, session: Session, organisations: list[Organisation]
) -> None:
    path = begin(desk, organisations[0].code)
    desk.post("/p/buch/surveys/pankow/closing")
    assert desk.get(path).status_code == 409
    assert (
        desk.post(PAPER, data={"whose": organisations[0].code, "key": "z"}).status_code == 409
    )
    assert "solange die Befragung offen ist" in desk.get(PAPER).text


def test_a_respondents_answer_is_no_sheet(
    desk: FlaskClient, app: Flask, session: Session, organisations: list[Organisation]
) -> None:
    begin(desk, organisations[0].code)
    response = session.scalars(select(Response)).one()
    response.channel = Channel.LINK
    session.commit()
    assert desk.get(f"{PAPER}/{response.id}").status_code == 404


def test_one_small_form_says_what_to_print(
    desk: FlaskClient, organisations: list[Organisation]
) -> None:
    page = desk.get(PAPER).text.partition("<aside")[2].partition("</aside>")[0]
    assert "<a " not in page and page.count("<form") == 1
    form = Reader(page).forms[f"{PAPER}/form"]
    assert form.values("version") == ["short", "long"] and form.values("named") == ["1"]
    for language in ("de", "ar"):
        assert language in form.values("language")
        for sheet in ("paper/form?named=1&", "poster?"):
            address = f"/p/buch/surveys/pankow/{sheet}language={language}&version=long"
            assert desk.get(address).status_code == 200


def test_the_paper_of_a_survey_for_conversations_is_with_the_counsellors(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    form, persons = instrument("refugee_conversation"), Subject.PERSONS
    a_survey(session, project, form, "talks", subject=persons)
    page = desk.get("/p/buch/surveys/talks/paper").text.partition("<main")[2]
    assert "„Gespräche auf Papier“" in page and "paper/form" not in page


LENGTH = "length"  # chosen when the form is printed


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_question_stands_on_paper_with_its_choices(
    desk: FlaskClient, session: Session, organisations: list[Organisation], language: str
) -> None:
    page = desk.get(f"{PAPER}/form?language={language}&named=1&version=long").text
    definition = instrument("enterprise_survey")
    for item in definition.walk():
        label = item.label.get(language, "")
        if item.kind == "question" and "${" not in label and item.name != LENGTH:
            assert label.rpartition(". ")[2].replace("'", "&#39;")[-20:] in page, item.name
    assert page.count('class="paper-form"') == 5
    assert all(each.name in page for each in organisations)
    assert "…" not in page.partition("<h1>")[0]


def test_paper_says_who_is_asked_a_question(
    desk: FlaskClient, organisations: list[Organisation]
) -> None:
    page = desk.get(f"{PAPER}/form?language=de").text
    assert "Nur, wenn Ihre Antwort auf „A1“ lautet: Nicht in der Liste." in page


def test_a_poster_leads_to_the_survey_in_its_own_languages(
    desk: FlaskClient, session: Session, organisations: list[Organisation], survey_slug: str
) -> None:
    page = desk.get(f"/p/buch/surveys/{survey_slug}/poster?language=de").text
    assert f"/s/{survey_slug}" in page and "<svg" in page
    assert "Deutsch" in page and "العربية" in page
    desk.post(f"/p/buch/surveys/{survey_slug}/languages/ar/release/removal")
    page = desk.get(f"/p/buch/surveys/{survey_slug}/poster?language=ar").text
    assert "English" in page and "العربية" not in page


@pytest.fixture
def survey_slug(session: Session, organisations: list[Organisation]) -> str:
    return session.scalars(select(Survey)).one().slug


def test_without_consent_no_sheet_is_taken_as_it_is(
    desk: FlaskClient, session: Session, organisations: list[Organisation]
) -> None:
    status, _, page = send(desk, begin(desk), headcount="7", as_is="yes")
    assert status == 422 and 'id="e-consent"' in page and 'name="as_is"' not in page
    assert session.scalars(select(Response)).one().submitted is None


def test_one_form_begins_no_sheets_of_two_organisations(
    desk: FlaskClient, session: Session, organisations: list[Organisation]
) -> None:
    begin(desk, organisations[0].code)
    other = {"whose": organisations[1].code, "language": "de", "key": "k"}
    assert desk.post(PAPER, data=other).status_code == 409
    assert len(session.scalars(select(Response)).all()) == 1


def codes_on(page: str) -> list[str]:
    """The numbers of questions, each once: repeats have several rows on paper."""
    found = re.findall(r'class="(?:code|label)">([A-Z]\d+)<', page)
    return [*dict.fromkeys(found)]


@pytest.mark.parametrize("version", ["", "short", "long"])
def test_a_short_or_a_long_form_is_printed_with_the_numbers_of_the_screen(
    desk: FlaskClient, organisations: list[Organisation], version: str
) -> None:
    page = desk.get(f"{PAPER}/form?version={version}").text
    by_part: dict[str, list[int]] = {}
    for code in codes_on(page):
        by_part.setdefault(code[0], []).append(int(code[1:]))
    assert all(found == [*range(1, len(found) + 1)] for found in by_part.values())
    assert ("C" in by_part) == ("Weiterer Partner" in page) == (version == "long")
    assert "Welche Fassung möchten Sie ausfüllen?" not in page
    assert "Nummer Ihrer Antwort auf „B2“" in page
    assert "Nur, wenn Sie bei „B2“ mehr als eine Antwort angekreuzt haben." in page


@pytest.mark.parametrize("version", ["short", "long"])
def test_a_sheet_is_typed_under_the_numbers_that_stand_on_it(
    desk: FlaskClient, organisations: list[Organisation], version: str
) -> None:
    data = {"whose": "", "language": "de", "key": "k", "version": version}
    typed = desk.get(desk.post(PAPER, data=data).location or "").text
    printed = desk.get(f"{PAPER}/form?version={version}").text
    for question in ("hauptsächlich tätig?", "Was bieten Sie", "Wobei braucht Ihre"):
        at = [codes_on(page.partition(question)[0])[-1] for page in (typed, printed)]
        assert at[0] == at[1], question
    assert {*codes_on(typed)} <= {*codes_on(printed)} and len(codes_on(typed)) > 8


@pytest.mark.parametrize("version", ["short", "long"])
def test_a_sheet_is_typed_in_the_version_in_which_it_was_filled_in(
    desk: FlaskClient, organisations: list[Organisation], version: str
) -> None:
    data = {"whose": "", "language": "de", "key": "k", "version": version}
    page = desk.get(desk.post(PAPER, data=data).location or "").text
    assert ('name="legal_form"' in page) == (version == "long")
    assert Reader(page).forms["page"].data()["length"] == [version]
