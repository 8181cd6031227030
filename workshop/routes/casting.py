"""Marking one's ballot, in front of the app: hundreds do in the same minute.

It takes only what most people send: one mark in time on an open ballot, after which the
other cards look as before. ``workshop.mark_ballot`` does all else with the same functions;
to mark twice is to mark once, so it may do again what was refused here.
"""

import re
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from flask import render_template

from core import front, i18n
from core.alone import Alone
from core.clock import now
from core.db import db
from core.front import Answer, Cookies, Environ, read_form
from core.shelf import Shelf
from core.tokens import NAME, Tokens
from people.models import Sector
from workshop import showing
from workshop.current import HANDED, SEATS, seated
from workshop.models import Board, Channel
from workshop.timing import GRACE
from workshop.voting.ballots import KeyLost, Voter, receipt_of
from workshop.voting.marking import mark_at_once
from workshop.voting.models import Round
from workshop.voting.opening import latest_round
from workshop.voting.results import Option, options_of

RULE = "/w/<code>/ballot/<option>"
ADDRESS = re.compile("/w/([^/]+)/ballot/([^/]+)")
NUMBER = re.compile("-?[0-9]{1,3}")
HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("Vary", "Cookie"),
    ("HX-Trigger", "changed"),
]


@dataclass(frozen=True, slots=True)
class Paper:
    """What is voted on in one version of a board; nothing once nobody votes."""

    version: int
    board: Board
    round: Round | None
    options: dict[str, Option]


class Casting:
    """Answers for one app."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self._cookies, self._tokens = Cookies(app), Tokens(app)
        self._papers: Shelf[Paper] = Shelf(200)
        self._texts: Shelf[str] = Shelf(5_000)
        self._alone = Alone()

    def answer(self, environ: Environ) -> Answer | None:
        found = ADDRESS.fullmatch(environ["PATH_INFO"])
        if not found or environ.get("QUERY_STRING") or not _wants_part(environ):
            return None
        code, option = found.groups()
        browser = self._cookies.read(environ)
        if not browser or "_flashes" in browser or code in browser.get(HANDED, {}):
            return None
        form, key = read_form(environ), str(browser.get(SEATS, {}).get(code, ""))
        if not form or not key or form.keys() - {NAME, "value"} or "value" not in form:
            return None
        is_ours = self._tokens.fits(browser, form.get(NAME, ""), environ)
        if self._app.config["WTF_CSRF_ENABLED"] and not is_ours:
            return None
        stand = showing.stand(self.engine, self._app.extensions["keys"], code, key)
        paper = self._paper(stand, code, environ) if stand else None
        if (
            not stand
            or not paper
            or not _is_in_time(paper.board)
            or option not in paper.options
        ):
            return None
        if form["value"] and not NUMBER.fullmatch(form["value"]):
            return None
        value = int(form["value"]) if form["value"] else None
        body = self._marked(paper, stand, option, value, environ, browser)
        retarget = ("HX-Retarget", f"#option-{option}")
        return Answer("200 OK", [*HEADERS, retarget], body.encode(), RULE) if body else None

    @cached_property
    def engine(self) -> Any:
        return front.engine_of(self._app)

    def _marked(
        self, paper: Paper, stand: showing.Stand, option: str, value: int | None,
        environ: Environ, browser: Any,
    ) -> str:  # fmt: skip
        """Mark the ballot and return what changes on the page; nothing when the app must."""
        board, round, keys = paper.board, paper.round, self._app.extensions["keys"]
        if not round:
            return ""
        try:
            who = receipt_of(keys, round, f"person {stand.person_id}")
        except KeyLost:
            return ""
        sector = Sector(stand.sector) if stand.sector else None
        voter = Voter(who, Channel(stand.channel), sector)
        marked = mark_at_once(self.engine, board, round, voter, option, value)
        if not marked:
            return ""
        rest, marks = marked
        language = i18n.wished(browser, environ.get("HTTP_ACCEPT_LANGUAGE", ""))
        render = partial(self._rendered, paper, language, environ)
        number = marks.get(option)
        mine = {} if number is None else {option: number}
        shown = {"marked": paper.options[option], "mine": mine, "left": rest}
        card = render("_marked_card", (option, number, rest > 0), shown)
        handful = render("_handful", (rest, len(marks)), {"mine": marks, "left": rest})
        return card + handful + render("_notice", (), {})

    def _rendered(
        self, paper: Paper, language: str, environ: Environ, name: str,
        place: tuple[object, ...], shown: dict[str, Any],
    ) -> str:  # fmt: skip
        """Return a part, which is rendered once for all whose ballot says the same."""

        def render() -> str:
            code = environ["PATH_INFO"].split("/")[2]
            facts = {"round": paper.round, "options": paper.options, "turn": {}}
            with self._app.request_context(environ):
                if name == "_notice":
                    return render_template("_notice.html", swapped=True)
                page = f"workshop/public/{name}.html"
                return render_template(page, workshop={"code": code}, **facts, **shown)

        return self._texts.get((paper.board.id, paper.version, language, name, place), render)

    def _paper(self, stand: showing.Stand, code: str, environ: Environ) -> Paper | None:
        def kept() -> Paper | None:
            found = self._papers.find(stand.board_id)
            return found if found and found.version >= stand.version else None

        def take() -> None:
            with self._app.request_context(environ):
                if viewer := seated(code):
                    self._papers.put(stand.board_id, _paper_of(viewer.workshop.board))

        return self._alone.get(stand.board_id, kept, take)


def begin(app: Any) -> None:
    front.add(app, Casting(app).answer, "POST")


def _paper_of(board: Board) -> Paper:
    """Return the ballot paper of a board, as it goes on without its session."""
    version, round = board.version, latest_round(db.session, board)
    if not round or round.closed:
        return Paper(version, board, None, {})
    paper = Paper(version, board, round, options_of(round))
    db.session.expunge(board)
    db.session.expunge(round)
    return paper


def _is_in_time(board: Board) -> bool:
    return not board.rings or now() <= board.rings + GRACE


def _wants_part(environ: Environ) -> bool:
    asked = environ.get("HTTP_HX_REQUEST"), environ.get("HTTP_HX_REQUEST_TYPE")
    return asked == ("true", "partial")
