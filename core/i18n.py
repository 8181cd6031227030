"""The languages people can choose, and the one chosen for the request under way."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from babel import Locale
from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, format_date, format_time, get_locale

from core.lean import negotiated

LANGUAGES = {"de": "Deutsch", "en": "English", "ar": "العربية"}
STAFF_LANGUAGES = {"de": "Deutsch", "en": "English"}
FALLBACK = "de"
TIMEZONE = "Europe/Berlin"


def init_app(app: Flask) -> None:
    Babel(app, default_locale=FALLBACK, default_timezone=TIMEZONE, locale_selector=_wished)
    app.context_processor(
        lambda: {"locale": get_locale(), "languages": languages(), "direction": direction}
    )
    app.add_template_filter(moment)


def moment(when: datetime) -> str:
    """Say on which day and at what time, as people read it: 1. Juli 2026, 18:00."""
    return f"{format_date(when, 'long')}, {format_time(when, 'short')}"


def language() -> str:
    """Return the language of the request under way."""
    return str(get_locale())


def languages() -> dict[str, str]:
    """Return the languages of the page under way by code, each in its own words."""
    return g.get("languages", LANGUAGES)  # type: ignore[no-any-return]


def for_staff() -> None:
    """Offer the languages of staff pages for the rest of this request."""
    g.languages = STAFF_LANGUAGES


def direction(code: str) -> str:
    """Return ``rtl`` or ``ltr`` for a language."""
    return Locale.parse(code, sep="-").text_direction


def wished(
    browser: Mapping[str, Any], wishes: str, offered: tuple[str, ...] = (*LANGUAGES,)
) -> str:
    """Return the language a *browser* remembers, or else the one it *wishes* for most."""
    chosen = browser.get("language")
    return str(chosen) if chosen in offered else negotiated(wishes, offered) or FALLBACK


def _wished() -> str:
    if not has_request_context():
        return FALLBACK  # a job or a command
    return wished(session, request.headers.get("Accept-Language", ""), (*languages(),))
