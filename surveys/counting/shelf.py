"""The shelf on which the answers of surveys stand, as they were when last looked at.

What nobody has looked at for long goes when there is no room. Of many who come at once the
first reads and counts; the others wait for it.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock, RLock
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from core import commits
from surveys.counting import reading
from surveys.counting.columns import Table
from surveys.counting.questions import Questions, questions_of
from surveys.counting.reading import EMPTY, Stamp
from surveys.models import Subject, Survey

T = TypeVar("T")
ROOM = 256 * 2**20  # bytes, about


@dataclass
class Book:
    """The answers of one survey, and what was made of them since they last changed."""

    lock: RLock = field(default_factory=RLock)
    questions: Questions | None = None
    mark: object = None  # of what was committed when it was last looked at
    stamp: Stamp = ()
    table: Table = EMPTY
    counted: Table = EMPTY  # what figures may count
    made: dict[object, Any] = field(default_factory=dict)
    found: dict[object, Any] = field(default_factory=dict)  # under this mark


@dataclass(frozen=True)
class Answers:
    """All submitted answers of a survey as of *stamp*, and those that figures may count."""

    stamp: Stamp
    questions: Questions
    table: Table
    counted: Table
    book: Book
    mark: object = None

    def made(self, name: object, make: Callable[[], T]) -> T:
        """Return what was made under this *name* of these very answers, or make it."""
        with self.book.lock:
            if self.book.stamp != self.stamp:  # somebody has seen newer ones
                return make()
            if name not in self.book.made:
                self.book.made[name] = make()
            found: T = self.book.made[name]
            return found

    def found(self, name: object, look: Callable[[], T]) -> T:
        """Return what was found under this *name* if nothing was committed since, or look."""
        with self.book.lock:
            if self.mark is None or self.book.mark != self.mark:
                return look()
            if name not in self.book.found:
                self.book.found[name] = look()
            found: T = self.book.found[name]
            return found


class Shelf:
    """The books of the surveys that were looked at lately."""

    def __init__(self, room: int = ROOM) -> None:
        self._room, self._lock = room, Lock()
        self._books: OrderedDict[int, Book] = OrderedDict()

    def __len__(self) -> int:
        return len(self._books)

    def answers(self, session: Session, survey: Survey) -> Answers | None:
        """Return the answers of *survey* as they are now, reading only what has changed.

        When it asks something else by now, everything is read anew. Nothing is returned when
        it asks nothing at all.
        """
        with self._lock:
            book = self._books.setdefault(survey.id, Book())
            self._books.move_to_end(survey.id)
        with book.lock:
            mark = commits.mark(session)
            if mark is None or book.mark != mark:
                if not self._look(session, survey, book):
                    return None
                book.mark, book.found = mark, {}
            assert book.questions is not None  # noqa: S101 - we have looked
            return Answers(book.stamp, book.questions, book.table, book.counted, book, mark)

    def _look(self, session: Session, survey: Survey, book: Book) -> bool:
        """Bring a *book* up to date, and say whether the survey asks anything."""
        questions = questions_of(session, survey, book.questions)
        if questions is None:
            return False
        stamp = (questions.versions, *reading.stamp_of(session, survey))
        if book.stamp != stamp:
            old = book.table if book.questions is questions else EMPTY
            book.table = reading.read(session, survey, questions.names, old)
            book.counted = book.table
            if survey.subject is Subject.PERSONS:
                book.counted = reading.counted_of_persons(session, survey, book.table)
            book.questions, book.stamp, book.made = questions, stamp, {}
            self._make_room(survey.id)
        return True

    def _make_room(self, kept: int) -> None:
        with self._lock:
            sizes = {number: book.table.size for number, book in self._books.items()}
            for number in [*self._books]:
                if sum(sizes.values()) <= self._room:
                    return
                if number != kept:
                    del self._books[number], sizes[number]
