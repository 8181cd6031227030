"""Pages of ties: what each side says, what the team decides, what was seen elsewhere."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from networks.tying import State
from people.models import Naming, Organisation, Project, Sector, User
from surveys.models import Response, Survey
from surveys.responses.leading import choose_leading
from tests.hostile import STRINGS
from tests.networks.story import a_response, a_wave, naming, network_of
from tests.story import an_organisation, browser_of

PAGE = "/p/buch/networks/autumn"
GERMAN = {"Accept-Language": "de"}


@pytest.fixture
def reader(app: Flask, tarik: User) -> FlaskClient:
    """A browser of someone on the task force."""
    return browser_of(tarik, app)


@pytest.fixture
def people(session: Session, project: Project) -> dict[str, Organisation]:
    found = {
        code: an_organisation(project, code, name, Sector.SOCIETY, kind="provider", naming=may)
        for code, name, may in (
            ("O1", "Adas Laden", Naming.NETWORK), ("O2", "Beas Hof", Naming.NETWORK),
            ("O3", "Cems Kiosk", Naming.TEAM), ("O4", "Duas Dach", Naming.NETWORK),
        )
    }  # fmt: skip
    session.add_all(found.values())
    session.commit()
    return found


@pytest.fixture
def survey(session: Session, project: Project, people: dict[str, Organisation]) -> Survey:
    """Ada calls her tie to Bea close, Bea loose. Ada's answers differ on Cem."""
    survey = a_wave(session, project)
    a_response(
        session, survey, people["O1"], naming(("O2", ["rooms"], 3), ("O3", ["rooms"], 1))
    )
    a_response(
        session, survey, people["O1"], naming(("O2", ["rooms"], 3), ("O3", ["rooms"], 3)),
        leading=False,
    )  # fmt: skip
    a_response(session, survey, people["O2"], naming(("O1", ["rooms"], 1)))
    return survey


def words(html: str) -> str:
    return " ".join(re.sub("<[^>]*>", " ", html).split())


def states(session: Session, survey: Survey) -> dict[tuple[str, str], State]:
    return {each.pair: each.state for each in network_of(session, survey).ties}


def test_contradicted_ties_are_a_list_to_work_on(desk: FlaskClient, survey: Survey) -> None:
    page = desk.get(f"{PAGE}/ties")
    assert re.findall(r'href="[^"]*/ties/(O\d/O\d)"', page.text) == ["O1/O2", "O1/O2", "O1/O3"]
    assert desk.get(f"{PAGE}/ties?about=sides").text.count("/ties/O1/O3") == 0
    assert desk.get(f"{PAGE}/ties?about=answers").text.count("/ties/O1/O3") >= 1
    assert "/ties/O1/O2" not in desk.get(f"{PAGE}/ties?q=Kiosk").text
    assert "2 contradicted ties" in desk.get(PAGE, headers={"Accept-Language": "en"}).text


def test_a_page_tells_what_each_side_says(desk: FlaskClient, survey: Survey) -> None:
    text = words(desk.get(f"{PAGE}/ties/O2/O1", headers={"Accept-Language": "en"}).text)
    assert "Adas Laden and Beas Hof contradicted Both sides describe it differently." in text
    assert "close rooms" in text
    assert "loose rooms" in text
    text = words(desk.get(f"{PAGE}/ties/O1/O3", headers={"Accept-Language": "en"}).text)
    assert "Answers of Adas Laden differ." in text
    assert "leading answer" in text and "another answer" in text
    assert "2 answers of this organisation" in text


def test_verdicts_lead_from_one_tie_to_the_next(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    answer = desk.post(f"{PAGE}/ties/O1/O2/verdict", data={"holds": "b", "reason": "Angerufen"})
    assert answer.location == f"{PAGE}/ties/O1/O3"
    session.expire_all()
    (tie,) = (each for each in network_of(session, survey).ties if each.pair == ("O1", "O2"))
    assert (tie.state, tie.strength) == (State.SETTLED, 1)
    answer = desk.post(
        f"{PAGE}/ties/O1/O3/verdict", data={"holds": "neither", "reason": "Nein"}
    )
    assert answer.location == f"{PAGE}/ties"
    assert states(session, survey) == {("O1", "O2"): State.SETTLED}
    assert "„" not in desk.get(f"{PAGE}/ties?state=rejected").text
    assert "Nein" in desk.get(f"{PAGE}/ties?state=rejected").text


def test_a_verdict_can_be_taken_back(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    before = states(session, survey)
    desk.post(f"{PAGE}/ties/O1/O2/verdict", data={"holds": "neither", "reason": "Nein"})
    page = desk.get(f"{PAGE}/ties/O1/O2").text
    assert "Nein" in page
    desk.post(f"{PAGE}/ties/O2/O1/verdict/removal")
    session.expire_all()
    assert states(session, survey) == before


def test_a_verdict_needs_a_choice_and_a_reason(desk: FlaskClient, survey: Survey) -> None:
    answer = desk.post(f"{PAGE}/ties/O1/O2/verdict", data={"reason": "weil ich es weiß"})
    assert answer.status_code == 422
    assert "weil ich es weiß" in answer.text
    answer = desk.post(f"{PAGE}/ties/O1/O2/verdict", data={"holds": "a", "reason": " "})
    assert answer.status_code == 422
    assert 'value="a" checked' in answer.text


def test_the_leading_answer_a_facilitator_chose_ends_the_doubt(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    assert states(session, survey)["O1", "O3"] == State.CONTRADICTED
    second = session.query(Response).filter_by(leading=False).one()
    choose_leading(session, survey, second)
    session.commit()
    session.expire_all()
    (tie,) = (each for each in network_of(session, survey).ties if each.pair == ("O1", "O3"))
    assert (tie.state, tie.strength) == (State.UNKNOWN, 3)


def test_the_page_of_an_organisation_says_that_it_has_answered_twice(
    desk: FlaskClient, survey: Survey
) -> None:
    text = words(desk.get(f"{PAGE}/O1", headers={"Accept-Language": "en"}).text)
    assert "2 answers of this organisation are there." in text
    assert "Answers of Adas Laden differ." in text


def test_the_task_force_reads_a_tie_without_what_one_says_of_the_other(
    reader: FlaskClient, desk: FlaskClient, session: Session, survey: Survey,
    people: dict[str, Organisation],
) -> None:  # fmt: skip
    a_response(session, survey, people["O4"], naming(("O1", ["rooms"], 3)))
    page = reader.get(f"{PAGE}/ties/O1/O3", headers={"Accept-Language": "en"})
    text = words(page.text)
    for secret in ("Cems Kiosk", "close", "loose", "regular", "differ", "answer of"):
        assert secret not in text.partition("Back to the network")[2], secret
    assert "Names the other. rooms" in text
    for path in ("ties", "recorded", "named"):
        assert reader.get(f"{PAGE}/{path}").status_code == 403
    for path in ("ties/O1/O2/verdict", "ties/O1/O2/verdict/removal", "recorded", "named"):
        assert reader.post(f"{PAGE}/{path}").status_code == 403
    for path in (PAGE, f"{PAGE}/O1", f"{PAGE}/files/graphml"):
        assert "close rooms" not in words(reader.get(path).text)
    drawn = [
        client.get(PAGE).text.partition('<svg class="net ')[2] for client in (reader, desk)
    ]
    assert ["e3" in page for page in drawn] == [False, True]


@pytest.mark.parametrize("ends", ["O1/O9", "O9/O1", "O1/O1", "x/y"])
def test_a_tie_with_nobody_is_nowhere(desk: FlaskClient, survey: Survey, ends: str) -> None:
    assert desk.get(f"{PAGE}/ties/{ends}").status_code == 404
    assert desk.post(f"{PAGE}/ties/{ends}/verdict").status_code == 404


def test_two_of_whom_nobody_speaks_have_a_page(desk: FlaskClient, survey: Survey) -> None:
    text = words(desk.get(f"{PAGE}/ties/O2/O4", headers={"Accept-Language": "en"}).text)
    assert "Nobody speaks of a tie between these two." in text


def test_whatever_someone_gives_as_a_reason_is_text(desk: FlaskClient, survey: Survey) -> None:
    for string in STRINGS[::7]:
        sent = {"holds": "neither", "reason": string}
        assert desk.post(f"{PAGE}/ties/O1/O2/verdict", data=sent).status_code in (303, 422)
        for path in ("ties/O1/O2", "ties?state=rejected"):
            page = desk.get(f"{PAGE}/{path}")
            assert page.status_code == 200
            assert "<script>window" not in page.text
        desk.post(f"{PAGE}/ties/O1/O2/verdict/removal")
