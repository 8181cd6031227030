"""Beginning a venture: from a card, a heading, a concept, or a thought."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from agency.concepts import writing
from agency.concepts.models import Concept, Section
from agency.concepts.phrasing import LIVE
from agency.ventures.keeping import bring_back, note
from agency.ventures.models import Act, Venture
from core.clock import ZONE
from core.errors import FormUsedTwice
from core.models import insert_once
from people.models import Project
from workshop.models import Board, Cluster, Idea
from workshop.posting import HANGING


@dataclass(frozen=True)
class Origin:
    """A concept, a card, or a heading with its cards, from which a venture may begin."""

    key: str  # concept:2, idea:7 or cluster:3
    title: str
    text: str
    source: str
    venture: Venture | None = None  # the one that has begun already


def origins(session: Session, project: Project) -> list[Origin]:
    """List the concepts, then the headings and cards of all boards, the newest first."""
    begun = _begun(session, project)
    concepts = writing.concepts_of(session, project)
    query = select(Idea).filter_by(project_id=project.id, **HANGING)
    query = query.options(joinedload(Idea.board).joinedload(Board.workshop))
    query = query.options(joinedload(Idea.challenge))
    ideas = session.scalars(query.order_by(Idea.board_id.desc(), Idea.id)).unique().all()
    headings = select(Cluster).filter_by(project_id=project.id, is_gone=False)
    found = [_of_concept(session, each, begun) for each in concepts]
    for cluster in session.scalars(
        headings.order_by(Cluster.board_id.desc(), Cluster.position)
    ):
        cards = [idea for idea in ideas if idea.cluster_id == cluster.id]
        if cards:
            found.append(_of_cluster(cluster, cards, begun))
    return found + [_of_idea(idea, begun) for idea in ideas]


def origin(session: Session, project: Project, key: str) -> Origin | None:
    """Return the concept, card or heading with this key, if *project* has it."""
    return next((each for each in origins(session, project) if each.key == key), None)


def begin(session: Session, project: Project, start: Origin, by: str, now: datetime) -> Venture:
    """Begin a venture from where it starts, with its words; twice is once.

    One that was deleted comes back.
    """
    kind, _, number = start.key.partition(":")
    owner = {"project_id": project.id, f"{kind}_id": int(number)}
    words = {"title": start.title, "text": start.text, "source": start.source}
    made = insert_once(session, Venture, **owner, **words, **_fresh(by, now))
    if made:
        note(session, made, Act.BEGUN, by, now, subject=start.source, stage=made.stage)
        return made
    earlier = session.scalars(select(Venture).filter_by(**owner)).one()
    bring_back(session, earlier, earlier, by, now)
    return earlier


def begin_anew(
    session: Session, project: Project, key: str, title: str, text: str, by: str, now: datetime
) -> Venture:
    """Begin a venture that hangs on no board, once for each form.

    :raise FormUsedTwice: when the same form brings another
    """
    owner = {"project_id": project.id, "form_key": key}
    made = insert_once(session, Venture, **owner, title=title, text=text, **_fresh(by, now))
    if made:
        note(session, made, Act.BEGUN, by, now, stage=made.stage)
        return made
    earlier = session.scalars(select(Venture).filter_by(**owner)).one()
    if (earlier.title, earlier.text) != (title, text):
        raise FormUsedTwice
    return earlier


def removed(session: Session, project: Project) -> list[Venture]:
    """List the ventures that were deleted, the latest first."""
    query = select(Venture).filter_by(project_id=project.id).where(Venture.deleted.is_not(None))
    return list(session.scalars(query.order_by(Venture.deleted.desc())))


def may_begin(session: Session, project: Project) -> bool:
    """Tell whether there is a venture, or something from which one may begin."""
    ventures = select(Venture.id).filter_by(project_id=project.id, deleted=None)
    cards = select(Idea.id).filter_by(project_id=project.id, **HANGING)
    is_there = session.scalar(select(ventures.exists() | cards.exists()))
    return bool(is_there) or writing.has_any(session, project)


def _fresh(by: str, now: datetime) -> Mapping[str, object]:
    today = now.astimezone(ZONE).date()
    return {"begins": date(today.year, today.month, 1), "by": by, "at": now}


def _begun(session: Session, project: Project) -> Mapping[str, Venture]:
    query = select(Venture).filter_by(project_id=project.id, deleted=None)
    return {
        f"{kind}:{number}": each
        for each in session.scalars(query)
        for kind in ("idea", "cluster", "concept")
        if (number := getattr(each, f"{kind}_id"))
    }


def _of_concept(session: Session, concept: Concept, begun: Mapping[str, Venture]) -> Origin:
    """Return a concept with its approach; what is only cited there stays where it arose."""
    approach = writing.content(session, concept).of(Section.APPROACH)
    said = "\n".join(each.text for each in approach if not LIVE.search(each.text))
    key = f"concept:{concept.id}"
    return Origin(key, concept.title, said, concept.title, begun.get(key))


def _of_idea(idea: Idea, begun: Mapping[str, Venture]) -> Origin:
    key, board = f"idea:{idea.id}", idea.board
    asked = idea.challenge.question
    return Origin(
        key, idea.title, idea.text, f"{board.workshop.title}: {asked}", begun.get(key)
    )


def _of_cluster(
    cluster: Cluster, cards: Sequence[Idea], begun: Mapping[str, Venture]
) -> Origin:
    key, board = f"cluster:{cluster.id}", cards[0].board
    text = "\n".join(
        f"{each.title}: {each.text}" if each.text else each.title for each in cards
    )
    source = f"{board.workshop.title}: {board.called}"
    return Origin(key, cluster.title, text, source, begun.get(key))
