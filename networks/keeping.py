"""Keeping what is dear to compute, as long as there is room, by all that it depends on."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")


class Kept:
    """The most recently used results; the oldest make room for new ones.

    A key names everything a result depends on, read before the result is made. So nothing
    is ever out of date, and what nobody asks for any more goes by itself.
    """

    def __init__(self, room: int = 96) -> None:
        self._room = room
        self._results: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept under *key*, or make it and keep it."""
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
                return self._results[key]  # type: ignore[no-any-return]
        result = make()
        with self._lock:
            self._results[key] = result
            while len(self._results) > self._room:
                self._results.popitem(last=False)
        return result
