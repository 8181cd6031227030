"""Following: what has become of ideas, dated and never overwritten."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from core.errors import FormUsedTwice
from core.models import insert_once
from people.models import Project
from people.naming import fold
from workshop.following.backing import backing_on, cards_numbered
from workshop.following.deciding import decisions
from workshop.following.models import Decision, FollowUp, Outlook, State
from workshop.models import Board, Idea, Participant, Workshop
from workshop.moving import Act, change, show
from workshop.voting.opening import key_of

NOT_YET = "not yet"  # decided, and no note


@dataclass(frozen=True)
class Course:
    """An idea with what was decided on it and what has become of it."""

    idea: Idea
    decision: Decision | None
    notes: Sequence[FollowUp]  # the newest first

    @property
    def state(self) -> State | None:
        """How far it has come, as the newest note says."""
        return self.notes[0].state if self.notes else None


def note(
    session: Session,
    idea: Idea,
    form_key: str,
    by: str,
    now: datetime,
    *,
    state: State,
    text: str,
    day: date,
) -> FollowUp:
    """Note what has become of *idea*; one form notes it once.

    :raise FormUsedTwice: when the same form brings another note
    :raise NotNow: when its board is in a phase without follow-up
    """  # fmt: skip
    said = {"state": state, "text": text, "day": day}
    key = {"project_id": idea.project_id, "idea_id": idea.id, "form_key": form_key}
    added = insert_once(session, FollowUp, **key, **said, by=by, at=now)
    if added:
        change(session, idea.board, Act.FOLLOW)
        return added
    earlier = session.scalars(select(FollowUp).filter_by(**key)).one()
    if any(getattr(earlier, name) != value for name, value in said.items()):
        raise FormUsedTwice
    return earlier


def withdraw(session: Session, idea: Idea, number: int, is_withdrawn: bool = True) -> bool:
    """Take back a note on *idea* that was wrong, or let it count again; false when none is."""
    found = update(FollowUp).filter_by(id=number, idea_id=idea.id)
    found = found.values(is_withdrawn=is_withdrawn).returning(FollowUp.id)
    if session.scalar(found) is None:
        return False
    change(session, idea.board, Act.FOLLOW)
    return True


def courses(session: Session, ideas: Sequence[Idea]) -> list[Course]:
    """Return what was decided on *ideas* and what has become of them, in their order."""
    numbers = [idea.id for idea in ideas]
    decided, noted = decisions(session, numbers), notes(session, numbers)
    return [Course(i, decided.get(i.id), noted.get(i.id, [])) for i in ideas]


def decided_on(session: Session, board: Board) -> dict[str, Course]:
    """Return the course of all ideas of *board* on which something is decided.

    They are called as on ballots; what is decided first comes first.
    """
    ideas = select(Idea).join(Decision, Decision.idea_id == Idea.id)
    ideas = ideas.where(Idea.board_id == board.id).order_by(Decision.id)
    found = [*dict.fromkeys(session.scalars(ideas))]
    return {key_of(each.idea): each for each in courses(session, found) if each.decision}


def notes(session: Session, ideas: Iterable[int]) -> dict[int, list[FollowUp]]:
    """Return the notes on ideas by their numbers, the newest first."""
    found = select(FollowUp).where(FollowUp.idea_id.in_([*ideas]))
    found = found.filter_by(is_withdrawn=False)
    told: dict[int, list[FollowUp]] = {}
    for each in session.scalars(found.order_by(FollowUp.day.desc(), FollowUp.id.desc())):
        told.setdefault(each.idea_id, []).append(each)
    return told


def withdrawn(session: Session, idea: Idea) -> Sequence[FollowUp]:
    """List the notes on *idea* that were taken back."""
    found = select(FollowUp).filter_by(idea_id=idea.id, is_withdrawn=True)
    return session.scalars(found.order_by(FollowUp.id)).all()


def followed(session: Session, project: Project, q: str = "", state: str = "") -> list[Course]:
    """List the decided ideas of all workshops, the newest workshop first, as looked for."""
    decided = select(Decision.idea_id).filter_by(project_id=project.id)
    ideas = select(Idea).join(Board, Idea.board_id == Board.id)
    ideas = ideas.join(Workshop, Board.workshop_id == Workshop.id)
    ideas = ideas.where(Idea.id.in_(decided), Idea.project_id == project.id)
    ideas = ideas.options(joinedload(Idea.board).joinedload(Board.workshop))
    found = session.scalars(ideas.order_by(Workshop.id.desc(), Board.position, Idea.id))
    every = [each for each in courses(session, found.all()) if each.decision]
    return [each for each in every if _is_meant(each, fold(q), state)]


def backed_by(
    session: Session, board: Board, person: Participant, chosen: Iterable[str] = ()
) -> list[Idea]:
    """List the ideas that *person* wrote, or of which their ballots say yes (*chosen*).

    Ideas that were merged into others stand for those.
    """
    backing = backing_on(session, board)
    backed = backing.by(person.id, chosen)
    return cards_numbered(session, (backing.cards[key] for key in backed))


def outlook_of(session: Session, workshop: Workshop) -> Outlook:
    """Return what everyone is told at the end; empty when nobody has written it."""
    found = session.scalar(select(Outlook).filter_by(workshop_id=workshop.id))
    return found or Outlook(ahead="", contact="", questions="")


def keep_outlook(session: Session, workshop: Workshop, **words: str) -> None:
    """Write down how it goes on and who can be asked; what was said before is replaced."""
    key = {"project_id": workshop.project_id, "workshop_id": workshop.id}
    if not insert_once(session, Outlook, **key, **words):
        session.execute(update(Outlook).filter_by(**key).values(**words))
    show(session, workshop.board)


def _is_meant(course: Course, q: str, state: str) -> bool:
    owner = course.decision.owner if course.decision else None
    words = [course.idea.title, course.idea.text, *(note.text for note in course.notes)]
    words += [owner.name] if owner else []
    fits = any(q in fold(text) for text in words)
    is_in_state = course.state is None if state == NOT_YET else course.state == state
    return fits and (not state or is_in_state)
