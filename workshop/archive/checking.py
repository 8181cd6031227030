"""Checking a file that somebody brings, before anything of it is stored."""

import io
import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from core.json import no_constant, texts_in
from people.models import Sector
from workshop.agenda import agenda_of
from workshop.archive.refusing import ArchiveTooLarge, ChecksumWrong, NotAnArchive
from workshop.archive.shape import FORMAT, KINDS, LARGEST
from workshop.archive.writing import INSIDE
from workshop.models import Channel, Idea, Workshop
from workshop.rules.coverage import FEWEST
from workshop.voting.choosing import choose
from workshop.voting.models import Round
from workshop.voting.opening import hash_of
from workshop.voting.results import Option

UNPACKED = 20_000_000  # bytes
MOST = 100_000  # rows
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def unpack(data: bytes) -> Mapping[str, Any]:
    """Return the content of an archive: its rows have the right names and kinds.

    :raise NotAnArchive: when it is none
    :raise ArchiveTooLarge: when it unpacks to too much
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.getinfo(INSIDE).file_size > UNPACKED:
                raise ArchiveTooLarge
            with archive.open(INSIDE) as file:
                text = file.read(UNPACKED + 1)
        if len(text) > UNPACKED:
            raise ArchiveTooLarge
        content = json.loads(text.decode(), parse_constant=no_constant)
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, RecursionError) as error:
        raise NotAnArchive from error
    except (NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise NotAnArchive from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise NotAnArchive
    rows = content.get("rows")
    if not isinstance(rows, dict) or set(rows) != {kind.name for kind in KINDS}:
        raise NotAnArchive
    _check_rows(rows)
    _check_texts(content)
    return content


def check_boards(session: Session, workshop: Workshop) -> None:
    """Let no workshop in without a board at its front, and questions and a plan on each.

    :raise NotAnArchive: when something of that lacks
    """
    session.refresh(workshop)
    boards = workshop.boards
    if workshop.front not in [board.position for board in boards]:
        raise NotAnArchive
    for board in boards:
        asked = [challenge.position for challenge in board.challenges]
        if not asked or asked != [*range(len(asked))]:
            raise NotAnArchive
        try:
            agenda_of(board)
        except (TypeError, LookupError, ValueError) as error:
            raise NotAnArchive from error


def check_ideas(ideas: Sequence[Idea]) -> None:
    """Let no idea in that hangs on two boards, or is merged into itself by a detour.

    :raise NotAnArchive: when there is one
    """
    into = {idea.id: idea.merged_into_id for idea in ideas}
    boards = {idea.id: idea.board_id for idea in ideas}
    for idea in ideas:
        if idea.challenge.board_id != idea.board_id:
            raise NotAnArchive
        seen, place = set[int](), idea.id
        while target := into[place]:
            if target in seen or boards[target] != idea.board_id:
                raise NotAnArchive
            seen.add(target)
            place = target


def check_round(round: Round, questions: int) -> None:
    """Count a round from a file again.

    :raise NotAnArchive: when it lacks what a round has
    :raise ChecksumWrong: when its content, its result and its checksums do not fit together
    """
    papers, result = round.papers, round.result
    if papers is None or result is None:
        raise NotAnArchive
    try:
        _check_round(round, questions)
        counted = choose(round, papers, hash_of(papers))
        fits = (
            hash_of(round.options) == round.options_hash
            and hash_of(papers) == result["papers_hash"]
            and hash_of(result) == round.result_hash
            and counted.winners == result["winners"]
            and result["lots"] in (counted.lots, counted.ties)  # as it was told before, too
            and sum(paper["people"] for paper in papers) == result["people"]
        )
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise NotAnArchive from error
    if not fits:
        raise ChecksumWrong(number=round.number)


def _check_round(round: Round, questions: int) -> None:
    options = [Option(**each) for each in round.options]
    keys = [option.key for option in options]
    if len({*keys}) != len(keys) or round.closed is None:
        raise NotAnArchive
    for option in options:
        texts = option.key, option.title, option.text, option.author
        cost = [] if option.cost is None else [option.cost]
        if not all(isinstance(text, str) for text in texts) or not all(map(_is_number, cost)):
            raise NotAnArchive
        if not _is_number(option.challenge) or option.challenge >= questions:
            raise NotAnArchive
    for paper in round.papers or []:
        marks = paper["marks"]
        if set(paper) != {"receipt", "people", "marks"} or not set(marks) <= {*keys}:
            raise NotAnArchive
        values = [paper["people"], *(abs(value) for value in marks.values())]
        if not isinstance(paper["receipt"], str) or not all(map(_is_number, values)):
            raise NotAnArchive
    _check_result(round.result or {}, {*keys})


def _check_result(result: Mapping[str, Any], keys: set[str]) -> None:
    sectors = result["coverage"]["sectors"]
    pairs = [result["coverage"]["all"], *sectors.values()]
    numbers = [*result["channels"].values(), *(number for pair in pairs for number in pair)]
    names = {*result["winners"], *(key for equals in result["lots"] for key in equals)}
    fits = (
        {*result["channels"]} <= {*Channel}
        and {*sectors} <= {*Sector}
        and all(len(pair) == 2 for pair in pairs)
        and all(map(_is_number, numbers))
        and all(people >= FEWEST for _, people in sectors.values())
        and names <= keys
    )
    if not fits:
        raise NotAnArchive


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST


def _check_rows(rows: Mapping[str, Any]) -> None:
    for kind in KINDS:
        found = rows[kind.name]
        if not isinstance(found, list) or len(found) > MOST:
            raise NotAnArchive
        if not all(isinstance(row, dict) and _is_number(row.get("id")) for row in found):
            raise NotAnArchive
        if len({row["id"] for row in found}) != len(found):
            raise NotAnArchive


def _check_texts(content: object) -> None:
    """Let no text in that a database or a page could not hold."""
    for text in texts_in(content):
        if any(ord(letter) < 32 and letter not in "\n\t" for letter in text):
            raise NotAnArchive
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise NotAnArchive from error
