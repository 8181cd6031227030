"""What ODK Collect does: ask for forms, fill one in, and send it with its files.

Requests have the shape of those of Collect: a HEAD first, then one multipart POST or more,
the form as a part with a file name, each file as a part that is called as the file.
"""

import io
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import uuid4
from xml.etree import ElementTree as ET

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from core.keys import Keyring
from people.models import Membership, Project, User
from surveys.odk import pairing

XFORMS = "{http://www.w3.org/2002/xforms}"
LIST = "{http://openrosa.org/xforms/xformsList}"
TEMPLATE = "{http://openrosa.org/javarosa}template"
ROSA = {"X-OpenRosa-Version": "1.0"}


@dataclass
class Collect:
    """The app on one device."""

    app: Flask
    project: str
    username: str
    password: str

    def headers(self) -> dict[str, str]:
        secret = b64encode(f"{self.username}:{self.password}".encode()).decode()
        return ROSA | {"Authorization": f"Basic {secret}"}

    def ask(self, path: str, method: str = "GET", **more: object) -> TestResponse:
        address = path if path.startswith("/") else f"/p/{self.project}/odk/{path}"
        browser = self.app.test_client()
        return browser.open(address, method=method, headers=self.headers(), **more)  # type: ignore[arg-type]

    def forms(self) -> list[dict[str, str]]:
        root = ET.fromstring(self.ask("formList").data)  # noqa: S314 - our own
        return [{e.tag.removeprefix(LIST): e.text or "" for e in form} for form in root]

    def blank(self, slug: str) -> bytes:
        """Download a form."""
        (entry,) = (form for form in self.forms() if form["formID"] == slug)
        return bytes(self.ask(path_of(entry["downloadUrl"])).data)

    def fill(self, slug: str, answers: Mapping[str, str], instance: str = "") -> bytes:
        """Fill in a downloaded form: the questions by their paths; others stay empty."""
        return filled(self.blank(slug), answers, instance)

    def send(
        self, xml: bytes, files: Mapping[str, bytes] | None = None, **fields: str
    ) -> TestResponse:
        head = self.ask("submission", "HEAD")
        assert head.status_code == 204, head.status_code
        assert head.headers["Location"].endswith(f"/p/{self.project}/odk/submission")
        return self.post(xml, files, **fields)

    def post(
        self, xml: bytes, files: Mapping[str, bytes] | None = None, **fields: str
    ) -> TestResponse:
        data: dict[str, object] = dict(fields)
        data["xml_submission_file"] = (io.BytesIO(xml), "Gespräche_2026.xml", "text/xml")
        for name, content in (files or {}).items():
            data[name] = (io.BytesIO(content), name, "application/octet-stream")
        return self.ask("submission", "POST", data=data, content_type="multipart/form-data")


def paired(
    app: Flask, session: Session, keys: Keyring, user: User, project: Project
) -> Collect:
    """The app on a device that a counsellor has added."""
    member = session.scalars(select(Membership).filter_by(user_id=user.id)).one()
    today = date(2026, 11, 2)
    device, password = pairing.pair(session, keys, member, user.name, "Tablet", today)
    session.commit()
    return Collect(app, project.slug, device.username, password)


def path_of(address: str) -> str:
    return re.sub("^https?://[^/]*", "", address)


def changed_copy(xml: bytes, answers: Mapping[str, str]) -> bytes:
    """Return what Collect sends when somebody edits a form that was sent."""
    data = ET.fromstring(xml)  # noqa: S314 - our own
    before = data.find(f".//{XFORMS}instanceID")
    assert before is not None
    _put(data, ["meta", "deprecatedID"], before.text or "")
    before.text = f"uuid:{uuid4()}"
    for path, text in answers.items():
        _put(data, path.split("/"), text)
    return ET.tostring(data)


def filled(form: bytes, answers: Mapping[str, str], instance: str = "") -> bytes:
    """Return an instance of a form with answers in it, as Collect writes it."""
    root = ET.fromstring(form)  # noqa: S314 - our own
    blank = root.find(f".//{XFORMS}model/{XFORMS}instance")
    assert blank is not None
    data = blank[0]
    for repeat in [e for e in data.iter() if e.get(TEMPLATE) is not None]:
        next(e for e in data.iter() if repeat in e).remove(repeat)
    for bind in root.iter(f"{XFORMS}bind"):
        if constant := re.fullmatch("'(.*)'", bind.get("calculate", "")):
            _put(data, bind.attrib["nodeset"].split("/")[2:], constant[1])
    for path, text in answers.items():
        _put(data, path.split("/"), text)
    _put(data, ["meta", "instanceID"], instance or f"uuid:{uuid4()}")
    return f"<?xml version='1.0' ?>{ET.tostring(data, encoding='unicode')}".encode()


def _put(node: ET.Element, path: list[str], text: str) -> None:
    """Put a text at its place; ``tie[2]`` is the second turn of a repeat."""
    name, _, number = path[0].partition("[")
    place = int(number.rstrip("]") or "1")
    found = [e for e in node if e.tag == XFORMS + name]
    while len(found) < place:
        found.append(ET.SubElement(node, XFORMS + name))
    if len(path) == 1:
        found[place - 1].text = text
    else:
        _put(found[place - 1], path[1:], text)


def message_of(answer: TestResponse) -> str:
    found = re.search("<message>(.*?)</message>", answer.text, re.DOTALL)
    return found[1] if found else ""
