"""Bringing two organisations together: onto the agenda, and what came of it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from core.clock import ZONE
from core.errors import Refusal, message
from core.languages import FOR_STAFF
from core.models import insert_once
from networks.models import Introduction, Source, Stage
from networks.network import Node
from networks.reasoning import to_json
from networks.recording import record, recorded, remove
from networks.roster import said_in
from networks.suggestion import Suggestion, Terms
from people.models import Naming, Organisation, Project, Side
from people.naming import display_name
from surveys.models import Survey

ABOUT = "introduction"  # what a tie is about that came of one
OUTCOMES = (Stage.MET, Stage.WORKING, Stage.NOTHING)


class KnownAlready(Refusal):
    reason = message("This pair is on the agenda already, or was set aside.")


class NotSuggested(Refusal):
    reason = message("This pair is not suggested any more. Please load the page again.")


def terms_of(session: Session, project: Project) -> Terms:
    """Return what every organisation of the register needs and offers."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for each in said_in(session, project):
        found.setdefault(each.code, ([], []))[each.side == Side.OFFER].append(each.term)
    return {code: (tuple(needs), tuple(offers)) for code, (needs, offers) in found.items()}


def introductions(session: Session, project: Project) -> list[Introduction]:
    """List all introductions of *project*, the oldest first."""
    query = select(Introduction).filter_by(project_id=project.id)
    return list(session.scalars(query.order_by(Introduction.at, Introduction.id)))


def nodes_of(session: Session, project: Project, codes: Collection[str]) -> dict[str, Node]:
    """Return organisations that are not in the network, or not any more."""
    query = select(Organisation).filter_by(project_id=project.id)
    return {
        each.code: Node(
            each.code, each.name, each.short_name, each.sector, each.kind, each.locality,
            each.naming, {code: display_name(each, Naming.PUBLIC, code) for code in FOR_STAFF},
        )
        for each in session.scalars(query.where(Organisation.code.in_(codes)))
    }  # fmt: skip


def begin(
    session: Session,
    survey: Survey,
    suggestion: Suggestion,
    stage: Stage,
    by: str,
    now: datetime,
) -> Introduction:
    """Put a pair on the agenda of the next network meeting, or set it aside.

    :raise NotSuggested: when one of both is not in the register any more
    :raise KnownAlready: when somebody has decided of this pair before
    """
    ids = _ids(session, survey.project_id, {*suggestion.pair, suggestion.broker})
    if not ids.keys() >= {*suggestion.pair}:
        raise NotSuggested
    a, b = sorted(ids[code] for code in suggestion.pair)
    made = insert_once(
        session, Introduction, project_id=survey.project_id, a_id=a, b_id=b,
        broker_id=ids.get(suggestion.broker), survey_id=survey.id, stage=stage,
        reason=to_json(suggestion), outcome="", by=by, at=now,
    )  # fmt: skip
    if made is None:
        raise KnownAlready
    return made


def take_back(session: Session, introduction: Introduction, now: datetime) -> None:
    """Leave the pair as if nobody had decided of it; doing so twice does it once."""
    _forget_tie(session, introduction, now)
    session.execute(delete(Introduction).filter_by(id=introduction.id))


def note_outcome(
    session: Session,
    introduction: Introduction,
    stage: Stage,
    outcome: str,
    by: str,
    now: datetime,
) -> None:
    """Note what came of an introduction; who works together since has a tie.

    :raise NotSuggested: when somebody has taken the pair back meanwhile
    """
    noted = update(Introduction).filter_by(id=introduction.id)
    noted = noted.values(stage=stage, outcome=outcome).returning(Introduction.id)
    if session.scalar(noted) is None:
        raise NotSuggested
    if stage == Stage.WORKING:
        _record_tie(session, introduction, by, now)
    else:
        _forget_tie(session, introduction, now)


def _record_tie(session: Session, of: Introduction, by: str, now: datetime) -> None:
    one, other = (session.get_one(Organisation, each) for each in (of.a_id, of.b_id))
    project = session.get_one(Project, of.project_id)
    today = now.astimezone(ZONE).date()
    record(session, project, one, other, Source.MEETING, ABOUT, today, by=by)


def _forget_tie(session: Session, of: Introduction, now: datetime) -> None:
    project = session.get_one(Project, of.project_id)
    ours = Source.MEETING, of.a_id, of.b_id, ABOUT, ""
    for each in recorded(session, project):
        if each.key == ours:
            remove(session, project, each, now)


def _ids(session: Session, project_id: int, codes: Collection[str]) -> dict[str, int]:
    query = select(Organisation.code, Organisation.id).where(
        Organisation.project_id == project_id,
        Organisation.code.in_(codes),
        Organisation.deleted.is_(None),
    )
    return {row.code: row.id for row in session.execute(query)}
