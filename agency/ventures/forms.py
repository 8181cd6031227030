"""What people type of ventures; the forms of lines are in ``agency/routes``."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import format_decimal, gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, StringField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional, StopValidation
from wtforms.widgets import HiddenInput

from agency.amounts import cents_of
from agency.evidence.forms import EvidenceField
from core.forms import KeyField, LineField
from core.sheets import plain
from core.web import MOST_ROWS
from people.models import Organisation
from people.naming import organisation_called

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


class TextField(TextAreaField):
    """Several lines."""

    def __init__(self, label: str, *, limit: int, rows: int = 4, **more: Any) -> None:
        super().__init__(
            label,
            [Optional(), Length(max=limit)],
            [lambda text: plain(text or "").strip()],
            render_kw={"rows": rows},
            **more,
        )


class DayField(DateField):
    """A day within a hundred years."""

    def pre_validate(self, form: object) -> None:
        if self.data and not EARLIEST <= self.data <= LATEST:
            raise StopValidation(gettext("Please enter a day between 2000 and 2100."))


class MonthField(DayField):
    """A day of which only the month counts."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        super().process_formdata(list(valuelist))
        self.data = self.data.replace(day=1) if self.data else None


class HundredthsField(StringField):
    """A number with two places; its data are hundredths: cents, or per cent of something."""

    data: int | None  # type: ignore[assignment]

    def __init__(self, label: str, *, least: int = 0, **more: Any) -> None:
        super().__init__(label, render_kw={"inputmode": "decimal"}, **more)
        self.least = least

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        typed = valuelist[0] if valuelist else ""
        self.data = None
        try:
            self.data = self.read(typed) if typed.strip() else None
        except ValueError:
            raise ValueError(gettext("Please enter a number, such as 1234,50.")) from None

    def pre_validate(self, form: object) -> None:
        if self.data is None:
            raise StopValidation(gettext("Please enter a number, such as 1234,50."))
        if self.data < self.least:
            raise StopValidation(gettext("This number is too small."))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(format_decimal(self.shown(self.data), "0.00"))

    def read(self, text: str) -> int:
        return cents_of(text)

    def shown(self, data: int) -> Decimal:
        return Decimal(data) / 100


class HoursField(HundredthsField):
    """Hours in a week; its data are minutes."""

    def read(self, text: str) -> int:
        return round(cents_of(text) * 60 / 100)

    def pre_validate(self, form: object) -> None:
        super().pre_validate(form)
        if self.data is not None and self.data > 60 * 60:
            raise StopValidation(gettext("Please enter at most 60 hours."))

    def shown(self, data: int) -> Decimal:
        return Decimal(data) / 60


class PermilleField(HundredthsField):
    """Per cent with one place; its data are tenths of a per cent."""

    def read(self, text: str) -> int:
        return round(cents_of(text) / 10)

    def pre_validate(self, form: object) -> None:
        super().pre_validate(form)
        if self.data is not None and self.data > 1000:
            raise StopValidation(gettext("Please enter at most 100 per cent."))

    def shown(self, data: int) -> Decimal:
        return Decimal(data) / 10


class VersionField(IntegerField):
    """The version that was shown when the form was opened."""

    def __init__(self, **more: Any) -> None:
        limits = [Optional(), NumberRange(0, MOST_ROWS)]
        super().__init__("", limits, widget=HiddenInput(), **more)


class LineForm(FlaskForm):
    """A line of a plan; its fields bear the names of what is kept."""

    HINTS: dict[str, Any] = {}  # noqa: RUF012 - for the template
    key = KeyField()
    version = VersionField()

    @property
    def asked(self) -> list[Any]:
        """List the fields that somebody fills, the organisation last."""
        hidden = {"key", "version", "csrf_token"}
        found = [each for each in self if each.name not in hidden]
        return sorted(found, key=lambda each: each.name == "organisation")

    def values(self) -> dict[str, Any]:
        """Return what was typed as it is kept."""
        return {each.name: each.data for each in self.asked}


class OwnedForm(LineForm):
    """A form in which an organisation of the register may be named."""

    organisation = LineField(lazy_gettext("Organisation"), limit=200, required=False)

    def __init__(self, known: Sequence[Organisation] = (), **more: Any) -> None:
        super().__init__(**more)
        self.known = known

    def validate_organisation(self, field: LineField) -> None:
        if field.data and not organisation_called(self.known, field.data):
            raise StopValidation(
                gettext("No organisation of the register is called like that.")
            )

    def values(self) -> dict[str, Any]:
        found = organisation_called(self.known, self.organisation.data)
        values = super().values() | {"organisation_id": found.id if found else None}
        del values["organisation"]
        return values


class CanvasForm(FlaskForm):
    """A field of the canvas, after the text with this number."""

    key = KeyField()
    number = VersionField()
    text = TextField(lazy_gettext("Answer"), limit=4_000, rows=7)
    evidence = EvidenceField(lazy_gettext("Evidence"))


class BeginForm(FlaskForm):
    """A venture that hangs on no board."""

    key = KeyField()
    title = LineField(lazy_gettext("Title"), limit=160)
    text = TextField(lazy_gettext("What is it about?"), limit=4_000)


class GateForm(FlaskForm):
    """A gate, and why it is passed or gone back through."""

    reason = TextField(lazy_gettext("Reason"), limit=1_000, rows=3)
