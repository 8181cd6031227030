"""Texts in files: numbers, tables, and what is said when one is broken."""

import csv
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from io import StringIO
from pathlib import Path

from workshop.rules.profile import Ballot, Number, Option, Profile

MOST_BYTES = 100_000_000
MOST_OPTIONS = 1000
NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,6})?")


class Problem(Exception):
    """What is wrong in a file; the reader knows no name of it."""


def text_of(path: Path) -> str:
    """Return the text in a file in UTF-8, or else in the old encoding of Western Europe."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Problem("is larger than 100 MB")
        raw = path.read_bytes()
    except OSError as error:
        raise Problem(f"cannot be read ({error.strerror})") from None
    if b"\0" in raw:
        raise Problem("is not a file of text")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def check(profile: Profile) -> None:
    """Look for options without a name or with that of another, and for strangers on ballots.

    :raise Problem: when there are some, or nothing is there to choose from
    """
    known = set(profile.ids)
    if not known:
        raise Problem("has no options to choose from")
    if len(profile.ids) > MOST_OPTIONS:
        raise Problem(f"has more than {MOST_OPTIONS} options")
    if len(known) < len(profile.ids):
        twice = next(id for id in profile.ids if profile.ids.count(id) > 1)
        raise Problem(f"has the option “{short(twice)}” twice")
    for number, ballot in enumerate(profile.ballots, start=1):
        named = [*ballot.points] or [option for rank in ballot.ranks for option in rank]
        if stranger := next((option for option in named if option not in known), None):
            raise Problem(f"ballot {number} names “{short(stranger)}”, which is no option")
        if len(set(named)) < len(named):
            raise Problem(f"ballot {number} names an option twice")
    if not profile.ballots and profile.duels is None:
        raise Problem("has no ballots")


def number(text: str, what: str) -> Number:
    """Return the number that *text* says; nothing in it may be larger than the universe.

    :raise Problem: when it is none
    """
    text = text.strip().replace("\u00a0", "").replace(" ", "")
    if not NUMBER.fullmatch(text):
        raise Problem(f"{what}: “{short(text)}” is no number of at most 15 digits")
    exact = Fraction(text.replace(",", "."))
    return exact.numerator if exact.denominator == 1 else exact


def whole(text: str, what: str) -> int:
    """Return the count that *text* says, at least 1.

    :raise Problem: when it is none
    """
    text = text.strip()
    if not re.fullmatch(r"[0-9]{1,9}", text) or not int(text):
        raise Problem(f"{what}: “{short(text)}” is no whole number from 1 on")
    return int(text)


def short(text: str) -> str:
    """Return a few letters of *text*, fit for a terminal."""
    shown = "".join(letter if letter.isprintable() else "�" for letter in text)
    return shown if len(shown) <= 40 else f"{shown[:39]}…"


def table(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Go through the rows that say anything, with the numbers of their lines."""
    rows = csv.reader(StringIO(text, newline=None), delimiter=delimiter)
    for row in rows:
        cells = [cell.strip() for cell in row]
        if any(cells):
            yield rows.line_num, cells


def approving(options: Sequence[str], where: str) -> Ballot:
    """Return a ballot for *options*.

    :raise Problem: when it names one of them twice
    """
    if len(set(options)) < len(options):
        raise Problem(f"{where}: names an option twice")
    return Ballot.approving(options)


def plain(ids: Sequence[str]) -> tuple[Option, ...]:
    """Return options without prices."""
    return tuple(Option(id) for id in ids)
