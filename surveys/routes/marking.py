"""What the pages share on which passages are marked: reading the form, and marking."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import request, url_for
from flask_babel import gettext

from core import clock, i18n
from core.db import db
from core.errors import Refusal, message
from people.current import current_project, current_staff, current_terms
from surveys.interviews import coding
from surveys.interviews.coding import Source, Wish
from surveys.interviews.models import Meaning, Passage
from surveys.interviews.quoting import REASONS
from surveys.routes.visiting import new_key

MEANINGS = {
    Meaning.CODE: message("Theme"),
    Meaning.NEED: message("Need"),
    Meaning.OFFER: message("Offer"),
    Meaning.QUOTE: message("Quote"),
}


@dataclass
class Tried:
    """What was typed for one text, and what is wrong with it."""

    key: str
    trouble: str
    typed: Mapping[str, str] = field(default_factory=dict)


def mark(source: Source) -> Passage | Tried:
    """Mark in a text what the form says, or tell what is wrong with it."""
    form = {name: value for name, value in request.form.items() if name != "csrf_token"}
    try:
        return coding.mark(
            db.session, source, _wish(form), current_staff().called, _key(form), clock.now()
        )
    except Refusal as refusal:
        return Tried(source.key, gettext(refusal.reason, **refusal.values), form)


def said(passage: Passage) -> str:
    """Say what was marked."""
    term = current_terms().label(passage.term, i18n.language())
    meaning = gettext(MEANINGS[passage.meaning])
    return str(gettext("Marked: %(meaning)s – %(term)s.", meaning=meaning, term=term))


def undoing(passage: Passage, page: str) -> str:
    """Return the address that takes a mark back, and leads to *page*."""
    return url_for("passages.remove", passage_id=passage.id, page=page)


def words(tried: Tried | None = None) -> dict[str, Any]:
    """Return what the parts of a page need with which passages are marked."""
    language, terms = i18n.language(), current_terms()
    return {
        "tried": tried,
        "new_key": new_key,
        "meanings": {each: gettext(text) for each, text in MEANINGS.items()},
        "why_no_quote": {each: gettext(text) for each, text in REASONS.items()},
        "term_groups": [*terms.grouped(language)],
        "term_name": lambda code: terms.label(code, language),
    }


def here(otherwise: str) -> str:
    """Return the page of this project to which a form leads back."""
    page = request.values.get("page", "")
    return page if page.startswith(f"/p/{current_project().slug}/") else otherwise


def _wish(form: Mapping[str, str]) -> Wish:
    meaning = form.get("meaning", "")
    near = form.get("near", "")
    return Wish(
        term=coding.term_called(
            form.get("term", "").strip()[:100], i18n.language(), current_terms()
        ),
        meaning=Meaning(meaning) if meaning in set(Meaning) else Meaning.CODE,
        words=form.get("stretch", ""),
        near=int(near) if near.isdecimal() and len(near) < 9 else 0,
    )


def _key(form: Mapping[str, str]) -> str:
    return form.get("key", "")[:32] or new_key()
