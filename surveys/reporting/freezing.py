"""Freezing figures, so that what a document cites is there later as it was."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from core.models import insert_once
from people.models import Project
from surveys.models import Survey
from surveys.reporting.figures import Figure
from surveys.reporting.models import Frozen

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that looks like something else
LONG = 6


class TooFew(Refusal):
    reason = message(
        "Not for everyone: what leaves the project tells of ten or more only, and of this "
        "figure nothing would be left."
    )


def freeze(
    session: Session,
    survey: Survey,
    figure: Figure,
    by: str,
    now: datetime,
    public: Figure | None = None,
) -> tuple[Frozen, bool]:
    """Freeze *figure*, and tell whether it was new; what is frozen already is returned.

    *public* is the same as everyone may see it, with small counts hidden.
    """
    values = {
        "project_id": survey.project_id, "survey_id": survey.id, "digest": figure.digest,
        "content": figure.to_json(), "public": public and public.to_json(),
        "by": by, "at": now, "note": "", "is_public": False,
    }  # fmt: skip
    same = select(Frozen).filter_by(project_id=survey.project_id, digest=figure.digest)
    while True:
        if fresh := insert_once(session, Frozen, code=new_code(), **values):
            return fresh, True
        if found := session.scalar(same):  # else the code was taken
            if found.withdrawn:
                found.withdrawn, found.is_public = None, False
            return found, False


def figure_of(frozen: Frozen) -> Figure:
    """Return what was frozen."""
    return Figure.from_json(frozen.content)


def public_figure_of(frozen: Frozen) -> Figure:
    """Return what everyone may see of what was frozen."""
    return Figure.from_json(frozen.public or {})


def publish(frozen: Frozen) -> None:
    """Let everyone see a figure, as far as it may be seen.

    :raise TooFew: when nothing of it may
    """
    if frozen.public is None:
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


def new_code() -> str:
    """Make up the code by which a figure is cited."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LONG))
