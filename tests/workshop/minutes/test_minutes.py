import csv
import io
import json
import time
from collections import Counter
from xml.etree import ElementTree as ET

import docx
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from people.models import Naming, Project, Sector, User
from tests.story import NOON, an_organisation, browser_of
from tests.workshop.room import a_participant, an_idea, browser_in
from workshop.boards import add_board
from workshop.following.deciding import Verdict, decide
from workshop.following.following import keep_outlook
from workshop.following.models import Outcome
from workshop.minutes.composing import attendance, compose, hide_few
from workshop.minutes.drawing import as_png, as_svg
from workshop.models import Board, Cluster, Idea, Participant, Workshop
from workshop.voting.models import Round

HOME = "/p/buch/workshops/buch"
HOSTILE = "=1+1 <b>&\x07 \ufffe"


@pytest.fixture
def decided(session: Session, deciding: Board, sewing: Idea, bikes: Idea) -> Board:
    reason = "Next year there is room"
    decide(session, bikes, Verdict(Outcome.LATER, reason), "Birte", NOON)
    decide(session, sewing, Verdict(Outcome.ADOPTED), "Birte", NOON)
    words = {"ahead": "We meet in May.", "contact": "Birte", "questions": "Who pays?"}
    keep_outlook(session, deciding.workshop, **words)
    session.commit()
    return deciding


@pytest.mark.usefixtures("decided")
def test_the_document_begins_with_decisions_and_has_real_headings(
    desk: FlaskClient, workshop: Workshop
) -> None:
    answer = desk.get(f"{HOME}/minutes.docx?language=en")
    document = docx.Document(io.BytesIO(answer.data))
    heads = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert heads[:3] == ["Decisions", "Results", "All ideas"]
    assert heads[3:5] == ["Who took part", "Open questions"]
    first = document.tables[0]
    assert [row.cells[0].text for row in first.rows] == [
        "Idea",
        "A sewing workshop",
        "A bike workshop",
    ]
    assert first.rows[0]._tr.trPr is not None
    assert first.rows[0]._tr.trPr.xpath("w:tblHeader")
    assert document.core_properties.language == "en-GB"
    picture = document.inline_shapes[0]
    assert picture._inline.docPr.get("descr")


@pytest.mark.usefixtures("decided")
def test_minutes_are_in_german_and_in_english(desk: FlaskClient) -> None:
    assert ">Alle Ideen<" in desk.get(f"{HOME}/minutes").text
    english = desk.get(f"{HOME}/minutes?language=en").text
    assert ">All ideas<" in english
    assert '<html lang="en"' in english
    for words in ("Next year there is room", "We meet in May.", "Who pays?"):
        assert words in english


def test_what_people_type_is_text_in_every_format(
    desk: FlaskClient, session: Session, decided: Board, bikes: Idea
) -> None:
    bikes.title, bikes.text = HOSTILE, HOSTILE
    session.commit()
    for kind in ("docx", "csv", "json"):
        assert desk.get(f"{HOME}/minutes.{kind}").status_code == 200
    table = desk.get(f"{HOME}/minutes.csv").data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table), delimiter=";"))
    assert "'=1+1 <b>& " in {cell for row in rows for cell in row}
    ET.fromstring(desk.get(f"{HOME}/boards/1/wall.svg").data)  # noqa: S314 - our own
    assert "<b>&\x07" not in desk.get(f"{HOME}/minutes").text


@pytest.mark.usefixtures("decided")
def test_the_figures_of_the_minutes_are_those_of_the_vote(
    desk: FlaskClient, workshop: Workshop
) -> None:
    content = json.loads(desk.get(f"{HOME}/minutes.json").data)
    vote = content["walls"][0]["votes"][0]
    assert (vote["people"], vote["channels"], vote["coverage"]) == (2, {"own": 2}, [2, 2])
    assert [place["points"] for place in vote["places"]] == [3, 0]
    assert len(vote["checksums"]["papers"]) == 64


@pytest.mark.usefixtures("decided")
def test_whoever_voted_on_paper_or_on_a_wall_took_part(
    desk: FlaskClient, session: Session, deciding: Board
) -> None:
    round = session.scalars(select(Round)).one()
    columns = [column.name for column in Round.__table__.columns if column.name != "id"]
    row = {name: getattr(round, name) for name in columns}
    first = {"people": 9, "channels": {"own": 2, "paper": 3, "counted": 4}}
    then = {"people": 8, "channels": {"own": 1, "paper": 5, "counted": 2}}
    round.result = (round.result or {}) | first
    session.add(Round(**row | {"number": 2, "result": round.result | then}))
    session.commit()
    content = json.loads(desk.get(f"{HOME}/minutes.json").data)
    assert content["channels"] == {"own": 2, "paper": 5, "counted": 4}
    assert content["people"] == 11


def test_an_organisation_without_consent_has_no_name_in_the_minutes(
    desk: FlaskClient, session: Session, project: Project, decided: Board, sewing: Idea
) -> None:
    owner = an_organisation(project, "O17", "Nähstube Buch")
    session.add(owner)
    decide(session, sewing, Verdict(Outcome.ADOPTED, owner=owner), "Birte", NOON)
    session.commit()
    for page in ("", ".json", ".csv"):
        assert "Organisation 17" in desk.get(f"{HOME}/minutes{page}").text
        assert "Nähstube Buch" not in desk.get(f"{HOME}/minutes{page}").text
    owner.naming = Naming.PUBLIC
    session.commit()
    assert "Nähstube Buch" in desk.get(f"{HOME}/minutes").text


def test_few_people_of_a_sector_are_not_counted(session: Session, workshop: Workshop) -> None:
    for sector, number in [(Sector.SCIENCE, 4), (Sector.SOCIETY, 6), (Sector.ECONOMY, 9)]:
        people = [
            a_participant(workshop, f"{sector} {n}", sector=sector) for n in range(number)
        ]
        session.add_all(people)
    session.flush()
    assert attendance(session, workshop) == {"economy": 9}  # 6 would tell of the 4


def test_groups_are_told_of_when_nothing_follows_from_them() -> None:
    assert hide_few(Counter(a=5, b=7), 12) == {"a": 5, "b": 7}
    assert hide_few(Counter(a=5, b=7), 17) == {"a": 5, "b": 7}
    assert hide_few(Counter(a=5, b=7), 14) == {"b": 7}
    assert hide_few(Counter(a=4), 4) == {}


def test_merged_and_sorted_cards_stand_where_they_hang(
    session: Session, board: Board, bikes: Idea, sewing: Idea, amal: Participant
) -> None:
    third = an_idea(board, amal, "Repair café")
    owner = {"project_id": board.project_id, "board_id": board.id}
    cluster = Cluster(**owner, title="Mending", position=0)
    session.add_all([third, cluster])
    session.flush()
    third.merged_into_id, sewing.cluster_id = bikes.id, cluster.id
    session.flush()
    wall = compose(session, board.workshop, "Buch", str).walls[0]
    cards = wall.questions[0].cards
    assert [(c.title, c.cluster, list(c.merged)) for c in cards] == [
        ("A sewing workshop", "Mending", []),
        ("A bike workshop", "", ["Repair café"]),
    ]


def test_arabic_stands_at_the_right_edge_of_its_card(
    session: Session, board: Board, amal: Participant
) -> None:
    session.add(an_idea(board, amal, "ورشة خياطة"))
    session.flush()
    wall = compose(session, board.workshop, "Buch", str).walls[0]
    assert 'direction="rtl"' in as_svg(wall, "Buch")
    assert 'text-anchor="end"' in as_svg(wall, "Buch", heeds_direction=False)
    assert as_png(wall, "Buch").startswith(b"\x89PNG")


def test_minutes_of_a_full_wall_take_less_than_two_seconds(
    desk: FlaskClient, session: Session, deciding: Board, amal: Participant
) -> None:
    text = "With tools, coffee and two people who know how to do it, on Thursdays. " * 4
    session.add_all(an_idea(deciding, amal, f"Idea {n}", text=text) for n in range(80))
    session.commit()
    desk.get(f"{HOME}/minutes.docx")  # loads what is heavy
    for page in (".docx", "", ".csv", ".json"):
        begun = time.process_time()
        assert desk.get(f"{HOME}/minutes{page}").status_code == 200
        assert time.process_time() - begun < 2


@pytest.mark.usefixtures("decided")
def test_everyone_reads_the_feedback_in_their_language(
    desk: FlaskClient, session: Session, workshop: Workshop
) -> None:
    page = f"{HOME}/feedback"
    german = desk.get(f"{page}?language=de").text
    assert "A sewing workshop" in german
    assert "We meet in May." in german
    assert '<html lang="ar" dir="rtl"' in desk.get(f"{page}?language=ar").text
    assert desk.get(f"{page}?language=xx").status_code == 200
    words = {"ahead": " \nIn June. ", "contact": "Tarik", "questions": ""}
    assert desk.post(f"{HOME}/outlook", data=words).status_code == 303
    assert "In June." in desk.get(page).text
    assert desk.post(f"{HOME}/outlook", data={"ahead": "x" * 1001}).status_code == 422


@pytest.mark.usefixtures("decided")
def test_where_there_are_several_boards_the_feedback_says_on_which_was_chosen(
    desk: FlaskClient, session: Session, workshop: Workshop
) -> None:
    named = '<h3 dir="auto">What does Buch need?</h3>'
    assert named not in desk.get(f"{HOME}/feedback").text
    add_board(session, workshop, "second", "Money", ["Who pays?"])
    session.commit()
    page = desk.get(f"{HOME}/feedback").text
    assert named in page
    assert '<h3 dir="auto">Money</h3>' not in page  # there was no vote


@pytest.mark.usefixtures("decided")
def test_a_list_of_few_ballots_is_given_to_nobody(
    app: object, desk: FlaskClient, workshop: Workshop
) -> None:
    phone = browser_in(workshop, app, "Linden")  # type: ignore[arg-type]
    assert phone.get(f"/w/{workshop.code}/ballots/1/file").status_code == 404
    assert desk.get(f"{HOME}/boards/1/ballots/1.json").status_code == 404
    assert desk.get(f"{HOME}/boards/2/wall.svg").status_code == 404


@pytest.mark.usefixtures("decided")
def test_the_minutes_lead_to_the_ballots_from_five_on(
    desk: FlaskClient, session: Session
) -> None:
    page = f"{HOME}/boards/1/ballots/1.json"
    round = session.scalars(select(Round)).one()
    for number in (4, 5):
        round.papers = [{"receipt": str(n), "people": 1, "marks": {}} for n in range(number)]
        session.commit()
        there = desk.get(page).status_code == 200
        assert (page in desk.get(f"{HOME}/minutes").text) is there is (number == 5)


@pytest.mark.usefixtures("decided")
def test_the_task_force_reads_the_minutes(app: object, tarik: User) -> None:
    browser = browser_of(tarik, app)  # type: ignore[arg-type]
    for page in ("minutes", "minutes.docx", "minutes.csv", "feedback", "boards/1/wall.svg"):
        assert browser.get(f"{HOME}/{page}").status_code == 200
    assert browser.get(f"{HOME}/outlook").status_code == 403
