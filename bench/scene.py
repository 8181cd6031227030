"""The demo behind a real server, with people in front of it who need no browser."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from html import unescape
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from flask import Flask, current_app
from sqlalchemy import select

from core import config
from core.clock import now
from core.db import db
from people.models import Project
from surveys.models import Response, State, Subject, Survey
from surveys.responses import answering
from surveys.responses.sitting import sitting, start
from surveys.routes import visiting
from tests import server as servers
from workshop import joining, posting, preparing
from workshop.models import Participant, Workshop

ROOT = Path(__file__).parents[1]


class Scene:
    """A server of its own data, and an app on the same data in this process."""

    def __init__(self, server: servers.Server, app: Flask) -> None:
        self.server, self.app = server, app

    def cookie(self, **values: Any) -> str:
        """Return the header of a browser that remembers *values*."""
        signer: Any = self.app.session_interface
        text = signer.get_signing_serializer(self.app).dumps(values)
        return f"{self.app.config['SESSION_COOKIE_NAME']}={text}"

    def in_app(self, act: Callable[[], Any]) -> Any:
        with self.app.app_context():
            found = act()
            db.session.commit()
            return found

    def respondents(self, number: int) -> tuple[str, list[tuple[str, str]]]:
        """Let so many give the answers of the demo: return the slug, and page with cookie.

        There is a line for every page that each of them is asked, the rosters among them.
        """

        def begin() -> tuple[str, list[int]]:
            query = select(Survey).filter_by(subject=Subject.ORGANISATIONS, state=State.OPEN)
            survey = db.session.scalars(query.order_by(Survey.id.desc())).first()
            assert survey is not None  # noqa: S101 - the demo has one
            begun = start(db.engine, survey.slug)
            assert begun is not None  # noqa: S101 - it is open
            given = select(Response.answers).where(Response.submitted.is_not(None))
            given = given.where(Response.version_id == begun.version_id)
            documents = [*db.session.scalars(given)]
            return survey.slug, [
                answering.begin(
                    db.session, begun, begun.version_id, uuid4().hex,
                    answers=answers, language="de", now=now(),
                )
                for answers in islice(cycle(documents), number)
            ]  # fmt: skip

        slug, begun = self.in_app(begin)
        return slug, [
            (f"/s/{slug}/pages/{key}", cookie)
            for id_ in begun
            for cookie in [self.cookie(responses={slug: id_}, csrf_token=uuid4().hex)]
            for key in self.in_app(partial(_pages, slug, id_))
        ]

    def room(self, people: int) -> tuple[str, list[str]]:
        """Open a room and let people in: return its code and their cookies."""

        def enter() -> tuple[str, list[str]]:
            project = db.session.scalars(select(Project)).first()
            assert project is not None  # noqa: S101 - the demo is one
            slug = f"bench-{uuid4().hex[:6]}"
            room = preparing.prepare(
                db.session, project, slug, slug, slug, ["Was fehlt?"], now()
            )
            preparing.open_room(db.session, room, True)
            db.session.flush()
            keys = self.app.extensions["keys"]
            found = [
                joining.join(db.session, keys, room, uuid4().hex, now()) for _ in range(people)
            ]
            return room.code, found

        code, keys = self.in_app(enter)
        return code, [self.cookie(seats={code: key}) for key in keys]

    def post_card(self, code: str) -> None:
        """Hang one more card up, in the name of whoever came first."""

        def post() -> None:
            room = db.session.scalars(select(Workshop).filter_by(code=code)).one()
            author = db.session.scalars(_people(room)).first()
            assert author is not None  # noqa: S101 - somebody came
            board, key = room.board, uuid4().hex
            posting.post_idea(db.session, board.challenges[0], board, author, key, key[:8])

        self.in_app(post)


def news_of(html: str) -> str:
    """Return where the live part of a page asks for news."""
    return unescape(re.findall(r'hx-get="([^"]*seen=[^"]*)"', html)[0])


@contextmanager
def scene() -> Iterator[Scene]:
    """Start a server with the demo, and end it."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # as bin/run does
    servers.PATIENCE = 120
    with TemporaryDirectory() as folder:
        server = servers.Server(Path(folder), {"DEMO": "1", "LOG_LEVEL": "WARNING"}, [])
        server.start()
        os.environ |= {"OSI_DATA": folder, "OSI_LOG_LEVEL": "WARNING"}
        config.make_secret(ROOT)
        from app import create_app  # noqa: PLC0415 - it reads the environment

        try:
            yield Scene(server, create_app())
        finally:
            server.kill()


def _pages(slug: str, response_id: int) -> list[str]:
    """Return the pages that somebody is asked."""
    with current_app.test_request_context():
        place = sitting(db.engine, response_id, slug)
        assert place is not None  # noqa: S101 - it has just begun
        here = visiting.visit_of(slug, place)
        return [page.key for page in here.asked.shown(here.evaluate(here.answers))]


def _people(room: Workshop) -> Any:
    return select(Participant).filter_by(workshop_id=room.id).order_by(Participant.id)
