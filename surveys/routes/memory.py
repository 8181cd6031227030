"""What the pages of respondents are made of, kept by the app that made it.

All of it follows from versions, languages and a few facts; nothing of a person stands here
but the signed form token of a browser.
"""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from flask import Flask, current_app, has_app_context

from surveys.filling import Sheet

T = TypeVar("T")


class NotPrepared(Exception):
    """Something must be made first, and that needs the app."""


class Shelf(Generic[T]):
    """Things that are made once each; when it is full, it begins anew."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._kept: dict[Hashable, T] = {}

    def get(self, place: Hashable, make: Callable[[], T]) -> T:
        """Return what stands at *place*, or make it.

        :raise NotPrepared: when it is not there, and no app is there to make it
        """
        found = self._kept.get(place)
        if found is None:
            if not has_app_context():
                raise NotPrepared
            found = make()
            if len(self._kept) >= self._room:
                self._kept.clear()
            self._kept[place] = found
        return found


class Memory:
    """The shelves of one app."""

    def __init__(self, app: Flask) -> None:
        self.icons = f"/static/{app.extensions['assets'].version}/icons.svg"
        self.sheets: Shelf[Sheet] = Shelf(2_000)
        self.chrome: Shelf[str] = Shelf(5_000)
        self.tokens: Shelf[str] = Shelf(10_000)


def memory(app: Flask | None = None) -> Memory:
    """Return the memory of the app under way, or of *app*."""
    app = app or current_app._get_current_object()  # type: ignore[attr-defined]
    found: Memory | None = app.extensions.get("survey memory")
    if found is None:
        found = app.extensions["survey memory"] = Memory(app)
    return found
