"""What people type in a round."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import format_date, gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    Field,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import InputRequired, NumberRange, Optional

from agency.rounds.models import RankingPlace
from agency.rounds.weighing import LEVELS, Criterion, Profile, Weight, What, criteria_of
from agency.rounds.wishing import MOST
from agency.rounds.words import FIELDS, WEIGHTS, WHATS
from agency.words import LEVELS as CALLED
from core.forms import KeyField, LineField, UsualYear
from people.forms import as_choices, chosen_from

CHOOSE = {"": lazy_gettext("Please choose")}


class RoundForm(FlaskForm):
    """Which vacancies take part stands in the page, each with a number of places."""

    key = KeyField()
    title = LineField(lazy_gettext("What is the round called?"), limit=120)


def a_weight() -> RadioField:
    return RadioField(
        lazy_gettext("How much does this count?"),
        choices=lambda: chosen_from(WEIGHTS, {}),
        default="",
        validators=[Optional()],
    )


class CriteriaForm(FlaskForm):
    """What counts for an enterprise, and how much."""

    field = SelectField(
        lazy_gettext("Field of work"),
        choices=lambda: chosen_from(FIELDS, CHOOSE),
        validators=[Optional()],
    )
    field_weight = a_weight()
    german = SelectField(
        lazy_gettext("German at least"),
        choices=lambda: as_choices({**CHOOSE, **{x: CALLED[x] for x in LEVELS[1:]}}),
        validators=[Optional()],
    )
    german_weight = a_weight()
    hours = IntegerField(
        lazy_gettext("Hours a week at least"),
        validators=[Optional(), NumberRange(min=1, max=48)],
    )
    hours_weight = a_weight()
    starts = DateField(
        lazy_gettext("Can begin at the latest on"), validators=[Optional(), UsualYear()]
    )
    starts_weight = a_weight()

    def __init__(self, place: RankingPlace, **more: Any) -> None:
        super().__init__(**more, data=_said(place))

    def criteria(self) -> list[Criterion]:
        """Return what counts; what does not matter is not kept."""
        return [
            Criterion(what, _text(self[what].data), Weight(self[f"{what}_weight"].data))
            for what in What
            if self[f"{what}_weight"].data and self[what].data
        ]

    def pairs(self) -> list[tuple[Field, Field]]:
        return [(self[what], self[f"{what}_weight"]) for what in What]

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        is_fine: bool = super().validate(extra_validators)
        for wish, weight in self.pairs():
            if weight.data and not wish.data and not wish.errors:
                missing = gettext("Please say what counts, or choose “does not matter”.")
                wish.errors = [*wish.errors, missing]
                is_fine = False
        return is_fine


class PersonForm(FlaskForm):
    """A person in a round: all that counts of her, her wishes, and her yes."""

    fields = SelectMultipleField(
        lazy_gettext("In which fields could the person work?"),
        choices=lambda: chosen_from(FIELDS, {}),
    )
    german = SelectField(
        lazy_gettext("German"),
        choices=lambda: chosen_from(CALLED, CHOOSE),
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
        self.wishes = [each for each in wishes if each in self.places][:MOST]
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


def _said(place: RankingPlace) -> dict[str, object]:
    """Return what was said; before, what is known of the vacancy already."""
    if not place.answered and place.vacancy.german in LEVELS[1:]:
        return {"german": place.vacancy.german, "german_weight": Weight.MUCH.value}
    found: dict[str, object] = {}
    for each in criteria_of(place.wanted):
        found |= {each.what.value: _typed(each), f"{each.what}_weight": each.weight.value}
    return found


def _typed(criterion: Criterion) -> object:
    match criterion.what:
        case What.STARTS:
            return date.fromisoformat(criterion.value)
        case What.HOURS:
            return int(criterion.value)
    return criterion.value


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def said_of(criterion: Criterion) -> str:
    """Say what counts in words: German at least: B1."""
    what: str = gettext(WHATS[criterion.what])
    return f"{what}: {value_of(criterion)}"


def value_of(criterion: Criterion) -> str:
    """Say the value of a criterion in words."""
    match criterion.what:
        case What.FIELD:
            return str(gettext(FIELDS[criterion.value]))
        case What.GERMAN:
            return CALLED[criterion.value]
        case What.HOURS:
            return criterion.value
        case What.STARTS:
            return str(format_date(date.fromisoformat(criterion.value), "short"))
