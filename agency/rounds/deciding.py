"""Deciding a round, undoing that, and releasing contacts: the result is a proposal.

A counsellor sees what comes of her own provider's people, and why; nobody else sees anything
before she releases a contact, with the person's yes.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from agency import vacancies
from agency.models import Release
from agency.rounds.beginning import RoundIsOver
from agency.rounds.models import RankingPerson, RankingPlace, RankingRound
from agency.rounds.weighing import (
    Hope,
    Offered,
    Reason,
    Wisher,
    criteria_of,
    hopes,
    reason,
    seats,
)
from agency.rounds.wishing import profile_of
from core.clock import ZONE
from core.errors import Refusal, message
from people.models import Organisation


class ContactsReleased(Refusal):
    reason = message("A contact was released already. The round stays as it is decided.")


class NoPlace(Refusal):
    reason = message("For this person no place is proposed that could be released.")


@dataclass(frozen=True)
class Market:
    """All who take part in a round, by their numbers."""

    people: Mapping[int, Wisher]
    places: Mapping[int, Offered]
    providers: Mapping[int, int]  # of people


def decide(session: Session, it: RankingRound, now: datetime) -> None:
    """Close a round and note where everyone comes.

    :raise RoundIsOver: when somebody has decided already
    """
    mine = update(RankingRound).where(
        RankingRound.id == it.id,
        RankingRound.decided.is_(None),
        RankingRound.deleted.is_(None),
    )
    mine = mine.values(decided=now, version=RankingRound.version + 1)
    if session.scalar(mine.returning(RankingRound.id)) is None:
        raise RoundIsOver
    today = now.astimezone(ZONE).date()
    for place in session.scalars(select(RankingPlace).filter_by(round_id=it.id)):
        gone = place.vacancy.deleted is not None or not vacancies.stands(place.vacancy, today)
        place.is_out = gone
    market = market_of(session, it)
    for person, at in seats(market.people, market.places, it.seed).items():
        session.execute(update(RankingPerson).filter_by(id=person).values(place_id=at))


def undo(session: Session, it: RankingRound) -> None:
    """Open a round again: both sides may say something else.

    :raise ContactsReleased: when a counsellor has released somebody already
    """
    mine = update(RankingRound).where(RankingRound.id == it.id, RankingRound.released.is_(None))
    mine = mine.values(decided=None, version=RankingRound.version + 1)
    if session.scalar(mine.returning(RankingRound.id)) is None:
        raise ContactsReleased
    session.execute(update(RankingPerson).filter_by(round_id=it.id).values(place_id=None))


def remove(session: Session, it: RankingRound, now: datetime) -> None:
    """Let a round be gone from every list.

    :raise ContactsReleased: when something has come of it
    """
    gone = update(RankingRound).where(RankingRound.id == it.id, RankingRound.released.is_(None))
    if session.scalar(gone.values(deleted=now).returning(RankingRound.id)) is None:
        raise ContactsReleased


def restore(session: Session, it: RankingRound) -> None:
    session.execute(update(RankingRound).filter_by(id=it.id).values(deleted=None))


def release(
    session: Session,
    person: RankingPerson,
    provider: Organisation,
    agreed: date,
    by: str,
    now: datetime,
    form_key: str,
) -> None:
    """Let the enterprise ask *provider* for a person who has said yes to it.

    :raise NoPlace: when none is proposed, or the contact is released already
    """
    first = update(RankingRound).where(
        RankingRound.id == person.round_id,
        RankingRound.decided.is_not(None),
        RankingRound.deleted.is_(None),
    )
    first = first.values(released=func.coalesce(RankingRound.released, now))
    place = session.get(RankingPlace, person.place_id or 0)
    if place is None or session.scalar(first.returning(RankingRound.id)) is None:
        raise NoPlace
    said = 1, agreed, by, now, form_key
    made = vacancies.release(session, place.vacancy, provider, *said)
    mine = update(RankingPerson).where(
        RankingPerson.id == person.id,
        RankingPerson.place_id == place.id,
        (RankingPerson.release_id.is_(None)) | (RankingPerson.release_id == made.id),
    )
    mine = mine.values(release_id=made.id)
    if session.scalar(mine.returning(RankingPerson.id)) is None:
        raise NoPlace


def market_of(session: Session, it: RankingRound) -> Market:
    """Return who took part when a round was decided."""
    query = select(RankingPlace).filter_by(round_id=it.id, is_out=False)
    places = {
        each.id: Offered(each.seats, criteria_of(each.wanted))
        for each in session.scalars(query.order_by(RankingPlace.id))
    }
    people = session.scalars(select(RankingPerson).filter_by(round_id=it.id)).all()
    return Market(
        {each.id: Wisher(profile_of(each), each.wishes) for each in people},
        places,
        {each.id: each.conversation.provider_id for each in people},
    )


def reason_of(market: Market, person: RankingPerson) -> Reason:
    """Tell why somebody comes where she comes."""
    return reason(market.people[person.id], person.place_id, market.places)


def hopes_of(market: Market, it: RankingRound, person: RankingPerson) -> list[Hope]:
    """List what one change would do for somebody; of people elsewhere only in fives."""
    own = market.providers[person.id]
    others = Counter(
        place
        for number, each in market.people.items()
        if market.providers[number] != own
        for place in each.wishes
    )
    at = person.id, person.place_id
    return hopes(*at, market.people, market.places, it.seed, others)


def released_at(session: Session, place: RankingPlace) -> Sequence[tuple[Organisation, int]]:
    """List the providers whom an enterprise may ask by now, each for so many people."""
    query = (
        select(Organisation, func.sum(Release.people))
        .join(Release, Release.provider_id == Organisation.id)
        .join(RankingPerson, RankingPerson.release_id == Release.id)
        .where(RankingPerson.place_id == place.id)
        .group_by(Organisation.id)
        .order_by(Organisation.name)
    )
    return [(provider, int(number)) for provider, number in session.execute(query)]
