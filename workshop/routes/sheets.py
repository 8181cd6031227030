"""The page of a phase, in front of the app: laid out once, filled in for each.

When the room moves on, everybody opens the new page in the same second. To most it differs
by their name and by what protects their forms alone. So the first who asks has it laid out
with holes in these places while the others wait, and all get it filled in. Who has a card
of their own on it, dots on a ballot or guests at their table gets theirs from the app.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_wtf.csrf import generate_csrf
from markupsafe import escape

from core import front, i18n
from core.alone import Alone
from core.clock import now
from core.db import db
from core.front import Answer, Cookies, Environ
from core.shelf import Shelf
from core.tokens import NAME, Tokens
from workshop import showing
from workshop.current import HANDED, SEATS, seated
from workshop.forms import IdeaForm
from workshop.models import Phase
from workshop.moving import BEFORE
from workshop.routes.seeing import whole_page
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
OPEN = (*BEFORE, Phase.VOTE)
HOLES = {name: f"hole-{secrets.token_hex(16)}" for name in ("called", "clock", "key", "token")}
HOLE = re.compile("|".join(map(re.escape, HOLES.values())))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page with holes, of one version of a board."""

    version: int
    phase: Phase
    round_id: int | None
    nameless: str  # what stands in the place of a name that nobody gave
    texts: tuple[str, ...]
    holes: tuple[str, ...]  # which words belong behind each text but the last

    def fill(self, words: Mapping[str, str]) -> str:
        filled = [
            text + words[hole] for text, hole in zip(self.texts, self.holes, strict=False)
        ]
        return "".join([*filled, self.texts[-1]])


class Sheets:
    """Answers for one app."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self._cookies, self._tokens = Cookies(app), Tokens(app)
        self._sheets: Shelf[Sheet] = Shelf(200)
        self._alone = Alone()
        self._engine: Any = None

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
        if not stand or not sheet or not self._is_blank(sheet, stand):
            return None
        words = {
            "called": str(escape(stand.name)) or sheet.nameless,
            "clock": str(int(now().timestamp() * 1000)),
            "key": uuid4().hex,
            "token": self._tokens.sign(browser),
        }
        return Answer("200 OK", HEADERS, sheet.fill(words).encode(), RULE)

    @property
    def engine(self) -> Any:
        if self._engine is None:
            with self._app.app_context():
                self._engine = db.engine
        return self._engine

    def _stand(self, code: str, key: str) -> showing.Stand | None:
        """Return what there is of whoever holds *key*, unless it shows on every page."""
        if not key:
            return None
        stand = showing.stand(self.engine, self._app.extensions["keys"], code, key)
        has_more = stand and (
            stand.is_host or stand.guests or stand.boards != 1 or stand.tables
        )
        return None if not stand or has_more or stand.ready == stand.step else stand

    def _is_blank(self, sheet: Sheet, stand: showing.Stand) -> bool:
        """Whether nothing of somebody's own stands on the page of the phase."""
        if sheet.phase is Phase.COLLECT:
            return not stand.cards
        if sheet.phase is not Phase.VOTE:
            return True
        keys = self._app.extensions["keys"]
        if sheet.round_id is None or not keys.has(f"round-{sheet.round_id}"):
            return False
        receipt = receipt_under(keys, sheet.round_id, stand.person_id)
        return not showing.has_ballot(self.engine, sheet.round_id, receipt)

    def _sheet(self, stand: showing.Stand, language: str, environ: Environ) -> Sheet | None:
        """Return the sheet of the version that hangs, which is laid out if need be."""
        place = stand.board_id, language, showing.pace(stand.hall)

        def kept() -> Sheet | None:
            found = self._sheets.find(place)
            return found if found and found.version >= stand.version else None

        def lay_out() -> None:
            self._sheets.put(place, self._laid_out(environ))

        sheet = self._alone.get(place, kept, lay_out)
        return sheet if sheet and sheet.phase in OPEN else None

    def _laid_out(self, environ: Environ) -> Sheet:
        """Render the page as the app does for whoever asks, with holes."""
        code = environ["PATH_INFO"].rpartition("/")[2]
        with self._app.request_context(environ):
            viewer = seated(code)
            assert viewer is not None  # noqa: S101 - a stand is found for a seat alone
            board = viewer.workshop.board
            version, phase = board.version, board.phase
            if phase not in OPEN:
                return Sheet(version, phase, None, "", ("",), ())
            instead: dict[str, object] = {
                "called": HOLES["called"],
                "clock_now": HOLES["clock"],
            }
            if phase is Phase.COLLECT:
                instead["form"] = IdeaForm(formdata=None, data={"key": HOLES["key"]})
            round = latest_round(db.session, board) if phase is Phase.VOTE else None
            html = whole_page(viewer, **instead).replace(generate_csrf(), HOLES["token"])
            nameless = str(escape(gettext("no name")))
        names = {hole: name for name, hole in HOLES.items()}
        holes = tuple(names[hole] for hole in HOLE.findall(html))
        number = round.id if round else None
        return Sheet(version, phase, number, nameless, tuple(HOLE.split(html)), holes)


def begin(app: Any) -> None:
    front.add(app, Sheets(app).answer)
