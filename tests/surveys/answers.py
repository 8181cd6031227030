"""Surveys to be answered, and somebody who answers them with a plain browser."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from people.models import Organisation, Project, Sector
from surveys.definition import Definition
from surveys.exchange.xlsform import read_xlsform
from surveys.models import State, Subject, Survey, SurveyVersion
from surveys.translating.models import Release
from surveys.translating.reviewing import languages_of
from tests.story import NOON, an_organisation

INSTRUMENTS = Path("surveys/instruments")
SECTORS = [*Sector]


@cache
def definition_of(path: Path) -> Definition:
    """What a workbook asks: read once, for all tests."""
    definition = read_xlsform(path.read_bytes(), path.name).definition
    assert definition
    return definition


WRITTEN: dict[int, tuple[Definition, dict[str, Any], str]] = {}  # and what comes of it


def written(definition: Definition) -> tuple[dict[str, Any], str]:
    """A definition as it is stored, and its digest: worked out once, for all tests."""
    if id(definition) not in WRITTEN:
        data = definition.to_json()
        digest = sha256(repr(data).encode()).hexdigest()
        WRITTEN[id(definition)] = definition, data, digest
    return WRITTEN[id(definition)][1:]


def instrument(name: str) -> Definition:
    return definition_of(INSTRUMENTS / f"osi_{name}.xlsx")


def a_survey(
    session: Session,
    project: Project,
    definition: Definition,
    slug: str = "pankow",
    state: State = State.OPEN,
    subject: Subject = Subject.ORGANISATIONS,
    released: Iterable[str] | None = None,
) -> Survey:
    """A survey that is open, with one version, in all its languages unless told."""
    survey = Survey(
        project_id=project.id, slug=slug, title=definition.title, state=state,
        subject=subject, opened=NOON, created=NOON, wording=1,
    )  # fmt: skip
    session.add(survey)
    session.flush()
    for language in languages_of(definition) if released is None else released:
        day = NOON.date()
        session.add(Release(survey_id=survey.id, language=language, by="Birte", day=day))
    data, digest = written(definition)
    session.add(
        SurveyVersion(
            survey_id=survey.id, number=1, definition=data, created=NOON, digest=digest
        )
    )
    session.commit()
    return survey


def a_register(session: Session, project: Project, number: int = 12) -> list[Organisation]:
    """Some organisations, of all sectors in turn."""
    names = ["Radhaus Buch", "Nadelwerk Karow", "Bucher Bogen", "Küche der Welt"]
    made = []
    for place in range(1, number + 1):
        name = names[place - 1] if place <= len(names) else f"Verein Nummer {place}"
        made.append(
            an_organisation(
                project, f"O{place:02}", name, SECTORS[place % 4], kind="provider",
                legal_form="ev", locality="buch", details={"headcount": 9},
            )
        )  # fmt: skip
    session.add_all(made)
    session.commit()
    return made


@dataclass
class Field:
    """A control of a form."""

    name: str
    kind: str
    value: str = ""
    on: bool = False


@dataclass
class Form:
    """A form of a page, as a browser without scripts sees it."""

    action: str = ""
    fields: list[Field] = field(default_factory=list)

    def data(self) -> dict[str, list[str]]:
        """What the browser would send as the page stands."""
        sent: dict[str, list[str]] = {}
        for each in self.fields:
            if each.kind == "button" or not each.name:
                continue
            if each.kind in ("radio", "checkbox", "option") and not each.on:
                continue
            sent.setdefault(each.name, []).append(each.value)
        return sent

    def names(self) -> list[str]:
        return list(dict.fromkeys(each.name for each in self.fields if each.kind != "button"))

    def buttons(self, name: str) -> list[str]:
        return [f.value for f in self.fields if f.kind == "button" and f.name == name]

    def values(self, name: str) -> list[str]:
        return [f.value for f in self.fields if f.name == name and f.kind != "button"]


class Reader(HTMLParser):
    """Reads the forms of a page, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: dict[str, Form] = {}
        self.text = ""
        self._form: Form | None = None
        self._select = ""
        self._area: Field | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(has.get("action", ""))
            self.forms[has.get("id") or has.get("action", "")] = self._form
        if self._form is None:
            return
        if tag == "input":
            kind = has.get("type", "text")
            on = "checked" in has
            self._form.fields.append(Field(has.get("name", ""), kind, has.get("value", ""), on))
        elif tag == "button":
            self._form.fields.append(Field(has.get("name", ""), "button", has.get("value", "")))
        elif tag == "select":
            self._select = has["name"]
        elif tag == "option":
            on = "selected" in has
            self._form.fields.append(Field(self._select, "option", has.get("value", ""), on))
        elif tag == "textarea":
            self._area = Field(has["name"], "textarea")
            self._form.fields.append(self._area)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._area is not None:
            self._area.value += data.removeprefix("\n")


class Respondent:
    """Somebody with a browser without scripts, who looks at one page after another."""

    def __init__(self, client: FlaskClient, address: str = "", language: str = "de") -> None:
        self.client = client
        self.headers = {"Accept-Language": language}
        self.answer: TestResponse
        if address:
            self.open(address)

    def open(self, address: str) -> "Respondent":
        self.answer = self.client.get(address, headers=self.headers, follow_redirects=True)
        return self

    @property
    def html(self) -> str:
        return self.answer.get_data(as_text=True)

    @property
    def page(self) -> Reader:
        return Reader(self.html)

    @property
    def form(self) -> Form:
        return self.page.forms["page"]

    @property
    def path(self) -> str:
        return self.answer.request.path

    def send(self, button: dict[str, str] | None = None, /, **typed: Any) -> "Respondent":
        """Fill in some fields of the page and press a button, "Continue" unless told."""
        form = self.form
        data = form.data() | {
            name.replace("__", ":"): value if isinstance(value, list) else [str(value)]
            for name, value in typed.items()
        }
        for name, value in (button or {"go": "next"}).items():
            data[name] = [value]
        self.answer = self.client.post(
            form.action, data=data, headers=self.headers, follow_redirects=True
        )
        return self


NOW: datetime = NOON
