"""Every form of every page, filled with what breaks careless programs."""

import csv
import io
import itertools
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit
from uuid import uuid4
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from core.db import db
from surveys.conversations.models import Conversation
from surveys.fieldwork.inviting import token_of
from surveys.fieldwork.starting import latest
from surveys.models import Invitation, Response, Survey
from surveys.questionnaires.evaluating import questionnaire
from tests.crawl import TYPED, Field, Form, Page, rule_of, walk
from tests.hostile import BYTES, KINDS, LARGE, REDIRECTS, STRINGS
from tests.workshop.room import go_to
from tests.world import HOME, World, filled, lasting, world
from workshop.hosting import appoint
from workshop.models import Participant, Phase

__all__ = ["filled", "lasting", "world"]  # fixtures
SEARCHED = 8  # kinds of strings in a search, of which nothing is kept
STRICT = {
    "email": "a@example.org",
    "number": "3",
    "date": "2026-11-02",
    "url": "https://a.example",
}
CHOICES = [*REDIRECTS[::3], *STRINGS[:: len(STRINGS) // 3]]  # for lists and hidden fields
CHOSEN = {"select", "radio", "checkbox", "hidden", "button"}
KEYS = {"key", "csrf_token"}
SECRET = {"password", "password_confirm", "new_password"}
KEEPING = {422, 409}  # the answers that show once more what was typed
EVALUATED = re.compile(r"\b1337\b")  # 7 * 191; not within a random key
COMPUTED = re.compile(r"\s*[=+@\t＝＋－＠]|\s*-(?![\d.,]+$)")
Pairs = list[tuple[str, str]]
Persona = Callable[[World], tuple[FlaskClient, list[str]]]


@dataclass(frozen=True)
class Sheet:
    """A form as someone finds it: who, on which page, and what is in it."""

    who: str
    page: str
    form: Form

    @property
    def typed(self) -> list[Field]:
        return [f for f in self.form.fields if f.kind in TYPED and f.name]

    @property
    def chosen(self) -> list[Field]:
        return [
            f for f in self.form.fields if f.kind in CHOSEN and f.name and not is_key(f.name)
        ]


def is_key(name: str) -> bool:
    return name.rpartition("-")[2] in KEYS


def forms_of(
    world: World, who: str, browser: FlaskClient, *starts: str, each: int = 2
) -> list[Sheet]:
    """Return each kind of form that leads into this app, once."""
    found: dict[object, Sheet] = {}
    for page in walk(world.app, browser, *starts, each=each).values():
        for form in page.forms:
            rule = rule_of(world.app, urlsplit(form.action).path, form.method.upper())
            names = tuple(sorted({re.sub(r"\d+", "#", f.name) for f in form.fields}))
            if rule:
                found.setdefault((rule, form.method, names), Sheet(who, page.address, form))
    return list(found.values())


def rounds(sheet: Sheet, number: int, supply: Sequence[Iterator[str]]) -> Iterator[Pairs]:
    """Fill a form so often that each of its fields meets a string of every kind."""
    fields, kinds = sheet.typed, len(supply)
    for turn in range(kinds if sheet.form.method == "post" else SEARCHED):
        first = number * SEARCHED + turn
        hostile = {id(f): next(supply[(first + n) % kinds]) for n, f in enumerate(fields)}
        if fields:
            yield filled_in(sheet, hostile, strict=(number + turn) % 3 == 0)
    for turn, string in enumerate(CHOICES if sheet.chosen else ()):
        yield filled_in(sheet, {id(f): string for f in sheet.chosen[turn % 2 :]})


def filled_in(sheet: Sheet, hostile: dict[int, str], strict: bool = True) -> Pairs:
    """Return what is sent; if *strict*, what must be a number or a date is one."""
    pairs = []
    for each in sheet.form.fields:
        value = hostile.get(id(each))
        if not each.name:
            continue
        if is_key(each.name):
            value = uuid4().hex
        elif value is None or (strict and each.kind in STRICT):
            if each.kind in {"button", "file"} or not each.chosen:
                continue
            value = each.value or STRICT.get(each.kind) or next(reversed(each.options), "Text")
        pairs.append((each.name, value))
    return pairs


def send(browser: FlaskClient, sheet: Sheet, pairs: Pairs) -> TestResponse:
    data = MultiDict(pairs)
    if sheet.form.method == "get":
        return browser.get(urlsplit(sheet.form.action).path, query_string=data)
    return browser.post(sheet.form.action, data=data)


def check(browser: FlaskClient, sheet: Sheet, pairs: Pairs, answer: TestResponse) -> None:
    """Look at what comes back: no failure, nothing active, no way out, nothing lost."""
    about = f"{answer.status_code} {sheet.form.action} by {sheet.who}: {pairs}"[:1500]
    assert answer.status_code < 500, about
    assert urlsplit(answer.headers.get("Location", "")).netloc in {"", "localhost"}, about
    if answer.mimetype != "text/html":
        is_inert(answer)
        return
    page = Page(sheet.page, answer.text)
    assert page.active == [], about
    assert not EVALUATED.search(answer.text), about
    if answer.status_code in KEEPING and sheet.form.method == "post":
        missed = lost(sheet, pairs, page)
        now = missed and Page(sheet.page, browser.get(sheet.page).text)
        names = {f.name for form in now.forms for f in form.fields} if now else set()
        assert [each for each in missed if each[0] in names] == [], about[:300]


def lost(sheet: Sheet, pairs: Pairs, page: Page) -> list[tuple[str, str]]:
    """List the fields whose text does not stand on the page that refuses it."""
    shown: dict[str, set[str]] = {}
    for form in page.forms:
        for each in form.fields:
            shown.setdefault(each.name, set()).add(plain(each.value))
    kinds = {f.name: f.kind for f in sheet.typed if f.kind not in {"password", "search"}}
    return [
        (name, value)
        for name, value in pairs
        if plain(value)
        and plain(value) not in shown.get(name, set())
        and not (kinds.get(name) == "email" and "@" in value and not value.isascii())
        and name in kinds
    ]


def plain(text: str) -> str:
    """Return a text as it may come back: composed, without what no document can hold."""
    composed = unicodedata.normalize("NFC", text)
    kept = (
        c for c in composed if unicodedata.category(c) != "Cc" and ord(c) & 0xFFFE != 0xFFFE
    )
    return " ".join("".join(kept).split())


def fill_all(world: World, browser: FlaskClient, sheets: Sequence[Sheet]) -> None:
    """Send every form; those nobody types into come last, as they change what is there."""
    supply = [itertools.cycle(kind) for kind in KINDS]
    for number, sheet in enumerate(sorted(sheets, key=lambda sheet: not sheet.typed)):
        for pairs in rounds(sheet, number, supply):
            world.app.extensions["limits"].limiter.storage.reset()
            check(browser, sheet, pairs, send(browser, sheet, pairs))


def look_around(world: World, browser: FlaskClient, *starts: str, each: int = 2) -> int:
    """Look at all pages and all files, and return how many there are of these."""
    files: dict[str, str] = {}
    noted: dict[str | None, Form] = {}  # files of which is noted who takes them along
    for path, page in walk(world.app, browser, *starts, each=each).items():
        assert page.active == [], path
        for link in map(urlsplit, page.links):
            rule = rule_of(world.app, link.path)
            if link.netloc in {"", "localhost"} and rule and not rule.startswith("/static"):
                ending = Path(link.path).suffix
                files.setdefault(f"{rule} {ending}", f"{link.path}?{link.query}")
        for form in page.forms:
            if Path(urlsplit(form.action).path).suffix:
                noted.setdefault(rule_of(world.app, urlsplit(form.action).path, "POST"), form)
    answers = [browser.get(path) for path in files.values()]
    answers += [
        browser.post(each.action, data=MultiDict(each.filled())) for each in noted.values()
    ]
    inert = sum(map(is_inert, answers))
    for answer in answers:  # a large file is read while it is sent
        answer.close()
    return inert


def look_at_the_room(world: World) -> None:
    """Look where the team sees what was typed in the workshop."""
    ada = world.staff("Ada")
    places = ("", "/room", "/projector", "/projector/wall", "/minutes")
    after = ("/decisions", "/feedback", "/minutes.csv", "/minutes.docx", "/minutes.json")
    for place in (*places, *after, "/boards/1/wall.svg", "/sorting", "/sorting?proposal=1"):
        path = f"/p/{HOME}/workshops/werkstatt-2{place}"
        answer = ada.get(path)
        assert answer.status_code == 200
        assert is_inert(answer) or Page(path, answer.text).active == [], path


def is_inert(answer: TestResponse) -> bool:
    """Tell whether this is a file, after looking for what a program would run in it."""
    assert answer.status_code < 500, answer.request.path
    match answer.mimetype or "":
        case "text/html" | "text/plain" | "image/png":
            return False
        case "text/csv":
            cells = [
                c for row in csv.reader(io.StringIO(answer.text), delimiter=";") for c in row
            ]
            assert [cell for cell in cells if COMPUTED.match(cell)] == []
        case "application/vnd.openxmlformats-officedocument.wordprocessingml.document":
            with zipfile.ZipFile(io.BytesIO(answer.data)) as parts:
                words = parts.read("word/document.xml")
            assert b"instrText" not in words
            assert b"fldSimple" not in words
        case "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":
            book = openpyxl.load_workbook(io.BytesIO(answer.data))
            written = [each for sheet in book for row in sheet.iter_rows() for each in row]
            assert [each.value for each in written if each.data_type == "f"] == []
        case kind if "xml" in kind or kind.startswith("application/gexf"):
            for element in ET.fromstring(answer.data).iter():  # noqa: S314 - our own
                assert not element.tag.endswith(("script", "foreignObject"))
                assert not [name for name in element.attrib if name.startswith("on")]
    return True


def staff(world: World) -> tuple[FlaskClient, list[str]]:
    return world.staff("Ada"), [f"/p/{HOME}", "/account", "/projects"]


def stranger(world: World) -> tuple[FlaskClient, list[str]]:
    with world.app.app_context():
        code = world.workshop().code
    doors = ["/", "/join", "/r", "/sign-in", "/account/password/reset", f"/w/{code}"]
    doors += [f"/i/{world.token()}", f"/named/{world.named()}", f"/places/{world.ranked()}"]
    return world.stranger(), doors


def participant(world: World) -> tuple[FlaskClient, list[str]]:
    phone = world.participant()
    with world.app.app_context():
        workshop = world.workshop()
        appoint(
            db.session, db.session.scalars(select(Participant).filter_by(name="Rotbuche")).one()
        )
        db.session.commit()
        code = workshop.code
    phone.post(f"/w/{code}/ideas", data={"title": "Ein Chor", "key": "k"})
    return phone, [f"/w/{code}", f"/w/{code}/cards", f"/w/{code}/me"]


def voter(world: World) -> tuple[FlaskClient, list[str]]:
    phone, starts = participant(world)
    with world.app.app_context():
        keys = world.app.extensions["keys"]
        go_to(db.session, keys, world.workshop().board, Phase.VOTE)
    return phone, starts


def counsellor(world: World) -> tuple[FlaskClient, list[str]]:
    """Somebody who is in the middle of a conversation, at the question about an idea."""
    tablet, desk = world.staff("counsellor"), f"/p/{HOME}/conversations"
    with world.app.app_context():
        under_way = select(Conversation).where(Conversation.draft.is_not(None))
        talks = db.session.scalars(under_way.order_by(Conversation.id)).first()
        assert talks
        code = talks.code
    return tablet, [desk, f"{desk}/{code}/pages/idea", f"{desk}/{code}/pages/german"]


@pytest.mark.parametrize("who", [staff, stranger, participant, voter, counsellor])
def test_nothing_that_people_type_does_harm(world: World, who: Persona) -> None:
    browser, starts = who(world)
    sheets = forms_of(world, who.__name__, browser, *starts)
    assert len(sheets) > 3
    fill_all(world, browser, sheets)

    look_around(world, browser, *starts)
    if who is not staff:
        look_at_the_room(world)


def test_nothing_that_respondents_answer_does_harm(world: World) -> None:
    """On every page of the survey: whoever handed in corrects it, and all is on every page."""
    slug = "befragung-pankow-2026"
    browser = world.stranger()
    with world.app.app_context():
        survey = db.session.scalars(select(Survey).filter_by(slug=slug)).one()
        response = db.session.scalars(
            select(Response).filter_by(survey_id=survey.id, channel="invitation", leading=True)
        ).first()
        assert response and response.invitation_id
        invitation = db.session.get(Invitation, response.invitation_id)
        assert invitation
        token = token_of(world.app.extensions["keys"], invitation)
        pages = [page.key for page in questionnaire(latest(db.session, survey)).pages]
    browser.post(f"/i/{token}/responses/{response.id}")
    starts = [f"/s/{slug}/pages/{key}" for key in pages]
    sheets = forms_of(world, "respondent", browser, *starts, each=len(pages))
    assert len(sheets) > len(pages) / 2
    fill_all(world, browser, sheets)

    look_around(world, browser, *starts, f"/s/{slug}/receipt")
    ada, doors = staff(world)
    assert look_around(world, ada, *doors) > 10


@pytest.mark.parametrize("which", range(len(LARGE)))
def test_what_is_too_large_is_said_or_kept(lasting: World, which: int) -> None:
    browser = lasting.staff("Ada")
    for path in (f"/p/{HOME}/people", f"/p/{HOME}/workshops", "/projects", "/r", "/join"):
        fields = {"name": LARGE[which], "title": LARGE[which], "words": LARGE[which]}
        answer = browser.post(path, data=fields | {"code": LARGE[which], "key": "k"})
        assert answer.status_code in {413, 422}


@pytest.mark.parametrize("raw", BYTES)
def test_bytes_that_are_no_text_come_back_as_one(lasting: World, raw: bytes) -> None:
    """Werkzeug writes them as %E4."""
    answer = lasting.staff("Ada").post(
        f"/p/{HOME}/people",
        data=b"key=k&name=" + b"".join(b"%%%02X" % each for each in raw),
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 422  # no sector
    fields = [f for form in Page("/", answer.text).forms for f in form.fields]
    shown = next(f.value for f in fields if f.name == "name")
    assert unquote_to_bytes(shown) == raw.replace(b"\0", b"")
