"""What both sides say in a round: what counts for an enterprise, and what people wish for."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from agency.gathering.stating import chosen
from agency.rounds.beginning import hold_open
from agency.rounds.models import RankingPerson, RankingPlace, RankingRound
from agency.rounds.weighing import FEWEST, LEVELS, Criterion, Profile, kept
from core.clock import ZONE
from core.errors import Refusal, message
from core.models import insert_once
from surveys.conversations.models import Conversation
from surveys.definition import Definition

MOST = 5  # wishes of a person


class AgreedLater(Refusal):
    reason = message("Please enter nobody before they have said yes.")


def say(
    session: Session, place: RankingPlace, criteria: Sequence[Criterion], now: datetime
) -> None:
    """Note what counts for an enterprise; the last word counts.

    :raise RoundIsOver: when the round is decided
    """
    hold_open(session, place.round_id)
    said = update(RankingPlace).filter_by(id=place.id)
    session.execute(said.values(wanted=kept(criteria), answered=now))


def wish(
    session: Session,
    it: RankingRound,
    conversation: Conversation,
    profile: Profile,
    wishes: Sequence[int],
    agreed: date,
    now: datetime,
) -> None:
    """Let a person take part who has said yes to it; the last word counts.

    :raise RoundIsOver: when the round is decided
    :raise AgreedLater: when the day of the yes is still to come
    """
    hold_open(session, it.id)
    if agreed > now.astimezone(ZONE).date():
        raise AgreedLater
    key = {"round_id": it.id, "conversation_id": conversation.id}
    said = {
        "fields": " ".join(sorted(profile.fields)), "german": profile.german,
        "hours": profile.hours, "starts": profile.starts, "agreed": agreed,
        "wishes": [*wishes],
    }  # fmt: skip
    if not insert_once(session, RankingPerson, project_id=it.project_id, **key, **said):
        session.execute(update(RankingPerson).filter_by(**key).values(said))


def withdraw(session: Session, person: RankingPerson) -> None:
    """Let a person take part no longer.

    :raise RoundIsOver: when the round is decided
    """
    hold_open(session, person.round_id)
    session.execute(delete(RankingPerson).filter_by(id=person.id))


def people_of(session: Session, it: RankingRound, provider_id: int) -> Sequence[RankingPerson]:
    """List the people of one provider in a round, by their codes."""
    query = select(RankingPerson).join(RankingPerson.conversation)
    query = query.where(
        RankingPerson.round_id == it.id, Conversation.provider_id == provider_id
    )
    return session.scalars(query.order_by(Conversation.code)).all()


def person_of(
    session: Session, it: RankingRound, conversation: Conversation
) -> RankingPerson | None:
    key = {"round_id": it.id, "conversation_id": conversation.id}
    return session.scalar(select(RankingPerson).filter_by(**key))


def at_least(session: Session, it: RankingRound) -> int:
    """Return how many people take part, counted in fives: nobody is told of a single one."""
    query = select(func.count()).select_from(RankingPerson).filter_by(round_id=it.id)
    return (session.scalar(query) or 0) // FEWEST * FEWEST


def known_of(definition: Definition, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a conversation told already: German, and the fields of earlier work."""
    german = next(
        (answers.get(item.name) for item in definition.having("match", "need.german")), None
    )
    fields = {
        choice.attributes["isco08"][0]
        for item in definition.having("match", "skill")
        for choice in definition.lists.get(item.list, ())
        if choice.name in chosen(answers.get(item.name)) and choice.attributes.get("isco08")
    }
    return {"german": german if german in LEVELS else None, "fields": sorted(fields)}


def profile_of(person: RankingPerson) -> Profile:
    fields = frozenset(person.fields.split())
    return Profile(fields, person.german, person.hours, person.starts)
