"""News for a room, in front of the app.

When a card is hung up, everybody in the room asks for the new wall within a second. The
first who asks has it rendered, as ``workshop.rooms.cards`` does; the others wait for it.
"""

import re
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs

from core import front, i18n, web
from core.alone import Alone
from core.front import Answer, Cookies, Environ, pack
from core.shelf import Shelf
from workshop import showing
from workshop.current import SEATS, seated
from workshop.models import Board, Phase
from workshop.routes.seeing import wall

RULE = "/w/<code>/cards"
ADDRESS = re.compile("/w/([^/]+)/cards")
WALL = "workshop/public/_wall.html"
HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("Vary", "Cookie"),
]


class News:
    """Answers for one app."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self._cookies = Cookies(app)
        self._walls: Shelf[Answer] = Shelf(200)
        self._alone = Alone()

    def answer(self, environ: Environ) -> Answer | None:
        found = ADDRESS.fullmatch(environ["PATH_INFO"])
        browser = self._cookies.read(environ) if found else None
        if not found or not browser:
            return None
        sight = showing.sight(
            self.engine, self._app.extensions["keys"], found[1], _key(browser, found[1])
        )
        query = parse_qs(environ.get("QUERY_STRING", ""))
        asked = query.get("page", [""])[0]
        if not sight or asked not in [*Phase]:
            return None
        by_table = query.get("by") == ["table"]
        part = showing.part_of(Phase(asked), sight.tables, sight.table, by_table)
        language = i18n.wished(browser, environ.get("HTTP_ACCEPT_LANGUAGE", ""))
        is_here = query.get("board", [str(sight.board_id)]) == [str(sight.board_id)]
        facets = (Phase(asked), showing.pace(sight.hall), part, is_here)
        place = (WALL, Board, sight.board_id, language, *facets)

        def render() -> None:
            with self._app.request_context(environ):
                if viewer := seated(found[1]):
                    wall(viewer, Phase(asked))

        return self._alone.get(place, lambda: self._wall(sight, place), render)

    @cached_property
    def engine(self) -> Any:
        return front.engine_of(self._app)

    def _wall(self, sight: showing.Sight, place: tuple[object, ...]) -> Answer | None:
        html = web.kept(self._app, place, sight.version)
        if not html:
            return None

        def packed() -> Answer:
            body = html.encode()
            small = pack(body)
            return Answer("200 OK", HEADERS, body, RULE, lambda: small)

        return self._walls.get((sight.version, place), packed)


def begin(app: Any) -> None:
    front.add(app, News(app).answer)


def _key(browser: dict[str, Any], code: str) -> str:
    return str(browser.get(SEATS, {}).get(code, ""))
