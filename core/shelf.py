"""Things that are made once and kept in the memory of a process, as many as have room."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

S = TypeVar("S")
T = TypeVar("T")


class Shelf(Generic[T]):
    """Things by their places; when it is full, it begins anew."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._kept: dict[Hashable, T] = {}

    def get(self, place: Hashable, make: Callable[[], T]) -> T:
        """Return what stands at *place*, or make it."""
        found = self._kept.get(place)
        return self.put(place, make()) if found is None else found

    def find(self, place: Hashable) -> T | None:
        """Return what stands at *place*, if anything does."""
        return self._kept.get(place)

    def put(self, place: Hashable, thing: T) -> T:
        if len(self._kept) >= self._room:
            self._kept.clear()
        self._kept[place] = thing
        return thing


class Following(Generic[S, T]):
    """What follows from things that never change while they are used, each told by itself."""

    def __init__(self, room: int) -> None:
        self._shelf: Shelf[tuple[S, T]] = Shelf(room)

    def get(self, source: S, make: Callable[[S], T]) -> T:
        """Return what follows from *source*, which is kept with it."""
        return self._shelf.get(id(source), lambda: (source, make(source)))[1]
