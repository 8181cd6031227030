"""A visitor who follows every link and reads every form of a page, as a browser would."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException

TYPED = {"text", "textarea", "search", "email", "tel", "url", "number", "date", "password"}
ACTIVE = re.compile(
    r"[\s\x00-\x1f]*(javascript|vbscript|data:text/html|//boese)", re.IGNORECASE
)


@dataclass
class Field:
    """A control of a form; *kind* is its type, or textarea or select."""

    name: str
    kind: str
    value: str = ""
    chosen: bool = True
    options: list[str] = field(default_factory=list)


@dataclass
class Form:
    """A form of a page, and where it leads."""

    action: str
    method: str
    id: str = ""
    fields: list[Field] = field(default_factory=list)

    def filled(self) -> list[tuple[str, str]]:
        """Return what a browser would send if nobody changed anything."""
        return [(f.name, f.value) for f in self.fields if f.name and f.chosen]


class Page(HTMLParser):
    """The links and forms of a page, and whatever in it could run."""

    def __init__(self, address: str, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address = address
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.active: list[str] = []
        self._within: list[Form] = []
        self._select: Field | None = None
        self._area: Field | None = None
        self._script = False
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        a = {name: value or "" for name, value in attributes}
        self._script = tag == "script"
        self._look_for_danger(tag, a)
        match tag:
            case "a" if a.get("href"):
                self.links.append(urljoin(self.address, a["href"]))
            case "form":
                action = urljoin(self.address, a.get("action") or self.address)
                form = Form(action, a.get("method", "get").lower(), a.get("id", ""))
                self.forms.append(form)
                self._within.append(form)
            case "input" | "textarea" | "select" | "button":
                self._control(tag, a)
            case "option" if self._select:
                self._select.options.append(a.get("value", ""))
                if "selected" in a or not self._select.value:
                    self._select.value = a.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        self._script = False
        if tag == "form" and self._within:
            self._within.pop()
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._script and "OSIX" in data:
            self.active.append("script")
        if self._area:
            self._area.value += data.removeprefix("\n") if not self._area.value else data

    def _control(self, tag: str, a: dict[str, str]) -> None:
        named = [form for form in self.forms if form.id and form.id == a.get("form")]
        forms = named or self._within
        if not forms or "disabled" in a:
            return
        form = forms[-1]
        kind = a.get("type", "text") if tag == "input" else tag
        value = a.get("value", "on" if kind in {"checkbox", "radio"} else "")
        control = Field(a.get("name", ""), kind, value)
        if kind in {"checkbox", "radio"}:
            control.chosen = "checked" in a
        if tag == "button" or kind in {"submit", "image", "reset"}:
            control.kind, control.chosen = "button", False
            if a.get("formaction"):
                action = urljoin(self.address, a["formaction"])
                self.forms.append(Form(action, form.method, fields=form.fields))
        form.fields.append(control)
        self._select = control if tag == "select" else self._select
        self._area = control if tag == "textarea" else self._area

    def _look_for_danger(self, tag: str, a: dict[str, str]) -> None:
        for name, value in a.items():
            if name.startswith(("on", "hx-on")) or (
                name in {"href", "src", "action", "formaction", "xlink:href"}
                and ACTIVE.match(value)
            ):
                self.active.append(f"{tag} {name}")
        if tag in {"iframe", "object", "embed"}:
            self.active.append(tag)


def walk(app: Flask, client: FlaskClient, *starts: str, each: int = 2) -> dict[str, Page]:
    """Follow links from *starts*, to at most *each* pages per rule; return pages by address."""
    seen: dict[str, Page] = {}
    visits: dict[str, int] = {}
    waiting = list(starts)
    while waiting:
        address = waiting.pop(0)
        place = urlsplit(address)
        path = place.path + (f"?{place.query}" if place.query else "")
        rule = rule_of(app, place.path)
        if place.netloc not in {"", "localhost"} or path in seen or not rule:
            continue
        if rule == "/static/<version>/<path:filename>" or visits.get(rule, 0) >= each:
            continue
        visits[rule] = visits.get(rule, 0) + 1
        answer = client.get(path)
        assert answer.status_code < 500, path
        if answer.status_code in {301, 302, 303, 308}:
            waiting.append(urljoin(path, answer.location))
        elif answer.mimetype == "text/html":
            seen[path] = page = Page(path, answer.text)
            waiting += page.links
        answer.close()  # a large file would be read while it is sent
    return seen


def rule_of(app: Flask, path: str, method: str = "GET") -> str:
    """Return the rule that answers *path*, or nothing."""
    try:
        rule, _ = app.url_map.bind("localhost").match(path, method, return_rule=True)
    except HTTPException:
        return ""
    return rule.rule
