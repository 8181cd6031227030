"""Anonymity: what an anonymous survey may ask, and how its answers are found again.

The token of a link follows from a key of the survey (K) that lies outside the database. A
response carries only the hash of HMAC(K, hash of the token): whoever comes back with the
link finds it, and whoever holds the database alone does not find the link.
"""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import update
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from core.keys import Keyring
from surveys.definition import Definition, Item, text_in
from surveys.models import AnonymousResponse, Kind, State, Survey

TELLING = ("register", "pii", "tie")  # columns of questions whose answers say who it is
CLOCK = "now("


class SurveyClosed(Refusal):
    reason = message("This survey is closed. Thank you for your interest.")


class NotAnonymous(Refusal):
    """The form asks who somebody is."""

    reason = message(
        "This survey cannot be anonymous: the question “%(question)s” asks who somebody is. "
        "Take it out of the form, or choose another kind."
    )


def key_of(survey_id: int) -> str:
    """Return the name of the key K of a survey."""
    return f"survey-{survey_id}"


def answers_key_of(survey_id: int) -> str:
    """Return the name of the key that seals answers in backups as long as there is a K."""
    return f"answers-{survey_id}"


def ticket_hash(keys: Keyring, survey_id: int, token_hash: str) -> str:
    """Return what the response to an invitation carries until the survey closes."""
    ticket = keys.hash(key_of(survey_id), f"ticket {token_hash}")
    return sha256(ticket.encode()).hexdigest()


def day_of(moment: datetime) -> datetime:
    """Return the day of a moment, as its noon."""
    return moment.astimezone(UTC).replace(hour=12, minute=0, second=0, microsecond=0)


def fit(definition: Definition) -> Definition:
    """Return what an anonymous survey asks: the same, without noting the time of day.

    :raise NotAnonymous: when a question asks who somebody is
    """
    for item in definition.walk():
        if any(column in item.osi for column in TELLING):
            label, _ = text_in(item.label, "de", definition.default_language)
            raise NotAnonymous(question=label or item.name)
    return replace(definition, items=tuple(_timeless(item) for item in definition.items))


def fit_for(survey: Survey, definition: Definition) -> Definition:
    """Return what *survey* may ask: all, unless it is anonymous and people can answer.

    :raise NotAnonymous: when a question asks who somebody is
    """
    is_bound = survey.kind == Kind.ANONYMOUS and survey.state != State.DRAFT
    return fit(definition) if is_bound else definition


def still_open(session: Session, survey_id: int) -> None:
    """Let no answer come in after the survey has closed; writers wait for each other.

    :raise SurveyClosed: when it has
    """
    mine = update(Survey).where(Survey.id == survey_id, Survey.state == State.OPEN)
    same = mine.values(version=Survey.version).execution_options(synchronize_session=False)
    if session.scalar(same.returning(Survey.id)) is None:
        raise SurveyClosed


def arrive(session: Session, response_id: str, day: datetime) -> None:
    """Note that a response is handed in, on a day; figures count it with the next batch."""
    query = update(AnonymousResponse).where(
        AnonymousResponse.id == response_id, AnonymousResponse.submitted.is_(None)
    )
    day = day_of(day)
    session.execute(query.values(submitted=day).execution_options(synchronize_session=False))


def _timeless(item: Item) -> Item:
    """Return *item* so that no answer to it tells when it was given."""
    items = tuple(_timeless(each) for each in item.items)
    calculation = "''" if CLOCK in item.calculation.replace(" ", "") else item.calculation
    default = "" if CLOCK in item.default.replace(" ", "") else item.default
    return replace(item, items=items, calculation=calculation, default=default)
