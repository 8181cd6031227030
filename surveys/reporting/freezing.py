"""Freezing figures, so that what a document cites is there later as it was."""

import re
import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from core.models import insert_once
from people.models import Project
from surveys.hiding import PUBLIC
from surveys.models import Subject, Survey
from surveys.reporting.figures import Figure
from surveys.reporting.models import Frozen

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that looks like something else
LONG = 6


class TooFew(Refusal):
    reason = message(
        "Not for everyone: figures about persons leave the project only where each count "
        "stands for ten people or more."
    )


def freeze(
    session: Session, survey: Survey, figure: Figure, by: str, now: datetime
) -> tuple[Frozen, bool]:
    """Freeze *figure*, and tell whether it was new; what is frozen already is returned."""
    values = {
        "project_id": survey.project_id, "survey_id": survey.id, "digest": figure.digest,
        "content": figure.to_json(), "by": by, "at": now, "note": "", "is_public": False,
    }  # fmt: skip
    same = select(Frozen).filter_by(project_id=survey.project_id, digest=figure.digest)
    while True:
        if fresh := insert_once(session, Frozen, code=_new_code(), **values):
            return fresh, True
        if found := session.scalar(same):  # else the code was taken
            found.withdrawn = None
            return found, False


def figure_of(frozen: Frozen) -> Figure:
    """Return what was frozen."""
    return Figure.from_json(frozen.content)


def publish(frozen: Frozen) -> None:
    """Let everyone see a figure.

    :raise TooFew: when it is about persons, and some count tells of fewer than ten
    """
    found = figure_of(frozen)
    told = [cell for row in found.table for cell in row[1:]] + re.findall(r"\d+", found.n)
    small = (int(each) < PUBLIC for each in told if each.isdecimal())
    if frozen.survey.subject is Subject.PERSONS and any(small):
        raise TooFew
    frozen.is_public = True


def frozen_of(
    session: Session, project_id: int, words: str = "", survey: Survey | None = None
) -> Sequence[Frozen]:
    """List what a project has frozen and not withdrawn, the newest first."""
    query = select(Frozen).filter_by(project_id=project_id, withdrawn=None)
    if survey is not None:
        query = query.filter_by(survey_id=survey.id)
    found = session.scalars(query.order_by(Frozen.at.desc(), Frozen.id.desc())).all()
    sought = words.casefold().split()
    return [each for each in found if all(word in _searched(each) for word in sought)]


def has_frozen(session: Session, project: Project) -> bool:
    return bool(session.scalar(select(exists().where(Frozen.project_id == project.id))))


def public_one(session: Session, code: str) -> Frozen | None:
    """Return the frozen figure with this code if everyone may see it."""
    return session.scalar(select(Frozen).filter_by(code=code, is_public=True))


def _searched(frozen: Frozen) -> str:
    return f"{frozen.code} {frozen.title} {frozen.note} {frozen.by}".casefold()


def _new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LONG))
