"""What was sent and acknowledged in a room, compared with what its database holds."""

from collections import Counter

from sqlalchemy import func, select

from core.db import db
from core.keys import Keyring
from workshop.models import Board, Idea, Participant, Workshop
from workshop.voting.ballots import voter_of
from workshop.voting.models import Ballot, Mark, Round
from workshop.voting.opening import key_of, latest_round

DONE = 200


class Sent:
    """The forms of cards and votes on their way into one room."""

    def __init__(self, code: str, keys: Keyring) -> None:
        self.code, self.keys = code, keys
        self.number = self.acknowledged = 0
        self.people: set[str] = set()  # who has come in
        self._cards: dict[str, str] = {}  # by the keys of their forms
        self._hung: set[str] = set()  # of those, the acknowledged
        self._votes: dict[tuple[str, str], set[int]] = {}  # what may stand on a ballot
        self._marked: set[tuple[str, str]] = set()  # what has to stand on one

    def card(self, card: str, key: str, status: int) -> None:
        self._count(status)
        self._cards[key] = card
        if status == DONE:
            self._hung.add(key)

    def vote(self, name: str, option: str, value: int, status: int) -> None:
        """Note a vote: once acknowledged it stands alone, before that beside the earlier."""
        self._count(status)
        place = name, option
        if status == DONE:
            self._votes[place] = {value}
            self._marked.add(place)
        else:
            self._votes.setdefault(place, set()).add(value)

    def options(self) -> dict[str, str]:
        """Return what cards are called on ballots."""
        ideas = db.session.scalars(select(Idea).where(Idea.form_key.in_(self._cards)))
        return {self._cards[idea.form_key]: key_of(idea) for idea in ideas}

    def compare(self) -> tuple[int, int]:
        """Return how much of what was acknowledged is lost, and how much is there twice."""
        boards = select(Board).join(Workshop).where(Workshop.code == self.code)
        board = db.session.scalars(boards).one()
        round = latest_round(db.session, board)
        assert round is not None  # noqa: S101 - they have voted
        found = [self._people(board), self._ideas(board), self._marks(board, round)]
        return sum(lost for lost, _ in found), sum(doubled for _, doubled in found)

    def _people(self, board: Board) -> tuple[int, int]:
        names = select(Participant.name).filter_by(workshop_id=board.workshop_id)
        here = Counter(db.session.scalars(names).all())
        twice = here.total() - len(here) + abs(board.workshop.hall - here.total())
        return len(self.people - {*here}), twice

    def _ideas(self, board: Board) -> tuple[int, int]:
        columns = select(Idea.form_key).filter_by(board_id=board.id)
        hang = [*db.session.scalars(columns)]
        return len(self._hung - {*hang}), len(hang) - len({*hang} & self._cards.keys())

    def _marks(self, board: Board, round: Round) -> tuple[int, int]:
        """Compare the latest vote of each person on each card with what the ballots say."""
        persons = select(Participant).filter_by(workshop_id=board.workshop_id)
        names = {
            voter_of(self.keys, round, person).receipt: person.name
            for person in db.session.scalars(persons)
        }
        rows = select(Mark.receipt, Mark.option, Mark.value).filter_by(round_id=round.id)
        marks = [
            ((names.get(receipt, ""), option), value)
            for receipt, option, value in db.session.execute(rows)
        ]
        stands = dict(marks)
        wrong = [at for at, may in self._votes.items() if stands.get(at) not in may]
        lost = len({*wrong} & self._marked)
        sums = select(func.count(), func.coalesce(func.sum(Ballot.marks), 0))
        ballots, counted = db.session.execute(sums.filter_by(round_id=round.id)).one()
        twice = len(marks) - len(stands.keys() & self._votes.keys())
        twice += abs(counted - len(marks)) + abs(board.placed - len(marks))
        return lost, twice + max(0, ballots - len({name for name, _ in self._votes}))

    def _count(self, status: int) -> None:
        self.number += 1
        self.acknowledged += status == DONE
