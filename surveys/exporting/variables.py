"""What statistics programs call variables: columns with a legal name, a type and labels.

A question with several answers becomes a variable for each choice, a ranking one for each
place. Names are such as SPSS and R both take: IBM SPSS Statistics, "Variable names" (a letter
first, 64 bytes, unlike in more than capitals, no reserved word), and R's ``?Reserved``.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from core.sheets import Cell
from surveys.definition import Choice, Item
from surveys.exporting.spreadsheets import Described
from surveys.exporting.tables import Labels, Table, distinct
from surveys.questionnaires.scales import ORDER, steps_of
from surveys.reporting.tallying import chosen

Kind = Literal["text", "number", "date", "datetime", "time", "choice", "flag"]
KINDS: Mapping[str, Kind] = {
    "integer": "number", "decimal": "number", "range": "number", "date": "date",
    "datetime": "datetime", "time": "time", "acknowledge": "flag",
}  # fmt: skip
LONGEST = 64  # bytes of a name
OF_SPSS = {
    "all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with",
}  # fmt: skip
OF_R = {
    "break", "else", "false", "for", "function", "if", "in", "inf", "na", "nan", "next", "null",
    "repeat", "true", "while",
}  # fmt: skip
MISSING = {"refused": -99, "dk": -98, "skip": -97, "na": -96, "n_a": -95}  # no answers
CHOSEN = {"de": "genannt", "en": "chosen"}
NOT_CHOSEN = {"de": "nicht genannt", "en": "not chosen"}


@dataclass(frozen=True)
class Answer:
    """One of the answers to choose from; its number, if all of its list have one."""

    code: str
    label: str
    number: int | float | None

    @property
    def is_missing(self) -> bool:
        return self.code in MISSING


@dataclass(frozen=True)
class Variable:
    """A column as statistics programs know it."""

    name: str
    item: Item
    label: str
    kind: Kind
    column: int  # in the rows of its table
    answers: tuple[Answer, ...] = ()
    is_ordered: bool = False
    choice: str = ""  # of a flag: whether this was chosen
    place: int = 0  # of a ranking, from 0

    @cached_property
    def is_numbered(self) -> bool:
        """Whether its answers are numbers, as those to a scale."""
        return all(answer.number is not None for answer in self.answers)

    @cached_property
    def numbers(self) -> Mapping[str, int | float | None]:
        """The numbers of its answers by their codes."""
        return {answer.code: answer.number for answer in self.answers}

    def value(self, row: Sequence[Any]) -> Cell:
        """Return what it says in a row of its table; None when there is nothing."""
        raw = row[self.column]
        if self.kind == "flag":
            names = chosen(raw)
            return int(self.choice in names) if names else None
        if self.kind == "choice":
            return next(iter(chosen(raw)[self.place :]), None)
        if isinstance(raw, int | float):
            return raw
        if self.kind == "number":
            return None
        return " ".join(chosen(raw)) or None


def variables_of(labels: Labels, table: Table) -> list[Variable]:
    """Return the variables of a table."""
    found = [
        variable
        for place, column in enumerate(table.columns)
        for variable in _variables(labels, column.name, column.item, place)
    ]
    names = distinct((legal(variable.name) for variable in found), LONGEST)
    return [replace(variable, name=name) for variable, name in zip(found, names, strict=True)]


def legal(name: str) -> str:
    """Return a name that SPSS and R take for a variable."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"\W+", "_", plain).strip("_")
    if not plain[:1].isalpha() or plain.casefold() in OF_SPSS | OF_R:
        plain = f"v_{plain}"
    return plain[:LONGEST].rstrip("_")


def several(variables: Sequence[Variable]) -> dict[str, list[Variable]]:
    """Return the flags of each question with several answers."""
    found: dict[str, list[Variable]] = {}
    for variable in variables:
        if variable.kind == "flag" and variable.item.type == "select_multiple":
            found.setdefault(variable.item.name, []).append(variable)
    return found


def described(
    table: str, variables: Sequence[Variable], flags: Mapping[Cell, str], numbered: bool
) -> Iterator[Described]:
    """Describe variables for the codebook; the codes of choices as they stand in the file."""
    for each in variables:
        codes: Mapping[Cell, str] = {
            answer.number if numbered and each.is_numbered else answer.code: answer.label
            for answer in each.answers
        }
        yield Described(
            table, each.name, each.item, each.label, flags if each.kind == "flag" else codes
        )


def _variables(labels: Labels, name: str, item: Item, column: int) -> Iterator[Variable]:
    label = labels.text(item.label) or item.name
    listed = labels.definition.lists.get(item.list, ()) if "register" not in item.osi else ()
    if item.type == "select_multiple" and listed:
        for choice, said in _said(labels, item, listed).items():
            yield Variable(f"{name}_{choice}", item, said, "flag", column, choice=choice)
    elif item.type == "rank" and listed:
        answers = _answers(labels, item, listed)
        for place in range(len(listed)):
            yield Variable(
                f"{name}_{place + 1}", item, f"{place + 1}. {label}", "choice", column, answers,
                place=place,
            )  # fmt: skip
    elif item.type == "select_one" and listed:
        steps = steps_of(labels.definition, item)
        in_order = (*steps.ordered, *steps.apart) if steps else listed
        is_ordered = steps is not None and all(each.name in MISSING for each in steps.apart)
        answers = _answers(labels, item, in_order)
        yield Variable(name, item, label, "choice", column, answers, is_ordered)
    else:
        kind = KINDS.get(item.type, "text")
        yield Variable(name, item, label, kind, column, choice="OK" if kind == "flag" else "")


def _answers(labels: Labels, item: Item, listed: Sequence[Choice]) -> tuple[Answer, ...]:
    numbers = _numbers(listed)
    return tuple(
        Answer(code, label, numbers.get(code))
        for code, label in _said(labels, item, listed).items()
    )


def _said(labels: Labels, item: Item, listed: Sequence[Choice]) -> dict[str, str]:
    """Return the labels of choices; those that say the same tell their code, too."""
    known = labels.choices(item)
    texts = [known[each.name] for each in listed]
    return {
        each.name: f"{text} ({each.name})" if texts.count(text) > 1 else text
        for each, text in zip(listed, texts, strict=True)
    }


def _numbers(listed: Sequence[Choice]) -> dict[str, int | float]:
    """Return the numbers that the form itself gives its choices: as names, or beside them.

    A number of ours would change with every choice that a later version puts in between.
    """
    for column in ("", *ORDER):
        found = {
            each.name: MISSING.get(each.name, _number(each.attributes.get(column, each.name)))
            for each in listed
        }
        numbers = {name: number for name, number in found.items() if number is not None}
        if len(set(numbers.values())) == len(listed) > len(MISSING.keys() & numbers.keys()):
            return numbers
    return {}


def _number(text: str) -> int | float | None:
    if re.fullmatch(r"-?\d{1,9}", text):
        return int(text)
    return float(text) if re.fullmatch(r"-?\d{1,9}\.\d{1,9}", text) else None
