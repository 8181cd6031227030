"""How what is kept of a venture is said to a reader."""

from datetime import date
from decimal import Decimal

from flask_babel import format_currency, format_date, format_decimal, gettext

from agency.ventures import words
from agency.words import LEVELS
from people.words import LEGAL_FORMS

DAYS = {"day", "month", "starts", "ends", "due", "done", "filled", "ended", "paid", "begins"}
LISTS = {
    "kind": words.BACKINGS,
    "state": words.FUNDING_STATES,
    "direction": words.DIRECTIONS,
    "subsidy": words.SUBSIDIES,
    "german": LEVELS,
    "legal_form": LEGAL_FORMS,
}


def say(name: str, value: object) -> str:
    """Return something that is kept under a name in words."""
    match value:
        case None | "":
            return "–"
        case bool():
            return str(gettext("yes") if value else gettext("no"))
        case int() if name.endswith("_cents"):
            return str(format_currency(Decimal(value) / 100, "EUR"))
        case int() if name == "minutes":
            return str(format_decimal(Decimal(value) / 60, "0.##"))
        case int() if name == "employer_permille":
            return f"{format_decimal(Decimal(value) / 10, '0.0')} %"
        case date():
            return str(format_date(value, "short"))
        case str() if name in DAYS:
            return str(format_date(date.fromisoformat(value), "short"))
        case str() if name in LISTS:
            return str(gettext(LISTS[name].get(value, value)))
    return str(value)
