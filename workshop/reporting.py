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
    counted = [_row(board, p.idea, p.rank, p.dots, p.voters) for p in places]
    rows = counted or [_row(board, idea, None, None, None) for idea in ideas_on(session, board)]
    return sheets.write_csv([[*HEAD, "author"] if board.shows_names else HEAD, *rows])


def _row(board: Board, idea: Idea, *figures: int | None) -> list[sheets.Cell]:
    row: list[sheets.Cell] = [idea.challenge.question, idea.title, idea.text, *figures]
    return [*row, idea.author.name] if board.shows_names else row
