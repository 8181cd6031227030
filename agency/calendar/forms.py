"""What people type into the calendar."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import FileStorage
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    SelectField,
    TimeField,
)
from wtforms.validators import InputRequired, NumberRange, Optional, StopValidation

from agency.calendar import reading
from agency.calendar.models import Kind, Occasion, Room
from agency.calendar.occupying import Entry
from agency.calendar.repeating import moment_of
from agency.calendar.words import KINDS, STEP_FREE
from agency.cases.forms import CarefulForm, LongField
from core.clock import ZONE
from core.errors import Refusal
from core.forms import KeyField, LineField, UsualYear, tidy
from people import words
from people.forms import as_choices, chosen_from
from people.models import Organisation

MOST = 10_000


def of_organisations(organisations: Iterable[Organisation]) -> list[Any]:
    """Return organisations by name; which one is meant has to be chosen."""
    named = sorted(organisations, key=lambda each: each.name.casefold())
    blank = {"": gettext("Please choose")}
    return as_choices(blank | {str(each.id): each.name for each in named})


def of_rooms(rooms: Iterable[Room]) -> dict[str, str]:
    return {str(each.id): each.name for each in rooms}


class RoomForm(FlaskForm):
    """A room that an organisation shares."""

    key = KeyField()
    name = LineField(lazy_gettext("Name of the room"), limit=120)
    organisation = SelectField(lazy_gettext("Whose room is it?"), validators=[InputRequired()])
    seats = IntegerField(
        lazy_gettext("Seats"), validators=[InputRequired(), NumberRange(1, MOST)], default=12
    )
    locality = SelectField(
        lazy_gettext("Locality"), choices=lambda: chosen_from(words.LOCALITIES)
    )
    step_free = SelectField(
        lazy_gettext("Can it be reached without steps?"),
        choices=lambda: chosen_from(STEP_FREE, {}),
    )
    note = LineField(lazy_gettext("Equipment, key, address"), limit=300, required=False)

    def __init__(self, organisations: Sequence[Organisation], **more: Any) -> None:
        super().__init__(**more)
        self.organisation.choices = of_organisations(organisations)

    def columns(self) -> dict[str, Any]:
        """Return what was typed as it is kept."""
        return {
            "name": self.name.data,
            "organisation_id": int(self.organisation.data),
            "seats": self.seats.data,
            "locality": self.locality.data,
            "step_free": {"yes": True, "no": False}.get(self.step_free.data),
            "note": self.note.data or "",
        }


class OccasionForm(CarefulForm):
    """Something that takes place."""

    careful: tuple[str, ...] = ("title", "note")
    key = KeyField()
    version = HiddenField(default="0")
    kind = SelectField(
        lazy_gettext("What is it?"), choices=lambda: chosen_from(KINDS, {}), default=Kind.COURSE
    )
    title = LineField(lazy_gettext("Title"), limit=160)
    organisation = SelectField(lazy_gettext("Who offers it?"), validators=[InputRequired()])
    room = SelectField(lazy_gettext("Room"))
    elsewhere = LineField(lazy_gettext("Or another place"), limit=200, required=False)
    day = DateField(lazy_gettext("Day"), validators=[InputRequired(), UsualYear()])
    begins = TimeField(lazy_gettext("From"), validators=[InputRequired()])
    ends = TimeField(lazy_gettext("Ends at"), validators=[InputRequired()])
    until = DateField(lazy_gettext("Every week until (empty: once)"), validators=[Optional()])
    seats = IntegerField(
        lazy_gettext("Places (empty: nobody has to reserve)"),
        validators=[Optional(), NumberRange(1, MOST)],
    )
    note = LongField(lazy_gettext("What else to know"), required=False, rows=3)
    skips = BooleanField(lazy_gettext("Leave out the dates on which the room is taken"))

    def __init__(
        self, organisations: Sequence[Organisation], rooms: Sequence[Room], **more: Any
    ) -> None:
        super().__init__(**more)
        self.organisation.choices = of_organisations(organisations)
        self.room.choices = as_choices({"": gettext("no room of the list"), **of_rooms(rooms)})

    def validate_ends(self, field: TimeField) -> None:
        if self.begins.data and field.data and field.data <= self.begins.data:
            raise StopValidation(gettext("The end must be after the beginning."))

    def validate_until(self, field: DateField) -> None:
        if field.data and self.day.data and field.data < self.day.data:
            raise StopValidation(gettext("The last day must not be before the first."))

    def entry(self) -> Entry:
        """Return what was typed; call it when the form is valid."""
        day, begins, ends = self.day.data, self.begins.data, self.ends.data
        assert day and begins and ends  # noqa: S101 - it is validated
        lasts = datetime.combine(day, ends) - datetime.combine(day, begins)
        return Entry(
            kind=Kind(self.kind.data),
            title=self.title.data,
            organisation_id=int(self.organisation.data),
            starts=moment_of(day, begins),
            minutes=lasts // timedelta(minutes=1),
            room_id=int(self.room.data) if self.room.data else None,
            elsewhere="" if self.room.data else self.elsewhere.data or "",
            seats=self.seats.data,
            until=self.until.data,
            note=self.note.data or "",
        )

    @staticmethod
    def of(it: Occasion) -> dict[str, Any]:
        """Return what an occasion holds, as the form shows it."""
        begins = it.starts.astimezone(ZONE)
        ends = begins.replace(tzinfo=None) + timedelta(minutes=it.minutes)
        names = ("kind", "title", "elsewhere", "until", "seats", "note")
        return {name: getattr(it, name) for name in names} | {
            "version": str(it.version),
            "organisation": str(it.organisation_id),
            "room": str(it.room_id or ""),
            "day": begins.date(),
            "begins": begins.time(),
            "ends": ends.time(),
        }


class ReservationForm(FlaskForm):
    """So many places for an organisation."""

    key = KeyField()
    organisation = SelectField(
        lazy_gettext("For which organisation?"), validators=[InputRequired()]
    )
    places = IntegerField(
        lazy_gettext("How many places?"),
        validators=[InputRequired(), NumberRange(1, MOST)],
        default=1,
    )

    def __init__(self, organisations: Sequence[Organisation], **more: Any) -> None:
        super().__init__(**more)
        self.organisation.choices = of_organisations(organisations)


class ImportForm(FlaskForm):
    """A calendar file; it is read while it is checked, so that an error stands beside it."""

    key = KeyField()
    file = FileField(lazy_gettext("Calendar file (.ics)"), validators=[FileRequired()])
    organisation = SelectField(
        lazy_gettext("Whose dates are these?"), validators=[InputRequired()]
    )
    room = SelectField(lazy_gettext("Do all take place in one of our rooms?"))
    found: list[reading.Found]

    def __init__(
        self, organisations: Sequence[Organisation], rooms: Sequence[Room], **more: Any
    ) -> None:
        super().__init__(**more)
        self.organisation.choices = of_organisations(organisations)
        blank = {"": gettext("no: the file says where")}
        self.room.choices = as_choices({**blank, **of_rooms(rooms)})

    def validate_file(self, field: FileField) -> None:
        file: FileStorage = field.data
        try:
            self.found = reading.read(file.read(reading.LARGEST + 1))
        except Refusal as refusal:
            raise StopValidation(gettext(refusal.reason, **refusal.values)) from None

    @property
    def filename(self) -> str:
        return tidy(self.file.data.filename)[:200] or "?"
