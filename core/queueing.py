"""Turns at heavy work: one at a time, a few may wait for a moment, all others are told so."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from core.errors import Refusal, message


class Busy(Refusal):
    reason = message(
        "Somebody else is sending a recording or a picture at this moment. Please try again."
    )


class Turns:
    """A queue before work that takes long; those who wait hold a thread of the server."""

    def __init__(self, waiting: int = 2, patience: float = 5) -> None:
        self._room = BoundedSemaphore(waiting + 1)
        self._turn = Lock()
        self._patience = patience

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Wait for one's turn, and let the next one have it afterwards.

        :raise Busy: when too many wait already, or it takes too long
        """
        if not self._room.acquire(blocking=False):
            raise Busy
        try:
            if not self._turn.acquire(timeout=self._patience):
                raise Busy
            try:
                yield
            finally:
                self._turn.release()
        finally:
            self._room.release()
