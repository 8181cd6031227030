"""What is said while somebody decides is in it, or refused; on both engines."""

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from agency.rounds import deciding, wishing
from agency.rounds.models import RankingPerson, RankingRound
from core.errors import Refusal
from people.models import Organisation, Project
from surveys.conversations.models import Conversation
from tests.agency.gathering.story import a_talk, an_owner, talks
from tests.agency.rounds.story import a_profile, a_round, let_wish
from tests.story import NOON, at_once

TIMES = 20


@pytest.fixture
def provider(session: Session, project: Project) -> Organisation:
    return an_owner(session, project)


@pytest.fixture
def it(app: Flask, session: Session, project: Project, provider: Organisation) -> RankingRound:
    survey = talks(session, project)
    for code in ("S4-MRA", "T5-TTT"):
        a_talk(session, survey, provider, code)
    return a_round(session, app.extensions["keys"], project, "Küchenhilfe", seats=9)


@pytest.mark.both_engines
def test_whoever_is_in_when_it_is_decided_is_decided_on(
    sessions: sessionmaker[Session], session: Session, it: RankingRound
) -> None:
    number, places = it.id, [it.places[0].id]
    codes = dict(session.execute(select(Conversation.code, Conversation.id)).all())
    session.rollback()

    def act(which: int) -> None:
        with sessions() as own:
            mine = own.get_one(RankingRound, number)
            try:
                if which == 0:
                    deciding.decide(own, mine, NOON)
                else:
                    who = own.get_one(Conversation, [*codes.values()][which - 1])
                    said = a_profile(), places, NOON.date(), NOON
                    wishing.wish(own, mine, who, *said)
                own.commit()
            except Refusal:
                own.rollback()

    for _ in range(TIMES):
        at_once(3, act)
        people = session.scalars(select(RankingPerson)).all()
        assert all(each.place_id == places[0] for each in people)
        session.execute(RankingPerson.__table__.delete())  # type: ignore[attr-defined]
        session.execute(update(RankingRound).values(decided=None))
        session.commit()


@pytest.mark.both_engines
def test_a_round_is_opened_again_or_somebody_is_released_never_both(
    sessions: sessionmaker[Session], session: Session, it: RankingRound, provider: Organisation
) -> None:
    number, provider_id = it.id, provider.id
    let_wish(session, it, "S4-MRA", 0)
    for turn in range(TIMES):
        deciding.decide(session, it, NOON)
        session.commit()
        person_id = session.scalars(select(RankingPerson.id)).one()
        session.rollback()
        done: list[str] = []

        def act(
            which: int, turn: int = turn, done: list[str] = done, who: int = person_id
        ) -> None:
            with sessions() as own:
                try:
                    if which == 0:
                        deciding.undo(own, own.get_one(RankingRound, number))
                    else:
                        person = own.get_one(RankingPerson, who)
                        asked = own.get_one(Organisation, provider_id)
                        said = NOON.date(), "Dara", NOON, f"release {turn}"
                        deciding.release(own, person, asked, *said)
                    own.commit()
                    done.append("undone" if which == 0 else "released")
                except Refusal:
                    own.rollback()

        at_once(2, act)
        assert len(done) == 1
        session.expire_all()
        (person,) = session.scalars(select(RankingPerson)).all()
        assert (person.release_id is not None) == (done == ["released"]) == bool(it.decided)
        person.release_id = None
        session.execute(update(RankingRound).values(released=None, decided=None))
        session.commit()
