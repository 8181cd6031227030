"""Two scribes at work: Birte at her desk, and the host of a table in the room."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.keys import Keyring
from tests.workshop.room import browser_in
from workshop.hosting import appoint
from workshop.models import Board, Idea, Method, Participant, Phase, Workshop
from workshop.paper.numbering import name_of, receipt_on
from workshop.paper.printing import print_more
from workshop.paper.typing import standing
from workshop.paper.walls import wall_of
from workshop.voting.models import Ballot, Round
from workshop.voting.opening import key_of

DESK = "/p/buch/workshops/buch"
Sheet = dict[str, str]


@pytest.fixture
def tablet(app: Flask, session: Session, workshop: Workshop) -> FlaskClient:
    """The tablet of a host."""
    browser = browser_in(workshop, app, "Table 3")
    appoint(session, session.scalars(select(Participant).filter_by(name="Table 3")).one())
    session.commit()
    return browser


@pytest.fixture
def sheet(session: Session, keys: Keyring, round: Round, bikes: Idea, sewing: Idea) -> Sheet:
    """Ballot 7 of 9 that were printed, with two dots and one."""
    print_more(session, round, 0, 9)
    session.commit()
    boxes = {f"box_{key_of(bikes)}": "2", f"box_{key_of(sewing)}": "1"}
    return {"name": name_of(keys, round, 7).lower(), **boxes}


def test_one_types_and_another_confirms(
    session: Session, desk: FlaskClient, tablet: FlaskClient, workshop: Workshop,
    keys: Keyring, round: Round, sheet: Sheet,
) -> None:  # fmt: skip
    room, name = f"/w/{workshop.code}/papers", name_of(keys, round, 7)
    desk.post(f"{DESK}/papers", data=sheet)
    assert f"Stimmzettel {name} wartet" in desk.get(f"{DESK}/papers").text
    seen = tablet.get(room).text
    assert name in seen
    assert 'value="2"' not in seen
    assert "Papierstimmzettel wartet auf" in desk.get(DESK).text
    tablet.post(room, data=sheet)
    assert f"Stimmzettel {name} zählt" in tablet.get(room).text
    assert standing(session, round) == (0, 1)


def test_what_differs_is_settled_side_by_side(
    session: Session, desk: FlaskClient, tablet: FlaskClient, workshop: Workshop,
    round: Round, sheet: Sheet,
) -> None:  # fmt: skip
    page = f"{DESK}/papers/differing?number=7"
    desk.post(f"{DESK}/papers", data=sheet)
    assert desk.get(page).status_code == 303  # nobody sees what only one has typed
    tablet.post(f"/w/{workshop.code}/papers", data={"name": sheet["name"], "is_void": "y"})
    shown = desk.get(page).text
    other = re.findall(r'name="seen" value="([^"]+)"', shown)
    assert len(other) == 1
    desk.post(page, data={"seen": other[0], "number": "7"})
    assert standing(session, round) == (0, 1)
    assert session.scalar(select(func.count()).select_from(Ballot)) == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": "17-XX"}, "Kein Stimmzettel dieser Abstimmung hat diese Nummer."),
        ({"name": ""}, "Dieses Feld wird benötigt."),
        ({"box": "3"}, "Eine Zahl von 0 bis 2."),
        ({"box": "zwei"}, "Eine Zahl von 0 bis 2."),
        ({"box": "-1"}, "Eine Zahl von 0 bis 2."),
        ({"box": "²"}, "Eine Zahl von 0 bis 2."),
        ({"other": "2"}, "Das sind 4, ein Stimmzettel hat aber 3."),
        ({"box": "", "other": ""}, "Es ist nichts eingetippt."),
    ],
)
def test_what_does_not_fit_is_said_and_stays(
    desk: FlaskClient, session: Session, round: Round, sheet: Sheet, bikes: Idea,
    sewing: Idea, change: Sheet, said: str,
) -> None:  # fmt: skip
    names = {"box": f"box_{key_of(bikes)}", "other": f"box_{key_of(sewing)}", "name": "name"}
    sent = sheet | {names[key]: value for key, value in change.items()}
    answer = desk.post(f"{DESK}/papers", data=sent)
    assert answer.status_code == 422
    assert said in answer.text
    assert all(f'value="{value}"' in answer.text for value in sent.values() if value)
    assert standing(session, round) == (0, 0)


@pytest.mark.parametrize("number", [0, 10])
def test_a_ballot_that_was_never_printed_does_not_count(
    desk: FlaskClient, session: Session, keys: Keyring, round: Round, sheet: Sheet, number: int
) -> None:
    answer = desk.post(f"{DESK}/papers", data=sheet | {"name": name_of(keys, round, number)})
    assert answer.status_code == 422
    assert "Kein Stimmzettel dieser Abstimmung hat diese Nummer." in answer.text
    assert standing(session, round) == (0, 0)


def test_whoever_types_a_ballot_anew_is_asked(
    desk: FlaskClient, session: Session, round: Round, sheet: Sheet
) -> None:
    desk.post(f"{DESK}/papers", data=sheet)
    anew = {"name": sheet["name"], "is_void": "y"}
    answer = desk.post(f"{DESK}/papers", data=anew)
    assert (answer.status_code, "Ersetzen" in answer.text) == (422, True)
    assert desk.post(f"{DESK}/papers", data=anew | {"again": "y"}).status_code == 303


@pytest.mark.parametrize(
    ("method", "typed", "value"),
    [
        (Method.APPROVAL, "x", 1), (Method.APPROVAL, "0", None), (Method.BUDGET, "1", 1),
        (Method.SCORE, "0", 0), (Method.SCORE, "2", 2),
        (Method.OPINION, "1", 1), (Method.OPINION, "2", 0), (Method.OPINION, "3", -1),
    ],
)  # fmt: skip
def test_boxes_are_read_by_the_rule_of_the_vote(
    app: Flask, session: Session, desk: FlaskClient, tablet: FlaskClient, workshop: Workshop,
    round: Round, sheet: Sheet, bikes: Idea, sewing: Idea, method: Method, typed: str,
    value: int | None,
) -> None:  # fmt: skip
    round.method = method
    round.most = 2 if method is Method.SCORE else 1
    session.commit()
    boxes = {f"box_{key_of(bikes)}": typed, f"box_{key_of(sewing)}": "1"}
    sent = {"name": sheet["name"], **boxes}
    for browser, page in ((desk, DESK), (tablet, f"/w/{workshop.code}")):
        assert browser.post(f"{page}/papers", data=sent).status_code == 303
    session.expire_all()
    desk.post(f"{DESK}/phase", data={"from": "vote", "to": "result"})
    session.expire_all()
    assert round.papers
    assert round.papers[0]["marks"].get(key_of(bikes)) == value


def test_only_hosts_type_in_the_room(
    phone: FlaskClient, workshop: Workshop, round: Round, sheet: Sheet
) -> None:
    for page in ("papers", "wall", "paper-cards"):
        assert phone.get(f"/w/{workshop.code}/{page}").status_code == 404
    assert phone.post(f"/w/{workshop.code}/papers", data=sheet).status_code == 404


def test_counting_asks_once_while_ballots_wait(
    session: Session, desk: FlaskClient, board: Board, round: Round, sheet: Sheet
) -> None:
    desk.post(f"{DESK}/papers", data=sheet)
    step = {"from": "vote", "to": "result"}
    asked = desk.post(f"{DESK}/phase", data=step)
    assert asked.location == f"{DESK}/count"
    assert "Ohne sie auszählen" in desk.get(asked.location).text
    desk.post(f"{DESK}/phase", data=step | {"sure": "yes"})
    session.refresh(board)
    assert board.phase is Phase.RESULT


def test_ballots_are_printed_with_numbers_of_their_own(
    desk: FlaskClient, keys: Keyring, round: Round
) -> None:
    first = desk.post(
        f"{DESK}/papers/stack", data={"before": "0", "more": "3", "language": "ar"}
    ).location
    page = desk.get(first).text
    assert 'lang="ar" dir="rtl"' in page
    for number in (1, 2, 3):
        assert name_of(keys, round, number) in page
        assert receipt_on(keys, round, number) in page
    again = desk.post(f"{DESK}/papers/stack", data={"before": "0", "more": "3"})
    assert again.status_code == 409
    more = desk.post(f"{DESK}/papers/stack", data={"before": "3", "more": "2"}).location
    assert name_of(keys, round, 3) not in desk.get(more).text
    assert page.count('<i class="round">') == 3 * 2 * 2


def test_a_ballot_is_taken_out(
    session: Session, desk: FlaskClient, tablet: FlaskClient, workshop: Workshop,
    round: Round, sheet: Sheet,
) -> None:  # fmt: skip
    desk.post(f"{DESK}/papers", data=sheet)
    tablet.post(f"/w/{workshop.code}/papers", data=sheet)
    desk.post(f"{DESK}/papers/removal", data={"name": sheet["name"]})
    assert standing(session, round) == (0, 0)
    desk.post(f"{DESK}/papers/removal", data={"name": "nonsense"})
    assert "hat diese Nummer" in desk.get(f"{DESK}/papers").text


def test_a_wall_is_counted_and_changed(
    session: Session, desk: FlaskClient, keys: Keyring, round: Round, bikes: Idea
) -> None:
    box = f"box_{key_of(bikes)}"
    answer = desk.post(f"{DESK}/wall", data={"people": "2", box: "5"})
    assert (answer.status_code, "hier höchstens 4" in answer.text) == (422, True)
    for people in ("4", "2"):
        desk.post(f"{DESK}/wall", data={"people": people, box: "4"})
        assert wall_of(session, keys, round) == (int(people), {key_of(bikes): 4})
    assert 'value="4"' in desk.get(f"{DESK}/wall").text


def test_everyone_reads_how_people_voted(
    desk: FlaskClient, phone: FlaskClient, workshop: Workshop, round: Round, bikes: Idea
) -> None:
    phone.post(f"/w/{workshop.code}/ballot/{key_of(bikes)}", data={"value": "1"})
    desk.post(f"{DESK}/wall", data={"people": "2", f"box_{key_of(bikes)}": "4"})
    desk.post(f"{DESK}/phase", data={"from": "vote", "to": "result"})
    said = "1 mit eigenem Gerät, 2 an der Papierwand, von Hand gezählt."
    assert said in desk.get(DESK).text
    assert said in phone.get(f"/w/{workshop.code}").text


def test_cards_on_paper_are_typed_as_a_list(
    session: Session, desk: FlaskClient, tablet: FlaskClient, workshop: Workshop, bikes: Idea
) -> None:
    cards = {"key": "one", "titles": "Ein Chor\n\n Eine Küche \n", "source": "Tisch 2"}
    for _ in range(2):
        desk.post(f"{DESK}/paper-cards", data=cards)
    tablet.post(f"/w/{workshop.code}/paper-cards", data=cards | {"source": ""})
    session.expire_all()
    hung = session.scalars(select(Idea).filter(Idea.source != "")).all()
    assert [(idea.title, idea.source, idea.author_id) for idea in hung[:2]] == [
        ("Ein Chor", "Tisch 2", None),
        ("Eine Küche", "Tisch 2", None),
    ]
    changed = cards | {"titles": "Ein Chor\nEin Garten"}
    assert desk.post(f"{DESK}/paper-cards", data=changed).status_code == 409


def test_cards_that_a_host_types_wait_where_all_do(
    session: Session, desk: FlaskClient, tablet: FlaskClient, workshop: Workshop, board: Board
) -> None:
    board.is_checked = True
    session.commit()
    for browser, page in ((tablet, f"/w/{workshop.code}"), (desk, DESK)):
        cards = {"key": page[-4:], "titles": "Ein Chor"}
        browser.post(f"{page}/paper-cards", data=cards)
    waiting = select(Idea.is_waiting).order_by(Idea.id)
    assert session.scalars(waiting).all() == [True, False]


@pytest.mark.parametrize("titles", ["", " \n ", "x" * 81, "\n".join("x" * 61)])
def test_a_list_that_does_not_fit_stays(desk: FlaskClient, board: Board, titles: str) -> None:
    answer = desk.post(f"{DESK}/paper-cards", data={"key": "one", "titles": titles})
    assert answer.status_code == 422
    assert titles.strip() in answer.text.replace("\r", "")


def test_there_is_no_ballot_before_the_vote(desk: FlaskClient, board: Board) -> None:
    for page in ("papers", "wall", "papers/print"):
        desk.get(f"{DESK}/{page}", follow_redirects=True)
    assert "Gerade wird nicht abgestimmt" in desk.get(f"{DESK}/papers").text
    for page in ("papers", "wall", "papers/stack", "papers/removal"):
        assert desk.post(f"{DESK}/{page}", data={}).status_code == 303
