import html
import io
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.keys import Keyring
from people.models import Organisation, Project, Sector, User
from surveys.fieldwork import inviting
from surveys.models import Invitation, Subject, Survey
from surveys.reporting.models import Frozen
from tests.story import NOON, an_organisation, browser_of
from tests.surveys.example import LISTS, a_survey, answer

STAND = "/p/buch/stand"
CHARTS = ("rates", "org_type", "headcount", "offers", "willing", "b_language", "idea")


@pytest.fixture
def survey(session: Session, project: Project, keys: Keyring) -> Survey:
    survey, invited = a_survey(session, project), []
    for number in range(8):
        organisation = an_organisation(project, f"O{number}", f"Haus {number}", Sector.SOCIETY)
        session.add(organisation)
        session.flush()
        document = {
            "org_type": "provider", "headcount": number, "offers": ["rooms"],
            "willing": str(number % 5 + 1), "b_language": "3", "b_admin": "1",
            "idea": "Räume für alle",
        }  # fmt: skip
        answer(session, survey, document, organisation)
        invited.append(organisation)
    inviting.invite(session, keys, survey, invited, NOON)
    session.commit()
    return survey


@pytest.fixture
def many(session: Session, project: Project, survey: Survey) -> Survey:
    """The same survey with so many answers that some counts are told to everyone."""
    for number in range(30):
        organisation = an_organisation(project, f"P{number}", f"Hof {number}", Sector.SOCIETY)
        session.add(organisation)
        session.flush()
        answer(session, survey, {"offers": ["rooms" if number < 12 else "jobs"]}, organisation)
    session.commit()
    return survey


def test_without_invitations_no_figure_speaks_of_a_census(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    session.execute(delete(Invitation))
    session.commit()
    page = desk.get(freeze(desk, survey, "org_type")).text
    assert "Niemand war persönlich eingeladen" in page
    assert "Zufallsstichprobe" not in page


def freeze(desk: FlaskClient, survey: Survey, chart: str) -> str:
    answer = desk.post(STAND, data={"survey": survey.slug, "chart": chart})
    assert answer.status_code == 303
    return str(answer.location)


@pytest.mark.parametrize("chart", CHARTS)
def test_every_chart_is_frozen_with_its_table_its_n_and_its_limits(
    desk: FlaskClient, survey: Survey, chart: str
) -> None:
    path = freeze(desk, survey, chart)
    page = desk.get(path).text
    assert "n = 8" in page or "8 haben hier geschrieben" in page
    assert "keine Zufallsstichprobe" in page
    ElementTree.fromstring(desk.get(f"{path}.svg").data)  # noqa: S314 - our own
    Image.open(io.BytesIO(desk.get(f"{path}.png").data)).verify()
    assert len(desk.get(f"{path}.csv").text.splitlines()) > 1


def test_what_is_frozen_stays_when_answers_come_change_or_go(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    path = freeze(desk, survey, "org_type")
    before = desk.get(f"{path}.csv").data
    for number in range(5):
        answer(session, survey, {"org_type": "enterprise"}, leading=True, language=f"d{number}")
    session.commit()
    assert desk.get(f"{path}.csv").data == before
    assert freeze(desk, survey, "org_type") != path


def test_the_figure_of_a_page_is_the_one_that_is_frozen(
    desk: FlaskClient, survey: Survey
) -> None:
    path = freeze(desk, survey, "willing")
    now = desk.get(f"/p/buch/surveys/{survey.slug}/figures/willing.csv").data
    assert desk.get(f"{path}.csv").data == now


def test_only_when_everyone_may_see_it_the_short_address_shows_it(
    desk: FlaskClient, app: Flask, many: Survey
) -> None:
    path = freeze(desk, many, "offers")
    public = path.removeprefix("/p/buch")
    stranger = app.test_client()
    assert stranger.get(public).status_code == 404
    assert stranger.get(f"{public}.svg").status_code == 404
    desk.post(f"{path}/public", data={"public": "yes"})
    page = stranger.get(public, headers={"Accept-Language": "de"})
    assert page.status_code == 200
    assert "Räume und Werkstätten" in page.text and "Birte" not in page.text
    assert "< 10" in html.unescape(page.text)  # what two of them offer
    assert stranger.get(f"{public}.svg").status_code == 200
    desk.post(f"{path}/public", data={"public": "no"})
    assert stranger.get(public).status_code == 404


def test_everyone_reads_who_answered_in_all_and_no_small_number(
    desk: FlaskClient, app: Flask, session: Session, keys: Keyring, many: Survey
) -> None:
    path = freeze(desk, many, "rates")
    assert "Zivilgesellschaft" in desk.get(path).text
    assert desk.post(f"{path}/public", data={"public": "yes"}).status_code == 409  # 8 asked
    everyone = session.scalars(select(Organisation)).all()
    inviting.invite(session, keys, many, everyone, NOON)
    session.commit()
    path = freeze(desk, many, "rates")
    desk.post(f"{path}/public", data={"public": "yes"})
    address = path.removeprefix("/p/buch")
    page = app.test_client().get(address, headers={"Accept-Language": "de"}).text
    assert "auf Fünfer gerundet" not in page  # these are not
    public = app.test_client().get(f"{address}.csv").text
    assert public.splitlines()[1:] == ["alle;38;38;38;< 10"]


def test_a_withdrawn_figure_says_so_and_can_stand_again(
    desk: FlaskClient, app: Flask, many: Survey
) -> None:
    path = freeze(desk, many, "offers")
    public = path.removeprefix("/p/buch")
    desk.post(f"{path}/public", data={"public": "yes"})
    desk.post(f"{path}/withdrawal")
    answer = app.test_client().get(public, headers={"Accept-Language": "de"})
    assert (answer.status_code, "zurückgezogen" in answer.text) == (410, True)
    assert "Räume" not in answer.text
    assert app.test_client().get(f"{public}.csv").status_code == 404
    assert "offers" not in desk.get(STAND).text
    desk.post(f"{path}/withdrawal", data={"undo": "yes"})
    assert app.test_client().get(public).status_code == 200


def test_a_note_says_what_it_is_for_and_is_searched(desk: FlaskClient, survey: Survey) -> None:
    path = freeze(desk, survey, "offers")
    desk.post(f"{path}/note", data={"note": "Zwischenbericht <Mai>"})
    found = desk.get(f"{STAND}?words=zwischenbericht").text
    assert "Zwischenbericht &lt;Mai&gt;" in found
    assert "enthält diese Wörter" in desk.get(f"{STAND}?words=Januar").text


def test_the_task_force_reads_and_freezes_nothing(
    app: Flask, tarik: User, desk: FlaskClient, survey: Survey
) -> None:
    path = freeze(desk, survey, "offers")
    reader = browser_of(tarik, app)
    assert reader.get(path).status_code == 200
    for place in (STAND, f"{path}/public", f"{path}/withdrawal", f"{path}/note"):
        assert reader.post(
            place, data={"survey": survey.slug, "chart": "rates"}
        ).status_code in (403, 404)
    assert "Stand festhalten" not in reader.get(f"/p/buch/surveys/{survey.slug}/results").text


def test_of_persons_no_figure_tells_more_than_the_page(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    survey = a_survey(session, project, subject=Subject.PERSONS)
    for number in range(10):
        answer(session, survey, {"org_type": "research" if number < 2 else "provider"})
    session.commit()
    path = freeze(desk, survey, "org_type")
    table = desk.get(f"{path}.csv").text
    assert "8" not in table.replace("80", "") and "2;" not in table
    assert "Fünferschritten" in desk.get(path).text
    assert desk.post(STAND, data={"survey": survey.slug, "chart": "rates"}).status_code == 404
    frozen = session.scalars(select(Frozen)).one()
    assert "Haus" not in str(frozen.content)


def test_the_method_sheet_counts_everyone_who_was_asked(
    desk: FlaskClient, survey: Survey
) -> None:
    path = freeze(desk, survey, "offers")
    page = desk.get(f"/p/buch/surveys/{survey.slug}/method").text
    assert "Response Rate 1" in page and "58 Fragen" not in page
    assert path.rpartition("/")[2] in page
    assert "8 Antworten wurden abgeschickt; 8 führen" in page


CROSS = "rows=org_type&columns=willing"


def test_two_questions_are_crossed_and_frozen(desk: FlaskClient, survey: Survey) -> None:
    page = desk.get(f"/p/buch/surveys/{survey.slug}/cross?{CROSS}&where=sector:society").text
    assert "n = 8" in page and "Nur die mit Sektor" in page
    form = {"survey": survey.slug, "chart": "cross", "rows": "org_type", "columns": "willing"}
    path = desk.post(STAND, data=form).location
    table = desk.get(f"{path}.csv").text
    assert "Träger der Wohlfahrtspflege" in table
    same = desk.get(f"/p/buch/surveys/{survey.slug}/figures/cross.csv?{CROSS}").text
    assert table == same


@pytest.mark.parametrize("wrong", ["", "rows=nope&columns=willing", "rows=idea&columns=org"])
def test_what_cannot_be_crossed_is_asked_for_again(
    desk: FlaskClient, survey: Survey, wrong: str
) -> None:
    page = desk.get(f"/p/buch/surveys/{survey.slug}/cross?{wrong}")
    assert page.status_code == 200 and "Welche zwei Fragen?" in page.text
    assert (
        desk.get(f"/p/buch/surveys/{survey.slug}/figures/cross.svg?{wrong}").status_code == 404
    )


def test_a_small_table_of_persons_is_neither_shown_nor_drawn_nor_frozen(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    survey = a_survey(session, project, subject=Subject.PERSONS)
    for number in range(20):
        said = {"org_type": "research" if number < 3 else "provider", "willing": "5"}
        answer(session, survey, said)
    session.commit()
    place = f"/p/buch/surveys/{survey.slug}"
    assert desk.post(f"{place}/lens", data={"lens": "willing"}).status_code == 422
    page = desk.get(f"{place}/cross?{CROSS}").text
    assert "Noch lässt sich keine Tabelle zeigen" in page and "<b>3</b>" not in page
    assert desk.get(f"{place}/figures/cross.csv?{CROSS}").status_code == 404
    form = {"survey": survey.slug, "chart": "cross", "rows": "org_type", "columns": "willing"}
    assert desk.post(STAND, data=form).status_code == 404


def test_of_persons_everything_is_crossed_with_one_question_and_rounded(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    survey = a_survey(session, project, subject=Subject.PERSONS)
    kinds = [choice.name for choice in LISTS["kind"]]
    for number in range(6 * len(kinds) * 5):
        said = {"org_type": kinds[number % 4], "willing": f"{number // 4 % 5 + 1}"}
        answer(session, survey, said | {"min_german": "b1"})
    session.commit()
    place = f"/p/buch/surveys/{survey.slug}"
    assert "lens" in desk.get(f"{place}/cross?{CROSS}").text
    assert desk.get(f"{place}/figures/cross.csv?{CROSS}").status_code == 404
    for useless in ("idea", "min_german"):
        assert desk.post(f"{place}/lens", data={"lens": useless}).status_code == 422
    assert desk.post(f"{place}/lens", data={"lens": "willing"}).status_code == 303
    assert desk.post(f"{place}/lens", data={"lens": "org_type"}).status_code == 409

    assert "weniger als 5 Personen" in desk.get(f"{place}/cross?rows=min_german").text
    page = desk.get(f"{place}/cross?rows=org_type&columns=min_german").text
    assert "Gekreuzt mit: „Wir möchten" in page and "<b>5</b>" in page
    table = desk.get(f"{place}/figures/cross.csv?{CROSS}").text.splitlines()
    assert [line.split(";")[1:] for line in table[1:]] == [["5"] * 5 + ["25"]] * 4


def test_figures_about_persons_are_public_from_ten_people_on(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    survey = a_survey(session, project, subject=Subject.PERSONS)
    for number in range(45):
        said = {"offers": ["rooms" if number < 38 else "jobs"], "willing": str(1 + number % 2)}
        answer(session, survey, said)
    session.commit()
    for chart, status in (("offers", 409), ("willing", 303)):
        path = freeze(desk, survey, chart)
        assert desk.post(f"{path}/public", data={"public": "yes"}).status_code == status
        code = path.rpartition("/")[2]
        listed = desk.post(f"/p/buch/surveys/{survey.slug}/publication", data={"code": code})
        assert listed.status_code == (422 if status == 409 else 303)
