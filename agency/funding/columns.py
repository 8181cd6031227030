"""What stands in the columns of a list of programmes, and what its rows say."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from agency.evidence.citing import is_link
from agency.funding.words import (
    AREAS,
    CUMULATION,
    DUE,
    FORMS,
    KINDS,
    MONEY,
    RULES,
    THEMES,
    VERIFIED,
)
from core.errors import message
from people.columns import Note
from people.naming import fold

FIELDS = {
    "name": message("Name"),
    "funder": message("Funder"),
    "kind": message("Kind of funding"),
    "eligible": message("Who may apply"),
    "area": message("Area"),
    "themes": message("Themes"),
    "contact": message("Whom to ask"),
    "url": message("Web page"),
    "amount_min": message("At least (Euro)"),
    "amount_max": message("At most (Euro)"),
    "rate": message("Pays at most (per cent)"),
    "own_funds": message("Own funds (per cent)"),
    "months_min": message("Months at least"),
    "months_max": message("Months at most"),
    "due": message("Deadline"),
    "deadlines": message("Deadlines (days)"),
    "cumulation": message("Other money"),
    "excludes": message("Not together with"),
    "conditions": message("Asked of people"),
    "requirements": message("Conditions"),
    "note": message("Note"),
    "source": message("Source of the entry"),
    "verified": message("How well known"),
    "last_checked": message("Last checked"),
    "checked_by": message("Checked by"),
    "code": message("Code"),
}
MORE_HEADS = {
    "programm": "name", "foerderprogramm": "name", "bezeichnung": "name", "titel": "name",
    "programme": "name", "foerderer": "funder", "foerdergeber": "funder", "geber": "funder",
    "foerderart": "kind", "finanzierungsart": "kind", "foerderberechtigte": "eligible",
    "antragsberechtigt": "eligible", "foerdergebiet": "area", "gebiet": "area",
    "themenfelder": "themes", "thema": "themes", "ansprechpunkt": "contact",
    "ansprechpartner": "contact", "kontakt": "contact", "link": "url", "webseite": "url",
    "hoechstbetrag": "amount_max", "betrag": "amount_max", "foerderhoehe": "amount_max",
    "mindestbetrag": "amount_min", "foerderquote": "rate", "quote": "rate",
    "eigenmittel": "own_funds", "laufzeit": "months_max", "monate": "months_max",
    "fristen": "deadlines", "antragsfrist": "deadlines", "hinweis": "note",
    "bemerkung": "note", "quelle": "source", "kennung": "code", "id": "code",
}  # fmt: skip
LISTS = {
    "kind": KINDS, "eligible": FORMS, "area": AREAS, "themes": THEMES, "due": DUE,
    "cumulation": CUMULATION, "excludes": MONEY, "conditions": RULES, "verified": VERIFIED,
}  # fmt: skip
MANY = ("eligible", "themes", "excludes", "conditions")
NUMBERS = ("amount_min", "amount_max", "rate", "own_funds")
COUNTS = ("months_min", "months_max")
LIMITS = {"name": 200, "funder": 200, "contact": 300, "url": 300, "checked_by": 200, "code": 60}
LONGEST = 2_000
MOST = Decimal(1_000_000_000)
DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})", re.ASCII)
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


@dataclass
class Line:
    """What a row says, as far as it can be understood."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    problem: Note | None = None

    @property
    def name(self) -> str:
        return str(self.values.get("name", ""))


class Words:
    """The words of the lists and headings, also as people of the project read them."""

    def __init__(self, translations: Mapping[str, str]) -> None:
        self._codes: dict[str, dict[str, str]] = {}
        for name, words in {**LISTS, "head": FIELDS}.items():
            known = self._codes.setdefault(name, {})
            spelled = [(text, code) for code, text in words.items()]
            spelled += [(translations.get(text, ""), code) for text, code in spelled]
            for spelling, code in spelled:  # words before codes: one may look like the other
                short = spelling.partition("(")[0]
                for form in (spelling, short, *re.findall(r"\((.+?)\)", spelling)[:1]):
                    known.setdefault(bare(form), code)
            for code in words:
                known.setdefault(bare(code), code)
        self._codes["head"] = MORE_HEADS | self._codes["head"]

    def code(self, name: str, text: str) -> str | None:
        """Return the code that *text* stands for in a list; nothing where none is known."""
        found = self._codes[name].get(bare(text))
        return found if found is not None and bare(text) else None


def bare(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


def guess_columns(table: Sequence[Sequence[str]], words: Words) -> tuple[list[str], bool]:
    """Return the field that each column seems to hold, and whether the first row is a head."""
    guesses: list[str] = []
    for number in range(max(map(len, table))):
        text = table[0][number] if number < len(table[0]) else ""
        guess = words.code("head", text) or ""
        guesses.append("" if guess in guesses else guess)
    has_head = any(guesses)
    if not has_head:
        guesses[0] = "name"
    return guesses, has_head


def read_lines(
    table: Sequence[Sequence[str]], columns: Sequence[str], head: bool, words: Words
) -> list[Line]:
    """Return what the filled rows say; they keep the numbers of the file."""
    return [
        _read(number, dict(zip(columns, row, strict=False)), words)
        for number, row in enumerate(table, 1)
        if any(row) and not (head and number == 1)
    ]


def _read(number: int, cells: Mapping[str, str], words: Words) -> Line:
    line = Line(number)
    for name, cell in cells.items():
        if name and cell:
            line.values[name] = _value(line, name, cell, words)
    line.values = {name: each for name, each in line.values.items() if each not in (None, ())}
    line.problem = _problem_of(line.values)
    return line


def _value(line: Line, name: str, cell: str, words: Words) -> Any:
    if name in MANY:
        parts = [part.strip() for part in re.split(r"[;|\n]", cell) if part.strip()]
        codes = [_code(line, name, part, words) for part in parts]
        return tuple(dict.fromkeys(filter(None, codes)))
    if name in LISTS:
        return _code(line, name, cell, words)
    if name == "deadlines":
        days = [_day(line, name, part) for part in re.split(r"[;|,\s]+", cell) if part]
        return tuple(sorted({day for day in days if day}))
    if name == "last_checked":
        return _day(line, name, cell)
    if name in (*NUMBERS, *COUNTS):
        return _number(line, name, cell)
    if name == "url":
        return _address(line, name, cell)
    if name == "requirements":
        lines = (each.strip()[:200] for each in re.split(r"[|\n]", cell))
        return tuple(filter(None, lines))[:30]
    return cell[: LIMITS.get(name, LONGEST)]


def _address(line: Line, name: str, cell: str) -> str | None:
    text = f"https://{cell}" if cell.startswith("www.") else cell
    if len(text) <= LIMITS[name] and is_link(text):
        return text
    said = message("“%(text)s” (%(column)s) is no address of a page and is left out.")
    line.notes.append(Note(said, {"text": cell[:80], "column": FIELDS[name]}))
    return None


def _code(line: Line, name: str, text: str, words: Words) -> str | None:
    code = words.code(name, text)
    if code is None:
        said = message("“%(text)s” (%(column)s) is not in our list and is left out.")
        line.notes.append(Note(said, {"text": text[:80], "column": FIELDS[name]}))
    return code


def _number(line: Line, name: str, cell: str) -> Decimal | int | None:
    found = number_in(cell)
    if found is None or found < 0 or found > MOST:
        said = message("“%(text)s” (%(column)s) is no number we can use and is left out.")
        line.notes.append(Note(said, {"text": cell[:80], "column": FIELDS[name]}))
        return None
    return int(found) if name in COUNTS else found.quantize(Decimal("0.01"))


def number_in(text: str) -> Decimal | None:
    """Read a number as people write it: 20.000 €, 20,000.00 or 12,5 %."""
    digits = re.sub(r"[\s€%\u00a0]|euro|eur", "", text, flags=re.IGNORECASE)
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", digits):
        digits = digits.replace(".", "")
    elif re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", digits):
        digits = digits.replace(",", "")
    digits = digits.replace(",", ".")
    try:
        return Decimal(digits) if re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", digits) else None
    except InvalidOperation:
        return None


def _day(line: Line, name: str, cell: str) -> date | None:
    try:
        return day_in(cell)
    except ValueError:
        pass
    said = message("“%(text)s” (%(column)s) is no day we can read and is left out.")
    line.notes.append(Note(said, {"text": cell[:80], "column": FIELDS[name]}))
    return None


def day_in(text: str) -> date:
    """Read a day of this century as people write it: 15.09.2027 or 2027-09-15.

    :raise ValueError: when it is none
    """
    found = DAY.fullmatch(text)
    if not found:
        raise ValueError(text)
    year, month, day, *german = found.groups()
    read = date(*map(int, (year, month, day) if year else reversed(german)))
    if not EARLIEST <= read <= LATEST:
        raise ValueError(text)
    return read


def _problem_of(values: Mapping[str, Any]) -> Note | None:
    if not values.get("name"):
        return Note(message("The name is missing. Please enter it in the file."))
    for least, most in (("amount_min", "amount_max"), ("months_min", "months_max")):
        if least in values and most in values and values[least] > values[most]:
            said = message("“%(least)s” is more than “%(most)s”.")
            return Note(said, {"least": FIELDS[least], "most": FIELDS[most]})
    if not 0 < values.get("rate", 1) <= 100 or not 0 <= values.get("own_funds", 0) < 100:
        return Note(message("A share in per cent lies between 0 and 100."))
    return None
