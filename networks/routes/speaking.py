"""The languages of staff pages, for what the domain tells in sentences."""

from collections.abc import Callable

from babel.numbers import format_decimal, format_percent
from flask_babel import force_locale, get_locale, gettext, ngettext

from core.i18n import STAFF_LANGUAGES, language
from core.languages import locale_of
from networks.wording import Tongue
from people.taxonomy import SHIPPED, Taxonomy


class Spoken:
    """The language under way."""

    def __init__(self, terms: Taxonomy = SHIPPED) -> None:
        self.language = language()
        self._terms = terms
        self._locale = str(get_locale())

    def gettext(self, text: str, /, **values: object) -> str:
        return str(gettext(text, **values))

    def ngettext(self, one: str, many: str, number: int, /, **values: object) -> str:
        return str(ngettext(one, many, number, **values))

    def term(self, code: str, /) -> str:
        return self._terms.label(code, self.language)

    def share(self, share: float, form: str = "0 %", /) -> str:
        return str(format_percent(share, form, self._locale))

    def decimal(self, value: float, form: str = "0.00", /) -> str:
        return str(format_decimal(value, form, self._locale))


def in_each(tell: Callable[[Tongue], str], terms: Taxonomy = SHIPPED) -> dict[str, str]:
    """Return what *tell* says in each language of the staff."""
    told = {}
    for code in STAFF_LANGUAGES:
        with force_locale(locale_of(code)):
            told[code] = tell(Spoken(terms))
    return told
