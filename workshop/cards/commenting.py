"""What people in the room say about a card."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from core.errors import FormUsedTwice
from core.models import insert_once
from workshop.cards.models import Comment
from workshop.models import Idea, Participant
from workshop.moving import Act, change, show
from workshop.posting import NotYours

COMMENT_LIMIT = 400


def comment(
    session: Session,
    idea: Idea,
    author: Participant,
    form_key: str,
    text: str,
    language: str = "",
) -> Comment:
    """Say something about *idea*, unless the form with this key has done so before.

    :raise FormUsedTwice: when the same key comes with other words
    :raise NotNow: when cards are not being discussed
    """
    said = {"idea_id": idea.id, "text": text, "language": language}
    place = {"project_id": idea.project_id, "author_id": author.id, "form_key": form_key}
    new = insert_once(session, Comment, **place, **said)
    if new:
        change(session, idea.board, Act.COMMENT)
        return new
    earlier = select(Comment).filter_by(author_id=author.id, form_key=form_key)
    found = session.scalars(earlier).one()
    if (found.idea_id, found.text) != (idea.id, text):
        raise FormUsedTwice
    return found


def take_back(session: Session, comment: Comment, author: Participant) -> None:
    """Take one's own comment back, in any phase.

    :raise NotYours: when it is not one's own
    """
    own = update(Comment).filter_by(id=comment.id, author_id=author.id)
    if session.scalar(own.values(taken_back=True, text="").returning(Comment.id)) is None:
        raise NotYours
    show(session, comment.idea.board)


def take_down(session: Session, comment: Comment, taken_down: bool = True) -> None:
    """Take a comment that does not belong there from the card, or put it back."""
    session.execute(update(Comment).filter_by(id=comment.id).values(taken_down=taken_down))
    show(session, comment.idea.board)


def comments_on(session: Session, idea: Idea) -> Sequence[Comment]:
    """List what is said about *idea*, the oldest first; also what was taken down."""
    comments = select(Comment).filter_by(idea_id=idea.id, taken_back=False)
    comments = comments.options(joinedload(Comment.author), joinedload(Comment.idea))
    return session.scalars(comments.order_by(Comment.id)).all()
