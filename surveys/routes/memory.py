"""What the pages of respondents are made of, kept by the app that made it.

All of it follows from versions, languages and a few facts. Of a person stand here the
signed form token of the browser, and which pages are asked.
"""

from dataclasses import dataclass

from flask import Flask, current_app, has_app_context

from core.keys import Keyring
from core.shelf import Shelf
from surveys.questionnaires.filling import Ready, Sheet
from surveys.questionnaires.walking import Walk
from surveys.sounds.hearing import Voices


@dataclass(frozen=True, slots=True)
class Kit:
    """What a device takes along, as it is and as small as it gets, and a digest of it."""

    plain: bytes
    small: bytes
    digest: str


class NotPrepared(Exception):
    """Something must be made first, and that needs the app."""


def needs_app() -> None:
    """Say so where something is made that only the app can make.

    :raise NotPrepared: when it is not there
    """
    if not has_app_context():
        raise NotPrepared


class Memory:
    """The shelves of one app."""

    def __init__(self, app: Flask) -> None:
        self.keys: Keyring = app.extensions["keys"]
        self.icons = f"/static/{app.extensions['assets'].version}/icons.svg"
        self.sheets: Shelf[Sheet] = Shelf(2_000)
        self.framed: Shelf[list[Ready]] = Shelf(2_000)  # sheets, by place in the survey, too
        self.chrome: Shelf[str] = Shelf(5_000)
        self.tokens: Shelf[str] = Shelf(10_000)
        self.kits: Shelf[Kit] = Shelf(100)
        self.voices: Shelf[Voices] = Shelf(100)
        self.walks: Shelf[Walk] = Shelf(10_000)  # of responses as they are stored


def memory(app: Flask | None = None) -> Memory:
    """Return the memory of the app under way, or of *app*."""
    app = app or current_app._get_current_object()  # type: ignore[attr-defined]
    found: Memory | None = app.extensions.get("survey memory")
    if found is None:
        found = app.extensions["survey memory"] = Memory(app)
    return found
