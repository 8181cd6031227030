"""What a survey asked, and how often each answer was given, as DDI Codebook 2.5.

Elements stand in the order that the schema of the DDI Alliance wants (codebook.xsd). They
describe the files for SPSS by their variables and codes, and hold no row of them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as Tree

from core.sheets import Cell, plain
from surveys.definition import Item, Texts
from surveys.exporting.spss import flags, value_of
from surveys.exporting.tables import Labels, Table, Taking
from surveys.exporting.variables import Variable, several, variables_of

SPACE = "ddi:codebook:2_5"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
WHERE = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
SCHEMA = "https://ddialliance.org/Specification/DDI-Codebook/2.5/XMLSchema/codebook.xsd"
TIMES = ("date", "datetime", "time")
Element = Tree.Element


@dataclass
class Counted:
    """A variable, how many gave an answer, and how often each that can be chosen came."""

    variable: Variable
    id: str
    answered: int = 0
    codes: Counter[str] = field(default_factory=Counter)

    def note(self, value: Cell) -> None:
        if value is not None:
            self.answered += 1
            if self.variable.kind in ("choice", "flag"):
                self.codes[str(value)] += 1


def as_xml(taking: Taking) -> bytes:
    """Return the codebook: title, versions, files and their cases, questions, categories."""
    labels = taking.labels
    book = Element("codeBook", {"xmlns": SPACE, "version": "2.5", WHERE: f"{SPACE} {SCHEMA}"})
    book.set(LANGUAGE, taking.options.language)
    _study(book, taking)
    groups, found = list[Element](), list[Element]()
    for number, table in enumerate(taking.tables(), 1):
        cases, counted = _count(table, labels, number)
        _file(book, table, f"F{number}", cases, len(counted))
        groups += _groups(counted, labels)
        found += [_variable(each, labels, f"F{number}", cases) for each in counted]
    _within(book, "dataDscr").extend([*groups, *found])
    Tree.indent(book)
    content: bytes = Tree.tostring(book, encoding="utf-8", xml_declaration=True)
    return content


def _count(table: Table, labels: Labels, number: int) -> tuple[int, list[Counted]]:
    """Count the rows of a table and what stands in them."""
    variables = variables_of(labels, table)
    counted = [Counted(each, f"V{number}.{at}") for at, each in enumerate(variables, 1)]
    cases = 0
    for row in table.rows():
        cases += 1
        for each in counted:
            each.note(each.variable.value(row))
    return cases, counted


def _study(book: Element, taking: Taking) -> None:
    citation = _within(_within(book, "stdyDscr"), "citation")
    titles = _within(citation, "titlStmt")
    first, *others = _in_languages(taking.title, taking.labels)
    _within(titles, "titl", first[1], {LANGUAGE: first[0]})
    for language, title in others:
        _within(titles, "parTitl", title, {LANGUAGE: language})
    _within(titles, "IDNo", taking.slug)
    for number, day in taking.versions:
        version = {"date": day.isoformat(), "type": "version"}
        _within(_within(citation, "verStmt"), "version", str(number), version)


def _file(book: Element, table: Table, number: str, cases: int, variables: int) -> None:
    file = _within(_within(book, "fileDscr", more={"ID": number}), "fileTxt")
    _within(file, "fileName", f"{table.name}.csv")
    size = _within(file, "dimensns")
    _within(size, "caseQnty", str(cases))
    _within(size, "varQnty", str(variables))


def _groups(counted: Sequence[Counted], labels: Labels) -> list[Element]:
    """Return which variables are the choices of one question."""
    numbers = {each.variable.name: each.id for each in counted}
    groups = []
    for name, choices in several([each.variable for each in counted]).items():
        ids = " ".join(numbers[each.name] for each in choices)
        group = Element("varGrp", {"type": "multipleResp", "var": ids, "name": name})
        _texts(group, "labl", choices[0].item.label, labels)
        groups.append(group)
    return groups


def _variable(counted: Counted, labels: Labels, file: str, cases: int) -> Element:
    variable = counted.variable
    whole = {"ID": counted.id, "name": variable.name, "files": file}
    interval = "contin" if variable.kind in ("number", *TIMES) else "discrete"
    found = Element("var", whole | {"intrvl": interval})
    _within(found, "labl", variable.label, {LANGUAGE: labels.language})
    if variable.item.kind == "question":
        _texts(_within(found, "qstn"), "qstnLit", variable.item.label, labels)
    missing = sum(counted.codes[each.code] for each in variable.answers if each.is_missing)
    valid = counted.answered - missing
    _within(found, "sumStat", str(valid), {"type": "vald"})
    _within(found, "sumStat", str(cases - valid), {"type": "invd"})
    _categories(found, counted, labels)
    is_text = variable.kind == "text" or (
        variable.kind == "choice" and not variable.is_numbered
    )
    shape = {"type": "character" if is_text else "numeric"}
    if variable.kind in TIMES:
        shape["category"] = "time" if variable.kind == "time" else "date"
    _within(found, "varFormat", more=shape)
    return found


def _categories(found: Element, counted: Counted, labels: Labels) -> None:
    variable = counted.variable
    if variable.kind == "flag":
        for code, text in flags(labels).items():
            _category(found, str(code), [(labels.language, text)], counted.codes[str(code)])
    known = _choices(variable.item, labels)
    for answer in variable.answers:
        others = _in_languages(known.get(answer.code, {}), labels)
        said = [(labels.language, answer.label)]
        said += [(code, text) for code, text in others if code != labels.language]
        category = _category(
            found, str(value_of(variable, answer)), said, counted.codes[answer.code]
        )
        if answer.is_missing:
            category.set("missing", "Y")


def _category(
    found: Element, code: str, said: Sequence[tuple[str, str]], count: int
) -> Element:
    category = _within(found, "catgry")
    _within(category, "catValu", code)
    for language, text in said:
        _within(category, "labl", text, {LANGUAGE: language})
    _within(category, "catStat", str(count), {"type": "freq"})
    return category


def _choices(item: Item, labels: Labels) -> Mapping[str, Texts]:
    return {each.name: each.label for each in labels.definition.lists.get(item.list, ())}


def _texts(parent: Element, name: str, texts: Texts, labels: Labels) -> None:
    for language, text in _in_languages(texts, labels):
        _within(parent, name, text, {LANGUAGE: language})


def _in_languages(texts: Texts, labels: Labels) -> list[tuple[str, str]]:
    """Return a text in all its languages, the chosen one first; at least an empty one."""
    found = [(language, text) for language, text in texts.items() if text]
    chosen = (labels.language, labels.definition.default_language)
    found.sort(key=lambda each: chosen.index(each[0]) if each[0] in chosen else len(chosen))
    return found or [(labels.language, "")]


def _within(
    parent: Element, name: str, text: str = "", more: Mapping[str, str] | None = None
) -> Element:
    """Return a new element, the last one of *parent*."""
    child = Tree.SubElement(parent, name, {**(more or {})})
    child.text = plain(text) or None
    return child
