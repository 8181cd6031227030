"""Languages of questionnaires, and in which of ours we speak beside their questions."""

from core.languages import direction_of, locale_of, name_of, spoken_for, tag_of

__all__ = ["direction_of", "name_of", "spoken", "tag_of"]


def spoken(language: str) -> str:
    """Return the locale in which we speak on a page whose questions are in *language*."""
    return locale_of(spoken_for(language))
