"""What came out, as a table to keep."""

from sqlalchemy.orm import Session

from core import sheets
from workshop.counting import result
from workshop.models import Board, Idea
from workshop.posting import ideas_on

HEAD = ["question", "title", "text", "rank", "dots", "voters"]


def csv_of(session: Session, board: Board) -> bytes:
    """Write the cards of *board*; dots and ranks stay empty until the result.

    Names of authors are in it only if they stand on the cards, too.
    """
    places = result(session, board)
    rows = [(place.idea, [place.rank, place.dots, place.voters]) for place in places] or [
        (idea, [None, None, None]) for idea in ideas_on(session, board)
    ]
    head = [*HEAD, "author"] if board.shows_names else HEAD
    return sheets.write_csv([head, *([*_card(board, idea, figures)] for idea, figures in rows)])


def _card(board: Board, idea: Idea, figures: list[int | None]) -> list[str | int | None]:
    card: list[str | int | None] = [idea.challenge.question, idea.title, idea.text, *figures]
    return [*card, idea.author.name] if board.shows_names else card
