"""What people type of terms."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import HiddenInput

from core.forms import KeyField, LineField
from people.forms import as_choices
from people.taxonomy import GROUPS, TOPS, Taxonomy, Term
from people.terms.keeping import Words

NAME_LIMIT = 80
LARGEST = 2**31 - 1
SIDES = {
    "P": lazy_gettext("People"),
    "O": lazy_gettext("Organisations"),
    "PO": lazy_gettext("People and organisations"),
}


class TermForm(FlaskForm):
    """What a term is called, and whose needs it is for."""

    key = KeyField()
    version = IntegerField(
        widget=HiddenInput(), validators=[Optional(), NumberRange(0, LARGEST)]
    )
    group = SelectField(lazy_gettext("Group"), validators=[InputRequired()])
    de = LineField(lazy_gettext("Name in German"), limit=NAME_LIMIT)
    en = LineField(lazy_gettext("Name in English"), limit=NAME_LIMIT)
    side = RadioField(
        lazy_gettext("Who needs it?"),
        choices=lambda: as_choices(SIDES),
        validators=[InputRequired()],
    )
    top = SelectField(
        lazy_gettext("Category in Open Eligibility"),
        choices=lambda: as_choices({"": gettext("none"), **{top: top for top in TOPS}}),
    )

    def __init__(self, language: str, it: Term | None = None, **more: Any) -> None:
        """Ask of *it* no group: the code of a term begins with that, and stays."""
        super().__init__(**more)
        if it:
            del self.group
            return
        tongue = "de" if language == "de" else "en"
        listed = {code: names[tongue] for code, names in GROUPS.items()}
        self.group.choices = as_choices({"": gettext("Please choose"), **listed})

    @property
    def words(self) -> Words:
        """What was typed; call it when the form is valid."""
        return Words(self.de.data, self.en.data, self.side.data, self.top.data or "")


class TogetherForm(FlaskForm):
    """The term that stands for another one, too."""

    into = SelectField(lazy_gettext("Put together with"))

    def __init__(self, terms: Taxonomy, language: str, code: str, **more: Any) -> None:
        super().__init__(**more)
        others = {
            term.code: term.label(language)
            for _group, some in terms.grouped(language, {terms[code].into})
            for term in some
            if term.code != code
        }
        self.into.choices = as_choices({"": gettext("none: it stands for itself"), **others})
