"""The page on which the wall is sorted, and the hint for those who write."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.workshop.room import HTMX, an_idea
from workshop.models import Board, Cluster, Idea, Participant, Phase, Workshop
from workshop.sorting import hinting
from workshop.sorting.grouping import clusters_on
from workshop.sorting.hinting import alike
from workshop.sorting.likeness import Card
from workshop.sorting.merging import absorbed_on

GERMAN = {"Accept-Language": "de"}
PAGE = "/p/buch/workshops/buch/sorting"


def notice(html: str) -> str:
    found = re.search(r'class="notice ok".*?<span>(.*?)</span>', html)
    assert found
    return found[1]


@pytest.fixture
def sorting(session: Session, board: Board, bikes: Idea, sewing: Idea) -> Board:
    board.phase = Phase.CLUSTER
    session.commit()
    return board


@pytest.fixture
def cluster(session: Session, sorting: Board) -> Cluster:
    owner = {"project_id": sorting.project_id, "board_id": sorting.id}
    cluster = Cluster(title="Workshops", position=1, **owner)
    session.add(cluster)
    session.commit()
    return cluster


def test_nobody_sorts_without_choosing_cards(desk: FlaskClient, sorting: Board) -> None:
    answer = desk.post(PAGE, data={"key": "k", "act": "new", "title": "My own heading"})
    assert answer.status_code == 422
    assert 'id="cards-error"' in answer.text
    assert "My own heading" in answer.text


def test_enter_in_a_new_heading_makes_it(desk: FlaskClient, sorting: Board) -> None:
    page = desk.get(PAGE).text
    form = page[page.index('id="sort"') :]
    first = re.search(r'<button[^>]* name="act" value="(\w+)"', form)
    assert first
    assert first[1] == "new"


@pytest.mark.parametrize("to", ["0", "999999"])
def test_a_new_heading_that_was_typed_in_vain_is_not_made(
    desk: FlaskClient, session: Session, sorting: Board, cluster: Cluster, bikes: Idea, to: str
) -> None:
    data = {"key": "k", "act": "move", "to": to, "cards": bikes.id, "title": "Forgotten"}
    desk.post(PAGE, data=data)
    assert [each.title for each in clusters_on(session, sorting)] == ["Workshops"]


def test_a_heading_that_is_too_long_does_not_ask_for_cards(
    desk: FlaskClient, sorting: Board, bikes: Idea
) -> None:
    data = {"key": "k", "act": "new", "cards": bikes.id, "title": 61 * "x"}
    answer = desk.post(PAGE, data=data)
    assert answer.status_code == 422
    assert 'id="title-error-new"' in answer.text
    assert 'id="cards-error"' not in answer.text


def test_what_was_ticked_stays_ticked(desk: FlaskClient, sorting: Board, bikes: Idea) -> None:
    answer = desk.post(
        PAGE, data={"key": "k", "act": "new", "cards": bikes.id, "title": 61 * "x"}
    )
    assert answer.status_code == 422
    assert re.search(rf'value="{bikes.id}" checked', answer.text)


def test_a_heading_without_words_is_called_by_those_of_its_cards(
    desk: FlaskClient, session: Session, sorting: Board, bikes: Idea
) -> None:
    desk.post(PAGE, data={"key": "k", "act": "new", "cards": bikes.id, "title": ""})
    (cluster,) = clusters_on(session, sorting)
    assert "bike" in cluster.title


@pytest.mark.parametrize(
    "cards", [["x"], ["99999999999999999999999"], ["-1"], ["1.5"], ["\0"], ["999999"]]
)
def test_cards_that_are_none_are_not_moved(
    desk: FlaskClient, sorting: Board, cards: list[str]
) -> None:
    data = {"key": "k", "act": "move", "to": "0", "cards": cards}
    assert desk.post(PAGE, data=data).status_code == 422
    assert desk.get(f"{PAGE}/merging", query_string={"card": cards}).status_code == 303
    merging = {"kept": cards[0], "card": cards}
    assert desk.post(f"{PAGE}/merging", data=merging).status_code in {303, 404}


def test_cards_of_another_board_are_not_touched(
    desk: FlaskClient, session: Session, sorting: Board, bikes: Idea, sewing: Idea
) -> None:
    other = Board(
        project_id=sorting.project_id, workshop_id=sorting.workshop_id, position=7, agenda=[]
    )
    session.add(other)
    session.flush()
    bikes.board_id = other.id
    session.commit()
    data = {"key": "k", "act": "new", "cards": [bikes.id, sewing.id], "title": "Both"}
    desk.post(PAGE, data=data)
    session.expire_all()
    assert bikes.cluster_id is None
    assert sewing.cluster_id is not None
    merging = {"kept": sewing.id, "card": [bikes.id, sewing.id]}
    assert desk.post(f"{PAGE}/merging", data=merging).status_code == 404


def test_a_page_that_was_open_for_long_says_who_was_faster(
    desk: FlaskClient, session: Session, sorting: Board, bikes: Idea
) -> None:
    for number, title in enumerate(("One", "Two")):
        desk.post(PAGE, data={"key": number, "act": "new", "cards": bikes.id, "title": title})
    assert desk.post(f"{PAGE}/steps/1/removal").status_code == 409
    assert desk.post(f"{PAGE}/steps/2/removal").status_code == 303
    assert [each.title for each in clusters_on(session, sorting)] == ["One"]


def test_a_proposal_is_taken_as_it_was_changed(
    desk: FlaskClient, session: Session, sorting: Board, amal: Participant
) -> None:
    ideas = [an_idea(sorting, amal, title) for title in ("Fahrradkurs", "Fahrradhaus", "Chor")]
    session.add_all(ideas)
    session.commit()
    page = desk.get(f"{PAGE}?proposal=1").text
    proposed = re.findall(r'name="headings-\d+-cards"[^>]* value="([^"]+)"', page)
    wheels = f"{ideas[0].id},{ideas[1].id}"
    assert wheels in proposed
    data = {"key": "k", "headings-0-taken": "y", "headings-0-title": "Two wheels"}
    desk.post(f"{PAGE}/clusters", data=data | {"headings-0-cards": f"{wheels},x,999999"})
    session.expire_all()
    (cluster,) = clusters_on(session, sorting)
    assert cluster.title == "Two wheels"
    assert [idea.cluster_id for idea in ideas] == [cluster.id, cluster.id, None]


def test_a_proposal_that_is_refused_stays_to_be_changed(
    desk: FlaskClient, sorting: Board, bikes: Idea
) -> None:
    data = {"key": "k", "headings-0-taken": "y", "headings-0-title": 61 * "x"}
    data |= {"headings-0-cards": str(bikes.id)}
    answer = desk.post(f"{PAGE}/clusters", data=data)
    assert answer.status_code == 422
    assert 61 * "x" in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_names_that_are_made_up_have_room_on_a_heading(
    desk: FlaskClient, session: Session, sorting: Board, amal: Participant
) -> None:
    long = "Donaudampfschifffahrtsgesellschaftskapitänsmützenwerkstattverein"
    cards = [an_idea(sorting, amal, f"{long} {number}") for number in "ab"]
    session.add_all(cards)
    session.commit()
    page = desk.get(f"{PAGE}?proposal=1").text
    proposed = re.findall(r'name="headings-\d+-title"[^>]* value="([^"]+)"', page)
    assert proposed
    assert max(map(len, proposed)) <= 60
    desk.post(PAGE, data={"key": "k", "act": "new", "cards": cards[0].id, "title": ""})
    (cluster,) = clusters_on(session, sorting)
    assert len(cluster.title) <= 60


def test_a_heading_needs_words(desk: FlaskClient, sorting: Board, cluster: Cluster) -> None:
    answer = desk.post(f"{PAGE}/clusters/{cluster.id}", data={"title": " "})
    assert answer.status_code == 422
    assert 'aria-describedby="title-error"' in answer.text


def test_after_the_vote_cards_are_merged_and_split_but_not_sorted(
    desk: FlaskClient, session: Session, sorting: Board, bikes: Idea, sewing: Idea
) -> None:
    session.execute(update(Board).values(phase=Phase.RESULT))
    session.commit()
    page = desk.get(PAGE).text
    assert 'value="merge"' in page
    assert 'value="move"' not in page
    desk.post(f"{PAGE}/merging", data={"kept": bikes.id, "card": [bikes.id, sewing.id]})
    session.expire_all()
    assert absorbed_on(session, sorting) == {bikes.id: [sewing]}
    desk.post(f"{PAGE}/ideas/{sewing.id}/separation")
    assert absorbed_on(session, sorting) == {}


@pytest.mark.usefixtures("bikes", "sewing")
def test_whoever_types_hears_of_cards_that_hang_in_the_open(
    phone: FlaskClient, session: Session, workshop: Workshop, board: Board
) -> None:
    ask = f"/w/{workshop.code}/alike"
    assert "A bike workshop" in phone.get(f"{ask}?title=Bike workshop").text
    assert phone.get(f"{ask}?title=Bik").text.strip() == ""
    assert phone.get(ask).text.strip() == ""
    board.is_covered = True
    session.commit()
    assert phone.get(f"{ask}?title=Bike workshop").text.strip() == ""


def test_a_card_that_was_taken_down_is_told_to_nobody(
    phone: FlaskClient, session: Session, workshop: Workshop, board: Board, bikes: Idea
) -> None:
    ask = f"/w/{workshop.code}/alike?title=Bike workshop"
    assert "A bike workshop" in phone.get(ask).text
    bikes.taken_down = True
    board.version += 1
    session.commit()
    assert phone.get(ask).text.strip() == ""


@pytest.mark.parametrize(("at", "is_told"), [(None, True), (1, True), (2, False)])
def test_nobody_hears_what_another_table_writes(
    session: Session, board: Board, bikes: Idea, at: int | None, is_told: bool
) -> None:
    board.tables, bikes.table = 2, at
    session.commit()
    assert bool(alike(session, board, "Bike workshop", table=1)) is is_told
    board.phase = Phase.REVEAL
    session.commit()
    assert alike(session, board, "Bike workshop", table=1)


@pytest.mark.parametrize(
    ("typed", "chosen", "language"),
    [
        ("Bisiklet", "tr", "tr"),
        ("Fahrrad", "xx", "de"),
        ("دراجات", "tr", ""),
        ("Rad", None, "de"),
    ],
)
def test_what_is_typed_is_compared_in_the_language_that_was_chosen(
    phone: FlaskClient, workshop: Workshop, monkeypatch: pytest.MonkeyPatch, typed: str,
    chosen: str | None, language: str,
) -> None:  # fmt: skip
    asked: list[object] = []

    def heard(*_words: object, language: str, **_more: object) -> list[Card]:
        asked.append(language)
        return []

    monkeypatch.setattr(hinting, "alike", heard)
    said = {"title": typed} | ({"language": chosen} if chosen else {})
    phone.get(f"/w/{workshop.code}/alike", query_string=said, headers=GERMAN)
    assert asked == [language]
    assert '#language"' in phone.get(f"/w/{workshop.code}").text


def test_strangers_hear_nothing(client: FlaskClient, workshop: Workshop) -> None:
    assert client.get(f"/w/{workshop.code}/alike?title=Bike workshop").status_code == 401


def test_without_scripts_it_is_said_once_the_card_hangs(
    phone: FlaskClient, workshop: Workshop, bikes: Idea
) -> None:
    ideas = f"/w/{workshop.code}/ideas"
    phone.post(ideas, data={"key": "k", "title": "Bike workshop"})
    assert notice(phone.get(ideas[:-6]).text).endswith(": A bike workshop")
    answer = phone.post(ideas, data={"key": "l", "title": "Bike workshop"}, headers=HTMX)
    assert notice(answer.text)
    assert "A bike" not in notice(answer.text)
