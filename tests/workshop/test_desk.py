import csv
import io

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.keys import Keyring
from people.models import User
from tests.story import browser_of
from tests.workshop.room import go_to, lay_dots, poll_of
from workshop.models import Board, Idea, Participant, Phase, Workshop
from workshop.voting.opening import counted_rounds

HOME = "/p/buch/workshops"
ROOM = f"{HOME}/buch"
NEW = {
    "key": "k",
    "title": "Ein Abend über Räume",
    "questions": "Wie?\r\n\r\n Warum? ",
    "dots_each": 5,
    "dots_per_idea": 9,
}


@pytest.mark.both_engines
def test_a_workshop_is_prepared_once_per_form(desk: FlaskClient, session: Session) -> None:
    for _ in range(2):
        assert desk.post(HOME, data=NEW).location == f"{HOME}/ein-abend-ueber-raeume"
    workshop = session.scalars(select(Workshop)).one()
    assert [c.question for c in workshop.board.challenges] == ["Wie?", "Warum?"]
    assert (workshop.board.dots_each, workshop.board.dots_per_idea) == (5, 5)
    assert not workshop.is_open


def test_a_form_sent_again_with_other_questions_is_refused(
    desk: FlaskClient, session: Session
) -> None:
    desk.post(HOME, data=NEW)
    again = desk.post(HOME, data=NEW | {"questions": "Wie nicht?"})
    assert again.status_code == 409
    workshop = session.scalars(select(Workshop)).one()
    assert [c.question for c in workshop.board.challenges] == ["Wie?", "Warum?"]


def test_an_address_in_use_gets_a_number(desk: FlaskClient) -> None:
    desk.post(HOME, data=NEW)
    assert desk.post(HOME, data=NEW | {"key": "l"}).location.endswith("raeume-2")


@pytest.mark.parametrize(
    "wrong",
    [{"questions": " "}, {"questions": "?\n" * 9}, {"questions": "x" * 161}, {"title": ""},
     {"dots_each": 0}, {"dots_each": "x"}],
)  # fmt: skip
def test_a_form_that_does_not_fit_is_explained(
    desk: FlaskClient, session: Session, wrong: dict[str, object]
) -> None:
    assert desk.post(HOME, data=NEW | wrong).status_code == 422
    assert session.scalars(select(Workshop)).all() == []


def test_the_strip_moves_the_room(
    desk: FlaskClient, session: Session, workshop: Workshop, board: Board
) -> None:
    page = f"{HOME}/buch"
    for origin, to in [("collect", "vote"), ("vote", "result"), ("result", "vote")]:
        assert desk.post(f"{page}/phase", data={"from": origin, "to": to}).status_code == 303
    session.refresh(board)
    assert board.phase is Phase.VOTE
    assert [each.number for each in counted_rounds(session, board)] == [1]
    assert desk.post(f"{page}/phase", data={"from": "x", "to": "vote"}).status_code == 422
    assert desk.post(f"{page}/phase", data={"from": "vote", "to": "closed"}).status_code == 409


@pytest.mark.parametrize("act", ["start", "stop"])
def test_the_clock_is_seen_where_people_look(
    desk: FlaskClient, phone: FlaskClient, workshop: Workshop, act: str
) -> None:
    for each in ("start", act):
        desk.post(f"{ROOM}/clock", data={"act": each, "minutes": "20"})
    for browser, path in (
        (desk, ROOM),
        (desk, f"{ROOM}/projector"),
        (phone, f"/w/{workshop.code}"),
    ):
        assert 'class="clock' in browser.get(path).get_data(as_text=True), path


def test_the_door_opens_and_closes(
    desk: FlaskClient, session: Session, workshop: Workshop
) -> None:
    assert workshop.code in desk.get(f"{HOME}/buch").text
    desk.post(f"{HOME}/buch/door", data={"open": "no"})
    session.refresh(workshop)
    assert not workshop.is_open
    for page in ("", "/projector"):
        assert workshop.code not in desk.get(f"{HOME}/buch{page}").text.replace("/w/", "")


def test_a_card_is_taken_down_and_hung_up_again(
    desk: FlaskClient, session: Session, workshop: Workshop, bikes: Idea
) -> None:
    page = f"{HOME}/buch/ideas/{bikes.id}/removal"
    desk.post(page)
    assert bikes.title not in desk.get(f"{HOME}/buch/projector").text
    desk.post(page, data={"undo": "yes"})
    assert bikes.title in desk.get(f"{HOME}/buch/projector").text


def test_someone_becomes_a_host(desk: FlaskClient, session: Session, amal: Participant) -> None:
    desk.post(f"{HOME}/buch/hosts/{amal.id}", data={"host": "yes"})
    session.refresh(amal)
    assert amal.is_host
    assert amal.name in card(desk.get(f"{HOME}/buch").text, "people")


def test_hosts_are_searched_by_name(desk: FlaskClient, amal: Participant) -> None:
    assert amal.name in desk.get(f"{HOME}/buch/hosts?name=AMA").text
    assert "Niemand mit diesem Namen" in desk.get(f"{HOME}/buch/hosts?name=Zed").text


def card(html: str, name: str) -> str:
    """The card of a page with this id."""
    return html.partition(f'id="{name}"')[2].partition("</section>")[0]


def test_questions_are_changed_while_collecting(
    desk: FlaskClient, session: Session, keys: Keyring, board: Board, bikes: Idea
) -> None:
    changed = NEW | {"questions": "What does Buch really need?\nAnd who?", "dots_each": 4}
    desk.post(f"{HOME}/buch/settings", data=changed)
    session.expire_all()
    assert [c.question for c in board.challenges] == ["What does Buch really need?", "And who?"]
    assert board.dots_each == 4
    go_to(session, keys, board, Phase.VOTE)
    assert desk.post(f"{HOME}/buch/settings", data=changed).status_code == 409


@pytest.mark.parametrize("page", ["", "/projector", "/minutes", "/minutes.csv", "/room"])
def test_not_even_the_facilitator_sees_where_dots_lie_before_the_count(
    desk: FlaskClient, session: Session, keys: Keyring, voting: Board, bikes: Idea,
    sewing: Idea,
    amal: Participant, page: str,
) -> None:  # fmt: skip
    before = [without_turnout(desk.get(f"{HOME}/buch{page}").text) for _ in range(2)]
    lay_dots(session, keys, voting, sewing, amal, 2)
    session.commit()
    one = without_turnout(desk.get(f"{HOME}/buch{page}").text)
    lay_dots(session, keys, voting, sewing, amal, 0)
    lay_dots(session, keys, voting, bikes, amal, 2)
    session.commit()
    assert without_turnout(desk.get(f"{HOME}/buch{page}").text) == one
    assert before[0] == before[1]


def test_the_projector_hears_of_every_dot_and_shows_none(
    desk: FlaskClient,
    session: Session,
    keys: Keyring,
    voting: Board,
    bikes: Idea,
    amal: Participant,
) -> None:
    page = desk.get(f"{HOME}/buch/projector").text
    assert "<button" not in page
    assert desk.get(poll_of(page)).status_code == 204
    lay_dots(session, keys, voting, bikes, amal, 2)
    session.commit()
    assert "2 von 6 Punkten" in desk.get(poll_of(page)).text


def test_the_result_can_be_kept(
    desk: FlaskClient,
    session: Session,
    keys: Keyring,
    board: Board,
    bikes: Idea,
    sewing: Idea,
    amal: Participant,
) -> None:
    bikes.title = "=1+1"
    go_to(session, keys, board, Phase.VOTE)
    lay_dots(session, keys, board, bikes, amal, 2)
    go_to(session, keys, board, Phase.RESULT)
    assert "=1+1" in desk.get(f"{HOME}/buch/minutes").text
    table = desk.get(f"{HOME}/buch/minutes.csv").data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table), delimiter=";"))
    [told] = (dict(zip(rows[0], row, strict=True)) for row in rows if "'=1+1" in row)
    assert [told[name] for name in ("rank", "points", "people", "chosen")] == [
        "1", "2", "1", "True",
    ]  # fmt: skip
    assert "Amal" not in table


def test_the_task_force_reads_and_does_not_steer(
    app: object, workshop: Workshop, tarik: User
) -> None:
    browser = browser_of(tarik, app)  # type: ignore[arg-type]
    for page in ("", "/buch/minutes", "/buch/minutes.csv", "/buch/projector"):
        assert browser.get(HOME + page).status_code == 200
    assert browser.get(f"{HOME}/buch").status_code == 403
    assert browser.post(f"{HOME}/buch/phase").status_code == 403


def test_a_foreign_workshop_is_an_unknown_one(
    app: object, workshop: Workshop, carim: User
) -> None:
    browser = browser_of(carim, app)  # type: ignore[arg-type]
    for slug in ("buch", "nowhere"):
        for page in ("", "/projector", "/room", "/minutes", "/minutes.csv", "/settings"):
            assert browser.get(f"/p/elsewhere/workshops/{slug}{page}").status_code == 404
        for act in ("phase", "door", "cover", "settings", "ideas/1/removal", "hosts/1"):
            assert browser.post(f"/p/elsewhere/workshops/{slug}/{act}").status_code == 404


def without_turnout(html: str) -> str:
    """Leave out the figures of the turnout, and the seal that follows from them."""
    lines = html.splitlines()
    words = ("seen=", "csrf_token", "data-now", "von 6 Punkten", "<dd>")
    return "\n".join(line for line in lines if not any(word in line for word in words))


def test_the_form_shows_the_workshop_as_it_is(desk: FlaskClient, workshop: Workshop) -> None:
    page = desk.get(f"{HOME}/buch/settings").text
    assert 'value="An evening in Buch"' in page
    assert "What does Buch need?" in page
