"""Heavy work is done one by one, and nobody waits for it without end."""

from threading import Event, Thread

import pytest

from core.queueing import Busy, Turns


class Worker:
    """Somebody who has a turn until told to go."""

    def __init__(self, turns: Turns) -> None:
        self.began, self.go = Event(), Event()
        self.thread = Thread(target=self._work, args=(turns,))
        self.thread.start()

    def _work(self, turns: Turns) -> None:
        with turns.taken():
            self.began.set()
            self.go.wait(10)

    def end(self) -> None:
        self.go.set()
        self.thread.join()


def test_who_waits_too_long_is_told_so_and_the_next_turn_is_free() -> None:
    turns = Turns(waiting=1, patience=0.01)
    first = Worker(turns)
    assert first.began.wait(10)
    with pytest.raises(Busy), turns.taken():
        pass
    first.end()
    with turns.taken():
        pass


def test_who_finds_the_queue_full_is_told_so_at_once() -> None:
    turns = Turns(waiting=0, patience=600)
    first = Worker(turns)
    assert first.began.wait(10)
    with pytest.raises(Busy), turns.taken():
        pass
    first.end()
