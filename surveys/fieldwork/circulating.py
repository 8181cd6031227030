"""Circulars: one mail to all who left an address for the same purpose."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import FormUsedTwice, Refusal, message
from core.models import insert_once
from surveys.fieldwork.models import Circular
from surveys.fieldwork.reaching import Left
from surveys.models import Survey


class NobodyToWriteTo(Refusal):
    reason = message("Nobody is there to write to.")


def reached(found: Sequence[Left], purpose: str, since: datetime | None = None) -> list[Left]:
    """List who left an address for *purpose*, each address once; or only those new *since*."""
    wanted = [left for left in found if purpose in {each.name for each in left.purposes}]
    fresh = [left for left in wanted if since is None or left.handed_in > since]
    return [*{left.address.casefold(): left for left in fresh if left.address}.values()]


def circulars_of(session: Session, survey: Survey) -> Sequence[Circular]:
    """List the circulars of a survey, the latest first."""
    query = select(Circular).filter_by(survey_id=survey.id)
    return session.scalars(query.order_by(Circular.id.desc())).all()


def written_to(circulars: Sequence[Circular], left: Left, purpose: str) -> datetime | None:
    """Return when somebody was first written to for *purpose*; each circular reaches all new.

    *circulars* are those of the survey, the latest first.
    """
    after = (each.at for each in circulars if each.purpose == purpose)
    times = [at for at in after if at >= left.handed_in]
    return times[-1] if times and left.address else None


def key_of_next(session: Session, survey: Survey, purpose: str) -> str:
    """Return the key of the form for the next circular: the same in every tab.

    So what two people write at the same moment does not go out twice.
    """
    sent = (each.id for each in circulars_of(session, survey) if each.purpose == purpose)
    words = f"circular {survey.id} {purpose} {next(sent, 0)}"
    return sha256(words.encode()).hexdigest()[:32]


def note_circular(
    session: Session,
    survey: Survey,
    key: str,
    purpose: str,
    words: tuple[str, str],
    by: str,
    recipients: int,
    now: datetime,
) -> bool:
    """Note a circular with its subject and text; false when this form has sent it already.

    Whoever notes it writes the mails in the same transaction.

    :raise NobodyToWriteTo: when there are no recipients
    :raise FormUsedTwice: when the form has sent something else
    """
    subject, text = words
    values = {"survey_id": survey.id, "purpose": purpose, "subject": subject, "text": text}
    fresh = insert_once(
        session, Circular, form_key=key, project_id=survey.project_id, by=by, at=now,
        recipients=recipients, **values,
    )  # fmt: skip
    if fresh and not recipients:
        raise NobodyToWriteTo
    same = select(Circular.id).filter_by(form_key=key, **values)
    if not fresh and session.scalar(same) is None:
        raise FormUsedTwice
    return fresh is not None
