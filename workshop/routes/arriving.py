"""The way into a room, in front of the app: hundreds take it in the same minute.

It takes only what most people do: they come by the link, and send a name or none from the
page they got. ``workshop.room`` and ``workshop.take_part`` do all else with the same
functions; a form that comes once more lets nobody in twice.
"""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_wtf.csrf import generate_csrf
from markupsafe import escape
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from core import front, i18n
from core.alone import Alone
from core.clock import now
from core.db import db
from core.forms import tidy
from core.front import Answer, Cookies, Environ, read_form
from core.shelf import Shelf
from core.tokens import NAME, Tokens
from workshop import counting, joining
from workshop.current import SEATS
from workshop.forms import NAME_LIMIT, JoinForm
from workshop.routes import faces
from workshop.routes.entering import page_of
from workshop.routes.faces import HOLES, Face
from workshop.trees import TREES, free_trees

RULE = "/w/<code>"
ADDRESS = re.compile("/w/([^/]+)")
KEY_LIMIT = 32
FIELDS = {NAME, "key", "name", "tree"}


class Arriving:
    """Answers for one app."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self._cookies, self._tokens = Cookies(app), Tokens(app)
        self._faces: Shelf[tuple[Face, list[str]]] = Shelf(200)
        self._alone = Alone()

    def show(self, environ: Environ) -> Answer | None:
        """Ask for a name."""
        code, browser = self._stranger(environ)
        door = joining.door(self.engine, code) if browser is not None else None
        if not door or browser is None:
            return None
        language = i18n.wished(browser, environ.get("HTTP_ACCEPT_LANGUAGE", ""))
        laid_out = self._face(door, language, environ)
        if not laid_out:
            return None
        face, trees = laid_out
        free = free_trees(trees, counting.trees_borne(self.engine, door.workshop_id, trees))
        if len(free) < len(faces.TREES):
            return None
        known = self._tokens.begun(browser)
        words = {
            **dict(zip(faces.TREES, map(str, map(escape, free)), strict=True)),
            "key": uuid4().hex,
            "token": self._tokens.sign(known),
        }
        answer = Response(face.fill(words), mimetype="text/html")
        return self._sent(answer, {} if known == browser else known)

    def let_in(self, environ: Environ) -> Answer | None:
        """Let somebody in who sends the form."""
        code, browser = self._stranger(environ)
        form = read_form(environ) if browser else None
        door = joining.door(self.engine, code) if form else None
        if not form or not browser or not door or form.keys() - FIELDS:
            return None
        is_ours = self._tokens.fits(browser, form.get(NAME, ""), environ)
        if self._app.config["WTF_CSRF_ENABLED"] and not is_ours:
            return None
        key, name, tree = (tidy(form.get(field)) for field in ("key", "name", "tree"))
        if not 0 < len(key) <= KEY_LIMIT or max(len(name), len(tree)) > NAME_LIMIT:
            return None
        keys = self._app.extensions["keys"]
        seat = joining.join_at_once(self.engine, keys, door, key, now(), name or tree)
        if not seat:
            return None
        seats = {**browser.get(SEATS, {}), code: seat}
        there = redirect(f"/w/{code}", 303)
        return self._sent(there, {**browser, SEATS: seats, "_permanent": True})

    @cached_property
    def engine(self) -> Any:
        return front.engine_of(self._app)

    def _stranger(self, environ: Environ) -> tuple[str, Mapping[str, Any] | None]:
        """Return to which room a browser wants, and what it remembers, if it is plain."""
        found = ADDRESS.fullmatch(environ["PATH_INFO"])
        code = found[1] if found else ""
        is_plain = code and joining.plain_code(code) == code
        if not is_plain or environ.get("QUERY_STRING") or "HTTP_HX_REQUEST" in environ:
            return "", None
        browser = self._cookies.read(environ) if environ.get("HTTP_COOKIE") else {}
        if browser is None or "_flashes" in browser or code in browser.get(SEATS, {}):
            return code, None
        return code, browser

    def _face(
        self, door: joining.Door, language: str, environ: Environ
    ) -> tuple[Face, list[str]] | None:
        """Return the page with holes, and what trees are called on it."""
        place = door, language

        def lay_out() -> None:
            code = environ["PATH_INFO"].rpartition("/")[2]
            with self._app.request_context(environ):
                if workshop := joining.open_room_with(db.session, code):
                    form = JoinForm(formdata=None, data={"key": HOLES["key"]})
                    html = page_of(workshop, form, [HOLES[tree] for tree in faces.TREES])
                    face = Face(html.replace(generate_csrf(), HOLES["token"]))
                    self._faces.put(place, (face, [gettext(tree) for tree in TREES]))

        return self._alone.get(place, lambda: self._faces.find(place), lay_out)

    def _sent(self, answer: Response, remembered: Mapping[str, Any]) -> Answer:
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["Vary"] = "Cookie"
        if remembered:
            self._cookies.write(remembered, answer)
        headers = [each for each in answer.headers if each[0] != "Content-Length"]
        return Answer(answer.status, headers, answer.get_data(), RULE)


def begin(app: Any) -> None:
    arriving = Arriving(app)
    front.add(app, arriving.show)
    front.add(app, arriving.let_in, "POST")
