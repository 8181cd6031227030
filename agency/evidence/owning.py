"""Sources of one's own: listed, changed, taken back and brought back.

Whoever cites one is told that it has changed, or is not there any more.
"""

from collections import Counter
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from agency.concepts.models import Entry
from agency.evidence.models import OwnSource
from agency.evidence.references import Kind
from agency.ventures.models import CanvasText
from core.errors import Refusal, message
from core.models import change_as_seen
from people.models import Project


class SaysNothing(Refusal):
    reason = message("A source of your own needs a title, and an address or some words.")


def own_sources(session: Session, project: Project, *, gone: bool = False) -> list[OwnSource]:
    """List those that are there, or those that were taken back; the newest first."""
    is_gone = OwnSource.deleted.is_not(None)
    query = select(OwnSource).filter_by(project_id=project.id)
    query = query.where(is_gone if gone else ~is_gone)
    return list(session.scalars(query.order_by(OwnSource.id.desc())))


def citations(session: Session, project: Project) -> Counter[int]:
    """Count how often each source is cited in what is written now."""
    entries = select(Entry.evidence).filter_by(project_id=project.id, deleted=None)
    fields = select(CanvasText).filter_by(project_id=project.id).order_by(CanvasText.number)
    newest = {(each.venture_id, each.field): each.evidence for each in session.scalars(fields)}
    found: Counter[int] = Counter()
    for cited in (*session.scalars(entries), *newest.values()):
        found.update(int(key) for kind, key, _mark in cited if kind == Kind.SOURCE)
    return found


def change(
    session: Session,
    source: OwnSource,
    title: str,
    link: str,
    text: str,
    version: int,
    by: str,
    now: datetime,
) -> None:
    """Replace what a source says, if nobody has changed it since *version* was shown.

    :raise SaysNothing: when it has no title, or neither address nor words
    :raise ChangedMeanwhile: when somebody has
    """
    if not title or not (link or text):
        raise SaysNothing
    said = {"title": title, "link": link, "text": text, "by": by, "at": now}
    change_as_seen(session, source, version, **said)


def take_back(source: OwnSource, now: datetime) -> None:
    source.deleted = source.deleted or now
    source.changed()


def bring_back(source: OwnSource) -> None:
    source.deleted = None
    source.changed()
