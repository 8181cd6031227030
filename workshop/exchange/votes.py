"""Votes on statements: participant, statement and vote, or a matrix of both."""

import csv
from collections.abc import Sequence
from pathlib import Path

from workshop.exchange.reading import Unreadable
from workshop.exchange.texts import Problem, short, table, text_of

Votes = dict[tuple[str, str], int]
PARTICIPANT = (
    "participant",
    "voter-id",
    "participant_id",
    "participant-id",
    "voter_id",
    "voter",
)
STATEMENT = (
    "statement",
    "comment-id",
    "statement_id",
    "comment_id",
    "statement-id",
    "comment",
    "tid",
)
WHEN = ("timestamp", "modified")
BESIDE = {"group-id", "xid", "n-comments", "n-votes", "n-agree", "n-disagree"}  # Polis' own
VOTES = {"1": 1, "0": 0, "-1": -1, "1.0": 1, "0.0": 0, "-1.0": -1, "+1": 1}
MOST = 5_000_000


def read(path: Path) -> Votes:
    """Return the last vote of each participant on each statement.

    :raise Unreadable: when it is no such file, or is broken
    """
    try:
        return parse(text_of(path))
    except Problem as problem:
        raise Unreadable(file=path.name, problem=str(problem)) from None
    except csv.Error as error:
        raise Unreadable(file=path.name, problem=f"not a table of text ({error})") from None


def parse(text: str) -> Votes:
    """Return the last vote of each participant on each statement in *text*.

    :raise Problem: when the columns are not known, or a vote is none
    """
    first = text.partition("\n")[0]
    rows = list(table(text, max(",;\t", key=first.count)))
    if not rows:
        raise Problem("is empty")
    head = [cell.lower() for cell in rows[0][1]]
    if len(set(head)) < len(head):
        raise Problem("line 1: has two columns of the same name")
    who = next((head.index(name) for name in PARTICIPANT if name in head), None)
    if who is None:
        raise Problem("line 1: there is no column “participant”")
    what = next((head.index(name) for name in STATEMENT if name in head), None)
    found = _long(head, rows[1:], who, what) if what is not None else _matrix(rows, who)
    if not found:
        raise Problem("has no votes")
    return found


def _long(head: Sequence[str], rows: list[tuple[int, list[str]]], who: int, what: int) -> Votes:
    if "vote" not in head:
        raise Problem("line 1: there is no column “vote”")
    vote = head.index("vote")
    when = next((head.index(name) for name in WHEN if name in head), None)
    if when is not None and all(len(row) > when and _is_time(row[when]) for _, row in rows):
        rows = sorted(rows, key=lambda line: float(line[1][when]))
    found: Votes = {}
    for line, row in rows:
        if len(row) <= max(who, what, vote) or not row[who] or not row[what]:
            raise Problem(f"line {line}: needs a participant, a statement and a vote")
        found[row[who], row[what]] = _vote(line, row[vote])
    return found


def _matrix(rows: list[tuple[int, list[str]]], who: int) -> Votes:
    names = rows[0][1]
    columns = {
        place: name
        for place, name in enumerate(names)
        if place != who and name.lower() not in BESIDE and name
    }
    if len(rows) * len(columns) > MOST * 10:
        raise Problem("has too many cells")
    found: Votes = {}
    for line, row in rows[1:]:
        if len(row) > len(names) or len(row) <= who or not row[who]:
            raise Problem(f"line {line}: needs a participant, and no more cells than line 1")
        for place, name in columns.items():
            if place < len(row) and row[place]:
                found[row[who], name] = _vote(line, row[place])
    return found


def _vote(line: int, said: str) -> int:
    if said not in VOTES:
        raise Problem(f"line {line}: “{short(said)}” is no vote; votes are 1, 0 and -1")
    return VOTES[said]


def _is_time(said: str) -> bool:
    return (
        len(said) < 20
        and said.replace(".", "", 1).isascii()
        and said.replace(".", "", 1).isdigit()
    )
