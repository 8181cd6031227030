"""What came out, as a table to keep."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from core import sheets
from workshop.counting import result
from workshop.models import Board
from workshop.posting import ideas_on

Row = Sequence[sheets.Cell]
HEAD = ["question", "title", "text", "rank", "dots", "voters"]


def csv_of(session: Session, board: Board) -> bytes:
    """Write the cards of *board*; dots and ranks stay empty until the result.

    Names of authors are in it only if they stand on the cards, too.
    """
    places = result(session, board)
    questions = {each.position: each.question for each in board.challenges}
    rows: list[Row] = [
        [questions[o.challenge], o.title, o.text, each.rank, each.points, each.voters, o.author]
        for each in places
        for o in [each.option]
    ] or [
        [idea.challenge.question, idea.title, idea.text, None, None, None, idea.signature]
        for idea in ideas_on(session, board)
    ]
    head: Row = [*HEAD, "author"]
    shown = slice(None if board.shows_names else -1)
    return sheets.write_csv(row[shown] for row in [head, *rows])
