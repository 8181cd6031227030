"""Posting ideas: however often a form arrives, its card hangs once."""

from collections.abc import Sequence

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, joinedload

from core.errors import FormUsedTwice, Refusal, message
from core.models import insert_once
from workshop.cards.translating import outdate
from workshop.models import Board, Challenge, Idea, Participant
from workshop.moving import Act, change

TITLE_LIMIT = 80
TEXT_LIMIT = 400
HANGING = {"taken_down": False, "is_waiting": False, "merged_into_id": None}


class NotYours(Refusal):
    """Someone tried to change the card of somebody else, or one that was taken down."""

    reason = message("This card cannot be changed from here.")


def post_idea(
    session: Session,
    challenge: Challenge,
    board: Board,
    author: Participant,
    form_key: str,
    title: str,
    text: str = "",
    language: str = "",
    table: int | None = None,
) -> Idea:
    """Hang a card, unless the form with this key has done so before.

    Where cards are checked it waits; where people write at tables it hangs at *table* first.

    :raise FormUsedTwice: when the same key comes with another card
    :raise NotNow: when no cards are being collected
    """
    owner = {"project_id": board.project_id, "board_id": board.id, "author_id": author.id}
    card = {"challenge_id": challenge.id, "title": title, "text": text}
    place = {"language": language, "table": table, "is_waiting": board.is_checked}
    idea = insert_once(session, Idea, **owner, **card, **place, form_key=form_key)
    if idea:
        change(session, board, Act.WRITE)
        return idea

    earlier = select(Idea).filter_by(author_id=author.id, form_key=form_key)
    idea = session.scalars(earlier).one()
    if any(getattr(idea, name) != value for name, value in card.items()):
        raise FormUsedTwice
    return idea


def rewrite_idea(
    session: Session,
    board: Board,
    idea: Idea,
    author: Participant,
    title: str,
    text: str,
    language: str = "",
) -> None:
    """Change one's own card; where cards are checked it waits once more.

    :raise NotYours: when it is not one's own, or was taken down
    :raise NotNow: when no cards are being collected
    """
    same = (idea.title, idea.text) == (title, text)
    values: dict[str, object] = {"title": title, "text": text, "language": language}
    if board.is_checked and not same:
        values["is_waiting"] = True
    own = update(Idea).filter_by(id=idea.id, author_id=author.id, taken_down=False)
    if session.scalar(own.values(**values).returning(Idea.id)) is None:
        raise NotYours
    if not same:
        outdate(session, idea)
    change(session, board, Act.WRITE)


def take_back_idea(session: Session, board: Board, idea: Idea, author: Participant) -> None:
    """Take one's own card from the wall.

    :raise NotYours: when it is not one's own
    :raise NotNow: when no cards are being collected
    """
    own = update(Idea).filter_by(id=idea.id, author_id=author.id)
    if session.scalar(own.values(taken_down=True).returning(Idea.id)) is None:
        raise NotYours
    change(session, board, Act.WRITE)


def take_down_idea(session: Session, idea: Idea, taken_down: bool = True) -> None:
    """Take a card that does not belong there from the wall, or hang it up again.

    :raise NotNow: when no cards are being collected: what is voted on stays as it is
    """
    session.execute(update(Idea).filter_by(id=idea.id).values(taken_down=taken_down))
    change(session, idea.board, Act.TAKE_DOWN)


def cover(session: Session, board: Board, is_covered: bool) -> None:
    """Turn all cards over, so that they are seen by their authors only, or face up again.

    :raise NotNow: when no cards are being collected
    """
    change(session, board, Act.COVER, is_covered=is_covered)


def ideas_on(session: Session, board: Board) -> Sequence[Idea]:
    """List what hangs on *board*, question by question, the oldest first."""
    ideas = select(Idea).filter_by(board_id=board.id, **HANGING)
    with_names = joinedload(Idea.author), joinedload(Idea.challenge)
    return session.scalars(
        ideas.options(*with_names).order_by(Idea.challenge_id, Idea.id)
    ).all()


def ideas_at(session: Session, board: Board, table: int | None) -> Sequence[Idea]:
    """List what hangs at one table, and what was written at none."""
    return [idea for idea in ideas_on(session, board) if idea.table in (None, table)]


def waiting_on(session: Session, board: Board) -> Sequence[Idea]:
    """List the cards that wait for the facilitator, the oldest first."""
    waits = {"board_id": board.id, "is_waiting": True, "taken_down": False}
    return session.scalars(select(Idea).filter_by(**waits).order_by(Idea.id)).all()


def ideas_of(session: Session, board: Board, author: Participant) -> Sequence[Idea]:
    """List the cards of *author* on *board*, the newest first."""
    ideas = select(Idea).filter_by(board_id=board.id, author_id=author.id, taken_down=False)
    return session.scalars(ideas.order_by(Idea.id.desc())).all()


def cards_on(session: Session, board: Board) -> int:
    """Count what hangs on *board*, face up or face down."""
    count = select(func.count(Idea.id)).filter_by(board_id=board.id, **HANGING)
    return session.scalar(count) or 0


def taken_down_from(session: Session, board: Board) -> Sequence[Idea]:
    """List the cards that were taken from the wall."""
    ideas = select(Idea).filter_by(board_id=board.id, taken_down=True).order_by(Idea.id)
    return session.scalars(ideas).all()
