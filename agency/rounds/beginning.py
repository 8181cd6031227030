"""Beginning a round with vacancies, each with a link for its enterprise; and removing it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from secrets import token_hex

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from agency.rounds.models import RankingPlace, RankingRound
from agency.vacancies import VACANCY, stands
from core.errors import FormUsedTwice, Refusal, message
from core.keys import Keyring
from core.links import hash_of, key_from, new_link
from core.models import insert_once
from people.listings.keeping import listed
from people.listings.models import For, Listing
from people.models import Project, Side
from people.terms.keeping import taxonomy_of

KEY = "ranking"


class RoundIsOver(Refusal):
    reason = message("This round is decided. Nothing can be changed in it any more.")


def open_vacancies(session: Session, project: Project, today: date) -> list[Listing]:
    """List the vacancies of enterprises for which somebody is looked for."""
    resolve = taxonomy_of(session, project.id).resolve
    return [
        each
        for each in listed(session, project)
        if each.side == Side.NEED
        and each.people == For.ORGANISATIONS
        and resolve(each.term) == VACANCY
        and stands(each, today)
    ]


def begin(
    session: Session,
    keys: Keyring,
    project: Project,
    title: str,
    vacancies: Mapping[Listing, int],
    by: str,
    now: datetime,
    form_key: str,
) -> RankingRound:
    """Begin a round with so many places of each vacancy.

    :raise FormUsedTwice: when the same form brings something else
    """
    key = {"project_id": project.id, "form_key": form_key}
    said = {"title": title, "by": by, "at": now, "seed": token_hex(16)}
    made = insert_once(session, RankingRound, **key, **said)
    if made is None:
        earlier = session.scalars(select(RankingRound).filter_by(**key)).one()
        there = {each.vacancy_id: each.seats for each in earlier.places}
        if earlier.title != title or there != {v.id: n for v, n in vacancies.items()}:
            raise FormUsedTwice
        return earlier
    for vacancy, seats in vacancies.items():
        place = {"round_id": made.id, "vacancy_id": vacancy.id, "seats": seats}
        session.add(RankingPlace(project_id=project.id, **place, **new_link(keys, KEY)))
    session.flush()
    return made


def rounds_of(session: Session, project: Project) -> Sequence[RankingRound]:
    """List the rounds of a project, the latest first."""
    query = select(RankingRound).filter_by(project_id=project.id, deleted=None)
    return session.scalars(query.order_by(RankingRound.id.desc())).all()


def any_begun(session: Session, project: Project) -> bool:
    mine = RankingRound.project_id == project.id, RankingRound.deleted.is_(None)
    return bool(session.scalar(select(exists().where(*mine))))


def hold_open(session: Session, round_id: int) -> None:
    """Let nobody decide a round until what is being said is in it.

    :raise RoundIsOver: when somebody was faster
    """
    mine = update(RankingRound).where(
        RankingRound.id == round_id,
        RankingRound.decided.is_(None),
        RankingRound.deleted.is_(None),
    )
    mine = mine.values(version=RankingRound.version + 1)
    if session.scalar(mine.returning(RankingRound.id)) is None:
        raise RoundIsOver


def key_of(keys: Keyring, place: RankingPlace) -> str:
    """Return the key that stands in the address under which an enterprise has its say."""
    return key_from(keys, KEY, place.nonce)


def place_with(session: Session, key: str) -> RankingPlace | None:
    """Return the place whose link has this key, while its round is there."""
    query = select(RankingPlace).join(RankingRound, RankingRound.id == RankingPlace.round_id)
    query = query.where(RankingPlace.key_hash == hash_of(key), RankingRound.deleted.is_(None))
    return session.scalar(query)
