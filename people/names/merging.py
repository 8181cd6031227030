"""Merging: two entries of the register that are one organisation, and taking that back.

Rows stay where they are. Who was merged is gone from every list and says into whom;
whatever is told of it counts for the other, which answers to its names.
"""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session, aliased, joinedload

from core.errors import Refusal, message
from people.models import Organisation, Project
from people.names.agreeing import agree
from people.names.models import Merge


class NotTwo(Refusal):
    reason = message("Please choose two different entries of the register.")


class GoneAlready(Refusal):
    """One of the two is merged or deleted: who is gone cannot take in another."""

    reason = message("One of the two is deleted or merged already. Please load the page again.")


def merge(
    session: Session,
    project: Project,
    gone: Organisation,
    kept: Organisation,
    *,
    by: str,
    now: datetime,
    reason: str = "",
) -> Merge:
    """Let *gone* be the same as *kept* from now on. Saying it twice is saying it once.

    :raise NotTwo: when both are one entry, or not of the project
    :raise GoneAlready: when one of them is merged or deleted
    """
    if gone.id == kept.id or {gone.project_id, kept.project_id} != {project.id}:
        raise NotTwo
    _one_at_a_time(session, project.id)
    other = aliased(Organisation)
    there = select(other.id).where(other.id == kept.id, other.deleted.is_(None))
    went = session.scalar(
        update(Organisation)
        .where(Organisation.id == gone.id, Organisation.deleted.is_(None), there.exists())
        .values(merged_into_id=kept.id, deleted=now, version=Organisation.version + 1)
        .returning(Organisation.id)
        .execution_options(synchronize_session=False)
    )
    if went is None:
        earlier = select(Merge).filter_by(gone_id=gone.id, kept_id=kept.id, undone=None)
        if found := session.scalar(earlier):
            return found
        raise GoneAlready
    done = Merge(
        project_id=project.id, gone_id=gone.id, kept_id=kept.id, reason=reason, by=by, at=now
    )
    session.add(done)
    _look_again(session, gone, kept)
    return done


def undo(session: Session, done: Merge, *, by: str, now: datetime) -> None:
    """Let both entries stand for themselves again, as before; once is enough."""
    _one_at_a_time(session, done.project_id)
    taken_back = session.scalar(
        update(Merge)
        .where(Merge.id == done.id, Merge.undone.is_(None))
        .values(undone=now, undone_by=by)
        .returning(Merge.id)
        .execution_options(synchronize_session=False)
    )
    if taken_back is None:
        return
    session.execute(
        update(Organisation)
        .where(Organisation.id == done.gone_id, Organisation.merged_into_id == done.kept_id)
        .values(merged_into_id=None, deleted=None, version=Organisation.version + 1)
        .execution_options(synchronize_session=False)
    )
    session.refresh(done)
    _look_again(session, done.gone, done.kept)


def merged(session: Session, project: Project) -> dict[int, int]:
    """Return, for everyone merged, who they go by now, at the end of every chain."""
    query = select(Organisation.id, Organisation.merged_into_id).filter_by(
        project_id=project.id
    )
    rows = session.execute(query.where(Organisation.merged_into_id.is_not(None)))
    into = {gone: kept for gone, kept in rows if kept is not None}
    found = {}
    for gone in into:
        kept = into[gone]
        while kept in into:
            kept = into[kept]
        found[gone] = kept
    return found


def merges(session: Session, project: Project) -> list[Merge]:
    """List all that was merged, the latest first, with what was taken back."""
    query = select(Merge).filter_by(project_id=project.id).order_by(Merge.id.desc())
    both = joinedload(Merge.gone), joinedload(Merge.kept)
    return list(session.scalars(query.options(*both)))


def _look_again(session: Session, gone: Organisation, kept: Organisation) -> None:
    """Bring what is held in memory up to date, and agree on who may see the name."""
    session.flush()
    session.refresh(gone)
    session.refresh(kept)
    session.expire(kept, ["absorbed"])
    agree(session, kept)
    kept.changed()
    session.flush()


def _one_at_a_time(session: Session, project_id: int) -> None:
    """Write to the project first, so that others who merge in it wait in line."""
    session.execute(
        update(Project)
        .where(Project.id == project_id)
        .values(version=Project.version + 1)
        .execution_options(synchronize_session=False)
    )
