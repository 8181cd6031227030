"""What people type into the register."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import FileStorage
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # too new
from wtforms.validators import (
    InputRequired,
    Length,
    NumberRange,
    Optional,
    Regexp,
    StopValidation,
)
from wtforms.widgets import HiddenInput

from core.errors import Refusal, message
from core.forms import KeyField, LineField, tidy
from core.i18n import language
from core.languages import SPOKEN, name_in
from core.sheets import plain, read_table
from core.web import MOST_ROWS
from people import words
from people.columns import EMAIL
from people.contacts import Person
from people.current import current_terms
from people.models import Sector
from people.register import Entry

NUMBER = [InputRequired(), NumberRange(0, MOST_ROWS)]
BLANK = {"": lazy_gettext("Not known")}


def as_choices(labels: Mapping[str, Any]) -> list[SelectChoice]:
    """Return choices by their codes; in a plain dict WTForms sees groups."""
    return [SelectChoice(str(code), str(label)) for code, label in labels.items()]


def chosen_from(
    known: Mapping[str, str], blank: Mapping[str, Any] = BLANK
) -> list[SelectChoice]:
    """Return a list as choices, in the language of the page."""
    return as_choices({**blank, **{code: gettext(text) for code, text in known.items()}})


def tongues() -> list[SelectChoice]:
    """Return the languages in which we can write to somebody, in that of the page."""
    return as_choices({**BLANK, **{code: name_in(code, language()) for code in SPOKEN}})


def lines(text: str | None) -> list[str]:
    """Return the filled lines of a text, each once."""
    tidied = (tidy(line) for line in plain(text or "").split("\n"))
    return list(dict.fromkeys(line for line in tidied if line))


class LinesField(TextAreaField):
    """Several lines; what counts are those that are filled."""

    data: list[str]  # type: ignore[assignment]  # lines, where its parent has one text

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = lines(valuelist[0] if valuelist else "")

    def _value(self) -> str:
        return "\n".join(self.data or ())

    def pre_validate(self, form: object) -> None:
        if any(len(line) > 200 for line in self.data or ()) or len(self.data or ()) > 30:
            raise StopValidation(gettext("Please enter at most 30 short lines."))


class OrganisationForm(FlaskForm):
    """What the register says of an organisation."""

    key = KeyField()
    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    name = LineField(lazy_gettext("Name"), limit=200)
    short_name = LineField(lazy_gettext("Short name"), limit=60, required=False)
    aliases = LinesField(lazy_gettext("Other names"))
    sector = RadioField(
        lazy_gettext("Sector"),
        choices=lambda: chosen_from(words.SECTORS, {}),
        validators=[InputRequired()],
    )
    kind = SelectField(
        lazy_gettext("Kind of organisation"), choices=lambda: chosen_from(words.KINDS)
    )
    legal_form = SelectField(
        lazy_gettext("Legal form"), choices=lambda: chosen_from(words.LEGAL_FORMS)
    )
    locality = SelectField(
        lazy_gettext("Locality"), choices=lambda: chosen_from(words.LOCALITIES)
    )
    needs = SelectMultipleField(lazy_gettext("Needs"), choices=lambda: _terms())
    offers = SelectMultipleField(lazy_gettext("Offers"), choices=lambda: _terms())

    def entry(self) -> Entry:
        """Return what was typed as the register keeps it."""
        return Entry(
            name=self.name.data,
            sector=Sector(self.sector.data),
            short_name=self.short_name.data,
            kind=self.kind.data,
            legal_form=self.legal_form.data,
            locality=self.locality.data,
            aliases=tuple(self.aliases.data),
            needs=tuple(self.needs.data or ()),
            offers=tuple(self.offers.data or ()),
        )


class ContactForm(FlaskForm):
    """Whom to write to."""

    salutation = LineField(lazy_gettext("Salutation"), limit=200, required=False)
    name = LineField(lazy_gettext("Name"), limit=200, required=False)
    email = LineField(lazy_gettext("E-mail"), limit=200, required=False)
    phone = LineField(lazy_gettext("Telephone"), limit=200, required=False)
    address = TextAreaField(
        lazy_gettext("Address"),
        [Optional(), Length(max=400)],
        filters=[lambda text: "\n".join(lines(text))],
        render_kw={"rows": 3},
    )
    language = SelectField(
        lazy_gettext("Language of letters and mails"), choices=lambda: tongues(), default=""
    )

    def validate_email(self, field: LineField) -> None:
        if field.data and not EMAIL.fullmatch(field.data):
            raise StopValidation(gettext("An e-mail address looks like name@example.org."))

    def person(self) -> Person:
        """Return what was typed."""
        return Person(
            **{
                part.name: part.data or ""
                for part in self
                if part.name in Person.__dataclass_fields__
            }
        )


class NamingForm(FlaskForm):
    """Who may see the name."""

    naming = RadioField(
        lazy_gettext("Who may see the name?"),
        choices=lambda: chosen_from(words.NAMINGS, {}),
        validators=[InputRequired()],
    )


class UploadForm(FlaskForm):
    """An address list; it is read while it is checked, so that an error stands beside it."""

    key = KeyField()
    file = FileField(lazy_gettext("Your address list"), validators=[FileRequired()])
    table: list[list[str]]

    def validate_file(self, field: FileField) -> None:
        file: FileStorage = field.data
        try:
            self.table = read_table(file.read(), file.filename or "")
        except Refusal as refusal:
            raise StopValidation(gettext(refusal.reason, **refusal.values)) from None

    @property
    def filename(self) -> str:
        return tidy(self.file.data.filename)[:200] or "?"


EXISTING = {
    "leave": message("Leave them as they are"),
    "update": message("Take over what the list says; blank cells change nothing"),
}


class SettingsForm(FlaskForm):
    """What counts for every row of a list."""

    sector = SelectField(
        lazy_gettext("Sector for rows that name none"),
        choices=lambda: chosen_from(words.SECTORS, {"": lazy_gettext("Leave these rows out")}),
    )
    existing = RadioField(
        lazy_gettext("Organisations that are in the register already"),
        choices=lambda: chosen_from(EXISTING, {}),
        validators=[InputRequired()],
    )


class MemberForm(FlaskForm):
    """A seat in the task force."""

    key = KeyField()
    name = LineField(lazy_gettext("Name of the person"), limit=200, required=False)
    organisation = SelectField(lazy_gettext("Organisation in the register"))
    affiliation = LineField(lazy_gettext("Or another organisation"), limit=200, required=False)
    sector = SelectField(
        lazy_gettext("Sector"),
        choices=lambda: chosen_from(
            words.SECTORS, {"": lazy_gettext("As the organisation in the register")}
        ),
    )


class ConsentForm(FlaskForm):
    """A new wording of a consent, and the version it follows."""

    seen = HiddenField(validators=[Regexp(r"\d{1,6}")])
    text = TextAreaField(
        lazy_gettext("Wording"),
        validators=[InputRequired(), Length(max=4_000)],
        filters=[lambda text: plain(text or "").strip()],
    )


def _terms() -> list[SelectChoice]:
    return as_choices({term.code: term.label(language()) for term in current_terms()})


class MergeForm(FlaskForm):
    """Two entries of the register that are one organisation."""

    gone = IntegerField(widget=HiddenInput(), validators=NUMBER)
    kept = IntegerField(widget=HiddenInput(), validators=NUMBER)
    reason = LineField(lazy_gettext("Why (may stay empty)"), limit=200, required=False)
