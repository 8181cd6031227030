"""What an enterprise types of what counts for it, and how that is said again."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import format_date, gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, Field, IntegerField, RadioField, SelectField
from wtforms.validators import NumberRange, Optional

from agency.rounds.models import RankingPlace
from agency.rounds.weighing import LEVELS, Criterion, Weight, What, criteria_of
from agency.rounds.words import FIELDS, WEIGHTS, WHATS
from agency.words import LEVELS as CALLED
from core.forms import UsualYear
from people.forms import as_choices, chosen_from

CHOOSE = {"": lazy_gettext("Please choose")}


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
