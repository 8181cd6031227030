"""The rows of the survey sheet: groups opened and closed, and an item for every question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from core.errors import message
from surveys.definition import Choice, Item, Kind
from surveys.exchange.choices import SPECIFY, with_other
from surveys.exchange.findings import Findings, Level
from surveys.exchange.headers import Headers
from surveys.exchange.names import Names
from surveys.exchange.types import RowType, row_type
from surveys.exchange.workbooks import Row, Sheet
from surveys.expressions.tokens import straighten

SHEET = "survey"
DEEPEST = 20  # groups within groups
EXPRESSIONS = ("relevant", "constraint", "calculation", "choice_filter", "repeat_count")
YES = {"yes", "true", "true()", "1", "y"}
NO = {"", "no", "false", "false()", "0", "n"}
STANDS_IN = {"today": "today()", "start": "once(now())", "end": "now()"}  # for metadata


@dataclass
class _Open:
    """A group or repeat whose end has not been read yet."""

    item: Item
    row: int
    items: list[Item] = field(default_factory=list)

    def closed(self) -> Item:
        return replace(self.item, items=tuple(self.items))


class Rows:
    """Reads the rows of one form; :attr:`rows` tells later in which row an item stands."""

    def __init__(
        self,
        headers: Headers,
        lists: dict[str, tuple[Choice, ...]],
        languages: Sequence[str],
        findings: Findings,
    ) -> None:
        self.rows: dict[str, int] = {}
        self._headers = headers
        self._lists = lists
        self._languages = languages
        self._findings = findings
        self._stack: list[_Open] = []

    def read(self, sheet: Sheet) -> tuple[Item, ...]:
        """Return the items of the form, each with those inside it."""
        kinds = [self._headers.plain(row.cells) for row in sheet.rows]
        self._names = Names(kinds, sheet.rows, self._findings)
        self._stack = [_Open(Item("group", ""), 0)]
        for row, plain in zip(sheet.rows, kinds, strict=True):
            self._read(row, plain)
        while len(self._stack) > 1:
            last = self._stack[-1]
            self._say(
                Level.ERROR,
                message("The group %(name)s is never closed."),
                last.row,
                "type",
                name=last.item.name,
            )
            self._close()
        return tuple(self._stack[0].items)

    def _read(self, row: Row, plain: Mapping[str, str]) -> None:
        written = plain.get("type", "")
        if plain.get("disabled", "").lower() in YES or written.startswith("#"):
            self._say(Level.NOTE, message("This row is disabled and left out."), row.number)
        elif not written:
            self._typeless(row, plain)
        else:
            self._add(row, plain, row_type(written))

    def _typeless(self, row: Row, plain: Mapping[str, str]) -> None:
        if plain.get("name") or self._headers.texts(row.cells, "label"):
            text = message("This row has no type and is left out.")
            self._say(
                Level.ERROR if plain.get("name") else Level.NOTE, text, row.number, "type"
            )

    def _add(self, row: Row, plain: Mapping[str, str], kind: RowType) -> None:
        match kind.treatment:
            case "begin":
                self._begin(row, plain, kind)
            case "end":
                self._end(row, kind)
            case "metadata" if not self._names.is_referenced(plain.get("name", "")):
                text = message("“%(type)s” is not recorded, to protect those who answer.")
                self._say(Level.NOTE, text, row.number, "type", type=plain["type"])
            case "unknown":
                text = message("There is no type of question named “%(type)s”.")
                self._say(Level.ERROR, text, row.number, "type", type=plain["type"])
            case _:
                self._stack[-1].items.extend(self._items(row, plain, kind))

    def _begin(self, row: Row, plain: Mapping[str, str], kind: RowType) -> None:
        if len(self._stack) == DEEPEST:
            text = message("Groups stand within each other more than %(number)s deep.")
            self._say(Level.ERROR, text, row.number, "type", number=DEEPEST)
        item = self._item(row, plain, "repeat" if kind.kind == "repeat" else "group")
        self._stack.append(_Open(item, row.number))

    def _end(self, row: Row, kind: RowType) -> None:
        if len(self._stack) == 1:
            text = message("Here ends a group that was never opened.")
            self._say(Level.ERROR, text, row.number, "type")
            return
        if self._stack[-1].item.kind != kind.kind:
            text = message("Here ends something else than what was opened in row %(begun)s.")
            begun = self._stack[-1].row
            self._say(Level.REPAIRED, text, row.number, "type", begun=begun)
        self._close()

    def _close(self) -> None:
        done = self._stack.pop()
        if len(self._stack) < DEEPEST:
            self._stack[-1].items.append(done.closed())

    def _items(self, row: Row, plain: Mapping[str, str], kind: RowType) -> list[Item]:
        """The item of a row, and the one that asks for what “other” is."""
        match kind.treatment:
            case "note" | "calculate":
                items = [self._item(row, plain, kind.treatment)]
            case "metadata":
                formula = STANDS_IN.get(plain["type"].strip().lower(), "")
                item = self._item(row, plain, "calculate", {"type": plain["type"]})
                items = [replace(item, calculation=formula)]
            case "unsupported":
                items = [self._unanswerable(row, plain)]
            case _:
                items = self._question(row, plain, kind)
        self._check_calculation(items[0], row, plain)
        return items

    def _question(self, row: Row, plain: Mapping[str, str], kind: RowType) -> list[Item]:
        extra = {}
        if kind.from_file or kind.treatment == "as text":
            text = message("“%(type)s” is not supported; the answer is typed as text.")
            self._say(Level.UNSUPPORTED, text, row.number, "type", type=plain["type"])
            extra = {"type": plain["type"]}
        if kind.unusual:
            text = message("“%(type)s” is read as select_multiple.")
            self._say(Level.REPAIRED, text, row.number, "type", type=plain["type"])
        if kind.type == "geopoint":
            text = message("A place is typed as latitude and longitude; there is no map.")
            self._say(Level.NOTE, text, row.number, "type")
        item = self._item(row, plain, "question", extra)
        item = replace(item, type=kind.type, list=kind.list)
        if kind.from_file:
            item = replace(item, choice_filter="")
        return self._with_other(item, row) if kind.or_other else [item]

    def _with_other(self, item: Item, row: Row) -> list[Item]:
        """A list of its own with “other” in it, and a question for what that is."""
        name = f"{item.list}_or_other"
        self._lists[name] = with_other(self._lists.get(item.list, ()), self._languages)
        label = {code: SPECIFY.get(code, SPECIFY["en"]) for code in self._languages}
        condition = f"selected(${{{item.name}}}, 'other')"
        other = Item("question", f"{item.name}_other", "text", label, relevant=condition)
        self.rows[other.name] = row.number
        return [replace(item, list=name), other]

    def _unanswerable(self, row: Row, plain: Mapping[str, str]) -> Item:
        """A question that cannot be asked stays as a value that is always empty."""
        text = message("“%(type)s” is not supported; the question is left out.")
        self._say(Level.UNSUPPORTED, text, row.number, "type", type=plain["type"])
        return self._item(row, plain, "calculate", {"type": plain["type"]})

    def _item(
        self, row: Row, plain: Mapping[str, str], kind: Kind, extra: Mapping[str, str] = {}
    ) -> Item:
        name = self._names.of(row, plain, kind)
        self.rows[name] = row.number
        texts, cells = self._headers.texts, row.cells
        return Item(
            kind,
            name,
            label=texts(cells, "label"),
            hint=texts(cells, "hint"),
            message=texts(cells, "constraint_message"),
            required_message=texts(cells, "required_message"),
            required=self._condition(row, plain, "required"),
            default=self._names.renewed(plain.get("default", "")),
            appearance=plain.get("appearance", ""),
            parameters=plain.get("parameters", ""),
            read_only=self._condition(row, plain, "read_only") == "true()",
            osi=self._headers.osi(cells),
            extra={**self._headers.rest(cells), **extra},
            **self._expressions(row, plain),
        )

    def _expressions(self, row: Row, plain: Mapping[str, str]) -> dict[str, Any]:
        found = {name: self._expression(row, plain, name) for name in EXPRESSIONS}
        return {"count": found.pop("repeat_count"), **found}

    def _expression(self, row: Row, plain: Mapping[str, str], name: str) -> str:
        written = self._names.renewed(plain.get(name, ""))
        straight = straighten(written)
        if straight != written:
            text = message("Typographic quotes or dashes are read as plain ones.")
            self._say(Level.REPAIRED, text, row.number, name)
        return straight

    def _condition(self, row: Row, plain: Mapping[str, str], name: str) -> str:
        """A yes or no, or an expression that tells."""
        written = plain.get(name, "")
        if written.lower() in NO:
            return ""
        return "true()" if written.lower() in YES else self._expression(row, plain, name)

    def _check_calculation(self, item: Item, row: Row, plain: Mapping[str, str]) -> None:
        formula = item.calculation or item.default
        if row_type(plain["type"]).treatment == "calculate" and not formula:
            text = message("The calculation is missing; the value stays empty.")
            self._say(Level.NOTE, text, row.number, "calculation")

    def _say(
        self, level: Level, text: str, row: int, column: str = "", **values: object
    ) -> None:
        self._findings.add(level, text, SHEET, row, column, **values)
