"""The header row of a sheet: columns we know, texts in a language, and columns of others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.errors import message
from surveys.exchange.columns import MEDIA, TRANSLATED, Column, column
from surveys.exchange.findings import Findings, Level

SURVEY = {
    "type", "name", "required", "relevant", "constraint", "calculation", "choice_filter",
    "repeat_count", "default", "appearance", "parameters", "read_only", "disabled",
}  # fmt: skip
CHOICES = {"list_name", "name"}


@dataclass
class Headers:
    """The columns of a sheet by header; *codes* gives the code of a language as written."""

    sheet: str
    known: frozenset[str]
    codes: Mapping[str, str]
    columns: dict[str, Column] = field(default_factory=dict)

    def plain(self, cells: Mapping[str, str]) -> dict[str, str]:
        """The cells of known columns without language, by the name of the column."""
        found: dict[str, str] = {}
        for header, text in cells.items():
            name = self.columns[header].name
            if name in self.known:
                found.setdefault(name, text)
        return found

    def texts(self, cells: Mapping[str, str], name: str) -> dict[str, str]:
        """What is written in a translated column, by the code of the language."""
        return {
            self.codes[each.language]: cells[header]
            for header, each in self.columns.items()
            if each.name == name and header in cells
        }

    def osi(self, cells: Mapping[str, str]) -> dict[str, str]:
        """Our own columns, without their prefix."""
        return {
            self.columns[header].name.removeprefix("osi::"): text
            for header, text in cells.items()
            if self.columns[header].name.startswith("osi::")
        }

    def rest(self, cells: Mapping[str, str]) -> dict[str, str]:
        """The cells of all other columns, by their headers as written."""
        return {header: text for header, text in cells.items() if self._is_other(header)}

    def report(self, findings: Findings) -> None:
        """Name the columns that are kept but have no effect."""
        for header, each in self.columns.items():
            if each.name in MEDIA:
                text = message("The column %(name)s is kept, but not shown to respondents.")
                findings.add(Level.UNSUPPORTED, text, self.sheet, 1, header, name=header)
            elif self._is_other(header) and self.sheet == "survey":
                text = message("The column %(name)s is unknown; it is kept and has no effect.")
                findings.add(Level.NOTE, text, self.sheet, 1, header, name=header)

    def _is_other(self, header: str) -> bool:
        name = self.columns[header].name
        return not (name in self.known or name in TRANSLATED or name.startswith("osi::"))


def headers_of(
    sheet: str, written: Sequence[str], known: set[str], codes: Mapping[str, str]
) -> Headers:
    columns = {header: column(header) for header in written}
    return Headers(sheet, frozenset(known), codes, columns)
