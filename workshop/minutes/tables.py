"""The minutes for programs: a CSV of all ideas, JSON of everything, ballots to count again."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from core import sheets
from workshop.minutes.composing import Card, Minutes, Wall
from workshop.voting.models import Round
from workshop.voting.results import FEWEST

FORMAT = "osi-werkstatt minutes 1"
BALLOTS = "osi-werkstatt ballots 1"
HEAD = [
    "board", "question", "cluster", "title", "text", "author", "source", "merged",
    "rank", "points", "people", "against", "chosen",
    "decision", "reason", "partner", "owner", "due", "state", "state_day", "state_text",
]  # fmt: skip
Row = Sequence[sheets.Cell]


def as_csv(minutes: Minutes) -> bytes:
    """Write all ideas with their result, decision and what has become of them."""
    rows = (row for wall in minutes.walls for row in _rows(wall))
    return sheets.write_csv([HEAD, *rows])


def as_json(minutes: Minutes) -> bytes:
    """Write everything that is in the minutes."""
    content = {"format": FORMAT, **asdict(minutes)}
    text = json.dumps(content, ensure_ascii=False, indent=1, default=_plain)
    return text.encode()


def ballots_of(round: Round) -> bytes | None:
    """Write a counted round so that anyone can count it again; nothing of too few ballots."""
    papers = round.papers or []
    if len(papers) < FEWEST:
        return None
    content = {
        "format": BALLOTS,
        "number": round.number,
        "method": str(round.method),
        "each": round.each,
        "most": round.most,
        "seats": round.seats,
        "money": round.money,
        "options": round.options,
        "options_hash": round.options_hash,
        "papers": papers,
        "result": round.result,
        "result_hash": round.result_hash,
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _rows(wall: Wall) -> Iterator[Row]:
    places = {p.option.key: p for p in wall.votes[-1].places} if wall.votes else {}
    for question in wall.questions:
        for card in question.cards:
            place = places.get(card.key)
            figures: Row = (
                [place.rank, place.points, place.voters, place.against, place.wins]
                if place
                else [None] * 5
            )
            merged = "; ".join(card.merged)
            words = [card.title, card.text, card.author, card.source, merged]
            yield [wall.title, question.text, card.cluster, *words, *figures, *_decided(card)]


def _decided(card: Card) -> Row:
    decided = card.decided
    if not decided:
        return [None] * 8
    state: Row = [None] * 3
    if decided.notes:
        newest = decided.notes[0]
        state = [newest.state, newest.day.isoformat(), newest.text]
    due = decided.due.isoformat() if decided.due else None
    said = [decided.outcome, decided.reason, decided.partner, decided.owner, due]
    return [*said, *state]


def _plain(value: Any) -> object:
    match value:
        case date() | datetime():
            return value.isoformat()
        case _:
            return str(value)
