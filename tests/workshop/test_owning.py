"""Once it is over everybody finds what is their own on the page, and nothing of another."""

import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from core.keys import Keyring
from people.models import Naming, Organisation, Project, Sector
from people.naming import decide_naming
from tests.front import by_the_app_alone, in_front_alone
from tests.story import NOON
from tests.workshop.room import HTMX, browser_in, go_to
from tests.workshop.test_sheets import alike
from workshop.following.deciding import Verdict, decide
from workshop.following.following import note, withdraw
from workshop.following.models import Outcome, State
from workshop.models import Idea, Method, Phase, Workshop
from workshop.posting import take_down_idea
from workshop.sorting.merging import merge, split
from workshop.voting.closing import forget
from workshop.voting.opening import key_of, latest_round

pytestmark = pytest.mark.both_engines
VOTES = {
    Method.DOTS: ("2", "1"), Method.APPROVAL: ("1", ""), Method.SCORE: ("2", "0"),
    Method.OPINION: ("1", "-1"),
}  # fmt: skip
BEGUN: dict[str, Any] = {
    "state": State.BEGUN,
    "text": "A room & a key",
    "day": date(2026, 9, 1),
}


class Room:
    """People with phones of their own: one wrote, one voted, one did both, one neither."""

    def __init__(self, app: Flask, workshop: Workshop, session: Session, keys: Keyring) -> None:
        self.app, self.board = app, workshop.board
        self.session, self.keys = session, keys
        self.path = f"/w/{workshop.code}"
        names = ("Writer", "Voter", "Both", "<b>Guest")
        self.phones = {name: browser_in(workshop, app, name) for name in names}
        for name in ("Writer", "Both"):
            form = {"key": uuid4().hex, "title": f"<i>{name}'s & idea", "language": "en"}
            self.phones[name].post(f"{self.path}/ideas", data=form)

    def ideas(self) -> list[Idea]:
        self.session.expire_all()
        return self.session.query(Idea).order_by(Idea.id).all()

    def go(self, *phases: Phase) -> None:
        go_to(self.session, self.keys, self.board, *phases)

    def vote(self, *values: str) -> None:
        for name in ("Voter", "Both"):
            for idea, value in zip(self.ideas(), values, strict=False):
                path = f"{self.path}/ballot/{key_of(idea)}"
                self.phones[name].post(path, data={"value": value}, headers=HTMX)

    def pages(self, **headers: str) -> dict[str, str]:
        """The pages of all, in front of the app; each is that of the app."""
        found = {}
        for name, phone in self.phones.items():
            with by_the_app_alone(self.app):
                phone.get(self.path)  # so that the browser has what protects its forms
            assert alike(self.app, phone, self.path, **headers)
            with in_front_alone(self.app):
                found[name] = phone.get(self.path, headers=headers).text
        return found


@pytest.fixture
def room(app: Flask, workshop: Workshop, session: Session, keys: Keyring) -> Room:
    return Room(app, workshop, session, keys)


@pytest.mark.parametrize("method", [*VOTES])
@pytest.mark.parametrize("language", ["de", "en", "ar"])
def test_everybody_finds_their_ideas_and_their_ballot(
    room: Room, method: Method, language: str
) -> None:
    room.board.method, room.board.dots_each = method, 3
    room.session.commit()
    room.go(Phase.VOTE)
    room.vote(*VOTES[method])
    room.go(Phase.RESULT)
    pages = room.pages(**{"Accept-Language": language})
    own = {name: page.count('class="mine-list"') for name, page in pages.items()}
    assert own == {"Writer": 1, "Voter": 2, "Both": 2, "<b>Guest": 0}
    assert not any("hole-" in page or "title-0" in page for page in pages.values())


@pytest.mark.parametrize("is_secret", [True, False])
def test_nobody_finds_the_ballot_of_another_or_one_that_is_forgotten(
    room: Room, is_secret: bool
) -> None:
    room.board.is_secret = is_secret
    room.session.commit()
    room.go(Phase.VOTE)
    room.vote("2", "1")
    room.go(Phase.RESULT)
    forget(room.session, room.keys)
    room.session.commit()
    pages = room.pages(**{"Accept-Language": "en"})
    said = {
        name: re.findall(r"My ballot has the receipt (.{9})", page)
        for name, page in pages.items()
    }
    number = 0 if is_secret else 1
    assert [len(said[name]) for name in room.phones] == [0, number, number, 0]
    if not is_secret:
        assert said["Voter"] != said["Both"]
    round = latest_round(room.session, room.board)
    assert round
    assert room.keys.has(round.key_name) is not is_secret


def test_what_is_decided_noted_and_taken_back_is_on_the_next_page(
    room: Room, project: Project, session: Session, keep: Any
) -> None:
    owner = Organisation(
        project_id=project.id, code="O-017", name="Garten & Co", short_name="", kind="assoc",
        sector=Sector.SOCIETY, naming=Naming.PUBLIC, added=NOON,
    )  # fmt: skip
    keep(owner)
    room.go(Phase.VOTE)
    room.vote("2", "")
    room.go(Phase.RESULT, Phase.DECIDE)
    room.pages()
    first = room.ideas()[0]
    decide(session, first, Verdict(Outcome.ADOPTED, owner=owner), "Birte", NOON)
    session.commit()
    assert room.pages()["Voter"].count("Garten &amp; Co") == 2  # on the wall, and as one's own
    decide_naming(session, owner, Naming.TEAM, "Garten", NOON)
    session.commit()
    assert "Garten" not in room.pages()["Voter"]
    room.go(Phase.DEVELOP)
    told = note(session, first, "k", "Birte", NOON, **BEGUN)
    session.commit()
    pages = room.pages()
    assert pages["Writer"].count("A room &amp; a key") == 2
    assert pages["<b>Guest"].count("A room &amp; a key") == 1
    withdraw(session, first, told.id)
    session.commit()
    assert "A room" not in "".join(room.pages().values())
    room.go(Phase.CLOSED)
    room.pages()


def test_what_was_merged_stands_for_both_until_it_is_split(room: Room) -> None:
    room.go(Phase.VOTE)
    room.vote("1", "1")
    room.go(Phase.RESULT)
    first, second = room.ideas()
    own = {name: page.count("<li><b><bdi>") for name, page in room.pages().items()}
    assert own == {"Writer": 1, "Voter": 2, "Both": 2, "<b>Guest": 0}
    merge(room.session, room.board, second, [first], NOON)
    room.session.commit()
    own = {name: page.count("<li><b><bdi>") for name, page in room.pages().items()}
    assert own == {"Writer": 1, "Voter": 1, "Both": 1, "<b>Guest": 0}
    split(room.session, room.board, first, NOON)
    room.session.commit()
    assert room.pages()["Voter"].count("<li><b><bdi>") == 2


def test_a_card_that_was_taken_down_is_on_no_page_after_a_second_round(room: Room) -> None:
    room.go(Phase.VOTE)
    room.vote("1", "1")
    room.go(Phase.RESULT)
    assert "Writer&#39;s &amp; idea" in room.pages()["Writer"]
    room.go(Phase.DISCUSS)
    take_down_idea(room.session, room.ideas()[0])
    room.session.commit()
    room.go(Phase.VOTE, Phase.RESULT)
    pages = room.pages()
    assert "Writer&#39;s" not in pages["Writer"] + pages["<b>Guest"]
    room.go(Phase.COLLECT)
    with in_front_alone(room.app):
        assert "Writer&#39;s" not in room.phones["<b>Guest"].get(room.path).text


def test_before_the_result_there_is_no_total_on_any_page(room: Room) -> None:
    room.go(Phase.VOTE)
    for phone in room.phones.values():
        phone.get(room.path)
    room.vote("2", "1")
    with in_front_alone(room.app):
        text = room.phones["<b>Guest"].get(room.path).text
    assert "mine-list" not in text
    assert "places" not in text


def test_where_no_vote_was_held_authors_find_what_they_wrote(room: Room) -> None:
    room.go(Phase.DECIDE)
    pages = room.pages(**{"Accept-Language": "en"})
    assert "What became of my ideas" in pages["Writer"]
    assert "What became of my ideas" not in pages["Voter"]


def test_people_at_tables_get_one_result(room: Room) -> None:
    room.board.tables = 3
    room.session.commit()
    room.go(Phase.VOTE)
    room.vote("2", "1")
    room.go(Phase.RESULT)
    room.pages()


@pytest.mark.parametrize("phase", [Phase.VOTE, Phase.RESULT])
def test_where_the_key_to_ballots_is_another_the_app_says_so(
    room: Room, phase: Phase, keys: Keyring
) -> None:
    room.go(Phase.VOTE)
    round = latest_round(room.session, room.board)
    assert round
    room.go(*([Phase.RESULT] if phase is Phase.RESULT else []))
    keys.destroy(round.key_name)
    keys.key(round.key_name)
    phone: FlaskClient = room.phones["Voter"]
    phone.get("/join")
    assert phone.get(room.path).status_code == 409
