"""Answers as tables to take along: a row per response, a table per repeat, and a codebook.

Contact data are sealed apart and never in here. The writers of ``core.sheets`` see to it
that no cell is a formula.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from core.clock import ZONE
from core.errors import Refusal, message
from core.sheets import Cell, write_csv, write_xlsx
from people.models import Naming, Organisation
from surveys.definition import Choice, Definition, Item, text_in
from surveys.fieldwork.starting import versions_of
from surveys.models import Response, Subject, Survey
from surveys.responses.agreeing import agreements

Audience = Literal["team", "network", "public"]
Row = list[Cell]
RESPONSES, CODEBOOK = "responses", "codebook"
ALWAYS = {RESPONSES, CODEBOOK}
ABOUT = ["response", "organisation", "name", "language", "channel", "leading", "submitted"]
CODES = [
    "question", "type", "table", "label", "hint", "choice", "choice label", "required",
    "relevant", "calculation",
]  # fmt: skip
SEEN_BY: Mapping[Audience, set[Naming]] = {
    "team": {Naming.TEAM, Naming.NETWORK, Naming.PUBLIC},
    "network": {Naming.NETWORK, Naming.PUBLIC},
    "public": {Naming.PUBLIC},
}
UNSAFE = re.compile(r"[^\w.-]")  # in names of files


class AboutPersons(Refusal):
    reason = message(
        "These answers are about persons. No row leaves the provider who asked them; "
        "the results page shows figures from 5 people on."
    )


@dataclass(frozen=True)
class Options:
    """How a table is written: in which language labels are, and for whose eyes."""

    labels: bool = False
    language: str = "de"
    audience: Audience = "team"
    leading_only: bool = False


def tables(session: Session, survey: Survey, options: Options) -> dict[str, list[Row]]:
    """Return the tables of *survey*: responses, one for each repeat, and the codebook.

    :raise AboutPersons: when the survey is about persons
    """
    if survey.subject is Subject.PERSONS:
        raise AboutPersons
    definition = _all_questions(session, survey)
    writing = Writing(definition, options, agreements(session, survey))
    responses = _responses(session, survey, options)
    repeats = [item for item in definition.walk() if item.kind == "repeat"]
    return {
        RESPONSES: writing.responses(responses),
        **{repeat.name: writing.turns(repeat, responses) for repeat in repeats},
        CODEBOOK: writing.codebook(),
    }


def as_xlsx(session: Session, survey: Survey, options: Options) -> bytes:
    """Return a workbook: responses, codebook, then a sheet for each repeat.

    :raise AboutPersons: when the survey is about persons
    """
    sheets = tables(session, survey, options)
    order = [RESPONSES, CODEBOOK, *(name for name in sheets if name not in ALWAYS)]
    return write_xlsx({name: sheets[name] for name in order})


def as_csv(session: Session, survey: Survey, options: Options) -> tuple[bytes, str]:
    """Return a CSV, or a ZIP of several when the survey has repeats; and which of them.

    :raise AboutPersons: when the survey is about persons
    """
    files = tables(session, survey, options)
    if set(files) == ALWAYS:
        return write_csv(files[RESPONSES]), "csv"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in files.items():
            archive.writestr(f"{UNSAFE.sub('_', name)}.csv", write_csv(rows))
    return packed.getvalue(), "zip"


@dataclass(frozen=True)
class Writing:
    """Rows of tables, as the options want them."""

    definition: Definition
    options: Options
    agreed: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    def responses(self, responses: Sequence[Response]) -> list[Row]:
        """Return a head and a row for each response."""
        items = list(self._questions(self.definition.items))
        consents = [item.name for item in self.definition.having("consent")]
        rows = [
            [
                *self._about(each),
                *self._cells(items, each.answers),
                *self._agreed(each, consents),
            ]
            for each in responses
        ]
        wordings = [f"{name}: wording" for name in consents]
        return [[*ABOUT, *(item.name for item in items), *wordings], *rows]

    def _agreed(self, response: Response, consents: Sequence[str]) -> Row:
        known = self.agreed.get(response.id, {})
        return [known.get(name, "") for name in consents]

    def turns(self, repeat: Item, responses: Sequence[Response]) -> list[Row]:
        """Return a head and a row for each turn of a repeat, numbered from 1."""
        items = list(self._questions(repeat.items))
        head = ["response", "organisation", repeat.name, *(item.name for item in items)]
        rows: list[Row] = [[*head]]
        for response in responses:
            for number, turn in enumerate(_turns(self.definition, repeat, response), start=1):
                rows.append([response.id, _code(response), number, *self._cells(items, turn)])
        return rows

    def codebook(self) -> list[Row]:
        """Return what each column means, with a row for each choice."""
        rows: list[Row] = [[*CODES]]
        for table, item in self._all(self.definition.items, RESPONSES):
            label, hint = self._text(item.label), self._text(item.hint)
            conditions = [item.required, item.relevant, item.calculation]
            head = [item.name, item.type or item.kind, table, label, hint]
            rows.append([*head, "", "", *conditions])
            rows += [
                [
                    item.name,
                    item.type,
                    table,
                    "",
                    "",
                    choice.name,
                    self._label(choice),
                    "",
                    "",
                    "",
                ]
                for choice in self.definition.lists.get(item.list, ())
            ]
        return rows

    def _about(self, response: Response) -> Row:
        assert response.submitted is not None  # noqa: S101 - they were chosen so
        return [
            response.id,
            _code(response),
            self._name(response.organisation),
            response.language,
            str(response.channel),
            "yes" if response.leading else "no",
            response.submitted.astimezone(ZONE).date().isoformat(),
        ]

    def _name(self, organisation: Organisation | None) -> str:
        seen = organisation and organisation.naming in SEEN_BY[self.options.audience]
        return organisation.name if organisation and seen else ""

    def _questions(self, items: Sequence[Item]) -> Iterator[Item]:
        """Yield the questions of one table: those in groups, but not those of repeats."""
        for _, item in self._all(items, RESPONSES, into_repeats=False):
            yield item

    def _all(
        self, items: Sequence[Item], table: str, into_repeats: bool = True
    ) -> Iterator[tuple[str, Item]]:
        for item in items:
            if item.kind == "group" or (item.kind == "repeat" and into_repeats):
                inside = item.name if item.kind == "repeat" else table
                yield from self._all(item.items, inside, into_repeats)
            elif item.kind in ("question", "calculate") and self._may_be_seen(item):
                yield table, item

    def _may_be_seen(self, item: Item) -> bool:
        named = "register" in item.osi and self.options.audience != "team"
        return not named and "pii" not in item.osi

    def _cells(self, items: Sequence[Item], answers: Mapping[str, Any]) -> Row:
        return [self._cell(item, answers.get(item.name)) for item in items]

    def _cell(self, item: Item, value: Any) -> Cell:
        if isinstance(value, list):
            between = "; " if self.options.labels else " "
            return between.join(str(self._said(item, each)) for each in value)
        if value is None or isinstance(value, int | float):
            return value
        return self._said(item, value)

    def _said(self, item: Item, value: Any) -> str:
        if self.options.labels:
            for choice in self.definition.lists.get(item.list, ()):
                if choice.name == str(value):
                    return self._label(choice)
        return str(value)

    def _label(self, choice: Choice) -> str:
        return self._text(choice.label) or choice.name

    def _text(self, texts: Mapping[str, str]) -> str:
        return text_in(texts, self.options.language, self.definition.default_language)[0]


def _all_questions(session: Session, survey: Survey) -> Definition:
    """Return the latest version, and below it what only older ones asked."""
    newest, *older = [
        Definition.from_json(version.definition)
        for version in reversed(versions_of(session, survey))
    ]
    items, lists, names = (
        newest.items,
        dict(newest.lists),
        {each.name for each in newest.walk()},
    )
    for definition in older:
        gone = [each for each in definition.walk() if each.kind == "question"]
        items += tuple(each for each in gone if each.name not in names)
        names |= {each.name for each in gone}
        lists = {**definition.lists, **lists}
    return Definition(
        newest.title, newest.form_id, newest.default_language, newest.languages, items, lists
    )


def _responses(session: Session, survey: Survey, options: Options) -> Sequence[Response]:
    query = select(Response).where(
        Response.survey_id == survey.id, Response.submitted.is_not(None)
    )
    if options.leading_only:
        query = query.where(Response.leading)
    query = query.options(joinedload(Response.organisation)).order_by(Response.id)
    return session.scalars(query).all()


def _code(response: Response) -> str:
    return response.organisation.code if response.organisation else ""


def _turns(definition: Definition, repeat: Item, response: Response) -> list[Mapping[str, Any]]:
    """Return the turns of a repeat, also of one inside another."""
    levels: list[Mapping[str, Any]] = [response.answers]
    for name in _path(definition.items, repeat.name):
        found = (level.get(name) for level in levels)
        levels = [turn for turns in found if isinstance(turns, list) for turn in turns]
    return levels


def _path(items: Sequence[Item], name: str) -> list[str]:
    """Return the names of the repeats down to the one called *name*."""
    for item in items:
        if item.kind == "repeat" and item.name == name:
            return [name]
        if path := _path(item.items, name):
            return [item.name, *path] if item.kind == "repeat" else path
    return []
