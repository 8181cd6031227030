"""The pages on which staff correct, check and release languages, and what respondents see."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from people.models import Project, User
from surveys.models import State, Survey
from tests.story import browser_of
from tests.surveys.answers import Respondent, a_register, a_survey, instrument

DESK = "/p/buch/surveys/pankow/languages"
GERMAN = {"Accept-Language": "de"}


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    a_register(session, project, 3)
    return a_survey(session, project, instrument("enterprise_survey"), released=())


def read(client: FlaskClient, language: str) -> str:
    return Respondent(client, "/s/pankow", language=language).html


def offered(page: str) -> list[str]:
    return re.findall(r'name="language" value="([\w-]+)"', page)


def look(client: FlaskClient, language: str, key: str) -> dict[str, str]:
    """What the form of a text sends besides what is typed."""
    page = client.get(f"{DESK}/{language}").text.partition(f'name="of" value="{key}"')[2]
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found
    return {"of": key, "seen": found[1]}


def test_respondents_are_offered_what_somebody_has_released(
    app: Flask, desk: FlaskClient, survey: Survey
) -> None:
    assert offered(read(app.test_client(), "ar")) == ["de", "en"]
    answer = desk.post(f"{DESK}/ar/release", data={"knowingly": "1"})
    assert answer.status_code == 303
    page = read(app.test_client(), "ar")
    assert offered(page) == ["de", "en", "ar"]
    assert '<html lang="ar" dir="rtl"' in page
    desk.post(f"{DESK}/ar/release/removal")
    assert '<html lang="de" dir="ltr"' in read(app.test_client(), "ar")


def test_unchecked_texts_are_released_knowingly_only(desk: FlaskClient, survey: Survey) -> None:
    answer = desk.post(f"{DESK}/uk/release", headers=GERMAN)
    assert answer.status_code == 422
    assert "niemand hat sie geprüft" in answer.text.partition('id="e-uk"')[2][:300]
    assert "Ich weiß: 312 noch ungeprüft" in answer.text


def test_staff_read_which_languages_are_drafts(desk: FlaskClient, survey: Survey) -> None:
    desk.post(f"{DESK}/prs/release", data={"knowingly": "1"})
    page = desk.get("/p/buch/surveys/pankow", headers=GERMAN).text
    assert "nicht zu Ende geprüft: Dari." in page
    assert "Noch nicht freigegeben: Arabisch" in page
    page = desk.get(DESK, headers=GERMAN).text
    assert "312 von 312 Texten sind da: 312 noch ungeprüft. Freigegeben von" in page


def test_a_respondent_sees_a_correction_at_once_and_no_mark_of_a_draft(
    app: Flask, desk: FlaskClient, survey: Survey
) -> None:
    desk.post(f"{DESK}/tr/release", data={"knowingly": "1"})
    asks = Respondent(app.test_client(), "/s/pankow", language="tr")
    assert "Taslak" not in asks.html
    sent = look(desk, "tr", "consent/label")
    sent |= {"text": "Kabul ediyorum <b>", "act": "check"}
    assert desk.post(f"{DESK}/tr", data=sent).status_code == 303
    assert "Kabul ediyorum &lt;b&gt;" in asks.open("/s/pankow").html
    again = look(desk, "tr", "consent/label") | {"text": "Evet, kabul", "act": "keep"}
    desk.post(f"{DESK}/tr", data=again)
    assert "Evet, kabul" in asks.open("/s/pankow").html


def test_the_text_stands_beside_its_source_each_in_its_direction(
    desk: FlaskClient, survey: Survey
) -> None:
    page = desk.get(f"{DESK}/prs", headers=GERMAN).text
    assert page.count("<textarea") == 50
    assert re.search(r'<p class="preline" id="s-2" lang="de" dir="ltr">Diese Befragung', page)
    assert re.search(r'<textarea [^>]*lang="fa-AF" dir="rtl"', page)
    assert "autofocus" not in page


def test_after_a_check_the_next_open_text_waits_for_the_hands(
    desk: FlaskClient, survey: Survey
) -> None:
    sent = look(desk, "uk", "title") | {"text": "Опитування", "act": "check"}
    answer = desk.post(f"{DESK}/uk?show=draft&words=опитування", data=sent)
    assert "show=draft" in answer.location and answer.location.endswith("&after=title")
    page = desk.get(f"{DESK}/uk?after=title", headers=GERMAN).text
    before = page.partition("autofocus")[0].rpartition("<article")[2]
    assert 'value="intro/label"' in before
    assert page.count("autofocus") == 1
    assert re.search(r"Birte, \d\d\.\d\d\.\d{4}", page)


@pytest.mark.parametrize(
    ("query", "number"),
    [("?show=draft&page=7", 12), ("?show=missing", 0), ("?words=ТУРБОТА+xyz", 0),
     ("?page=999999", 12), ("?page=x", 50), ("?show=nonsense", 50), ("?words=A1.", 1)],
)  # fmt: skip
def test_texts_are_filtered_searched_and_turned_page_by_page(
    desk: FlaskClient, survey: Survey, query: str, number: int
) -> None:
    assert desk.get(f"{DESK}/uk{query}").text.count("<textarea") == number


def test_what_is_refused_stays_typed_at_its_text(desk: FlaskClient, survey: Survey) -> None:
    sent = look(desk, "uk", "title") | {"text": "Титул ${x}", "act": "check"}
    answer = desk.post(f"{DESK}/uk", data=sent, headers=GERMAN)
    assert answer.status_code == 422
    assert "Titul" not in answer.text and "Титул ${x}" in answer.text
    assert "dieselben Antworten nennen" in answer.text
    answer = desk.post(f"{DESK}/uk", data=sent | {"text": "я" * 3001}, headers=GERMAN)
    assert (answer.status_code, "höchstens 3000 Zeichen" in answer.text) == (422, True)
    answer = desk.post(f"{DESK}/uk", data=sent | {"text": "Так", "seen": "x"}, headers=GERMAN)
    assert (answer.status_code, "inzwischen" in answer.text) == (409, True)
    assert "Bisher gespeichert:" in answer.text and ">\nТак</textarea>" in answer.text


def test_plain_german_gets_hints_and_other_languages_none(
    desk: FlaskClient, survey: Survey
) -> None:
    sent = look(desk, "de-simple", "title")
    desk.post(f"{DESK}/de-simple", data=sent | {"text": "Das ist nicht schwer, ggf."})
    page = desk.get(f"{DESK}/de-simple", headers=GERMAN).text
    assert "„ggf.“ ist eine Abkürzung" in page.partition("</article>")[0]
    assert "Abkürzung" not in desk.get(f"{DESK}/uk", headers=GERMAN).text


def test_who_has_no_name_gives_it_before_a_check_and_loses_nothing(
    desk: FlaskClient, survey: Survey, birte: User, session: Session
) -> None:
    birte.name, birte.email = "", ""
    session.commit()
    sent = look(desk, "uk", "title") | {"text": "Анкета", "act": "check"}
    answer = desk.post(f"{DESK}/uk", data=sent, headers=GERMAN)
    assert answer.status_code == 422 and ">\nАнкета</textarea>" in answer.text
    assert 'href="/account"' in answer.text
    assert desk.post(f"{DESK}/uk", data=sent | {"act": "keep"}).status_code == 303
    answer = desk.post(f"{DESK}/uk/release", data={"knowingly": "1"}, headers=GERMAN)
    assert answer.status_code == 422
    assert 'href="/account"' in answer.text.partition('id="e-uk"')[2][:400]


@pytest.mark.parametrize("language", ["de", "xx", "klingon", "EN"])
def test_there_is_no_page_for_other_languages(
    desk: FlaskClient, survey: Survey, language: str
) -> None:
    assert desk.get(f"{DESK}/{language}").status_code == 404
    assert desk.post(f"{DESK}/{language}/release").status_code == 404
    assert desk.post(f"{DESK}/{language}", data={"of": "title"}).status_code == 404


def test_the_task_force_only_looks_on(
    app: Flask, tarik: User, survey: Survey, client: FlaskClient
) -> None:
    task_force = browser_of(tarik, app)
    assert task_force.get(DESK).status_code == 403
    assert task_force.post(f"{DESK}/uk/release").status_code == 403
    assert client.get(DESK).status_code == 303


def test_the_pages_own_texts_are_counted_too(desk: FlaskClient, survey: Survey) -> None:
    page = desk.get(DESK, headers=GERMAN).text.partition("Knöpfe und Meldungen")[2]
    assert re.search(r'Ukrainisch</th><td class="n">(\d+) von \1</td><td>Entwurf', page)
    assert re.search(r'Deutsch</th><td class="n">\d+ von \d+</td><td>geprüft', page)


def test_a_missing_text_is_read_in_the_nearest_language_with_its_name(
    app: Flask, session: Session, project: Project
) -> None:
    form = instrument("enterprise_survey")
    items = tuple(
        replace(
            each,
            label={"de": "Deutsch & gut", "fa": "فارسی"} if each.kind == "note" else each.label,
        )
        for each in form.items
    )
    a_survey(session, project, replace(form, items=items), state=State.OPEN)
    assert "فارسی" in (page := read(app.test_client(), "prs"))
    assert '<p lang="fa" dir="rtl">فارسی</p>' in page
    for language in ("uk", "de-simple"):
        page = read(app.test_client(), language)
        assert '<p lang="de" dir="ltr">Deutsch &amp; gut</p>' in page
