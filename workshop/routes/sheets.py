"""The page of a phase, in front of the app: laid out once, filled in for each.

When the room moves on, everybody opens the new page in the same second. To most it differs
by their name and by what protects their forms alone. So the first who asks has it laid out
with holes in these places while the others wait, and all get it filled in. Once it is over
what became of one's own ideas and the own ballot are put in, too (``owning``). Who writes or
votes already or has guests at their table gets their page from the app.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any
from uuid import uuid4

from flask import render_template
from flask_babel import gettext
from flask_wtf.csrf import generate_csrf
from markupsafe import escape

from core import front, i18n
from core.alone import Alone
from core.clock import now
from core.db import db
from core.errors import Refusal
from core.front import Answer, Cookies, Environ
from core.shelf import Shelf
from core.tokens import NAME, Tokens
from workshop import showing
from workshop.cards.reading import are_apart
from workshop.current import HANDED, SEATS, seated
from workshop.forms import IdeaForm
from workshop.models import Participant, Phase
from workshop.moving import AFTER
from workshop.routes.faces import HOLES, Face
from workshop.routes.owning import Pieces, pieces_of
from workshop.routes.seeing import shown_to
from workshop.voting.ballots import receipt_under
from workshop.voting.opening import latest_round

RULE = "/w/<code>"
ADDRESS = re.compile("/w/([^/]+)")
HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("Vary", "Cookie"),
]
FRESH = 86_400  # seconds; an older cookie is to be made to last longer, by the app
OWN = ("after", "ballot")  # parts of a page that not everybody has
NOTHING = (False, False)  # of them
Own = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page of one version of a board, in one language."""

    version: int
    phase: Phase
    round_id: int | None  # in which people vote
    nameless: str  # what stands in the place of a name that nobody gave
    pieces: Pieces | None  # of which what is one's own is made, once it is over
    faces: Mapping[tuple[bool, ...], Face]  # by which parts of their own people have


class Sheets:
    """Answers for one app."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self._cookies, self._tokens = Cookies(app), Tokens(app)
        self._sheets: Shelf[Sheet] = Shelf(200)
        self._alone = Alone()

    def answer(self, environ: Environ) -> Answer | None:
        found = ADDRESS.fullmatch(environ["PATH_INFO"])
        if not found or environ.get("QUERY_STRING") or "HTTP_HX_REQUEST" in environ:
            return None
        browser = self._cookies.read(environ, within=FRESH)
        if not browser or NAME not in browser or "_flashes" in browser:
            return None
        code = found[1]
        if code in browser.get(HANDED, {}):
            return None
        stand = self._stand(code, str(browser.get(SEATS, {}).get(code, "")))
        language = i18n.wished(browser, environ.get("HTTP_ACCEPT_LANGUAGE", ""))
        sheet = self._sheet(stand, language, environ) if stand else None
        own = self._own(sheet, stand) if stand and sheet else None
        if not stand or not sheet or own is None:
            return None
        words = {
            "called": str(escape(stand.name)) or sheet.nameless,
            "clock": str(int(now().timestamp() * 1000)),
            "key": uuid4().hex,
            "token": self._tokens.sign(browser),
            **own,
        }
        face = sheet.faces[tuple(bool(own.get(name)) for name in OWN)]
        return Answer("200 OK", HEADERS, face.fill(words), RULE)

    @cached_property
    def engine(self) -> Any:
        return front.engine_of(self._app)

    def _stand(self, code: str, key: str) -> showing.Stand | None:
        """Return what there is of whoever holds *key*, unless it shows on every page."""
        if not key:
            return None
        stand = showing.stand(self.engine, self._app.extensions["keys"], code, key)
        has_more = stand and (stand.is_host or stand.guests or stand.boards != 1)
        return None if not stand or has_more or stand.ready == stand.step else stand

    def _own(self, sheet: Sheet, stand: showing.Stand) -> Own | None:
        """Return what somebody has of their own on a page; nothing when the app puts it in."""
        keys = self._app.extensions["keys"]
        if sheet.pieces:
            return sheet.pieces.of(self.engine, keys, stand.person_id)
        if sheet.phase is Phase.COLLECT:
            return None if stand.cards else {}
        if sheet.phase is not Phase.VOTE:
            return {}
        receipt = sheet.round_id and receipt_under(keys, sheet.round_id, stand.person_id)
        if not receipt or showing.has_ballot(self.engine, sheet.round_id or 0, receipt):
            return None
        return {}

    def _sheet(self, stand: showing.Stand, language: str, environ: Environ) -> Sheet | None:
        """Return the sheet of the version that hangs, which is laid out if need be."""
        place = stand.board_id, language, showing.pace(stand.hall)

        def kept() -> Sheet | None:
            found = self._sheets.find(place)
            return found if found and found.version >= stand.version else None

        def lay_out() -> None:
            code = environ["PATH_INFO"].rpartition("/")[2]
            with self._app.request_context(environ):
                if viewer := seated(code):
                    self._sheets.put(place, _laid_out(viewer))

        sheet = self._alone.get(place, kept, lay_out)
        return sheet if sheet and sheet.faces else None


def _laid_out(viewer: Participant) -> Sheet:
    """Render the page as the app does for *viewer*, with holes; without faces it must do so."""
    board = viewer.workshop.board
    version, phase = board.version, board.phase
    try:
        pieces = pieces_of(board) if phase in AFTER else None
        is_plain = not are_apart(board) and (phase not in AFTER or pieces)
        faces = dict(_faces(viewer, phase)) if is_plain else {}
    except Refusal:  # the key of a vote is lost: the app says so
        pieces, faces = None, {}
    round = latest_round(db.session, board) if phase is Phase.VOTE else None
    nameless = str(escape(gettext("no name")))
    return Sheet(version, phase, round.id if round else None, nameless, pieces, faces)


def _faces(viewer: Participant, phase: Phase) -> Iterator[tuple[tuple[bool, ...], Face]]:
    """Yield the page for those who have each part of their own, or have it not."""
    page, facts = shown_to(viewer)
    instead: dict[str, object] = {"called": HOLES["called"], "clock_now": HOLES["clock"]}
    if phase is Phase.COLLECT:
        instead["form"] = IdeaForm(formdata=None, data={"key": HOLES["key"]})
    if phase in AFTER:
        instead["receipt"] = HOLES["receipt"]
    for has in product((False, True), repeat=len(OWN)) if phase in AFTER else [NOTHING]:
        parts = {f"my_{n}": HOLES[n] if it else "" for n, it in zip(OWN, has, strict=True)}
        html = render_template(page, **facts | instead | parts)
        yield has, Face(html.replace(generate_csrf(), HOLES["token"]))


def begin(app: Any) -> None:
    front.add(app, Sheets(app).answer)
