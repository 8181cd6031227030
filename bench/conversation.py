"""Conversations as they were held: who said what when, and who agreed with it."""

import csv
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

SHARED = "shared/data/workshop/polis"  # beside the Werkstatt, where they are published
LONGEST = 60.0  # seconds for which a room is silent; nights are left out


@dataclass(frozen=True)
class Card:
    """A statement that somebody wrote, so many seconds after the beginning."""

    at: float
    author: int
    id: str
    text: str


@dataclass(frozen=True)
class Vote:
    """Agree (1), pass (0) or disagree (-1)."""

    at: float
    voter: int
    card: str
    value: int


@dataclass(frozen=True)
class Conversation:
    """What people wrote and how they voted, each in the order of time."""

    cards: list[Card]
    votes: list[Vote]


def recorded(name: str) -> Conversation | None:
    """Return a conversation that was published, if it lies here."""
    above = [place / SHARED / name for place in Path(__file__).parents]
    folder = next((place for place in above if place.is_dir()), None)
    if not folder:
        return None
    said = [row for row in _rows(folder / "comments.csv") if row["moderated"] != "-1"]
    shown = {row["comment-id"] for row in said}
    cards = [
        Card(_at(row), int(row["author-id"]), row["comment-id"], row["comment-body"])
        for row in said
    ]
    votes = [
        Vote(_at(row), int(row["voter-id"]), row["comment-id"], int(row["vote"]))
        for row in _rows(folder / "votes.csv")
        if row["comment-id"] in shown
    ]
    return Conversation(sorted(cards, key=_when), sorted(votes, key=_when))


def invented(people: int, cards: int, each: int) -> Conversation:
    """Return a conversation of the same shape: two camps, who come and vote in bursts."""
    chance = random.Random(5)  # noqa: S311 - the same conversation each time
    ids = [str(n) for n in range(cards)]
    written = [
        Card(20.0 * n, chance.randrange(people), id, f"Statement {id}: more room for everyone")
        for n, id in enumerate(ids)
    ]
    votes = []
    for voter in range(people):
        at = chance.random() ** 2 * 900
        for id in chance.sample(ids, min(each, cards)):
            at += chance.expovariate(1 / 6)
            camp = 1 if (int(id) + voter) % 2 else -1
            votes.append(Vote(at, voter, id, camp if chance.random() < 0.85 else 0))
        first, *_ = (vote for vote in reversed(votes) if vote.voter == voter)
        if voter % 20 == 0:  # a few change their mind
            votes.append(Vote(at + 5, voter, first.card, -first.value))
    return Conversation(written, sorted(votes, key=_when))


def speeded(times: Iterable[float], seconds: float) -> list[float]:
    """Return ordered moments within so many seconds, in their rhythm, without the nights."""
    moments = [*times]
    gaps = [min(after - before, LONGEST) for before, after in pairwise(moments)]
    whole, at, found = sum(gaps) or 1.0, 0.0, [0.0]
    for gap in gaps:
        at += gap
        found.append(at / whole * seconds)
    return found


def dealt(votes: Iterable[Vote], people: int) -> list[int]:
    """Say which of so many people casts which vote; each is among them once.

    Where more come than voted, several share the votes of one, card by card: whoever
    changes their mind is one person. Where fewer come, one casts the votes of several.
    """
    given = [*votes]
    roles = {voter: n for n, voter in enumerate(dict.fromkeys(vote.voter for vote in given))}
    cards = {card: n for n, card in enumerate(dict.fromkeys(vote.card for vote in given))}
    doubles: Mapping[int, range] = {
        voter: range(n, max(people, n + 1), len(roles)) for voter, n in roles.items()
    }
    found = []
    for vote in given:
        who = doubles[vote.voter]
        found.append(who[cards[vote.card] % len(who)] % people)
    return found


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return [*csv.DictReader(lines)]


def _at(row: Mapping[str, str]) -> float:
    return int(row["timestamp"]) / 1000


def _when(event: Card | Vote) -> float:
    return event.at
