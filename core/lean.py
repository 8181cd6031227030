"""What Flask works out anew for every request, or too early, and this app keeps or puts off."""

from collections.abc import Callable
from functools import cache, lru_cache, partial
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header
from werkzeug.routing import Rule

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


class Address(Rule):
    """A rule that learns to write its address when it first must: half of making an app."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        name = "_build_unknown" if append_unknown else "_build"
        learn = cache(partial(super()._compile_builder, append_unknown))

        def build(rule: Rule, **values: Any) -> tuple[str, str]:
            write: Callable[..., tuple[str, str]] = learn().__get__(rule)
            setattr(rule, name, write)
            return write(**values)

        return build


def init_app(app: Flask) -> None:
    app.url_rule_class = Address
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
