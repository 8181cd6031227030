"""The languages people can choose, and the one chosen for the request under way."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask, g, has_app_context, has_request_context, request, session
from flask_babel import Babel, Domain, format_date, format_time, get_locale

from core.languages import (
    CODES,
    FALLBACK,
    FOR_STAFF,
    SPOKEN,
    chain,
    direction_of,
    locale_of,
    nearest,
    tag_of,
)
from core.lean import negotiated

LANGUAGES = SPOKEN
STAFF_LANGUAGES = FOR_STAFF
TIMEZONE = "Europe/Berlin"


class Catalogues(Domain):  # type: ignore[misc] # flask_babel has no types
    """The texts of the pages; what one language lacks is said in the next of its chain."""

    def get_translations(self) -> NullTranslations:
        code = language() if has_app_context() else ""
        if code not in self.cache:
            folders = tuple(self.translation_directories) if code else ()
            self.cache[code] = _joined(code, folders, self.domain[0])
        joined: NullTranslations = self.cache[code]
        return joined


@cache  # for all apps of a process
def _joined(code: str, folders: tuple[str, ...], name: str) -> NullTranslations:
    joined = NullTranslations()
    for each in reversed(chain(code)):
        for folder in folders:
            found = Translations.load(folder, [locale_of(each)], name)
            found.add_fallback(joined)
            joined = found
    return joined


def init_app(app: Flask) -> None:
    babel = Babel(
        app, default_locale=FALLBACK, default_timezone=TIMEZONE, locale_selector=_wished
    )
    babel.domain_instance = Catalogues()
    app.context_processor(_words)
    app.add_template_filter(moment)


def _words() -> dict[str, Any]:
    return {
        "locale": get_locale(),
        "speaking": language(),
        "languages": languages(),
        "direction_of": direction_of,
        "tag_of": tag_of,
    }


def moment(when: datetime) -> str:
    """Say on which day and at what time, as people read it: 1. Juli 2026, 18:00."""
    return f"{format_date(when, 'long')}, {format_time(when, 'short')}"


def language() -> str:
    """Return the language of the request under way."""
    locale = str(get_locale())
    return CODES.get(locale, locale)


def languages() -> dict[str, str]:
    """Return the languages of the page under way by code, each in its own words."""
    return g.get("languages", LANGUAGES)  # type: ignore[no-any-return]


def for_staff() -> None:
    """Offer the languages of staff pages for the rest of this request."""
    g.languages = STAFF_LANGUAGES


def wished(
    browser: Mapping[str, Any], wishes: str, offered: tuple[str, ...] = (*LANGUAGES,)
) -> str:
    """Return the language a *browser* remembers, or else the one it *wishes* for most."""
    chosen = nearest(str(browser.get("language", "")), offered)
    return chosen or negotiated(wishes, offered) or FALLBACK


def _wished() -> str:
    if not has_request_context():
        return FALLBACK  # a job or a command
    wishes = request.headers.get("Accept-Language", "")
    return locale_of(wished(session, wishes, (*languages(),)))
