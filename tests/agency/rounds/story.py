"""Rounds with vacancies of a bicycle shop and a kitchen, and people who wish for them."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from agency.rounds import beginning, wishing
from agency.rounds.models import RankingRound
from agency.rounds.weighing import Criterion, Profile, Weight, What
from core.keys import Keyring
from people.listings.models import For, Listing
from people.models import Organisation, Project, Side
from surveys.conversations.models import Conversation
from tests.agency.story import a_listing
from tests.story import NOON

SOON = date(2026, 12, 1)
B1 = Criterion(What.GERMAN, "b1", Weight.MUCH)


def a_profile(german: str = "a2", **more: Any) -> Profile:
    values: dict[str, Any] = {"fields": frozenset("7"), "hours": 20, "starts": SOON} | more
    return Profile(german=german, **values)


def a_vacancy(session: Session, project: Project, title: str, **more: Any) -> Listing:
    values = {"people": For.ORGANISATIONS, "term": "staff", "quantity": 1} | more
    return a_listing(session, project, Side.NEED, title, **values)


def a_round(
    session: Session, keys: Keyring, project: Project, *titles: str, seats: int = 1
) -> RankingRound:
    """A round with a vacancy for each title."""
    vacancies = {a_vacancy(session, project, title): seats for title in titles}
    said = "Praktika im Frühjahr", vacancies, "Birte", NOON, f"round {titles[0]}"
    made = beginning.begin(session, keys, project, *said)
    session.commit()
    return made


def let_wish(
    session: Session, it: RankingRound, code: str, *wishes: int, **profile: Any
) -> None:
    """Let somebody of a conversation take part; wishes are numbers in the round, from 0."""
    query = select(Conversation).filter_by(project_id=it.project_id, code=code)
    places = [it.places[each].id for each in wishes]
    said = a_profile(**profile), places, NOON.date(), NOON
    wishing.wish(session, it, session.scalars(query).one(), *said)
    session.commit()


def furnish(session: Session, keys: Keyring, project: Project, provider: Organisation) -> None:
    """Let a conversation of a provider take part in a round that is open."""
    it = a_round(session, keys, project, f"Küche {project.slug}", f"Rad {project.slug}")
    query = select(Conversation).filter_by(project_id=project.id, provider_id=provider.id)
    for each in session.scalars(query.filter_by(draft=None)):
        places = [place.id for place in it.places]
        wishing.wish(session, it, each, a_profile(), places, NOON.date(), NOON)
