"""Five hundred in one room: a real conversation held again at many times its speed.

Its statements are written as cards, then everyone votes on them: agree, pass or disagree.
`python -m bench.replay 2000` plays it once with as many people.
"""

import asyncio
import os
import sys
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from urllib.parse import urlsplit
from uuid import uuid4

from sqlalchemy import select

from bench.conversation import Card, Conversation, Vote, dealt, invented, recorded, speeded
from bench.measuring import percentile
from bench.phones import Phone
from bench.polling import cpu_of, memory_of
from bench.scene import Scene, scene
from bench.sent import Sent
from core.clock import now
from core.db import db
from people.models import Project
from workshop import preparing
from workshop.models import Board, Method, Phase, Workshop
from workshop.stepping import step

Act = Callable[[], Awaitable[None]]
NAME = "brexit-consensus"
PATIENCE = 20.0  # seconds in which a change has to reach everyone
AGAIN = 10  # of so many forms one is sent twice


@dataclass(frozen=True)
class Pace:
    """In how many seconds people come, write, and vote, and how often."""

    coming: float = 8.0
    writing: float = 10.0
    voting: float = 24.0
    votes: int = 900  # of those that were cast, at most, in their order


@dataclass(frozen=True)
class Played:
    """What became of what was sent, how soon it was seen, and what that cost the server."""

    sent: int
    acknowledged: int
    lost: int
    doubled: int
    changes: list[float]  # until the last screen showed each card, and each new phase
    opened: float  # until the last had the page on which they vote
    over: float  # until the last had the page of the result
    moving: float  # seconds of CPU for that, with the news before it
    answers: list[float]  # until each vote was acknowledged
    share: float  # of one core while people voted
    memory: float  # MB of all processes


class Replay:
    """A conversation, the room in which it is held again, and who has come."""

    def __init__(self, there: Scene, talk: Conversation, people: int, pace: Pace) -> None:
        self.there, self.talk, self.pace = there, talk, pace
        self.votes = talk.votes[:: -(-len(talk.votes) // pace.votes)]
        place = urlsplit(there.server.url)
        self.code: str = there.in_app(self._prepare)
        self.phones = [
            Phone((str(place.hostname), place.port or 0), self.code, f"P{number}")
            for number in range(people)
        ]
        self.sent = Sent(self.code, there.app.extensions["keys"])

    async def play(self) -> Played:
        """Let them come, write and vote."""
        watching: list[asyncio.Task[None]] = []
        try:
            await self._come()
            watching += [asyncio.create_task(phone.watch()) for phone in self.phones]
            changes = await self._write()
            told, opened = await self._move(Phase.COLLECT, Phase.VOTE)
            before, begun = cpu_of(self.there), time.perf_counter()
            answers = await self._vote()
            share = (cpu_of(self.there) - before) / (time.perf_counter() - begun)
            memory = memory_of(self.there)
            lost, doubled = self.there.in_app(self.sent.compare)
            before = cpu_of(self.there)
            known, over = await self._move(Phase.VOTE, Phase.RESULT)
            moving = cpu_of(self.there) - before
        finally:
            for task in watching:
                task.cancel()
            await asyncio.gather(*watching, return_exceptions=True)
            for phone in self.phones:
                phone.leave()
        return Played(
            self.sent.number, self.sent.acknowledged, lost, doubled,
            [*changes, told, known], opened, over, moving, answers, share, memory,
        )  # fmt: skip

    async def _come(self) -> None:
        """Let people in, in the order and rhythm in which they first voted."""
        first: dict[int, float] = {}
        for who, vote in self._cast():
            first.setdefault(who, vote.at)
        order = [*first, *(n for n in range(len(self.phones)) if n not in first)]
        moments = speeded(first.values(), self.pace.coming)
        moments += [self.pace.coming] * (len(order) - len(moments))
        await _in_turn(
            (moment, who, self.phones[who].take_part)
            for moment, who in zip(moments, order, strict=True)
        )
        self.sent.people = {phone.name for phone in self.phones}

    async def _write(self) -> list[float]:
        """Let the cards be written; return how long each took to the last screen."""
        pressed: list[float] = []

        async def write(card: Card, who: int, again: bool) -> None:
            phone, key = self.phones[who], uuid4().hex
            pressed.append(time.perf_counter())
            for _ in range(1 + again):
                self.sent.card(card.id, key, await phone.write(card.text, key))

        moments = speeded([card.at for card in self.talk.cards], self.pace.writing)
        await _in_turn(
            (moment, who := card.author % len(self.phones), partial(write, card, who, again))
            for moment, card, again in zip(moments, self.talk.cards, _again(), strict=False)
        )
        await self._all(lambda phone: len(phone.cards) >= len(moments))
        shown = [[*phone.cards, *[float("inf")] * len(moments)] for phone in self.phones]
        last = [max(screen[number] for screen in shown) for number in range(len(moments))]
        return [seen - at for seen, at in zip(last, sorted(pressed), strict=True)]

    async def _vote(self) -> list[float]:
        """Let everyone vote, one after another on each phone; return how long each took."""
        options = self.there.in_app(self.sent.options)
        moments = speeded([vote.at for vote in self.votes], self.pace.voting)
        taken: list[float] = []

        async def cast(vote: Vote, who: int, again: bool) -> None:
            phone, option = self.phones[who], options[vote.card]
            for _ in range(1 + again):
                pressed = time.perf_counter()
                status = await phone.vote(option, vote.value)
                taken.append(time.perf_counter() - pressed)
                self.sent.vote(phone.name, option, vote.value, status)

        await _in_turn(
            (moment, who, partial(cast, vote, who, again))
            for moment, (who, vote), again in zip(moments, self._cast(), _again(), strict=False)
        )
        return taken

    async def _move(self, origin: Phase, to: Phase) -> tuple[float, float]:
        """Return after how long the last was told, and had the page of the phase *to*."""

        def move() -> None:
            keys = self.there.app.extensions["keys"]
            board = db.session.scalars(select(Board).join(Workshop).filter_by(code=self.code))
            step(db.session, keys, board.one(), origin, to, now())

        for phone in self.phones:
            phone.told = float("inf")
        await asyncio.to_thread(self.there.in_app, move)
        begun = time.perf_counter()
        await self._all(lambda phone: to in phone.came)
        told = max(phone.told for phone in self.phones)
        came = max(phone.came.get(to, float("inf")) for phone in self.phones)
        return told - begun, came - begun

    def _cast(self) -> Iterable[tuple[int, Vote]]:
        return zip(dealt(self.votes, len(self.phones)), self.votes, strict=True)

    async def _all(self, have: Callable[[Phone], bool]) -> None:
        until = time.perf_counter() + PATIENCE
        while not all(map(have, self.phones)) and time.perf_counter() < until:
            await asyncio.sleep(0.02)

    def _prepare(self) -> str:
        project = db.session.scalars(select(Project)).first()
        assert project is not None  # noqa: S101 - the demo is one
        slug = f"replay-{uuid4().hex[:6]}"
        asked = slug, slug, slug, ["What do we agree on?"], now()
        room = preparing.prepare(db.session, project, *asked, method=Method.OPINION)
        preparing.open_room(db.session, room, True)
        return room.code


async def _in_turn(events: Iterable[tuple[float, int, Act]]) -> None:
    """Let each act begin at its moment; nobody begins one before their last is answered."""
    begun = time.perf_counter()
    own: dict[int, list[tuple[float, Act]]] = {}
    for moment, who, act in events:
        own.setdefault(who, []).append((moment, act))

    async def one(acts: list[tuple[float, Act]]) -> None:
        for moment, act in acts:
            await asyncio.sleep(max(0, begun + moment - time.perf_counter()))
            await act()

    await asyncio.gather(*map(one, own.values()))


def _again() -> Iterator[bool]:
    """Tell of each form whether it is sent twice, as phones do where the net is weak."""
    return (number % AGAIN == 0 for number in count())


def replay(there: Scene, talk: Conversation, people: int, pace: Pace | None = None) -> Played:
    """Hold *talk* again with so many people in front of a server."""
    return asyncio.run(Replay(there, talk, people, pace or Pace()).play())


def bench_replay(there: Scene, people: int = 500) -> Played:
    """Replay the published conversation, or one of its shape where it does not lie here."""
    return replay(there, recorded(NAME) or invented(200, 50, 26), people)


if __name__ == "__main__":
    number, *named = sys.argv[1:] or ["500"]
    found = recorded(named[0] if named else NAME) or invented(200, 50, 26)
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with scene() as world:
        played = replay(world, found, int(number))
    print(f"{number} people: {played.sent} sent, {played.acknowledged} acknowledged, "
          f"{played.lost} lost, {played.doubled} doubled")  # fmt: skip
    for name, times in (("change to the last", played.changes), ("vote", played.answers)):
        shares = [f"{percentile(times, share):.2f}" for share in (0.5, 0.99, 1.0)]
        print(f"{name}: median, p99 and worst {' '.join(shares)} s")
    print(f"to vote on the last page {played.opened:.2f} s, to the result {played.over:.2f} s "
          f"({played.moving:.2f} s of CPU)")  # fmt: skip
    print(f"{100 * played.share:.0f} % of a core while they vote, {played.memory:.0f} MB; "
          f"load {os.getloadavg()[0]:.1f}")  # fmt: skip
