"""XLSForm out: a definition becomes a workbook that reads back as the same definition."""

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from surveys.definition import Choice, Definition, Item, Texts
from surveys.exchange.columns import TITLE

COLUMNS = (
    "type", "name", "required", "relevant", "constraint", "appearance", "calculation",
    "choice_filter", "repeat_count", "default", "parameters", "read_only",
)  # fmt: skip
TEXTS = {
    "label": "label",
    "hint": "hint",
    "constraint_message": "message",
    "required_message": "required_message",
}
TYPES = {"datetime": "dateTime"}

EPOCH = datetime(1980, 1, 1)  # the earliest day a ZIP can say
Cells = dict[str, str]


def write_xlsform(definition: Definition) -> bytes:
    """Return a workbook with the sheets survey, choices and settings; all cells are text.

    The same definition is the same file, byte for byte.
    """
    import xlsxwriter  # noqa: PLC0415 - heavy

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"created": EPOCH})
        for name, rows in sheets(definition).items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(_table(rows)):
                for place, text in enumerate(row):
                    if text:
                        sheet.write_string(number, place, text)
    return target.getvalue()


def sheets(definition: Definition) -> dict[str, list[Cells]]:
    """The rows of each sheet, by their headers."""
    named = _Languages(definition)
    choices = [
        _choice(name, choice, named)
        for name, each in definition.lists.items()
        for choice in each
    ]
    return {
        "survey": list(_rows(definition.items, named)),
        "choices": choices,
        "settings": [_settings(definition, named)],
    }


class _Languages:
    """How the languages of a form are written in its headers."""

    def __init__(self, definition: Definition) -> None:
        names = definition.language_names
        self.written = {
            code: f"{names[code]} ({code})" if code in names else code
            for code in definition.languages
        }

    def cells(self, column: str, texts: Texts) -> Cells:
        """One cell for each language; empty ones keep the columns and their order."""
        return {f"{column}::{name}": texts.get(code, "") for code, name in self.written.items()}


def _rows(items: Sequence[Item], named: _Languages) -> Iterator[Cells]:
    for item in items:
        yield _row(item, named)
        if item.kind in ("group", "repeat"):
            yield from _rows(item.items, named)
            yield {"type": f"end_{item.kind}", "name": item.name}


def _row(item: Item, named: _Languages) -> Cells:
    extra = dict(item.extra)
    cells = {
        "type": extra.pop("type", "") or _type(item),
        "name": item.name,
        "required": "yes" if item.required == "true()" else item.required,
        "read_only": "yes" if item.read_only else "",
        "repeat_count": item.count,
    }
    for column in COLUMNS:
        cells.setdefault(column, getattr(item, column, ""))
    for column, field in TEXTS.items():
        cells |= named.cells(column, getattr(item, field))
    return cells | {f"osi::{name}": text for name, text in item.osi.items()} | extra


def _type(item: Item) -> str:
    if item.kind in ("group", "repeat"):
        return f"begin_{item.kind}"
    if item.kind != "question":
        return item.kind
    return f"{TYPES.get(item.type, item.type)} {item.list}".strip()


def _choice(list_name: str, choice: Choice, named: _Languages) -> Cells:
    cells = {"list_name": list_name, "name": choice.name}
    return cells | named.cells("label", choice.label) | dict(choice.attributes)


def _settings(definition: Definition, named: _Languages) -> Cells:
    default = definition.default_language
    return {
        "form_title": definition.title.get(default, ""),
        "form_id": definition.form_id,
        "default_language": named.written.get(default, default),
        **definition.settings,
        **{
            f"{TITLE}{named.written.get(code, code)}": text
            for code, text in definition.title.items()
            if code != default
        },
    }


def _table(rows: Sequence[Mapping[str, str]]) -> Iterator[list[str]]:
    """A row of headers, of the columns that any row has, and a row of cells for each row."""
    headers = list(dict.fromkeys(header for row in rows for header in row))
    yield headers
    for row in rows:
        yield [row.get(header, "") for header in headers]
