"""Languages of questionnaires, and in which of ours we speak beside their questions."""

from functools import lru_cache
from html import escape

from core.languages import direction_of, locale_of, name_of, spoken_for, tag_of

__all__ = ["around", "direction_of", "marks", "name_of", "spoken", "tag_of"]


def spoken(language: str) -> str:
    """Return the locale in which we speak on a page whose questions are in *language*."""
    return locale_of(spoken_for(language))


@lru_cache(maxsize=500)
def around(language: str) -> str:
    """Return the language of a page whose questions are in *language*: that of our own words.

    Where both are the same tongue, like a dialect, it is the language of the questions.
    """
    ours = spoken_for(language)
    same = tag_of(ours).partition("-")[0] == tag_of(language).partition("-")[0]
    return language if same or language in ("", "und") else ours


@lru_cache(maxsize=500)
def marks(language: str, within: str) -> str:
    """Return the attributes of a text *within* another language; none for one in the same."""
    if language in ("", "und", within):
        return ""
    return f' lang="{escape(tag_of(language))}" dir="{direction_of(language)}"'
