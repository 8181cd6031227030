"""XLSForm in: a workbook becomes a definition, and a report of all that is worth knowing.

Nothing is dropped in silence: what other tools would do and we do not is a finding of the
level ``unsupported``, what was put right is ``repaired``. Only an ``error`` keeps a form out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.errors import message
from surveys.definition import Definition
from surveys.exchange.checking import Checks
from surveys.exchange.choices import read_lists
from surveys.exchange.columns import TITLE, TRANSLATED, column, language_code, language_name
from surveys.exchange.findings import Findings, Level
from surveys.exchange.headers import CHOICES, SURVEY, headers_of
from surveys.exchange.rows import Rows
from surveys.exchange.workbooks import Sheet, read_workbook

SETTINGS = ("form_title", "form_id", "default_language")
ASSUMED = "de"  # when a form does not say which language it is in


@dataclass(frozen=True)
class Reading:
    """What came of reading a form; *definition* is missing when there is nothing to show."""

    definition: Definition | None
    findings: Findings

    @property
    def accepted(self) -> bool:
        return self.definition is not None and self.findings.accepted


def read_xlsform(data: bytes, name: str = "") -> Reading:
    """Read a form from the bytes of a workbook; *name* stands in for a missing title."""
    findings = Findings()
    sheets = read_workbook(data, ("survey", "choices", "settings"), findings)
    survey = sheets.get("survey")
    if not survey or "type" not in {column(each).name for each in survey.headers}:
        if findings.accepted:
            findings.add(
                Level.ERROR, message("There is no sheet “survey” with a column “type”.")
            )
        return Reading(None, findings)
    return Reading(_definition(sheets, survey, name, findings), findings)


def _definition(
    sheets: Mapping[str, Sheet], survey: Sheet, name: str, findings: Findings
) -> Definition:
    settings, others = _settings(sheets.get("settings"))
    languages = _Languages(sheets, settings.get("default_language", ""), findings)
    headers = headers_of("survey", survey.headers, SURVEY, languages.codes)
    headers.report(findings)
    choices = sheets.get("choices")
    of_choices = headers_of(
        "choices", choices.headers if choices else (), CHOICES, languages.codes
    )
    of_choices.report(findings)
    lists = read_lists(choices, of_choices, findings)
    reader = Rows(headers, lists, languages.used, findings)
    items = reader.read(survey)

    title = settings.get("form_title") or settings.get("form_id") or name
    titles = {languages.default: title} if title else {}
    definition = Definition(
        title=titles | _titles(sheets.get("settings")),
        form_id=settings.get("form_id", ""),
        default_language=languages.default,
        languages=languages.used,
        items=items,
        lists=lists,
        language_names=languages.names,
        settings=others,
    )
    Checks(definition, reader.rows, findings).run()
    return definition


def _settings(sheet: Sheet | None) -> tuple[dict[str, str], dict[str, str]]:
    """The settings that mean something here, and all others."""
    ours: dict[str, str] = {}
    others: dict[str, str] = {}
    for header, text in sheet.rows[0].cells.items() if sheet and sheet.rows else ():
        name = column(header).name
        if name != TITLE:
            (ours if name in SETTINGS else others)[name] = text
    return ours, others


def _titles(sheet: Sheet | None) -> dict[str, str]:
    """The title in further languages."""
    cells = sheet.rows[0].cells if sheet and sheet.rows else {}
    named = [(column(header), text) for header, text in cells.items()]
    return {language_code(each.language)[0]: text for each, text in named if each.name == TITLE}


class _Languages:
    """The languages of a form: their codes by how they are written, "" being the default."""

    def __init__(self, sheets: Mapping[str, Sheet], default: str, findings: Findings) -> None:
        bare, written = _written(sheets.get("survey"), sheets.get("choices"))
        if default.lower() == "default":
            default = ""
        if not default and written:
            default = written[0]
        self.default = language_code(default)[0] if default else ASSUMED
        if not default:
            text = message("The form does not name its language; German is assumed.")
            findings.add(Level.NOTE, text, "settings", None, "default_language")
        named = [*([default] if bare and default else []), *written]
        self.codes = {each: language_code(each)[0] for each in named} | {"": self.default}
        self.used = tuple(dict.fromkeys([self.default, *self.codes.values()]))
        self.names = {
            self.codes[each]: language_name(each) for each in named if language_name(each)
        }
        for each in named:
            if not language_code(each)[1]:
                self._guessed(each, findings)

    def _guessed(self, written: str, findings: Findings) -> None:
        text = message("The language “%(language)s” has no code; it is read as %(code)s.")
        code = self.codes[written]
        findings.add(Level.REPAIRED, text, "survey", 1, language=written, code=code)


def _written(*sheets: Sheet | None) -> tuple[bool, list[str]]:
    """Whether some texts bear no language, and the languages of the others in order."""
    found: Iterable[str] = (
        each.language
        for sheet in sheets
        if sheet
        for each in map(column, sheet.headers)
        if each.name in TRANSLATED
    )
    names = list(dict.fromkeys(found))
    return "" in names, [name for name in names if name]
