import random
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from people.models import Organisation, Project
from surveys.definition import Choice, Definition, Item
from surveys.models import Response, SealedAnswer, State, Survey
from tests.surveys.answers import Respondent, a_register, a_survey, definition_of, instrument

OTHERS = [
    path
    for name in ("unhcr_rms_capi_v3.xlsx", "correlaid_mitwirken_umfrage_de.xlsx")
    if (path := Path("/work/shared/data/forms", name)).exists()
]


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    a_register(session, project)
    return a_survey(session, project, instrument("enterprise_survey"))


@pytest.fixture
def respondent(client: FlaskClient, survey: Survey) -> Respondent:
    return Respondent(client, "/s/pankow")


def chance_of(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - no secret


def to_the_end(respondent: Respondent, chance: random.Random, pages: int = 150) -> int:
    """Answer at random, as long as there are pages; return how many there were."""
    for place in range(pages):
        if respondent.path.endswith("/receipt"):
            return place
        assert respondent.answer.status_code in (200, 422), respondent.html
        respondent.send(**some_answers(respondent, chance))
    raise AssertionError(f"no end in sight at {respondent.path}: {respondent.page.text}")


def some_answers(respondent: Respondent, chance: random.Random) -> dict[str, object]:
    """Choose something for many fields; where something was amiss, something plain."""
    form, careful = respondent.form, respondent.answer.status_code == 422
    typed: dict[str, object] = {}
    for name in form.names():
        kinds = {each.kind for each in form.fields if each.name == name}
        offered = [value for value in form.values(name) if value]
        if name in ("csrf_token", "key") or name.startswith("find=") or "=" in name:
            continue
        if name == "consent":
            typed[name] = "yes"
        elif kinds & {"radio", "option"} and offered and (careful or chance.random() < 0.8):
            typed[name] = chance.choice(offered)
        elif "checkbox" in kinds:
            typed[name] = chance.sample(offered, min(len(offered), chance.randint(0, 3)))
            if careful:
                typed[name] = offered[:1]
        elif kinds & {"text", "textarea"}:
            typed[name] = plain_text(name, chance, careful)
        elif "date" in kinds:
            typed[name] = clock.now().astimezone(clock.ZONE).date().isoformat()
    return typed


def plain_text(name: str, chance: random.Random, careful: bool) -> str:
    if "mail" in name:
        return "a@example.org"
    if name == "token":
        return "K7-RQ2"
    return chance.choice(["1", "2"] if careful else ["1", "2", "Ein Café für alle", "", "30"])


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", ["enterprise_survey", "refugee_conversation"])
def test_whatever_people_answer_they_get_to_the_end(
    client: FlaskClient, session: Session, project: Project, name: str, seed: int
) -> None:
    a_register(session, project)
    a_survey(session, project, instrument(name))
    assert to_the_end(Respondent(client, "/s/pankow"), chance_of(seed)) > 2
    assert session.scalars(select(Response)).one().submitted


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_forms_of_others_can_be_answered_to_the_end(
    client: FlaskClient, session: Session, project: Project, path: Path
) -> None:
    a_survey(session, project, definition_of(path))
    to_the_end(Respondent(client, "/s/pankow"), chance_of(3))


def test_nothing_is_stored_before_the_consent(respondent: Respondent, session: Session) -> None:
    respondent.send(consent="no")
    assert respondent.answer.status_code == 422
    assert "Ohne Zustimmung kann die Befragung nicht starten." in respondent.html
    assert session.scalars(select(Response)).all() == []


def test_the_footer_names_what_is_needed(respondent: Respondent) -> None:
    assert (
        "Nötig sind nur Ihre Einwilligung und die Organisation; alles andere können Sie "
        "überspringen." in respondent.html
    )


def test_errors_lead_to_their_fields_and_keep_what_was_typed(respondent: Respondent) -> None:
    respondent.send(consent="yes").send(org="O01").send()
    respondent.send(headcount="etwa zehn", refugees_employed="3")
    assert respondent.answer.status_code == 422
    assert '<a href="#q-headcount">' in respondent.html
    assert 'id="q-headcount"' in respondent.html
    assert 'value="etwa zehn"' in respondent.html
    assert 'value="3"' in respondent.html
    assert 'aria-invalid="true"' in respondent.html


def test_going_back_loses_nothing(respondent: Respondent) -> None:
    respondent.send(consent="yes").send(org="O01").send(org_type="provider")
    respondent.send({"go": "back"}, headcount="7")
    assert respondent.form.data()["org_type"] == ["provider"]
    respondent.send()
    assert respondent.form.data()["headcount"] == ["7"]


def test_what_nobody_understands_stays_and_stops_only_handing_in(
    respondent: Respondent,
) -> None:
    respondent.send(consent="yes").send(org="O01").send()
    respondent.send({"go": "back"}, headcount="etwa zehn").send()
    assert respondent.form.data()["headcount"] == ["etwa zehn"]
    assert respondent.send().answer.status_code == 422


def test_a_choice_can_be_taken_back(respondent: Respondent, session: Session) -> None:
    respondent.send(consent="yes").send(org="O01").send({"go": "back"}, org_type="provider")
    respondent.send()
    assert respondent.form.data()["org_type"] == ["provider"]
    respondent.send({"clear": "org_type "})
    assert "org_type" not in respondent.form.data()
    assert "org_type" not in session.scalars(select(Response)).one().answers


def test_a_name_written_clearly_is_one_of_the_register(
    respondent: Respondent, session: Session
) -> None:
    respondent.send(consent="yes").send(org="other")
    respondent.send(org_other="radhaus buch e.V.")
    while not respondent.path.endswith("/receipt"):
        respondent.send()
    response = session.scalars(select(Response)).one()
    assert session.get_one(Organisation, response.organisation_id).code == "O01"
    assert response.leading


def test_another_language_keeps_what_is_typed(respondent: Respondent) -> None:
    respondent.send({"language": "en"}, consent="yes")
    assert "Continue" in respondent.html
    assert respondent.form.data()["consent"] == ["yes"]
    respondent.send().send(org="O01").send()
    respondent.send({"language": "ar"}, headcount="7")
    assert '<html lang="ar" dir="rtl"' in respondent.html
    assert 'lang="de" dir="ltr"' in respondent.html
    assert respondent.form.data()["headcount"] == ["7"]
    respondent.send({"language": "de"}, headcount="sieben")
    assert respondent.form.data()["headcount"] == ["sieben"]


def test_what_is_said_of_a_partner_stays_with_that_partner(
    respondent: Respondent, session: Session
) -> None:
    respondent.open("/s/pankow").send(consent="yes").send(org="O01")
    while not respondent.path.endswith("/partners"):
        respondent.send()
    respondent.send(partners=["O02", "O03"]).send({"go": "back"}, tie_strength__2="3")
    respondent.send(partners=["O03", "O04"])
    assert respondent.page.text.index("Bucher Bogen") < respondent.page.text.index("Küche")
    assert respondent.form.data()["tie_strength:1"] == ["3"]
    respondent.send({"drop": "tie:1"})
    assert "Bucher Bogen" not in respondent.page.text
    assert session.scalars(select(Response)).one().answers["partners"] == ["O04"]


def test_a_search_finds_and_keeps_what_is_chosen(
    client: FlaskClient, session: Session, project: Project
) -> None:
    a_register(session, project, 80)
    a_survey(session, project, instrument("enterprise_survey"))
    respondent = Respondent(client, "/s/pankow").send(consent="yes")
    respondent.send({"find": "org"}, **{"find=org": "Nummer 77"})
    respondent.send({"add": respondent.form.buttons("add")[0]}).send()
    while not respondent.path.endswith("/partners"):
        respondent.send()
    respondent.send({"go": "enter"}, **{"find=partners": "radhaus"})
    assert respondent.form.buttons("add") == ["partners:O01"]
    respondent.send({"add": "partners:O01"}).send(
        {"find": "partners"}, **{"find=partners": "x"}
    )
    assert respondent.form.data()["partners"] == ["O01"]
    assert session.scalars(select(Response)).one().answers["org"] == "O77"


def test_a_double_click_hands_in_once(respondent: Respondent, session: Session) -> None:
    to_the_end(respondent, chance_of(1))
    before = dict(session.scalars(select(Response)).one().answers)
    session.rollback()
    form = {"go": "next", "quote": before["quote"]}
    respondent.client.post("/s/pankow/pages/email", data=form)
    respondent.client.post("/s/pankow/pages/email", data=form)
    assert session.scalars(select(Response)).one().answers == before


def test_a_correction_counts_at_once(respondent: Respondent, session: Session) -> None:
    to_the_end(respondent, chance_of(1))
    respondent.open("/s/pankow/pages/headcount").send({"go": "receipt"}, headcount="41")
    assert respondent.path.endswith("/receipt")
    assert session.scalars(select(Response)).one().answers["headcount"] == 41


def test_contact_data_come_back_to_the_one_who_gave_them_only(
    respondent: Respondent, session: Session
) -> None:
    respondent.send(consent="yes").send(org="O01")
    while not respondent.path.endswith("/email"):
        respondent.send(**{
            name: value for name, value in {"followup": "workshop"}.items()
            if name in respondent.form.names()
        })  # fmt: skip
    respondent.send(email="kim@example.org")
    assert "kim@example.org" in respondent.html
    assert "kim@example.org" not in session.scalars(select(SealedAnswer)).one().sealed
    assert "email" not in session.scalars(select(Response)).one().answers
    receipt = respondent.client.get("/s/pankow/receipt.txt").get_data(as_text=True)
    assert "kim@example.org" in receipt


def test_a_card_leads_on_to_another_device(respondent: Respondent, app: Flask) -> None:
    respondent.send(consent="yes").send(org="O01").send({"go": "pause"}, org_type="provider")
    words = respondent.html.split('<p class="words">')[1].split("</p>")[0]
    typed = " ".join(part.split("<")[0] for part in words.split("<bdi>")[1:])
    elsewhere = Respondent(app.test_client())
    elsewhere.answer = elsewhere.client.post(
        "/r", data={"words": typed.upper()}, follow_redirects=True
    )
    assert elsewhere.path.startswith("/s/pankow/pages/")  # the page one stopped at
    assert elsewhere.form.data()["org_type"] == ["provider"]


def test_wrong_words_have_to_wait_but_right_ones_never(
    respondent: Respondent, app: Flask
) -> None:
    respondent.send(consent="yes").send({"go": "pause"}, org="O01")
    link = respondent.html.split('class="words">')[1].split("</p>")[0]
    right = " ".join(part.split("<")[0] for part in link.split("<bdi>")[1:])
    client = app.test_client()
    codes = [client.post("/r", data={"words": "falsch"}).status_code for _ in range(12)]
    assert codes[0] == 422
    assert codes[-1] == 429
    assert client.post("/r", data={"words": right}).status_code == 303


def test_a_closed_survey_says_so(
    respondent: Respondent, session: Session, survey: Survey
) -> None:
    respondent.send(consent="yes")
    survey.state = State.CLOSED
    session.commit()
    assert respondent.open("/s/pankow").answer.status_code == 410
    assert "Diese Befragung ist geschlossen" in respondent.html
    assert respondent.client.post("/s/pankow/pages/org", data={}).status_code == 410


def test_the_word_on_being_named_can_change_after_closing(
    respondent: Respondent, session: Session, survey: Survey
) -> None:
    respondent.send(consent="yes").send(org="O01")
    while not respondent.path.endswith("/receipt"):
        respondent.send()
    organisation = session.scalars(select(Response)).one().organisation_id
    assert organisation
    link = respondent.html.split("/naming/")[1].split('"')[0]
    survey.state = State.CLOSED
    session.commit()
    address = f"/s/pankow/naming/{link}"
    assert respondent.client.post(address, data={"naming": "public"}).status_code == 303
    assert (
        session.get_one(Organisation, organisation, populate_existing=True).naming == "public"
    )
    assert respondent.client.get(address[:-3] + "abc").status_code == 404


def test_a_foreign_response_is_like_none(
    client: FlaskClient, session: Session, project: Project, survey: Survey
) -> None:
    other = instrument("refugee_conversation")
    a_survey(session, project, other, slug="other")
    Respondent(client, "/s/pankow").send(consent="yes")
    with client.session_transaction() as cookie:
        cookie["responses"] = {"other": cookie["responses"]["pankow"]}
    assert Respondent(client, "/s/other").answer.status_code == 200


def test_unknown_surveys_and_drafts_are_the_same(
    client: FlaskClient, session: Session, survey: Survey
) -> None:
    survey.state = State.DRAFT
    session.commit()
    assert client.get("/s/pankow").status_code == client.get("/s/none").status_code == 404


def test_hostile_texts_stay_texts(respondent: Respondent) -> None:
    respondent.send(consent="yes").send(org="O01")
    hostile = '"><script>alert(1)</script>{{7*7}}\x02value\x1fname\x03'
    while not respondent.path.endswith("/idea"):
        respondent.send()
    respondent.send({"language": "de"}, idea=hostile)
    assert "<script>alert" not in respondent.html
    assert "{{7*7}}" in respondent.page.text
    assert respondent.form.data()["idea"][0].startswith('"><script>')


@pytest.mark.parametrize(
    ("kind", "appearance", "number"),
    [
        ("select_one", "", 2), ("select_one", "minimal", 9), ("select_one", "likert", 3),
        ("select_multiple", "", 2), ("rank", "", 2), ("range", "", 1), ("acknowledge", "", 1),
    ],
)  # fmt: skip
def test_nobody_can_change_what_is_calculated(
    client: FlaskClient,
    session: Session,
    project: Project,
    kind: Any,
    appearance: str,
    number: int,
) -> None:
    choices = tuple(Choice(str(each), {"de": str(each)}) for each in range(1, number + 1))
    fixed = Item(
        "question",
        "fixed",
        kind,
        {"de": "Fest"},
        list="c",
        calculation="1",
        appearance=appearance,
    )
    form = Definition({"de": "F"}, "f", "de", ("de",), (fixed,), {"c": choices})
    a_survey(session, project, form, slug="fixed")
    html = Respondent(client, "/s/fixed").html.split('id="q-fixed"')[1].split("</section>")[0]
    controls = re.findall(r"<(?:select|input)\b[^>]*>", html)
    assert controls
    assert all(" disabled" in control for control in controls)


def test_the_definition_is_what_was_imported() -> None:
    definition = instrument("enterprise_survey")
    required = [item.name for item in definition.walk() if item.required]
    assert required == ["consent", "org", "org_other", "np_name"]
    assert Definition.from_json(definition.to_json()) == definition
