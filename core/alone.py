"""What many want at the same moment, and one makes for all."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar

from core.shelf import Shelf

T = TypeVar("T")


class Alone:
    """Lets one at a time make what belongs to a place, while the others wait for it."""

    def __init__(self) -> None:
        self._locks: Shelf[Lock] = Shelf(500)

    def get(
        self, place: Hashable, look: Callable[[], T | None], make: Callable[[], None]
    ) -> T | None:
        """Return what is found at *place*, made if need be; nothing if it was made in vain."""
        found = look()
        if found is not None:
            return found
        with self._locks.get(place, Lock):
            found = look()
            if found is None:
                make()
                found = look()
        return found
