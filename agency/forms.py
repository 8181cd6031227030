"""What people type of needs and offers."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    Field,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, StopValidation
from wtforms.widgets import HiddenInput

from agency.rounds.models import RankingPlace
from agency.rounds.weighing import Profile
from agency.rounds.wishing import MOST as MOST_WISHES
from agency.rounds.words import FIELDS
from agency.words import LEVELS, PEOPLE, SIDES, TIMES
from core.forms import KeyField, LineField, UsualYear
from core.sheets import plain
from people import words
from people.forms import as_choices, chosen_from
from people.listings.keeping import Beside, Entry
from people.listings.models import For, Listing
from people.models import Organisation, Side
from people.naming import organisation_called
from people.taxonomy import SHIPPED, Taxonomy

CHOOSE = {"": lazy_gettext("Please choose")}
MOST = 100_000
LARGEST = 2**31 - 1  # number that the database takes


class BesidesField(Field):
    """Where and when else each term is needed that something is needed together with."""

    data: dict[str, Beside]

    def process_data(self, value: Mapping[str, Beside] | None) -> None:
        self.data = dict(value or {})

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read what was shown for the terms in *valuelist*."""
        self.data = {}
        for term in valuelist:
            place = request.form.get(f"{self.name}-{term}-locality", "")
            times = request.form.getlist(f"{self.name}-{term}-times")
            self.data[term] = Beside(
                place if place in words.LOCALITIES else "",
                tuple(each for each in TIMES if each in times),
            )


class ListingForm(FlaskForm):
    """A need or an offer."""

    key = KeyField()
    version = IntegerField(
        widget=HiddenInput(), validators=[Optional(), NumberRange(0, LARGEST)]
    )
    side = RadioField(
        lazy_gettext("What is it?"),
        choices=lambda: chosen_from(SIDES, {}),
        validators=[InputRequired()],
    )
    people = RadioField(
        lazy_gettext("For whom?"),
        choices=lambda: chosen_from(PEOPLE, {}),
        validators=[InputRequired()],
    )
    term = SelectField(lazy_gettext("Term"), validators=[InputRequired()])
    title = LineField(lazy_gettext("In one line"), limit=160)
    note = TextAreaField(
        lazy_gettext("Note"),
        validators=[Optional(), Length(max=1_000)],
        filters=[lambda text: plain(text or "").strip()],
        render_kw={"rows": 3},
    )
    quantity = IntegerField(
        lazy_gettext("How many people or places?"),
        validators=[InputRequired(), NumberRange(min=1, max=MOST)],
        default=1,
    )
    locality = SelectField(
        lazy_gettext("Locality"), choices=lambda: chosen_from(words.LOCALITIES)
    )
    german = SelectField(
        lazy_gettext("German"),
        choices=lambda: chosen_from(LEVELS, {"": lazy_gettext("does not matter")}),
    )
    times = SelectMultipleField(lazy_gettext("When?"), choices=lambda: chosen_from(TIMES, {}))
    requires = SelectMultipleField(lazy_gettext("Only together with"), validate_choice=True)
    besides = BesidesField()
    organisation = StringField(
        lazy_gettext("Organisation in the register"), validators=[Length(max=200)]
    )
    valid_until = DateField(lazy_gettext("Valid until"), validators=[Optional()])

    def __init__(
        self,
        known: list[Organisation],
        language: str,
        it: Listing | None = None,
        *,
        terms: Taxonomy = SHIPPED,
        is_decided: bool = False,
        **more: Any,
    ) -> None:
        """Ask of *it* only what may change: once something is decided, not for whom it is."""
        super().__init__(**more)
        self.it = it
        if it:
            del self.side
        if it and is_decided:
            del self.people
        self.known, self.terms = known, terms
        keep = {it.term, *it.requires.split()} if it else set()
        listed = {
            term.code: term.label(language)
            for _group, some in terms.grouped(language, keep)
            for term in some
        }
        self.term.choices = as_choices({"": gettext("Please choose"), **listed})
        self.requires.choices = as_choices(listed)

    def validate_organisation(self, field: StringField) -> None:
        if field.data and field.data.strip() and not self._owner():
            raise StopValidation(
                gettext("No organisation of the register is called like that.")
            )

    def validate_term(self, field: SelectField) -> None:
        people = self._people()
        wanted = "P" if people == For.PERSONS else "O"
        if people and field.data in self.terms and wanted not in self.terms.side(field.data):
            if wanted == "P":
                raise StopValidation(
                    gettext("This term is for organisations. Please choose another.")
                )
            raise StopValidation(gettext("This term is for people. Please choose another."))

    def entry(self) -> Entry:
        """Return what was typed as the register keeps it."""
        owner = self._owner()
        return Entry(
            side=self.it.side if self.it else Side(self.side.data),
            people=For(self._people()),
            term=self.term.data,
            title=self.title.data,
            note=self.note.data or "",
            quantity=self.quantity.data or 1,
            locality=self.locality.data,
            german=self.german.data,
            times=tuple(self.times.data or ()),
            requires=tuple(self.requires.data or ()),
            besides={
                term: each
                for term, each in self.besides.data.items()
                if each and term in (self.requires.data or ())
            },
            organisation_id=owner.id if owner else None,
            valid_until=self.valid_until.data,
        )

    def _people(self) -> str:
        return str(self.people.data or "") if self.people else str(self.it and self.it.people)

    def _owner(self) -> Organisation | None:
        return organisation_called(self.known, self.organisation.data)


class DecisionForm(FlaskForm):
    """So many come together beside those *decided* when the page was shown, or none."""

    decided = IntegerField(validators=[Optional(), NumberRange(min=0, max=MOST)])
    quantity = IntegerField(validators=[InputRequired(), NumberRange(min=0, max=MOST)])


class QuestionForm(FlaskForm):
    """A gap as a question to a workshop."""

    key = KeyField()
    question = LineField(lazy_gettext("Question for the workshop"), limit=200)
    workshop = SelectField(lazy_gettext("Workshop"), validators=[InputRequired()])


class ReleaseForm(FlaskForm):
    """So many people whom an enterprise may ask a provider for."""

    key = KeyField()
    number = IntegerField(
        lazy_gettext("How many people?"),
        validators=[InputRequired(), NumberRange(min=1, max=1_000)],
    )
    agreed = DateField(
        lazy_gettext("On which day did they say yes?"), validators=[InputRequired()]
    )
    is_agreed = BooleanField(
        lazy_gettext("Each of them has said yes to this enterprise."),
        validators=[InputRequired()],
    )


class SiftingForm(FlaskForm):
    """Which finds are meant stands in the page: each has a box, and buttons of its own."""

    key = KeyField()


class RoundForm(FlaskForm):
    """Which vacancies take part stands in the page, each with a number of places."""

    key = KeyField()
    title = LineField(lazy_gettext("What is the round called?"), limit=120)


class PersonForm(FlaskForm):
    """A person in a round: all that counts of her, her wishes, and her yes."""

    fields = SelectMultipleField(
        lazy_gettext("In which fields could the person work?"),
        choices=lambda: chosen_from(FIELDS, {}),
    )
    german = SelectField(
        lazy_gettext("German"),
        choices=lambda: chosen_from(LEVELS, CHOOSE),
        validators=[InputRequired()],
    )
    hours = IntegerField(
        lazy_gettext("How many hours a week at most?"),
        validators=[InputRequired(), NumberRange(min=1, max=48)],
    )
    starts = DateField(lazy_gettext("From when?"), validators=[InputRequired(), UsualYear()])
    agreed = DateField(
        lazy_gettext("On which day did the person say yes?"), validators=[InputRequired()]
    )
    is_agreed = BooleanField(
        lazy_gettext("The person has said yes to taking part in this round."),
        validators=[InputRequired()],
    )

    def __init__(self, places: Sequence[RankingPlace], wishes: Sequence[int], **more: Any):
        """Offer *places*; *wishes* are those that stand there, the best first."""
        super().__init__(**more)
        self.places = {each.id: each for each in places}
        self.wishes = [each for each in wishes if each in self.places][:MOST_WISHES]
        self.wish_error = ""

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        is_fine: bool = super().validate(extra_validators)
        if not self.wishes:
            self.wish_error = gettext("Please choose at least one place.")
        elif len({*self.wishes}) < len(self.wishes):
            self.wish_error = gettext("Please choose each place once.")
        return is_fine and not self.wish_error

    def profile(self) -> Profile:
        starts: date = self.starts.data or date.max
        fields = frozenset(self["fields"].data or ())
        return Profile(fields, self.german.data, self.hours.data or 1, starts)


class ContactForm(FlaskForm):
    """A contact that is released, with the person's yes to this enterprise."""

    key = KeyField()
    contact_agreed = DateField(
        lazy_gettext("On which day did the person say yes?"), validators=[InputRequired()]
    )
    contact_is_agreed = BooleanField(
        lazy_gettext("The person has said yes to this enterprise."),
        validators=[InputRequired()],
    )
