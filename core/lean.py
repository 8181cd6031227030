"""What Flask works out anew for every request and this app can keep."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from core import languages


class Sessions(SecureCookieSessionInterface):
    """Signed cookies, with the keys prepared once: they only follow from the configuration."""

    def __init__(self) -> None:
        self._kept: dict[tuple[Any, ...], URLSafeTimedSerializer | None] = {}

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        place = (app.secret_key, *(app.config["SECRET_KEY_FALLBACKS"] or ()))
        if place not in self._kept:
            self._kept = {place: super().get_signing_serializer(app)}
        return self._kept[place]


def init_app(app: Flask) -> None:
    app.session_interface = Sessions()
    app.ensure_sync = _as_it_is  # type: ignore[assignment, method-assign]


@lru_cache(maxsize=500)
def negotiated(header: str, offered: tuple[str, ...]) -> str | None:
    """Return the language that fits best to an ``Accept-Language``; there are few of these.

    Werkzeug would prefer a late "en" to an early "ar-SY".
    """
    wishes = parse_accept_header(header[:200], LanguageAccept).values()
    return languages.negotiate(wishes, offered)


def _as_it_is(function: Callable[..., Any]) -> Callable[..., Any]:
    """Nothing here is a coroutine; Flask would look at every hook of every request again."""
    return function
