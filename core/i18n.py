"""The languages people can choose, and the one chosen for the request under way."""

from babel import Locale
from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, get_locale

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


def _wished() -> str:
    """The chosen language, or else the browser's."""
    if not has_request_context():
        return FALLBACK  # a job or a command
    offered = languages()
    chosen = session.get("language")
    if chosen in offered:
        return str(chosen)
    return negotiated(request.headers.get("Accept-Language", ""), (*offered,)) or FALLBACK
