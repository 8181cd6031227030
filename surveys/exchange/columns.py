"""The columns of XLSForm in all their spellings, and the languages in their headers.

Spellings: https://xlsform.org and the aliases of pyxform.
"""

import re
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers

ALIASES = {
    "command": "type",
    "tag": "name",
    "value": "name",
    "caption": "label",
    "relevance": "relevant",
    "bind::relevant": "relevant",
    "bind::required": "required",
    "bind::constraint": "constraint",
    "constraining message": "constraint_message",
    "constraint message": "constraint_message",
    "bind::jr:constraintmsg": "constraint_message",
    "bind::constraint_message": "constraint_message",
    "required message": "required_message",
    "requiredmsg": "required_message",
    "bind::jr:requiredmsg": "required_message",
    "calculate": "calculation",
    "bind::calculate": "calculation",
    "readonly": "read_only",
    "read only": "read_only",
    "bind::readonly": "read_only",
    "choice filter": "choice_filter",
    "repeat count": "repeat_count",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "control::jr:count": "repeat_count",
    "control::appearance": "appearance",
    "body::appearance": "appearance",
    "guidance hint": "guidance_hint",
    "list name": "list_name",
    "list-name": "list_name",
    "title": "form_title",
    "set form title": "form_title",
    "form title": "form_title",
    "id_string": "form_id",
    "set form id": "form_id",
    "form id": "form_id",
    "default language": "default_language",
}
TRANSLATED = {"label", "hint", "constraint_message", "required_message"}
TITLE = "osi::title::"  # XLSForm itself has a title in one language only
MEDIA = {"image", "audio", "video", "big-image", "guidance_hint"}
_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_NAMED = re.compile(rf"(?P<name>.*?)\s*\(\s*(?P<code>{_CODE.pattern})\s*\)")


@dataclass(frozen=True)
class Column:
    """What a header stands for; *language* is as it is written there."""

    name: str
    language: str = ""


def column(header: str) -> Column:
    """Read a header such as ``label::Deutsch (de)``, ``Media::image`` or ``relevance``."""
    plain = header.strip()
    whole = re.sub(r"\s*::\s*", "::", plain.lower())
    if whole.startswith(TITLE):
        return Column(TITLE, plain.rpartition("::")[2].strip())
    if whole.startswith("osi::"):
        return Column(whole)
    if whole in ALIASES:
        return Column(ALIASES[whole])
    first, _, rest = (each.strip() for each in plain.partition("::" if "::" in plain else ":"))
    name = ALIASES.get(first.lower(), first.lower())
    if name == "media" and rest:
        kind, _, language = rest.partition("::")
        return Column(kind.strip().lower(), language.strip())
    if rest and (name in TRANSLATED or name in MEDIA):
        return Column(name, rest)
    return Column(ALIASES.get(whole, whole))


def language_code(written: str) -> tuple[str, bool]:
    """Return the code of a language, and whether it stands there rather than being guessed.

    ``Deutsch (de)`` and ``de`` say it; ``english`` is looked up; else the name itself is used.
    """
    if named := _NAMED.fullmatch(written.strip()):
        return _plain(named["code"]), True
    text = written.strip()
    if _CODE.fullmatch(text):
        return _plain(text), True
    if known := _by_name().get(text.lower()):
        return known, False
    return re.sub(r"\W+", "-", text.lower()).strip("-") or "und", False


def language_name(written: str) -> str:
    """Return the name of a language without its code; empty when there is only a code."""
    named = _NAMED.fullmatch(written.strip())
    if named:
        return named["name"]
    return "" if language_code(written)[1] else written.strip()


@cache
def _by_name() -> dict[str, str]:
    """Codes by the English and the own name of each language."""
    names: dict[str, str] = {}
    for code in sorted(each for each in locale_identifiers() if "_" not in each):
        try:
            own, english = Locale(code).display_name, Locale(code).english_name
        except (UnknownLocaleError, ValueError):
            continue
        for name in (own, english):
            if name:
                names.setdefault(name.lower(), code)
    return names


def _plain(code: str) -> str:
    return code.replace("_", "-").lower()
