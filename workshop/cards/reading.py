"""Who may read which card."""

from workshop.models import Board, Idea, Participant, Phase

APART = (Phase.LOBBY, Phase.COLLECT)  # in which each table writes for itself


def table_of(board: Board, person: Participant) -> int | None:
    """Return at which of the tables of *board* somebody sits."""
    return person.table if person.table and person.table <= board.tables else None


def are_apart(board: Board) -> bool:
    """Tell whether each table of *board* still writes for itself."""
    return bool(board.tables) and board.phase in APART


def may_read(idea: Idea, reader: Participant, table: int | None) -> bool:
    """Tell whether *reader*, who sits at *table*, sees *idea*; authors see their own."""
    if idea.taken_down:
        return False
    if idea.author_id == reader.id:
        return True
    if idea.is_waiting or idea.board.is_covered:
        return False
    return not are_apart(idea.board) or idea.table in (None, table)
