"""What the pages of the register share: their blueprint, their words, and the keys."""

from collections.abc import Mapping

from flask import current_app, g
from flask_babel import gettext, lazy_gettext

from core.i18n import language
from core.keys import Keyring
from core.languages import name_in
from people import naming, words
from people.columns import FIELDS, Note, Words
from people.current import current_membership, current_terms, staff_blueprint
from people.desk import Tab, add_tab
from people.models import Naming, Role

register = staff_blueprint("register", __name__, "/people")
add_tab(Tab(90, "register.organisations", lazy_gettext("Organisations"), also=("names",)))
READERS = (Role.TASK_FORCE, Role.COUNSELLOR, Role.ADVISER)


@register.context_processor
def _words() -> dict[str, object]:
    inside = "membership" in g  # or else the page says that there is nothing
    return {
        "may_edit": inside and current_membership().role == Role.FACILITATOR,
        "sectors": words.SECTORS,
        "kinds": words.KINDS,
        "legal_forms": words.LEGAL_FORMS,
        "localities": words.LOCALITIES,
        "namings": words.NAMINGS,
        "term": lambda code: current_terms().label(code, language()),
        "term_groups": lambda keep=(): current_terms().grouped(language(), keep),
        "sentence": sentence,
        "is_team": inside and audience() == Naming.TEAM,
        "language_name": lambda code: name_in(code, language()),
        "called": lambda each: naming.display_name(each, audience(), language()),
        "is_named": lambda each: naming.is_named_for(each, audience()),
    }


def audience() -> Naming:
    """Return who is reading: the task force reads networks, so it sees names by consent.

    Or else the register would say who "Organisation 17" of a network is.
    """
    is_outside = current_membership().role == Role.TASK_FORCE
    return Naming.NETWORK if is_outside else Naming.TEAM


def keys() -> Keyring:
    """Return the keys of this server."""
    ring: Keyring = current_app.extensions["keys"]
    return ring


def translations() -> dict[str, str]:
    """Return the words of the lists in the language of the page."""
    lists = (words.SECTORS, words.KINDS, words.LEGAL_FORMS, words.LOCALITIES)
    return {text: gettext(text) for known in lists for text in known.values()}


def known_words() -> Words:
    """Return the words by which a list may mean ours."""
    return Words(translations(), current_terms())


def heads(names: list[str]) -> list[str]:
    """Return the headings of columns in the language of the page."""
    return [gettext(FIELDS[name]) for name in names]


def sentence(note: Note) -> str:
    """Return what a note says, in the language of the page."""
    values: Mapping[str, object] = note.values
    if "column" in values:
        values = {**values, "column": gettext(str(values["column"]))}
    return str(gettext(note.text, **values))
