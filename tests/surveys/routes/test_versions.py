"""Two versions of one survey on the page that puts waves side by side."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from people.models import Organisation, Project, Sector
from surveys.fieldwork.importing import add_version
from surveys.models import Subject, Survey
from tests.story import NOON, an_organisation
from tests.surveys.example import ENTERPRISES, a_survey, answer, answer_all, group, question

ENGLISH = {"Accept-Language": "en"}
LATER = replace(
    ENTERPRISES,
    items=(
        group(
            "profile", "A. Profil", "A. Profile",
            question("org_type", "select_one", "Was sind Sie?", "What are you?", list="kind"),
            question("headcount", "integer", "Wie viele?", "How many?"),
            question("mood", "text", "Stimmung", "The mood"),
        ),
    ),
)  # fmt: skip


def enter(session: Session, project: Project, code: str, sector: Sector) -> Organisation:
    organisation = an_organisation(project, code, f"Haus {code}", sector)
    session.add(organisation)
    session.flush()
    return organisation


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    """A survey of which two versions were answered, by three organisations."""
    survey = a_survey(session, project)
    one, two, three = (
        enter(session, project, code, sector)
        for code, sector in (
            ("A", Sector.ECONOMY), ("B", Sector.SCIENCE), ("C", Sector.ECONOMY),
        )
    )  # fmt: skip
    answer(session, survey, {"org_type": "provider"}, one)
    answer(session, survey, {"org_type": "migrant"}, two)
    add_version(session, survey, LATER, NOON.replace(month=9))
    answer(session, survey, {"org_type": "provider"}, three)
    session.commit()
    return survey


def page(desk: FlaskClient, survey: Survey, more: str = "?with=1..2") -> str:
    return desk.get(f"/p/buch/surveys/{survey.slug}/compare{more}", headers=ENGLISH).text


def test_two_versions_stand_side_by_side_with_how_many_answered_each(
    desk: FlaskClient, survey: Survey
) -> None:
    text = page(desk, survey)
    assert "Version 1: n = 2 · Version 2: n = 1" in text
    assert "Version 2: +50.0 points" in text
    assert "Worded differently before: What kind of organisation are you?" in text.replace(
        "<bdi>", ""
    ).replace("</bdi>", "")
    assert "a difference can come from the new wording" in text
    assert "no random sample" not in text


def test_what_one_version_alone_asks_stands_apart(desk: FlaskClient, survey: Survey) -> None:
    apart = page(desk, survey).partition("What cannot be compared")[2]
    dropped, _, added = apart.partition("Asked in Version 2 only:")
    assert "What do you offer that refugees can use?" in dropped
    assert "The mood" in added


def test_versions_are_narrowed_to_a_sector(desk: FlaskClient, survey: Survey) -> None:
    text = page(desk, survey, "?with=1..2&sector=economy")
    assert "Version 1: n = 1 · Version 2: n = 1" in text
    assert "±0.0 points" in text


def test_the_page_of_results_leads_to_the_versions(desk: FlaskClient, survey: Survey) -> None:
    results = desk.get(f"/p/buch/surveys/{survey.slug}/results", headers=ENGLISH).text
    assert "Compare the versions" in results
    assert '<option value="1..2">Version 1 with Version 2</option>' in page(desk, survey, "")


def test_a_survey_of_one_version_has_none_to_compare(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    survey = a_survey(session, project)
    answer(session, survey, {"org_type": "provider"})
    session.commit()
    assert "Nothing to compare with yet" in page(desk, survey, "")
    results = desk.get(f"/p/buch/surveys/{survey.slug}/results", headers=ENGLISH).text
    assert "Compare the versions" not in results


@pytest.mark.parametrize("wish", ["1..1", "1..3", "0..2", "1..", "..", "٣..1", "9" * 30])
def test_a_version_that_is_not_there_is_not_found(
    desk: FlaskClient, survey: Survey, wish: str
) -> None:
    place = f"/p/buch/surveys/{survey.slug}/compare"
    assert desk.get(place, query_string={"with": wish}).status_code == 404


def test_a_question_of_two_versions_is_frozen_with_both_wordings(
    desk: FlaskClient, survey: Survey
) -> None:
    form = {"survey": survey.slug, "chart": "compare:org_type", "with": "1..2", "sector": ""}
    place = desk.post("/p/buch/stand", data=form, headers=ENGLISH).location
    frozen = desk.get(place, headers=ENGLISH).text
    assert "Version 1 and Version 2 compared · What are you?" in frozen
    assert "What kind of organisation are you? → What are you?" in frozen
    assert "Version 2: asked since Sep" in frozen
    assert "Social provider" in desk.get(f"{place}.csv").text


def test_a_table_is_crossed_with_the_version_and_narrowed_to_one(
    desk: FlaskClient, survey: Survey
) -> None:
    place = f"/p/buch/surveys/{survey.slug}/cross"
    crossed = desk.get(f"{place}?rows=org_type&columns=@version", headers=ENGLISH).text
    assert '<th scope="col" class="n">Version 2</th>' in crossed
    narrowed = f"{place}?rows=org_type&columns=sector&where=@version:2"
    assert "Only those with Version: Version 2." in desk.get(narrowed, headers=ENGLISH).text


@pytest.fixture
def talks(session: Session, project: Project) -> Survey:
    """A survey of persons of whose versions each was answered by twenty or a few more."""
    survey = a_survey(session, project, subject=Subject.PERSONS)
    said = ["provider", "migrant", "enterprise", "research"] * 5
    answer_all(session, survey, "org_type", said)
    add_version(session, survey, LATER, NOON)
    answer_all(session, survey, "org_type", [*said, *said[:3]])
    session.commit()
    return survey


def test_versions_of_persons_wait_for_the_lens(desk: FlaskClient, talks: Survey) -> None:
    text = page(desk, talks)
    assert "once the version is the question with which all others are crossed" in text
    assert "Version 1: n" not in text
    place = f"/p/buch/surveys/{talks.slug}/figures/compare:org_type.csv?with=1..2"
    assert desk.get(place).status_code == 404


def test_through_the_lens_versions_of_persons_are_told_in_fives(
    desk: FlaskClient, talks: Survey
) -> None:
    place = f"/p/buch/surveys/{talks.slug}/lens"
    assert desk.post(place, data={"lens": "@version"}).status_code == 303
    text = page(desk, talks)
    assert "Version 1: n = 20 · Version 2: n = 20" in text
    assert '<td class="n">20</td>' in text
    assert '"n">3</td>' not in text
    crossed = desk.get(
        f"/p/buch/surveys/{talks.slug}/cross?rows=org_type", headers=ENGLISH
    ).text
    assert "Crossed with: Version" in crossed
    assert '<th scope="col" class="n">Version 2</th>' in crossed


def test_beside_another_lens_versions_of_persons_stay_apart(
    desk: FlaskClient, session: Session, talks: Survey
) -> None:
    talks.lens = "willing"
    session.commit()
    text = page(desk, talks)
    assert "and that is not the version" in text
    assert "Version 1: n" not in text
