"""Cards that nobody in the room has written: they were said before, somewhere else."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from core.models import insert_once
from workshop.models import Board, Challenge, Idea
from workshop.moving import Act, change, show
from workshop.posting import TEXT_LIMIT, TITLE_LIMIT
from workshop.voting.opening import blank_option, key_of


def bring(
    session: Session, board: Board, challenge: Challenge, key: str, words: str, **more: object
) -> Idea | None:
    """Hang up what was said before, unless it was brought already.

    *key* names the source: brought twice it hangs once, and what was taken down stays down.

    :raise NotNow: when what hangs stays as it is
    """
    title, text = on_a_card(words)
    owned = {"project_id": board.project_id, "board_id": board.id, "form_key": key}
    place = {"challenge_id": challenge.id, "author_id": None}
    idea = insert_once(session, Idea, **owned, **place, title=title, text=text, **more)
    if idea:
        change(session, board, Act.BRING)
    return idea


def brought_to(session: Session, board: Board) -> Sequence[str]:
    """Return the keys of what was brought to *board*, also of what was taken down again."""
    keys = select(Idea.form_key).filter_by(board_id=board.id, author_id=None)
    return session.scalars(keys).all()


def take_along(session: Session, ideas: Sequence[Idea]) -> None:
    """Delete cards whose source may not be shown any more, whatever the phase.

    Where they were voted on their points stay, and none of their words.
    """
    for idea in ideas:
        board, key = idea.board, key_of(idea)
        session.execute(delete(Idea).filter_by(id=idea.id))
        show(session, board)
        blank_option(session, board, key)


def call_anew(session: Session, idea: Idea, names: Collection[str], who: str) -> None:
    """Say *who* instead of any of these *names* where a card tells of its source."""
    told = f", {idea.source}, "  # its parts stand between commas, and so may names
    for name in sorted(names, key=len, reverse=True):
        told = told.replace(f", {name}, ", f", {who}, ")
    if told[2:-2] != idea.source:
        session.execute(update(Idea).filter_by(id=idea.id).values(source=told[2:-2]))
        show(session, idea.board)


def on_a_card(words: str) -> tuple[str, str]:
    """Return title and text of a card that says *words*."""
    flowing = " ".join(words.split())
    if len(flowing) <= TITLE_LIMIT:
        return flowing, ""
    return _cut(flowing, TITLE_LIMIT), _cut(flowing, TEXT_LIMIT)


def _cut(text: str, most: int) -> str:
    """Return as many words of *text* as have room."""
    if len(text) <= most:
        return text
    return (text[: most - 1].rpartition(" ")[0] or text[: most - 1]) + "…"
