"""What there is to say about a form that was read: where, how bad, and what was done."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    """How much a finding matters."""

    ERROR = "error"  # the form is not accepted
    REPAIRED = "repaired"  # something was wrong and is put right
    UNSUPPORTED = "unsupported"  # something is left out that other tools would do
    NOTE = "note"  # good to know


@dataclass(frozen=True)
class Finding:
    """One thing to know; *message* is for the translators, *values* fill its placeholders."""

    level: Level
    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    sheet: str = ""
    row: int | None = None
    column: str = ""

    @property
    def text(self) -> str:
        return self.message % self.values

    def to_json(self) -> dict[str, Any]:
        """Plain data, with the message still to be translated and filled in."""
        return {**asdict(self), "level": self.level.value}


class Findings:
    """All findings about one form, in the order in which they were made."""

    def __init__(self) -> None:
        self._found: list[Finding] = []

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._found)

    @property
    def accepted(self) -> bool:
        return all(each.level != Level.ERROR for each in self._found)

    def add(
        self,
        level: Level,
        message: str,
        sheet: str = "",
        row: int | None = None,
        column: str = "",
        **values: object,
    ) -> None:
        """Keep a finding, unless just this one is there already."""
        finding = Finding(level, message, values, sheet, row, column)
        if finding not in self._found:
            self._found.append(finding)
