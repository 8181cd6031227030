"""What everyone may see of tables and comparisons tells of ten people or more."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from core.keys import Keyring
from people.models import Organisation, Project, Sector
from surveys.fieldwork import inviting
from surveys.fieldwork.starting import new_wave, open_survey
from surveys.models import Subject, Survey
from tests.story import NOON, an_organisation
from tests.surveys.example import LISTS, a_survey, answer, answer_all

STAND = "/p/buch/stand"
ENGLISH = {"Accept-Language": "en"}
KINDS = [choice.name for choice in LISTS["kind"]]


def publish(desk: FlaskClient, survey: Survey, chart: str, **asked: str) -> tuple[str, int]:
    """Freeze a figure, show it to everyone, and return its address and the answer."""
    form = {"survey": survey.slug, "chart": chart, **asked}
    frozen = desk.post(STAND, data=form, headers=ENGLISH)
    assert frozen.status_code == 303
    shown = desk.post(f"{frozen.location}/public", data={"public": "yes"})
    return str(frozen.location).removeprefix("/p/buch"), shown.status_code


@pytest.mark.parametrize(("people", "status"), [(8, 409), (10, 303)])
def test_a_table_of_persons_is_public_from_ten_in_each_field_on(
    desk: FlaskClient, session: Session, project: Project, people: int, status: int
) -> None:
    survey = a_survey(session, project, subject=Subject.PERSONS)
    for number in range(people * len(KINDS) * 5):
        said = {"org_type": KINDS[number % 4], "willing": f"{number // 4 % 5 + 1}"}
        answer(session, survey, said)
    session.commit()
    desk.post(f"/p/buch/surveys/{survey.slug}/lens", data={"lens": "willing"})
    assert publish(desk, survey, "cross", rows="org_type")[1] == status


@pytest.mark.parametrize(("few", "status"), [(8, 409), (10, 303)])
def test_a_comparison_of_persons_is_public_from_ten_in_each_field_on(
    desk: FlaskClient, session: Session, project: Project, few: int, status: int
) -> None:
    survey = a_survey(session, project, subject=Subject.PERSONS)
    later = new_wave(session, survey, project, "wave", "Zweite Welle", NOON)
    open_survey(session, later, NOON)
    counts = (few, few, 20 - few, 20 - few)  # each is told as ten
    values = [kind for kind, n in zip(KINDS, counts, strict=True) for _ in range(n)]
    for wave in (survey, later):
        answer_all(session, wave, "org_type", values)
    session.commit()
    found = publish(desk, survey, "compare:org_type", **{"with": later.slug})
    assert found[1] == status


def test_nobody_else_reads_how_few_answered_only_one_question_of_a_table(
    desk: FlaskClient, app: Flask, session: Session, project: Project
) -> None:
    survey = a_survey(session, project)
    for number in range(100):
        said = {"org_type": KINDS[number % 2], "willing": f"{number // 2 % 5 + 1}"}
        answer(session, survey, said, leading=True)
    for _ in range(2):
        answer(session, survey, {"org_type": KINDS[0]}, leading=True)
    session.commit()
    address, status = publish(desk, survey, "cross", rows="org_type", columns="willing")
    assert status == 303
    team = desk.get(f"/p/buch{address}", headers=ENGLISH).text
    assert "n = 100 · 2 answered only one of the two, or none." in team
    page = app.test_client().get(address, headers=ENGLISH).text
    assert "n = 100" in page and "answered only one" not in page


@pytest.mark.parametrize(
    ("silent", "told"), [(0, "38;38;38;< 10"), (4, "40;40;40;< 10"), (12, "50;38;38;< 10")]
)
def test_nobody_else_can_work_out_how_few_were_silent(
    desk: FlaskClient,
    app: Flask,
    session: Session,
    project: Project,
    keys: Keyring,
    silent: int,
    told: str,
) -> None:
    survey, invited = a_survey(session, project), list[Organisation]()
    for number in range(38 + silent):
        organisation = an_organisation(project, f"O{number}", f"Haus {number}", Sector.SOCIETY)
        session.add(organisation)
        session.flush()
        invited.append(organisation)
        if number < 38:
            answer(session, survey, {}, organisation)
    inviting.invite(session, keys, survey, invited, NOON)
    session.commit()
    address, status = publish(desk, survey, "rates")
    assert status == 303
    stranger = app.test_client()
    assert stranger.get(f"{address}.csv").text.splitlines()[1] == f"all;{told}"
    page = stranger.get(address, headers=ENGLISH).text
    assert f"n = {told.split(';')[2]}" in page
    assert ("rounded to fives" in page) is (silent == 4)


MOSTLY = pytest.mark.parametrize(("most", "status"), [(38, 409), (40, 409), (28, 303)])
OFFERS = [choice.name for choice in LISTS["offers"]]


def offered(number: int, most: int) -> list[str]:
    """Return what one of forty offers, of whom all but a few offer the first."""
    within = [number < most, number >= 15, *(number < 20 for _ in OFFERS[2:])]
    return [name for name, gives in zip(OFFERS, within, strict=True) if gives]


@MOSTLY
def test_of_several_answers_to_choose_a_few_who_left_one_out_are_not_told(
    desk: FlaskClient, session: Session, project: Project, most: int, status: int
) -> None:
    survey = a_survey(session, project)
    for number in range(80):
        said = {"org_type": KINDS[number % 2], "offers": offered(number // 2, most)}
        answer(session, survey, said, leading=True)
    session.commit()
    asked = {"rows": "org_type", "columns": "offers"}
    assert publish(desk, survey, "cross", **asked)[1] == status


@MOSTLY
def test_nor_are_they_where_two_waves_are_compared(
    desk: FlaskClient, session: Session, project: Project, most: int, status: int
) -> None:
    survey = a_survey(session, project)
    later = new_wave(session, survey, project, "wave", "Zweite Welle", NOON)
    open_survey(session, later, NOON)
    for number in range(40):
        for wave, many in ((survey, 28), (later, most)):
            answer(session, wave, {"offers": offered(number, many)}, leading=True)
    session.commit()
    found = publish(desk, survey, "compare:offers", **{"with": later.slug})
    assert found[1] == status
