"""What people type of the timetable."""

from collections.abc import Mapping

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField
from wtforms.validators import InputRequired, NumberRange

from core.forms import UsualYear
from home.timing import MOST, USUAL, WEEKS, Plan, Span, Stage


def week(label: str, usual: int) -> IntegerField:
    """Return a field for the number of a week."""
    checks = [InputRequired(), NumberRange(1, MOST)]
    return IntegerField(label, validators=checks, default=usual, render_kw={"min": 1})


class TimetableForm(FlaskForm):
    """When the project began, how long it takes, and the weeks of each stage."""

    begins = DateField(
        lazy_gettext("First day of the project"), validators=[InputRequired(), UsualYear()]
    )
    weeks = IntegerField(
        lazy_gettext("How many weeks does it take?"),
        validators=[InputRequired(), NumberRange(1, MOST)],
        default=WEEKS,
    )

    @classmethod
    def of(cls, plan: Plan | None) -> "TimetableForm":
        """Return the form as it stands, or with what is usual."""
        values: dict[str, object] = {
            f"{stage}_{end}": week
            for stage, span in (plan.spans if plan else USUAL).items()
            for end, week in zip(("first", "last"), span, strict=True)
        }
        values |= {"begins": plan.begins, "weeks": plan.weeks} if plan else {}
        return cls(data=values)

    @property
    def rows(self) -> Mapping[Stage, tuple[IntegerField, IntegerField]]:
        return {each: (self[f"{each}_first"], self[f"{each}_last"]) for each in Stage}

    @property
    def spans(self) -> Mapping[Stage, Span]:
        return {each: (_of(first), _of(last)) for each, (first, last) in self.rows.items()}

    def validate(self, extra_validators: object = None) -> bool:
        """See to it that every stage ends after it begins, and within the project."""
        if not super().validate(extra_validators):
            return False
        for first, last in self.rows.values():
            if _of(first) > _of(last):
                last.errors = [gettext("The last week comes before the first.")]
            elif _of(last) > _of(self.weeks):
                last.errors = [gettext("The project has fewer weeks.")]
        return not any(last.errors for _, last in self.rows.values())


def _of(field: IntegerField) -> int:
    return field.data or 0


for _stage, (_first, _last) in USUAL.items():
    setattr(TimetableForm, f"{_stage}_first", week(lazy_gettext("First week"), _first))
    setattr(TimetableForm, f"{_stage}_last", week(lazy_gettext("Last week"), _last))
