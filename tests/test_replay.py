"""What is said of five hundred in one room: true with a few, too (`bench/replay.py`)."""

import asyncio
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from app import create_app
from bench.conversation import Conversation, dealt, invented, speeded
from bench.replay import Pace, Replay, replay
from bench.scene import Scene
from core.db import db
from core.migrating import migrate
from tests.server import serve
from tests.story import a_project
from workshop.models import Idea
from workshop.voting.models import Mark

PEOPLE, QUICKLY = 6, Pace(coming=0.2, writing=0.5, voting=1.0)
SECRET = "test" * 10


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """A server with one project, and an app on the same data."""
    folder = tmp_path_factory.mktemp("replay")
    app = create_app(DATA=folder, SECRET_KEY=SECRET)
    migrate(app)
    with app.app_context():
        db.session.add(a_project("home"))
        db.session.commit()
    with serve(folder, SECRET_KEY=SECRET) as server:
        yield Scene(server, app)
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def talk() -> Conversation:
    return invented(4, 5, 3)


def test_all_that_a_conversation_sends_is_there_once(there: Scene, talk: Conversation) -> None:
    played = replay(there, talk, PEOPLE, QUICKLY)
    assert played.acknowledged == played.sent > len(talk.cards) + len(talk.votes)
    assert (played.lost, played.doubled) == (0, 0)
    assert len(played.changes) == len(talk.cards) + 2  # every screen saw each, and both phases
    assert max(played.changes) < float("inf")
    assert len(played.answers) >= len(talk.votes)
    assert played.memory > 1


def test_what_is_lost_or_doubled_is_noticed(
    there: Scene, talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Replay(there, talk, PEOPLE, QUICKLY)
    compare = room.sent.compare

    def meddle() -> tuple[int, int]:
        mark = db.session.scalars(select(Mark).order_by(Mark.round_id.desc())).first()
        idea = db.session.scalars(select(Idea).order_by(Idea.id.desc())).first()
        assert mark
        assert idea
        mark.value = -mark.value or 1
        values = {"board_id": idea.board_id, "challenge_id": idea.challenge_id}
        again = Idea(project_id=idea.project_id, title=idea.title, form_key="again", **values)
        db.session.add(again)
        db.session.flush()
        return compare()

    monkeypatch.setattr(room.sent, "compare", meddle)
    played = asyncio.run(room.play())
    assert (played.lost, played.doubled) == (1, 1)


def test_a_conversation_keeps_its_rhythm_but_not_its_nights() -> None:
    assert speeded([100, 120, 130, 90_000], 9) == pytest.approx([0, 2, 3, 9])


def test_several_share_the_votes_of_one_and_each_changes_their_own_mind() -> None:
    talk = invented(4, 6, 6)
    casting = dealt(talk.votes, 10)
    assert {*casting} == {*range(10)}
    who: dict[tuple[int, str], int] = {}
    for person, vote in zip(casting, talk.votes, strict=True):
        assert who.setdefault((vote.voter, vote.card), person) == person


def test_where_few_come_one_casts_the_votes_of_several() -> None:
    talk = invented(4, 6, 6)
    assert {*dealt(talk.votes, 3)} == {0, 1, 2}
