import json
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from people.desk import TABS
from people.models import Organisation, Project, User
from surveys.definition import Choice, Definition, Item
from surveys.models import Kind, Mention, Subject, Survey, SurveyVersion
from tests.story import NOON, an_organisation, browser_of
from tests.surveys.example import a_survey, answer, answer_all

HOSTILE = [
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "=1+1",
    "%s %(a)s {{7*7}}",
]
ACTIVE = ["<script>", "<img src", "<svg onload", "<iframe"]
FILE = Path("/work/shared/trust/hostile.json")
if FILE.exists():
    inputs = json.loads(FILE.read_text())["inputs"]
    HOSTILE += [each["value"] for each in inputs if isinstance(each.get("value"), str)]


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    return a_survey(session, project)


@pytest.fixture
def radhaus(session: Session, project: Project) -> Organisation:
    organisation = an_organisation(project, "O1", "Radhaus")
    session.add(organisation)
    session.flush()
    return organisation


def test_which_tabs_a_project_uses_is_asked_once_for_a_page(
    desk: FlaskClient, survey: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Project] = []

    def used(_session: Session, project: Project) -> bool:
        asked.append(project)
        return True

    first, *others = TABS
    monkeypatch.setattr("people.desk.TABS", [replace(first, used=used), *others])
    for times in (1, 2):
        assert desk.get(f"/p/buch/surveys/{survey.slug}/results").status_code == 200
        assert len(asked) == times


def test_a_results_page_shows_bars_scales_numbers_and_words(
    desk: FlaskClient, session: Session, survey: Survey, radhaus: Organisation
) -> None:
    document = {"headcount": 12, "willing": "4", "org_type": "provider", "idea": "Kita im Kiez"}
    answer(session, survey, document, radhaus)
    for _ in range(4):
        answer(session, survey, document | {"idea": "Kita"}, radhaus, leading=False)
    session.commit()
    page = desk.get(f"/p/buch/surveys/{survey.slug}/results").text
    for text in ("Träger der Wohlfahrtspflege", "stimme eher zu", "n = 1"):
        assert text in page
    assert 'class="cloud' not in page  # one is not five
    everyone = desk.get(f"/p/buch/surveys/{survey.slug}/results?all=1").text
    assert "n = 5" in everyone
    assert "Kita<small>5</small>" in everyone


def test_what_was_made_for_the_facilitator_is_not_shown_to_others(
    desk: FlaskClient, app: Flask, tarik: User, session: Session, survey: Survey,
    radhaus: Organisation,
) -> None:  # fmt: skip
    answer(session, survey, {"headcount": 12, "idea": "Kita"}, radhaus)
    session.commit()
    path = f"/p/buch/surveys/{survey.slug}/results"
    links = ('form="freeze"', "/texts/idea")
    for browser, mine in ((desk, True), (browser_of(tarik, app), False), (desk, True)):
        page = browser.get(path).text
        assert "n = 1" in page
        assert [link in page for link in links] == [mine, mine]


def test_the_page_follows_a_new_answer(
    desk: FlaskClient, session: Session, survey: Survey, radhaus: Organisation
) -> None:
    address = f"/p/buch/surveys/{survey.slug}/results?all=1"
    assert "n = " not in desk.get(address).text
    for expected in ("n = 1", "n = 2"):
        answer(session, survey, {"headcount": 3})
        session.commit()
        assert expected in desk.get(address).text


def test_words_lead_to_what_was_written(
    desk: FlaskClient, session: Session, survey: Survey, radhaus: Organisation
) -> None:
    answer(session, survey, {"idea": "Räume für alle"}, radhaus)
    answer(session, survey, {"idea": "Lastenrad"}, radhaus, leading=False)
    session.commit()
    page = desk.get(f"/p/buch/surveys/{survey.slug}/texts/idea?all=1&word=Raum").text
    assert "Räume für alle" in page
    assert "Radhaus" in page
    assert "Lastenrad" not in page
    assert desk.get(f"/p/buch/surveys/{survey.slug}/texts/email").status_code == 404


def test_words_can_be_taken_along_as_a_picture(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    answer_all(session, survey, "idea", ["Werkstatt"] * 5)
    session.commit()
    address = f"/p/buch/surveys/{survey.slug}/results/idea"
    svg = desk.get(f"{address}/de.svg?all=1")
    assert svg.mimetype == "image/svg+xml"
    assert ">Werkstatt</text>" in svg.text
    assert desk.get(f"{address}/de.png?all=1").data.startswith(b"\x89PNG")
    assert desk.get(f"{address}/ar.svg?all=1").status_code == 404


def test_figures_about_persons_are_rough_and_rows_stay(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    survey = a_survey(session, project, subject=Subject.PERSONS)
    answer_all(session, survey, "org_type", ["provider"] * 9 + ["migrant"] * 3)
    session.commit()
    page = desk.get(f"/p/buch/surveys/{survey.slug}/results").text
    assert "n = 10" in page
    assert "Radhaus" not in page
    assert 'class="hid"' in page
    for place in ("responses", "texts/idea"):
        assert desk.get(f"/p/buch/surveys/{survey.slug}/{place}").status_code == 409


def test_the_leading_answer_is_chosen_and_homeless_ones_find_a_home(
    desk: FlaskClient, session: Session, survey: Survey, radhaus: Organisation
) -> None:
    answer(session, survey, {}, radhaus)
    second = answer(session, survey, {}, radhaus, leading=False)
    homeless = answer(session, survey, {"org_other": "Kiezküche"}, leading=False)
    lost = answer(session, survey, {}, leading=False)
    session.commit()
    page = f"/p/buch/surveys/{survey.slug}/responses"
    assert "Kiezküche" in desk.get(page).text

    assert desk.post(f"{page}/{second.id}/lead").location == page
    form = {f"{homeless.id}-name": "Kiezküche Buch", f"{homeless.id}-sector": "economy"}
    form |= {f"{homeless.id}-key": "k"}
    assert desk.post(f"{page}/{homeless.id}/organisation/new", data=form).location == page
    assert desk.post(f"{page}/{homeless.id}/organisation/new", data=form).location == page
    data = {f"{lost.id}-organisation": str(radhaus.id)}
    assert desk.post(f"{page}/{lost.id}/organisation", data=data).location == page
    session.expire_all()
    assert second.leading
    assert homeless.organisation
    assert homeless.organisation.name == "Kiezküche Buch"
    assert homeless.leading
    assert lost.organisation_id == radhaus.id
    assert not lost.leading


def test_partners_named_in_words_find_their_place_in_the_register(
    desk: FlaskClient, session: Session, survey: Survey, radhaus: Organisation
) -> None:
    response = answer(session, survey, {}, radhaus)
    ours = {"project_id": survey.project_id, "survey_id": survey.id, "given": NOON}
    known, new = (
        Mention(
            **ours,
            response_id=response.id,
            question="np_name",
            instance=turn,
            name=name,
            sector="science",
        )
        for turn, name in enumerate(["Rad haus", "Institut <b>"], start=1)
    )
    session.add_all([known, new])
    item = Item("question", "np_name", "text", osi={"register": "new", "tie": "partner"})
    version = session.get_one(SurveyVersion, response.version_id)
    version.definition = Definition({}, "f", "de", ("de",), (item,)).to_json()
    session.commit()
    page = f"/p/buch/surveys/{survey.slug}"
    assert "Institut &lt;b&gt;" in desk.get(f"{page}/responses").text

    data = {f"m{known.id}-organisation": str(radhaus.id)}
    assert desk.post(f"{page}/mentions/{known.id}/organisation", data=data).status_code == 303
    form = {
        f"m{new.id}-name": "Institut",
        f"m{new.id}-sector": "science",
        f"m{new.id}-key": "k",
    }
    assert desk.post(f"{page}/mentions/{new.id}/organisation/new", data=form).status_code == 303
    session.expire_all()
    assert known.organisation_id == radhaus.id
    assert new.organisation_id not in (None, radhaus.id)
    desk.get(f"{page}/responses")  # takes the notice away
    assert "Institut" not in desk.get(f"{page}/responses").text


def test_an_organisation_without_a_name_keeps_what_was_typed(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    homeless = answer(session, survey, {}, leading=False)
    session.commit()
    form = {f"{homeless.id}-name": " ", f"{homeless.id}-sector": "science"}
    page = f"/p/buch/surveys/{survey.slug}/responses/{homeless.id}/organisation/new"
    refused = desk.post(page, data=form)
    assert refused.status_code == 422
    assert 'selected value="science"' in refused.text


def test_hostile_labels_and_answers_are_shown_as_they_are(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    items: list[Item] = []
    lists: dict[str, tuple[Choice, ...]] = {}
    document: dict[str, object] = {}
    for number, text in enumerate(HOSTILE):
        label, name = {"de": text}, f"q{number}"
        lists[name] = tuple(Choice(str(n), label, {"rank": str(n)}) for n in range(3))
        items += [
            Item("question", f"{name}_one", "select_one", label, list=name),
            Item("question", f"{name}_many", "select_multiple", label, list=name),
            Item("question", f"{name}_number", "decimal", label),
            Item("question", f"{name}_text", "text", label),
            Item("question", f"{name}_day", "date", label),
        ]
        document |= {f"{name}_one": "1", f"{name}_many": ["1", "2"]}
        document |= {f"{name}_{kind}": text for kind in ("number", "text", "day")}
    definition = Definition({"de": HOSTILE[0]}, "f", "de", ("de",), tuple(items), lists)
    survey = a_survey(session, project, definition)
    answer_all_alike(session, survey, document)
    for place in ("", "/results?all=1", "/texts/q0_text?all=1", "/responses", "/versions/1"):
        page = desk.get(f"/p/buch/surveys/{survey.slug}{place}")
        assert page.status_code == 200
        assert not [bad for bad in ACTIVE if bad in page.text]
    for kind in ("xlsx", "csv", "spss", "r"):
        form = {"kind": kind, "language": "de", "cells": "words"}
        sent = desk.post(f"/p/buch/surveys/{survey.slug}/exports", data=form)
        assert "attachment" in sent.headers["Content-Disposition"]


def answer_all_alike(session: Session, survey: Survey, document: dict[str, object]) -> None:
    for _ in range(2):
        answer(session, survey, document)
    session.commit()


def test_everyone_counts_where_nobody_was_invited(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    survey = a_survey(session, project)
    survey.kind = Kind.OPEN
    session.flush()
    for _ in range(3):
        answer(session, survey, {"org_type": "provider"})
    session.commit()
    page = desk.get(f"/p/buch/surveys/{survey.slug}/results").text
    assert "n = 3" in page and 'id="rates"' not in page
