"""What the pages of funding share: their blueprint, their words, and how reasons are said."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from flask_babel import format_date, format_decimal, gettext, lazy_gettext

from agency.areas import Area, add_area
from agency.funding import words
from agency.funding.checking import Reason
from agency.funding.columns import FIELDS, LISTS, Words
from agency.funding.keeping import has_any, is_old
from agency.routes.agency import area_blueprint
from core import clock
from core.i18n import language
from core.languages import FALLBACK
from people.columns import Note
from people.current import current_membership
from people.models import Role
from people.words import LEGAL_FORMS
from surveys.definition import text_in

funding = area_blueprint("funding", __name__, "/funding")
READERS = (Role.ADVISER, Role.COUNSELLOR, Role.TASK_FORCE)
add_area(
    Area(
        30,
        "funding.programmes",
        lazy_gettext("Funding"),
        lazy_gettext("Which programme fits whom, and until when one can apply."),
        has_any,
    )
)


@funding.context_processor
def _words() -> dict[str, object]:
    return {
        "KINDS": words.KINDS,
        "AREAS": words.AREAS,
        "THEMES": words.THEMES,
        "MONEY": words.MONEY,
        "DUE": words.DUE,
        "CUMULATION": words.CUMULATION,
        "VERIFIED": words.VERIFIED,
        "RULES": words.RULES,
        "FORMS": words.FORMS,
        "LEGAL_FORMS": LEGAL_FORMS,
        "euro": euro,
        "percent": percent,
        "today": clock.today(),
        "is_old": is_old,
        "tell": tell,
        "sentence": sentence,
        "listed": listed,
    }


def may(*roles: Role) -> bool:
    """Tell whether who asks has one of these roles, or facilitates."""
    return current_membership().role in {Role.FACILITATOR, *roles}


def euro(amount: Decimal) -> str:
    return f"{format_decimal(amount)}\u00a0€"


def percent(share: Decimal) -> str:
    return f"{format_decimal(share)}\u00a0%"


def listed(codes: str, known: Mapping[str, str]) -> str:
    """Say what codes with spaces between them mean."""
    return ", ".join(gettext(known[code]) for code in codes.split() if code in known)


def tell(reason: Reason) -> str:
    """Say a reason in the language of the page."""
    values = {name: _shown(name, value) for name, value in reason.values.items()}
    return str(gettext(reason.text, **values))


def told(text: str, values: Mapping[str, object]) -> str:
    """Say where an answer is from."""
    return str(gettext(text, **{name: _shown(name, each) for name, each in values.items()}))


def sentence(note: Note) -> str:
    """Say what a row of a list says, in the language of the page."""
    headings = {"column", "least", "most"}
    values = {
        name: gettext(str(each)) if name in headings else each
        for name, each in note.values.items()
    }
    return str(gettext(note.text, **values))


def translations() -> dict[str, str]:
    """Return headings and words of the lists in the language of the page."""
    texts = [*FIELDS.values(), *(text for known in LISTS.values() for text in known.values())]
    return {text: str(gettext(text)) for text in texts}


def known_words() -> Words:
    """Return the words by which a list may mean ours."""
    return Words(translations())


def _shown(name: str, value: object) -> object:
    kind = name.partition("_")[0]
    match value:
        case tuple():
            return ", ".join(gettext(text) for text in value)
        case date():
            return format_date(value, "long")
        case Mapping():
            return text_in(value, language(), FALLBACK)[0]
        case Decimal() if kind == "euro":
            return euro(value)
        case Decimal():
            return percent(value)
        case _:
            return value
