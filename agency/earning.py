"""From what an organisation lives, as the register holds it: noted, taken back, kept."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from agency.diversity import KINDS
from agency.models import IncomeNote
from core.errors import FormUsedTwice, Refusal, message
from core.models import change_as_seen, insert_once
from people.models import Organisation

ENDS = "inc_expiring_pct"
NAMES = (*(f"inc_{kind}" for kind in KINDS), ENDS)
WHOLE = 100
BEFORE = "before"  # in place of a form: what stood there at first


class MoreThanAll(Refusal):
    reason = message("All kinds of income together are more than 100 per cent.")


def figures_of(organisation: Organisation) -> dict[str, float]:
    """Return what the register holds of an organisation's income, in per cent."""
    told = ((name, organisation.details.get(name)) for name in NAMES)
    return {name: value for name, value in told if isinstance(value, int | float)}


def note(
    session: Session,
    organisation: Organisation,
    figures: Mapping[str, float],
    version: int,
    form_key: str,
    by: str,
    now: datetime,
) -> IncomeNote:
    """Let the register hold other figures, once for each form; none takes them back.

    :raise MoreThanAll: when the kinds are more than the whole
    :raise FormUsedTwice: when the same form brings something else
    :raise ChangedMeanwhile: when somebody has changed the entry since *version* was shown
    """
    told = {name: figures[name] for name in NAMES if name in figures}
    if sum(value for name, value in told.items() if name != ENDS) > WHOLE:
        raise MoreThanAll
    place = {"project_id": organisation.project_id, "organisation_id": organisation.id}
    if before := figures_of(organisation):
        _keep_what_stood(session, place, before, now)
    said = {"figures": told, "by": by, "at": now}
    made = insert_once(session, IncomeNote, **place, form_key=form_key, **said)
    if made is None:
        earlier = session.scalars(
            select(IncomeNote).filter_by(**place, form_key=form_key)
        ).one()
        if earlier.figures != told:
            raise FormUsedTwice
        return earlier
    others = {name: v for name, v in organisation.details.items() if name not in NAMES}
    change_as_seen(session, organisation, version, details=others | told)
    return made


def history(session: Session, organisation: Organisation) -> Sequence[IncomeNote]:
    """List all that was noted, the latest first."""
    query = select(IncomeNote).filter_by(organisation_id=organisation.id)
    return session.scalars(query.order_by(IncomeNote.id.desc())).all()


def _keep_what_stood(
    session: Session, place: Mapping[str, int], before: Mapping[str, float], now: datetime
) -> None:
    query = select(IncomeNote.id).filter_by(**place)
    if session.scalar(query.limit(1)) is None:
        said = {"figures": dict(before), "by": "", "at": now}
        insert_once(session, IncomeNote, **place, form_key=BEFORE, **said)
