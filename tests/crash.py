"""Pulling the plug while people answer and vote, and counting what is left.

Four clients write to the real server, which is killed again and again at moments that
nobody chose. What a client was told is saved must be there, once.
"""

import re
import sqlite3
import urllib.parse
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from random import Random
from threading import Event, Thread
from time import monotonic, sleep
from uuid import uuid4

from core.keys import Keyring
from tests.server import Server
from workshop.voting.ballots import receipt_of
from workshop.voting.models import Round

SURVEY = "befragung-pankow-2026"
MOST = 60  # acts between two crashes
Ask = Callable[..., list[tuple[object, ...]]]
PATIENCE = 8.0  # seconds, on a busy machine


class Client:
    """A browser that keeps its cookie and follows nothing."""

    def __init__(self, server: Server) -> None:
        self.port = server.port
        self.cookies: dict[str, str] = {}

    def send(self, path: str, data: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Return status, text and place of the answer; whatever breaks is an OSError."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        body = urllib.parse.urlencode(data) if data is not None else None
        with closing(connection):
            try:
                connection.request("POST" if body is not None else "GET", path, body, headers)
                answer = connection.getresponse()
                text = answer.read().decode()
            except HTTPException as error:
                raise OSError from error
            for line in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = line.partition(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, text, answer.headers.get("Location", "")

    def token(self, path: str) -> str:
        """Return the form token of a page."""
        text = self.send(path)[1]
        found = re.search(r'name="csrf_token" value="([^"]+)"', text)
        if not found:
            raise OSError(path)
        return found[1]


@dataclass
class Figures:
    """What became of what clients were told is saved."""

    cycles: int = 0
    acknowledged: int = 0
    retried: int = 0
    lost: int = 0
    doubled: int = 0
    over_budget: int = 0
    intact: bool = True
    seconds: float = 0.0


class Person(Thread):
    """Somebody who answers, writes cards and lays dots until told to stop.

    What is not acknowledged is sent once more, as a careful browser would: the same form
    with the same key.
    """

    def __init__(self, server: Server, doors: "Doors", number: int, stop: Event) -> None:
        super().__init__()
        self.client, self.doors, self.stop = Client(server), doors, stop
        self.random = Random(number)  # noqa: S311 - chance, not secrecy
        self.name = f"P{number}"
        self.token = doors.tokens[number]
        self.count = self.saved = self.acknowledged = self.retried = 0
        self.cards: list[str] = []
        self.dots: dict[int, int] = {}
        self.doubtful: dict[int, int] = {}  # sent, and never acknowledged

    def enter(self) -> None:
        """Come into both rooms, and open the answers of an invitation."""
        client, doors = self.client, self.doors
        self.csrf = client.token(f"/i/{self.token}")
        for code in (doors.collecting, doors.voting):
            form = {"csrf_token": self.csrf, "key": uuid4().hex, "name": self.name}
            client.send(f"/w/{code}", form)
        response = doors.responses[self.token]
        client.send(f"/i/{self.token}/responses/{response}", {"csrf_token": self.csrf})

    def run(self) -> None:
        acts = (self.answer, self.write_card, self.lay_dots)
        while not self.stop.is_set():
            self.random.choice(acts)()

    def answer(self) -> None:
        self.count += 1
        page = f"/s/{SURVEY}/pages/{self.doors.page}"
        if self._insist(page, {"idea": f"{self.name} {self.count}"}) == 303:
            self.saved = self.count

    def write_card(self) -> None:
        self.count += 1
        title = f"{self.name} card {self.count}"
        form = {"title": title, "key": uuid4().hex}
        if self._insist(f"/w/{self.doors.collecting}/ideas", form) == 303:
            self.cards.append(title)

    def lay_dots(self) -> None:
        idea, dots = self.random.choice(self.doors.ideas), self.random.randint(0, 3)
        self.doubtful[idea] = dots
        status = self._insist(f"/w/{self.doors.voting}/ballot/i{idea}", {"value": str(dots)})
        if status:
            del self.doubtful[idea]
        if status == 303:
            self.dots[idea] = dots

    def _insist(self, path: str, form: dict[str, str]) -> int:
        """Send a form until there is an answer; return its status, or 0 when it is over."""
        while not self.stop.is_set():
            try:
                status, text, _ = self.client.send(path, form | {"csrf_token": self.csrf})
            except OSError:
                self.retried += 1
                sleep(0.1)
                continue
            if status == 503:
                continue
            assert status in {303, 409}, (path, status, text[:3000])
            self.acknowledged += status == 303
            return status
        return 0


@dataclass
class Doors:
    """Where people come in: two rooms, the cards of one, and their invitations."""

    collecting: str
    voting: str
    ideas: list[int]
    tokens: list[str]
    responses: dict[str, int]
    page: str  # of the survey, on which they write about their idea


def pull_the_plug(server: Server, doors: Doors, cycles: int, *, people: int = 4) -> Figures:
    """Kill the server *cycles* times under load."""
    begun, random, figures = monotonic(), Random(1), Figures()  # noqa: S311 - chance
    stop = Event()
    persons = [Person(server, doors, number, stop) for number in range(people)]
    for person in persons:
        person.enter()
        person.start()
    while figures.cycles < cycles:
        wait_for_work(persons, random.randint(1, MOST))
        server.kill()
        server.start()
        figures.cycles += 1
    sleep(0.3)
    stop.set()
    for person in persons:
        person.join()
    server.kill()
    count(server, doors, persons, figures)
    figures.seconds = monotonic() - begun
    return figures


MARKS = "SELECT option, value FROM mark WHERE receipt = ?"
OVERSPENT = """
    SELECT 1 FROM ballot b WHERE spent > given OR spent != (SELECT coalesce(sum(value), 0)
    FROM mark m WHERE m.round_id = b.round_id AND m.receipt = b.receipt)"""
MISCOUNTED = """
    SELECT 1 FROM board d WHERE placed != (SELECT coalesce(sum(spent), 0)
    FROM ballot b JOIN round r ON r.id = b.round_id WHERE r.board_id = d.id)"""


def wait_for_work(persons: list[Person], number: int) -> None:
    """Wait until that *number* of acts was acknowledged since, with others under way."""
    begun, before = monotonic(), sum(person.acknowledged for person in persons)
    while sum(person.acknowledged for person in persons) < before + number:
        if monotonic() - begun > PATIENCE:
            return
        sleep(0.002)


def count(server: Server, doors: Doors, persons: list[Person], figures: Figures) -> None:
    """Compare what is there with what people were told."""
    figures.acknowledged = sum(person.acknowledged for person in persons)
    figures.retried = sum(person.retried for person in persons)
    with closing(sqlite3.connect(server.folder / "werkstatt.db")) as connection:
        keys = Keyring(server.folder / "keys")

        def ask(query: str, *values: object) -> list[tuple[object, ...]]:
            return connection.execute(query, values).fetchall()

        figures.intact = ask("PRAGMA integrity_check") == [("ok",)]
        titles = [row[0] for row in ask("SELECT title FROM idea WHERE title LIKE 'P% card %'")]
        figures.doubled = len(titles) - len(set(titles))
        for person in persons:
            figures.lost += len(set(person.cards) - set(titles))
            number = doors.responses[person.token]
            text = ask(
                "SELECT json_extract(answers, '$.idea') FROM response WHERE id = ?", number
            )
            figures.lost += int(str(text[0][0]).rpartition(" ")[2]) < person.saved
            there = {
                str(option): value for option, value in ask(MARKS, receipt(keys, ask, person))
            }
            for idea, dots in person.dots.items():
                fits = {dots, person.doubtful.get(idea, dots)}
                figures.lost += there.get(f"i{idea}", 0) not in fits
        figures.over_budget = len(ask(OVERSPENT)) + len(ask(MISCOUNTED))


def receipt(keys: Keyring, ask: Ask, person: Person) -> str:
    """Return the receipt of *person* in the open round, as the server would."""
    (id_, proof), *others = ask("SELECT id, proof FROM round WHERE closed IS NULL")
    assert not others
    (number,) = ask(
        "SELECT p.id FROM participant p JOIN board b ON b.workshop_id = p.workshop_id "
        "WHERE b.phase = 'vote' AND p.name = ?", person.name,
    )  # fmt: skip
    return receipt_of(keys, Round(id=id_, proof=proof), f"person {number[0]}")
