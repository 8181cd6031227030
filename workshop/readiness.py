"""Being done: who has said so in this phase, so that nobody waits for nobody."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from workshop.models import Board, Participant
from workshop.moving import notice_arrival


def say(session: Session, board: Board, person: Participant, is_ready: bool) -> None:
    """Note that *person* is done with the phase in which *board* is, or not yet."""
    saying = update(Participant).filter_by(id=person.id)
    session.execute(saying.values(ready=board.step if is_ready else -1))
    notice_arrival(session, board.id)


def is_ready(board: Board, person: Participant) -> bool:
    """Tell whether *person* has said so in this phase."""
    return person.ready == board.step
