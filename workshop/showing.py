"""What hangs on the wall for everyone alike, and how often a page asks for news."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, bindparam, exists, func, select
from sqlalchemy.orm import Session, aliased

from core.keys import Keyring
from core.quick import Question
from workshop.cards.hanging import cards_of
from workshop.cards.reading import APART
from workshop.counting import result
from workshop.following.following import Course, decided_on
from workshop.joining import KEY
from workshop.models import Board, Cluster, Idea, Participant, Phase, Workshop
from workshop.moving import AFTER, BEFORE
from workshop.posting import cards_on, ideas_at, ideas_on
from workshop.sorting.grouping import clusters_on
from workshop.sorting.merging import absorbed_on
from workshop.sorting.piling import Pile, piles
from workshop.voting.models import Ballot
from workshop.voting.opening import latest_round
from workshop.voting.saying import rule_of

PACES = [(20, 400), (500, 800)]  # up to so many people, every so many milliseconds
SLOWEST = 2500
ALL, BY_TABLE, NO_TABLE = "", "by table", "no table"  # parts of a wall, beside each table
ON_A_WALL = 12  # cards that can be read from the last row


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody in a room has before them: how many are there, and which wall."""

    hall: int
    board_id: int
    version: int
    tables: int
    table: int | None


_sight = Question(
    select(Workshop.hall, Board.id, Board.version, Board.tables, Participant.table)
    .join(Board, (Board.workshop_id == Workshop.id) & (Board.position == Workshop.front))
    .join(Participant, Participant.workshop_id == Workshop.id)
    .where(Workshop.code == bindparam("code"), Participant.key_hash == bindparam("key_hash"))
)


@dataclass(frozen=True, slots=True)
class Stand:
    """Who somebody in a room is, and what there is that shows on their pages alone."""

    hall: int
    boards: int
    board_id: int
    version: int
    step: int
    tables: int
    person_id: int
    name: str
    channel: str
    sector: str | None
    is_host: bool
    ready: int
    guests: bool  # at their table
    cards: bool  # on the board, or taken from it


_host, _other = aliased(Participant), aliased(Board)
_stand = Question(
    select(
        Workshop.hall,
        select(func.count()).where(_other.workshop_id == Workshop.id).scalar_subquery(),
        Board.id, Board.version, Board.step, Board.tables,
        Participant.id, Participant.name, Participant.channel, Participant.sector,
        Participant.is_host, Participant.ready,
        exists().where(_host.host_id == Participant.id),
        exists().where(Idea.author_id == Participant.id, Idea.board_id == Board.id),
    )
    .join(Board, (Board.workshop_id == Workshop.id) & (Board.position == Workshop.front))
    .join(Participant, Participant.workshop_id == Workshop.id)
    .where(Workshop.code == bindparam("code"), Participant.key_hash == bindparam("key_hash"))
)  # fmt: skip
_ballot = Question(
    select(Ballot.moves).where(
        Ballot.round_id == bindparam("round_id"), Ballot.receipt == bindparam("receipt")
    )
)


def stand(engine: Engine, keys: Keyring, code: str, key: str) -> Stand | None:
    """Return who holds *key* in the workshop with this *code*."""
    row = _stand.ask(engine, code=code, key_hash=keys.hash(KEY, key))
    return Stand(*row) if row else None


def has_ballot(engine: Engine, round_id: int, receipt: str) -> bool:
    """Tell whether somebody has voted in a round."""
    return _ballot.ask(engine, round_id=round_id, receipt=receipt) is not None


def sight(engine: Engine, keys: Keyring, code: str, key: str) -> Sight | None:
    """Return what whoever holds *key* sees in the workshop with this *code*."""
    row = _sight.ask(engine, code=code, key_hash=keys.hash(KEY, key))
    return Sight(*row) if row else None


def pace(people: int) -> int:
    """Return after how many milliseconds a page in a room of *people* asks again."""
    return next((pause for most, pause in PACES if people <= most), SLOWEST)


def part_of(page: Phase, tables: int, table: int | None, by_table: bool) -> str:
    """Return which part of the wall somebody at *table* sees on the page of a phase.

    At tables people see what is written there, until all cards are read; then everything,
    and table by table when they ask for it.
    """
    if not tables:
        return ALL
    if page in APART:
        return str(table) if table and table <= tables else NO_TABLE
    return BY_TABLE if by_table and page in BEFORE else ALL


def wall(session: Session, board: Board, reader: str, part: str = "") -> dict[str, object]:
    """Return what everyone sees: cards while they hang face up, places once it is over.

    Who speaks the language *reader* reads them in it where somebody has translated them.

    While people vote their own pages show the cards, so there is nothing to share.
    """
    hangs = board.phase in BEFORE and not board.is_covered
    round = latest_round(session, board) if board.phase in AFTER else None
    ideas = _part(session, board, part) if hangs else []
    return {
        "ideas": ideas,
        "hung": cards_of(session, ideas, reader),
        "piles": piles(board, ideas, clusters_on(session, board), newest=True),
        "absorbed": absorbed_on(session, board),
        "number": cards_on(session, board),
        "places": result(session, board),
        "round": round,
        "rule": rule_of(round) if round else None,
        "courses": afterwards(session, board),
    }


def _part(session: Session, board: Board, part: str) -> Sequence[Idea]:
    """Return what hangs on a part of the wall."""
    if part in (ALL, BY_TABLE):
        return ideas_on(session, board)
    return ideas_at(session, board, None if part == NO_TABLE else int(part))


def afterwards(session: Session, board: Board) -> dict[str, Course]:
    """Return what is decided on ideas, by what they are called on ballots; once it is over."""
    return decided_on(session, board) if board.phase in AFTER else {}


def columns(board: Board, ideas: Sequence[Idea], clusters: Sequence[Cluster]) -> list[Pile]:
    """Hang cards up for a projector: a column per heading, or all over one question.

    While cards come in the newest are on top; whoever votes finds them in their old order.
    """
    return piles(board, ideas, clusters, newest=board.phase is Phase.COLLECT)
