"""The sheet with the choices: lists, each choice once, with all its further columns."""

from collections.abc import Sequence

from core.errors import message
from surveys.definition import Choice
from surveys.exchange.findings import Findings, Level
from surveys.exchange.headers import Headers
from surveys.exchange.workbooks import Row, Sheet

SHEET = "choices"
OTHER = {"de": "Sonstiges", "en": "Other", "ar": "أخرى", "fr": "Autre", "es": "Otro"}
SPECIFY = {
    "de": "Bitte angeben:", "en": "Please specify:", "ar": "يرجى التحديد:",
    "fr": "Veuillez préciser :", "es": "Por favor, especifique:",
}  # fmt: skip


def read_lists(
    sheet: Sheet | None, headers: Headers, findings: Findings
) -> dict[str, tuple[Choice, ...]]:
    """Return the lists of choices by their names."""
    lists: dict[str, list[Choice]] = {}
    for row in sheet.rows if sheet else ():
        plain = headers.plain(row.cells)
        name, choice = plain.get("list_name", ""), plain.get("name", "")
        if not name or not choice:
            _incomplete(row, name, findings)
            continue
        if " " in choice:
            choice = _joined(choice, row, findings)
        found = Choice(choice, headers.texts(row.cells, "label"), headers.rest(row.cells))
        known = lists.setdefault(name, [])
        if found in known or (choice in {each.name for each in known} and not found.attributes):
            findings.add(
                Level.REPAIRED,
                message("The choice %(choice)s is in the list %(list)s twice."),
                SHEET,
                row.number,
                "name",
                choice=choice,
                list=name,
            )
            continue
        known.append(found)
    return {name: tuple(choices) for name, choices in lists.items()}


def with_other(choices: Sequence[Choice], languages: Sequence[str]) -> tuple[Choice, ...]:
    """The same choices and, if it is not among them, one more: something else."""
    if any(choice.name == "other" for choice in choices):
        return tuple(choices)
    label = {code: OTHER.get(code, OTHER["en"]) for code in languages}
    return (*choices, Choice("other", label))


def _incomplete(row: Row, list_name: str, findings: Findings) -> None:
    if list_name:
        text = message("A choice of the list %(list)s has no name and is left out.")
    else:
        text = message("A choice belongs to no list and is left out.")
    column = "name" if list_name else "list_name"
    findings.add(Level.REPAIRED, text, SHEET, row.number, column, list=list_name)


def _joined(name: str, row: Row, findings: Findings) -> str:
    joined = "_".join(name.split())
    findings.add(
        Level.REPAIRED,
        message("The name “%(name)s” contains blanks and becomes “%(new)s”."),
        SHEET,
        row.number,
        "name",
        name=name,
        new=joined,
    )
    return joined
