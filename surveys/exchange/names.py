"""The names of items: each is there, is free of blanks, and is used once."""

import re
from collections.abc import Mapping, Sequence

from core.errors import message
from surveys.definition import Kind
from surveys.exchange.findings import Findings, Level
from surveys.exchange.types import row_type
from surveys.exchange.workbooks import Row

SHEET = "survey"
REFERENCE = re.compile(r"\$\{\s*([^{}]+?)\s*\}")
_BAD = re.compile(r"[^\w.\-]+")


class Names:
    """Gives every row a name; where one has to be changed, references to it follow."""

    def __init__(
        self, plain: Sequence[Mapping[str, str]], rows: Sequence[Row], findings: Findings
    ) -> None:
        self._findings = findings
        self._used: set[str] = set()
        self._referenced = {
            name
            for row in rows
            for text in row.cells.values()
            for name in REFERENCE.findall(text)
        }
        written = [(each.get("name", ""), row_type(each.get("type", ""))) for each in plain]
        self._of_questions = {
            name for name, kind in written if kind.treatment not in ("begin", "end")
        }
        self._renewed = {
            name: _joined(name)
            for name, kind in written
            if kind.treatment != "end" and name != _joined(name)
        }

    def is_referenced(self, name: str) -> bool:
        return name in self._referenced

    def renewed(self, text: str) -> str:
        """An expression or label in which changed names are changed, too."""
        if not self._renewed:
            return text

        def renew(found: re.Match[str]) -> str:
            return f"${{{self._renewed.get(found[1], found[1])}}}"

        return REFERENCE.sub(renew, text)

    def of(self, row: Row, plain: Mapping[str, str], kind: Kind) -> str:
        """The name of a row, repaired if need be."""
        written = plain.get("name", "")
        name = _joined(written) if written else f"{kind}_{row.number}"
        if name != written:
            self._repaired(row, written, name)
        if kind in ("group", "repeat") and name in self._of_questions:
            name = self._other(row, name, f"{name}_{kind}")
        if name in self._used:
            name = self._twice(row, name)
        self._used.add(name)
        return name

    def _twice(self, row: Row, name: str) -> str:
        if name in self._referenced:
            self._findings.add(
                Level.ERROR,
                message("Two rows are named %(name)s, and it is unclear which is meant."),
                SHEET,
                row.number,
                "name",
                name=name,
            )
        number = 2
        while f"{name}_{number}" in self._used | self._of_questions:
            number += 1
        return self._other(row, name, f"{name}_{number}")

    def _other(self, row: Row, name: str, new: str) -> str:
        text = message("The name %(name)s is used twice; here it becomes %(new)s.")
        self._findings.add(Level.REPAIRED, text, SHEET, row.number, "name", name=name, new=new)
        return new

    def _repaired(self, row: Row, written: str, new: str) -> None:
        if written:
            text = message(
                "The name “%(name)s” contains blanks or signs; it becomes “%(new)s”."
            )
        else:
            text = message("This row has no name; it is called %(new)s.")
        self._findings.add(
            Level.REPAIRED, text, SHEET, row.number, "name", name=written, new=new
        )


def _joined(name: str) -> str:
    return _BAD.sub("_", name)
