import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from networks.models import Introduction, RecordedTie, Source, Stage
from networks.network import RECORDED, Selection
from people.models import Naming, Offering, Organisation, Project, Sector, Side, User
from surveys.models import Survey
from tests.networks.story import a_response, a_wave, demo_wave, naming, network_of
from tests.story import an_organisation, browser_of

PAGE = "/p/buch/networks/autumn/introductions"
DE = {"Accept-Language": "de"}


@pytest.fixture
def reader(app: Flask, tarik: User) -> FlaskClient:
    return browser_of(tarik, app)


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    """Ada and Cem wish for each other, Bea has what Dua needs; Dua has not answered."""
    survey = a_wave(session, project)
    people = {}
    for code, name, sector, allowed, locality in (
        ("O1", "Adas Laden", Sector.ECONOMY, Naming.TEAM, "karow"),
        ("O2", "Beas Hof", Sector.SOCIETY, Naming.NETWORK, "buch"),
        ("O3", "Cems Kiosk", Sector.SOCIETY, Naming.NETWORK, "buch"),
        ("O4", "Duas Dach", Sector.POLITICS, Naming.TEAM, "pankow"),
    ):
        people[code] = an_organisation(
            project, code, name, sector, kind="provider", locality=locality, naming=allowed
        )
    people["O2"].terms = [
        Offering(project_id=project.id, side=Side.OFFER, term="language_course")
    ]
    people["O4"].terms = [
        Offering(project_id=project.id, side=Side.NEED, term="language_course")
    ]
    session.add_all(people.values())
    session.commit()
    a_response(session, survey, people["O1"], naming(("O2", ["rooms"], 3), dreams=["O3"]))
    a_response(session, survey, people["O2"], naming(("O3", ["rooms"], 2)))
    a_response(session, survey, people["O3"], naming(dreams=["O1"]))
    return survey


def text_of(html: str) -> str:
    return " ".join(re.sub("<[^>]*>", " ", html).split()).replace(" .", ".").replace(" ,", ",")


def recorded_in(session: Session, survey: Survey) -> set[tuple[str, str]]:
    """Who has a tie in the layer of what was seen elsewhere."""
    session.expire_all()
    network = network_of(session, survey)
    assert all(each.seen[0].source == Source.MEETING for each in network.recorded)
    layer = Selection(layers=(RECORDED,))
    assert [each.pair for each in network.narrowed(layer).ties] == [
        each.pair for each in network.recorded
    ]
    return {each.pair for each in network.recorded}


def pairs_on(page: str) -> list[list[str]]:
    couples = page.split('<p class="pair">')[1:]
    return [re.findall(r"<bdi>(.*?)</bdi>", each.partition("</p>")[0]) for each in couples]


def decide(desk: FlaskClient, a: str, b: str, where: str = "") -> str:
    answer = desk.post(PAGE + where, data={"a": a, "b": b}, follow_redirects=True)
    assert answer.status_code == 200
    return answer.text


def test_pairs_stand_there_with_their_reasons_best_first(
    desk: FlaskClient, survey: Survey
) -> None:
    page = desk.get(PAGE, headers=DE).text
    assert pairs_on(page) == [["Adas Laden", "Cems Kiosk"], ["Beas Hof", "Duas Dach"]]
    words = text_of(page)
    for sentence in (
        "Beide wünschen sich, zusammenzuarbeiten.",
        "Sie verbinden zwei Sektoren: Wirtschaft, Zivilgesellschaft.",
        "Beas Hof arbeitet mit beiden und kann sie einander vorstellen.",
        "Duas Dach sucht: Deutschkurs. Beas Hof bietet das an.",
        "Duas Dach hat nicht geantwortet. Vielleicht kennen sich beide schon.",
        "3 von 4 haben geantwortet.",
    ):
        assert sentence in words, sentence


def test_one_click_puts_a_pair_on_the_agenda_and_another_takes_it_off(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    page = decide(desk, "O1", "O3")
    assert pairs_on(page) == [["Beas Hof", "Duas Dach"]]
    made = session.query(Introduction).one()
    assert (made.stage, made.by, made.broker_id is None) == (Stage.PLANNED, "Birte", False)
    assert pairs_on(desk.get(f"{PAGE}/agenda").text)[0] == ["Adas Laden", "Cems Kiosk"]
    undo = re.search(r'action="(/p/buch/networks/[^"]*/removal)"', page)
    assert undo
    assert len(pairs_on(desk.post(undo[1], follow_redirects=True).text)) == 2
    assert session.query(Introduction).count() == 0


def test_what_does_not_fit_is_not_suggested_again_until_it_is_taken_back(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    page = decide(desk, "O2", "O4", "/refusals")
    assert "1 Paar zurückgestellt" in desk.get(PAGE, headers=DE).text
    assert pairs_on(page)[0] == ["Adas Laden", "Cems Kiosk"]
    assert "Duas Dach" not in desk.get(f"{PAGE}/agenda").text
    number = session.query(Introduction).one().id
    page = desk.post(f"{PAGE}/{number}/removal", follow_redirects=True).text
    assert ["Beas Hof", "Duas Dach"] in pairs_on(page)


def test_two_who_click_at_once_get_one_introduction(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    decide(desk, "O1", "O3")
    again = desk.post(f"{PAGE}/refusals", data={"a": "O1", "b": "O3"})
    assert again.status_code == 409
    assert session.query(Introduction).one().stage == Stage.PLANNED


def test_pairs_that_nobody_suggests_are_not_taken(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    for a, b in (("O1", "O2"), ("O3", "O1"), ("O9", "x"), ("", "")):
        assert desk.post(PAGE, data={"a": a, "b": b}).status_code == 409
    assert session.query(Introduction).count() == 0


def test_who_works_together_since_has_a_tie_until_it_is_taken_back(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    decide(desk, "O1", "O3")
    number = session.query(Introduction).one().id
    path = f"{PAGE}/{number}/outcome"
    said = {"stage": "working", "outcome": "Sie backen zusammen."}
    page = desk.post(path, data=said, follow_redirects=True, headers=DE).text
    assert "Sie arbeiten seitdem zusammen." in page
    assert "Sie backen zusammen." in page
    tie = session.query(RecordedTie).one()
    codes = {session.get_one(Organisation, each).code for each in (tie.a_id, tie.b_id)}
    assert (tie.source, codes) == (Source.MEETING, {"O1", "O3"})
    assert desk.post(path, data=said).status_code == 303
    assert session.query(RecordedTie).count() == 1
    assert recorded_in(session, survey) == {("O1", "O3")}
    listed = desk.get(
        PAGE.replace("introductions", "recorded"), headers={"Accept-Language": "en"}
    ).text
    assert "an introduction by the team" in text_of(listed)
    desk.post(path, data={"stage": "met"})
    assert recorded_in(session, survey) == set()
    desk.post(path, data=said)
    assert recorded_in(session, survey) == {("O1", "O3")}
    desk.post(f"{path}/removal")
    assert recorded_in(session, survey) == set()
    session.expire_all()
    one = session.query(Introduction).one()
    assert (one.stage, one.outcome) == (Stage.PLANNED, "")


@pytest.mark.parametrize("stage", ["", "no", "married", "PLANNED\x00"])
def test_only_outcomes_are_outcomes(
    desk: FlaskClient, session: Session, survey: Survey, stage: str
) -> None:
    decide(desk, "O1", "O3")
    number = session.query(Introduction).one().id
    assert desk.post(f"{PAGE}/{number}/outcome", data={"stage": stage}).status_code == 422


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=adas", ["Adas Laden"]),
        ("sector=politics", ["Beas Hof"]),
        ("locality=karow", ["Adas Laden"]),
        ("ground=4", ["Beas Hof"]),
        ("ground=99&sector=x&locality=y", ["Adas Laden", "Beas Hof"]),
        ("q=nobody", []),
    ],
)
def test_suggestions_can_be_searched(
    desk: FlaskClient, survey: Survey, asked: str, found: list[str]
) -> None:
    assert [pair[0] for pair in pairs_on(desk.get(f"{PAGE}?{asked}").text)] == found


def test_the_task_force_sees_no_name_need_or_place_without_consent(
    desk: FlaskClient, reader: FlaskClient, session: Session, survey: Survey
) -> None:
    decide(desk, "O1", "O3")
    number = session.query(Introduction).one().id
    desk.post(f"{PAGE}/{number}/outcome", data={"stage": "met", "outcome": "Geheimes Treffen"})
    network = PAGE.removesuffix("/introductions")
    seen = "".join(reader.get(p).text for p in (PAGE, f"{PAGE}/agenda", network))
    assert "Beas Hof" in seen
    assert "Organisation 4" in seen
    for secret in (
        "Adas Laden",
        "Duas Dach",
        "Deutschkurs",
        "German course",
        "Geheimes",
        "<form m",
    ):
        assert secret not in seen.replace('<form method="post" action="/language"', ""), secret
    assert pairs_on(reader.get(f"{PAGE}?locality=pankow").text) == []
    assert pairs_on(reader.get(f"{PAGE}?q=dua").text) == []
    assert reader.post(PAGE, data={"a": "O2", "b": "O4"}).status_code == 403


def test_a_pair_taken_off_the_agenda_has_no_tie_either(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    decide(desk, "O1", "O3")
    number = session.query(Introduction).one().id
    desk.post(f"{PAGE}/{number}/outcome", data={"stage": "working"})
    assert recorded_in(session, survey)
    desk.post(f"{PAGE}/{number}/removal")
    assert recorded_in(session, survey) == set()


def test_a_name_that_is_withdrawn_later_is_gone_from_the_agenda_too(
    desk: FlaskClient, reader: FlaskClient, session: Session, survey: Survey
) -> None:
    decide(desk, "O1", "O3")
    assert "Cems Kiosk" in reader.get(f"{PAGE}/agenda").text
    session.query(Organisation).filter_by(code="O3").one().naming = Naming.TEAM
    session.commit()
    assert "Cems Kiosk" not in reader.get(f"{PAGE}/agenda").text


def test_an_agenda_outlives_the_wave_it_came_from(
    desk: FlaskClient, session: Session, project: Project, survey: Survey
) -> None:
    decide(desk, "O1", "O3")
    a_wave(session, project, "spring")
    page = desk.get(PAGE.replace("autumn", "spring") + "/agenda", headers=DE).text
    assert pairs_on(page)[0] == ["Adas Laden", "Cems Kiosk"]


def test_the_page_of_the_network_shows_the_first_three(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    demo_wave(session, project)
    page = desk.get(PAGE.removesuffix("/introductions")).text
    assert [sorted(pair) for pair in pairs_on(page)[:1]] == [
        ["Kiezbäckerei Korn &amp; Co. GmbH", "Lernhaus Panketal-Süd gGmbH"]
    ]
    assert len(pairs_on(page)) == 3
    assert f'href="{PAGE}"' in page


def test_introductions_of_others_look_like_none(
    desk: FlaskClient, session: Session, elsewhere: Project, survey: Survey
) -> None:
    decide(desk, "O1", "O3")
    ours = session.query(Introduction).one()
    ours.project_id = elsewhere.id
    session.commit()
    for path in (f"{PAGE}/{ours.id}/removal", f"{PAGE}/{ours.id}/outcome", f"{PAGE}/9/removal"):
        assert desk.post(path, data={"stage": "met"}).status_code == 404
