"""Ideas that were written on paper: typed as a list, however often the list arrives."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import FormUsedTwice
from core.models import insert_once
from workshop.models import Board, Challenge, Idea
from workshop.moving import Act, change


def hang_all(
    session: Session,
    board: Board,
    challenge: Challenge,
    form_key: str,
    titles: Sequence[str],
    source: str,
    is_waiting: bool = False,
    table: int | None = None,
) -> int:
    """Hang a card for each of *titles* and return how many; the form does so once.

    Those that a host types wait for the facilitator where all cards do.

    :raise FormUsedTwice: when the same form comes with another list
    :raise NotNow: when no cards are being collected
    """
    earlier = select(Idea).filter(Idea.board_id == board.id, Idea.author_id.is_(None))
    earlier = earlier.filter(Idea.form_key.startswith(f"{form_key} ", autoescape=True))
    owner = {"project_id": board.project_id, "board_id": board.id}
    card = {"challenge_id": challenge.id, "source": source}
    where = {"is_waiting": is_waiting, "table": table}
    new = [
        insert_once(
            session, Idea, **owner, **card, **where, title=title, form_key=f"{form_key} {n}"
        )
        for n, title in enumerate(titles)
    ]
    if all(new):
        change(session, board, Act.WRITE)
        return len(titles)
    found = sorted(session.scalars(earlier), key=lambda idea: idea.id)
    same = [(idea.title, idea.challenge_id, idea.source) for idea in found]
    if same != [(title, challenge.id, source) for title in titles]:
        raise FormUsedTwice
    return len(titles)
