"""What people type of meetings."""

from datetime import datetime
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, RadioField, SelectField, TextAreaField, TimeField
from wtforms.validators import (
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)
from wtforms.widgets import HiddenInput

from agency.meetings.holding import Plan, plan_of
from agency.meetings.models import Kind, Meeting
from core.clock import ZONE
from core.errors import message
from core.forms import KeyField, LineField, UsualYear
from core.sheets import plain
from people.forms import as_choices, chosen_from
from people.models import Organisation

KINDS: dict[str, str] = {
    Kind.NETWORK: message("Network meeting"),
    Kind.TASK_FORCE: message("Meeting of the task force"),
}
LARGEST = 2**31 - 1  # number that the database takes
LONGEST = 5_000


def text_field(label: str, rows: int) -> TextAreaField:
    """Return a field for several lines."""
    return TextAreaField(
        label,
        validators=[Optional(), Length(max=LONGEST)],
        filters=[lambda text: plain(text or "").strip()],
        render_kw={"rows": rows},
    )


class MeetingForm(FlaskForm):
    """When and where, for whom, and the words of the invitation."""

    key = KeyField()
    version = IntegerField(
        widget=HiddenInput(), validators=[Optional(), NumberRange(0, LARGEST)]
    )
    kind = RadioField(
        lazy_gettext("What kind of meeting is it?"),
        choices=lambda: chosen_from(KINDS, {}),
        validators=[InputRequired()],
        default=Kind.NETWORK.value,
    )
    title = LineField(lazy_gettext("Title"), limit=160)
    day = DateField(lazy_gettext("Day"), validators=[InputRequired(), UsualYear()])
    time = TimeField(lazy_gettext("Time"), validators=[InputRequired()])
    minutes = IntegerField(
        lazy_gettext("How many minutes?"),
        validators=[InputRequired(), NumberRange(5, 1440)],
        default=120,
    )
    place = LineField(lazy_gettext("Place"), limit=200, required=False)
    invitation = text_field(lazy_gettext("Words for the invitation"), 5)

    @classmethod
    def of(cls, meeting: Meeting) -> "MeetingForm":
        """Return the form as a meeting stands."""
        local = meeting.begins.astimezone(ZONE)
        said: dict[str, Any] = vars(plan_of(meeting)) | {"version": meeting.version}
        return cls(data=said | {"day": local.date(), "time": local.time()})

    def plan(self) -> Plan:
        """Return what was typed; call it when it is valid."""
        day: Any = self.day.data
        local = datetime.combine(day, self.time.data, tzinfo=ZONE)  # type: ignore[arg-type]
        return Plan(
            Kind(self.kind.data),
            self.title.data,
            local,
            self.minutes.data or 0,
            self.place.data,
            self.invitation.data or "",
        )


class ItemForm(FlaskForm):
    """A point of the agenda."""

    key = KeyField()
    item_title = LineField(lazy_gettext("What about?"), limit=200)
    item_minutes = IntegerField(
        lazy_gettext("Length in minutes"),
        validators=[Optional(), NumberRange(0, 600)],
        default=10,
    )


class ResolutionForm(FlaskForm):
    """Something that was decided."""

    key = KeyField()
    text = LineField(lazy_gettext("What was decided?"), limit=500)
    who = LineField(lazy_gettext("Who does it?"), limit=160, required=False)
    due = DateField(lazy_gettext("Until when?"), validators=[Optional()])


class TieForm(FlaskForm):
    """Two who met and work together now."""

    one = SelectField(lazy_gettext("Organisation"), validators=[InputRequired()])
    other = SelectField(lazy_gettext("works with"), validators=[InputRequired()])

    def offer(self, organisations: list[Organisation]) -> None:
        """Let somebody choose among *organisations*."""
        known = {"": gettext("Please choose")} | {e.code: e.name for e in organisations}
        self.one.choices = self.other.choices = as_choices(known)

    def validate_other(self, field: SelectField) -> None:
        """See to it that two different ones are chosen."""
        if field.data and field.data == self.one.data:
            raise ValidationError(gettext("Please choose two different ones."))
