"""Languages of questionnaires: what they are called, how they run, which of ours is nearest."""

from babel import Locale, UnknownLocaleError

LANGUAGES = {"de": "Deutsch", "en": "English", "ar": "العربية"}  # in which we speak ourselves
RIGHT_TO_LEFT = {"ar", "fa", "prs", "ps", "ckb", "ur", "he", "yi", "dv", "ug", "sd"}
NAMES = {"de-simple": "Leichte Sprache", "prs": "دری", "ckb": "کوردی", "ti": "ትግርኛ"}


def direction_of(language: str) -> str:
    """Return ``rtl`` or ``ltr``."""
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


def name_of(language: str) -> str:
    """Return what a language is called by those who speak it."""
    if language in NAMES:
        return NAMES[language]
    try:
        return Locale.parse(language, sep="-").get_language_name(language) or language
    except (UnknownLocaleError, ValueError):
        return language


def spoken(language: str) -> str:
    """Return the language in which we speak on a page whose questions are in *language*."""
    plain = language.partition("-")[0]
    return plain if plain in LANGUAGES else "en"
