"""Rules that the database keeps, on both engines and under many hands."""

from collections.abc import Callable
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from core.keys import Keyring
from core.models import insert_once as really
from people.models import Organisation
from surveys.conversations import coding, holding
from surveys.conversations.holding import Draft
from surveys.conversations.models import Conversation
from surveys.models import Response, Survey
from surveys.responses.answering import Overtaken
from surveys.responses.sitting import Start, start
from tests.story import NOON, at_once

pytestmark = pytest.mark.both_engines


@pytest.fixture
def begin(
    session: Session, keys: Keyring, survey: Survey, provider: Organisation
) -> Callable[..., Conversation]:
    place = start(session.get_bind(), survey.slug)  # type: ignore[arg-type]
    assert isinstance(place, Start)
    number = provider.id

    def begin(within: Session, key: str = "one", code: str = "") -> Conversation:
        draft = Draft({"consent": "yes"})
        return holding.begin(
            within, keys, place, number, key, language="ar", draft=draft, now=NOON, code=code
        )

    return begin


def test_the_same_form_begins_one_conversation_however_many_send_it(
    sessions: sessionmaker[Session], session: Session, begin: Callable[..., Conversation]
) -> None:
    codes: list[str] = []

    def send(_: int) -> None:
        with sessions() as within:
            codes.append(begin(within).code)
            within.commit()

    for _ in range(5):
        at_once(5, send)
    assert len(set(codes)) == 1
    for model in (Response, Conversation):
        assert session.scalar(select(func.count()).select_from(model)) == 1


def test_a_code_that_is_taken_is_drawn_anew(
    session: Session, begin: Callable[..., Conversation], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter(["AA-AAA", "AA-AAA", "AA-AAA", "BB-BBB"])
    monkeypatch.setattr(coding, "draw", lambda: next(drawn))
    assert begin(session, "one").code == "AA-AAA"
    assert begin(session, "two").code == "BB-BBB"


def test_a_given_code_is_tried_once(
    session: Session, begin: Callable[..., Conversation], monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(session, "one", "AA-AAA")
    tried: list[str] = []

    def insert_once(*args: Any, **values: Any) -> Any:
        tried.append(values["code"])
        return really(*args, **values)

    monkeypatch.setattr(holding, "insert_once", insert_once)
    with pytest.raises(holding.NoCodeLeft):
        begin(session, "two", "AA-AAA")
    assert tried == ["AA-AAA"]


def test_what_nobody_can_unseal_is_not_taken_for_empty(
    session: Session, keys: Keyring, begin: Callable[..., Conversation]
) -> None:
    row = begin(session)
    keys.destroy(holding.key_of(row.response_id))
    for _ in range(2):
        with pytest.raises(holding.Unreadable):
            holding.draft_of(keys, row)


def test_of_two_who_save_at_once_one_reads_again(
    sessions: sessionmaker[Session], session: Session, keys: Keyring,
    begin: Callable[..., Conversation],
) -> None:  # fmt: skip
    begin(session)
    session.commit()
    overtaken: list[int] = []

    def save(which: int) -> None:
        with sessions() as within:
            row = within.scalars(select(Conversation)).one()
            together.wait()
            try:
                answers = {"idea": str(which)}
                holding.save(within, keys, row, Draft(answers), language="ar")
                within.commit()
            except Overtaken:
                overtaken.append(which)

    together = Barrier(3)
    at_once(3, save)
    assert len(overtaken) == 2
    session.expire_all()
    row = session.scalars(select(Conversation)).one()
    assert row.revision == 1
    assert holding.draft_of(keys, row).answers["idea"] not in map(str, overtaken)
