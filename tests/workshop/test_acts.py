"""Every act of participants and of the facilitator, sent over HTTP in every phase."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import make_url, select
from sqlalchemy.orm import Session

from core.keys import Keyring
from core.models import Base
from tests.story import NOON
from tests.workshop.acts import ACTS, ANYTIME, OTHERS
from tests.workshop.room import an_idea, browser_in, go_to, lay_dots
from workshop.cards.checking import seen
from workshop.cards.models import Comment, Picture, Translation, Translator
from workshop.following.deciding import Verdict, decide
from workshop.following.following import note
from workshop.following.models import Outcome, State
from workshop.hosting import appoint
from workshop.models import Board, Idea, Participant, Phase, Workshop
from workshop.moving import ALLOWED, BEFORE, STEPS
from workshop.paper.numbering import name_of
from workshop.paper.printing import print_more
from workshop.paper.typing import type_in
from workshop.sorting.grouping import Heading, clusters_on, make_clusters
from workshop.sorting.merging import merge
from workshop.sorting.stepping import last_step
from workshop.voting.opening import hash_of, latest_round

ROOM, DESK = "workshop", "workshops"


@dataclass
class Evening:
    """An evening that has seen everything, in one of its phases."""

    database: str
    names: dict[str, object]
    browsers: Mapping[str, FlaskClient]

    def send(self, endpoint: str) -> int:
        _act, path, said = ACTS[endpoint]
        desk = endpoint.partition(".")[0] == DESK
        path = (f"/p/buch/workshops{path}" if desk else path).removesuffix("/")
        data = {self.filled(name): self.filled(value) for name, value in said.items()}
        browser = self.browsers[DESK if desk else ROOM]
        answer = browser.post(self.filled(path), data={"key": uuid4().hex} | data)
        return answer.status_code

    def filled(self, text: Any) -> Any:
        if isinstance(text, list):
            return [self.filled(each) for each in text]
        return text.format(**self.names)

    def content(self) -> dict[str, list[tuple[Any, ...]]]:
        """All rows of everything that belongs to workshops."""
        models = [each.class_ for each in Base.registry.mappers]
        tables = sorted({m.__tablename__ for m in models if m.__module__.startswith(ROOM)})
        with closing(sqlite3.connect(self.database)) as rows:
            return {name: rows.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}  # noqa: S608

    def kept(self) -> Callable[[], None]:
        """Remember how the database is, and return the way back to it."""
        memory = sqlite3.connect(":memory:")
        with closing(sqlite3.connect(self.database)) as now:
            now.backup(memory)

        def put_back() -> None:
            with closing(sqlite3.connect(self.database)) as now:
                memory.backup(now)

        return put_back


@pytest.fixture
def evening(
    session: Session, app: Flask, keys: Keyring, workshop: Workshop, board: Board,
    ben: Participant, desk: FlaskClient, request: pytest.FixtureRequest,
) -> Iterator[Evening]:  # fmt: skip
    phone = browser_in(workshop, app, "Amal")
    amal = session.scalars(select(Participant).filter_by(name="Amal")).one()
    board.tables = 2
    appoint(session, amal)
    names = {"code": workshop.code, "slug": workshop.slug, "ben": ben.id}
    go_to(session, keys, board, Phase.DISCUSS)
    names |= hang_everything(session, board, amal)
    go_to(session, keys, board, Phase.VOTE)
    vote_on_everything(session, keys, board, ben)
    go_to(session, keys, board, Phase.RESULT, Phase.DECIDE, Phase.DEVELOP)
    idea = session.get_one(Idea, names["idea"])
    decide(session, idea, Verdict(Outcome.ADOPTED), "Birte", NOON)
    said: Any = {"state": State.BEGUN, "text": "We met.", "day": NOON.date()}
    names["note"] = note(session, idea, "n", "Birte", NOON, **said).id
    phase: Phase = request.param
    go_to(session, keys, board, *([] if phase is board.phase else [phase]))
    names |= vote_on_everything(session, keys, board, ben)
    session.commit()
    path = make_url(str(session.get_bind().url)).database  # type: ignore[union-attr]
    yield Evening(str(path), names, {ROOM: phone, DESK: desk})


def hang_everything(session: Session, board: Board, amal: Participant) -> dict[str, object]:
    """Hang cards with all that can be on them, and return how they are called."""
    titles = ("A bike workshop", "A choir", "Singing", "Not yet")
    idea, other, absorbed, waiting = cards = [an_idea(board, amal, each) for each in titles]
    waiting.is_waiting = True
    session.add_all(cards)
    session.flush()
    on = {"project_id": board.project_id, "idea_id": idea.id}
    comment = Comment(author_id=amal.id, form_key="c", text="With tools", **on)
    photo = {"digest": "d", "width": 1, "height": 1, "content": b"", "small": b""}
    translation = {"language": "ar", "title": "ورشة", "by": Translator.AUTHOR}
    session.add_all([comment, Picture(**on, **photo), Translation(**on, **translation)])
    make_clusters(session, board, "h", [Heading("Wheels and tools", (idea.id,))], NOON)
    merge(session, board, other, [absorbed], NOON)
    step = last_step(session, board)
    cards_by = {"idea": idea, "other": other, "absorbed": absorbed, "waiting": waiting}
    names: dict[str, object] = {name: card.id for name, card in cards_by.items()}
    cluster = clusters_on(session, board)[0]
    names["unread"] = seen(waiting, None)
    return names | {"comment": comment.id, "cluster": cluster.id, "step": step and step.number}


def vote_on_everything(
    session: Session, keys: Keyring, board: Board, ben: Participant
) -> dict[str, object]:
    """Let ballots lie, if there is a vote, of which one was read in two ways."""
    round = latest_round(session, board)
    assert round
    option = round.options[0]["key"]
    if board.phase is Phase.VOTE:
        idea = session.get_one(Idea, int(option.removeprefix("i")))
        lay_dots(session, keys, board, idea, ben, 1)
        print_more(session, round, 0, 9)
        for scribe, dots in ("seat 98", 1), ("seat 99", 2):
            type_in(session, keys, board, round, 2, scribe, {option: dots})
        session.commit()
        read = hash_of({option: 1})
        return {"option": option, "sheet": name_of(keys, round, 1), "read": read,
                "typed": name_of(keys, round, 2)}  # fmt: skip
    return {"option": option, "sheet": "1-AA", "typed": "2-AA", "read": ""}


@pytest.mark.parametrize("evening", Phase, indirect=True)
def test_only_what_the_phase_allows_changes_anything(
    evening: Evening, session: Session, board: Board
) -> None:
    before, put_back = evening.content(), evening.kept()
    amiss = []
    for endpoint, (act, *_) in ACTS.items():
        status = evening.send(endpoint)
        if changed := evening.content() != before:
            put_back()
        is_fine = status == 303 if changed else status in (303, 404, 409)
        if not is_fine or changed is not (act is ANYTIME or act in ALLOWED[board.phase]):
            amiss.append((endpoint, status, changed))
    assert amiss == []
    assert evening.content() == before


@pytest.mark.parametrize("evening", Phase, indirect=True)
def test_a_room_moves_only_where_its_phase_leads(
    evening: Evening, session: Session, board: Board
) -> None:
    origin, put_back, slug = board.phase, evening.kept(), evening.names["slug"]
    for said, to in product((origin, Phase.COLLECT, Phase.RESULT), Phase):
        data = {"from": said, "to": to, "sure": "yes"}
        answer = evening.browsers[DESK].post(f"/p/buch/workshops/{slug}/phase", data=data)
        session.expire_all()
        leads = said is origin and to is not origin and to in STEPS[origin]
        lies = origin is Phase.VOTE and to in BEFORE
        moved = leads and not lies
        is_there = to is origin and to in STEPS[said] and to is not said
        assert (board.phase, answer.status_code) == (
            (to, 303) if moved else (origin, 303 if is_there else 409)
        ), (said, to)
        session.rollback()
        if moved:
            put_back()
            session.expire_all()


def test_no_act_is_left_out(app: Flask) -> None:
    posts = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.partition(".")[0] in (ROOM, DESK) and "POST" in (rule.methods or ())
    }
    assert posts == ACTS.keys() | OTHERS
