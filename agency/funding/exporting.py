"""The directory as a table that the import reads back as it was."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from agency.funding.columns import FIELDS, LISTS, MANY
from agency.funding.keeping import entry_of
from agency.funding.models import Programme
from core.sheets import Cell


def rows_of(programmes: Iterable[Programme], words: Mapping[str, str]) -> list[list[Cell]]:
    """Return a row per programme below the headings, in *words*: the translations."""
    heads: list[Cell] = [words.get(text, text) for text in FIELDS.values()]
    return [heads, *([_cell(each, name, words) for name in FIELDS] for each in programmes)]


def _cell(programme: Programme, name: str, words: Mapping[str, str]) -> Cell:
    entry = entry_of(programme)
    value = getattr(entry if hasattr(entry, name) else programme, name)
    if name in MANY:
        return "; ".join(_word(name, code, words) for code in value)
    if name in LISTS:
        return _word(name, value, words) if value else ""
    match value:
        case None:
            return ""
        case Decimal():
            whole = value == value.to_integral_value()
            return int(value) if whole else str(value.normalize()).replace(".", ",")
        case date():
            return value.isoformat()
        case tuple() if name == "deadlines":
            return "; ".join(day.isoformat() for day in value)
        case tuple():
            return "\n".join(value)
        case _:
            return value  # type: ignore[no-any-return]


def _word(name: str, code: str, words: Mapping[str, str]) -> str:
    text = LISTS[name].get(code, code)
    return words.get(text, text)
