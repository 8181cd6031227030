"""What people type of programmes, and what they answer to a check."""

from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import format_decimal, gettext, lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    DateField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, NumberRange, Optional, StopValidation
from wtforms.widgets import HiddenInput

from agency.evidence.citing import is_link
from agency.funding.checking import Answers
from agency.funding.columns import day_in, number_in
from agency.funding.keeping import Entry
from agency.funding.recording import Subject
from agency.funding.words import (
    AREAS,
    CONDITIONS,
    CUMULATION,
    DUE,
    FORMS,
    KINDS,
    MONEY,
    RULES,
    THEMES,
)
from core.errors import message
from core.forms import KeyField, LineField, tidy
from core.sheets import plain
from core.web import MOST_ROWS
from people.forms import BLANK, LinesField, UploadForm, chosen_from
from people.models import Organisation
from people.naming import organisation_called
from people.words import LEGAL_FORMS

MOST = Decimal(1_000_000_000)
ELSEWHERE = {**AREAS, "elsewhere": message("elsewhere")}
NOTHING = "nothing"


class NumberField(StringField):
    """A number as people write it: 20.000 €, or 12,5."""

    data: Decimal | None  # type: ignore[assignment]

    def __init__(self, label: str, most: Decimal = MOST, **more: Any) -> None:
        super().__init__(label, [Optional()], **more)
        self.most = most

    def process_formdata(self, valuelist: list[str]) -> None:
        text = tidy(valuelist[0] if valuelist else "")
        self.data = number_in(text) if text else None
        if text and (self.data is None or not 0 <= self.data <= self.most):
            self.data = None
            raise ValueError(gettext("Please give a number, such as 20000."))
        if self.data is not None:
            self.data = self.data.quantize(Decimal("0.01"))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return str(format_decimal(self.data)) if self.data is not None else ""


class ChoiceField(SelectField):
    """One of a list; what is not sent is not known."""

    def __init__(self, label: str = "", **more: Any) -> None:
        super().__init__(label, default="", **more)


class DaysField(TextAreaField):
    """Days, one in a line, as 15.09.2027 or 2027-09-15."""

    data: tuple[date, ...]  # type: ignore[assignment]

    def process_formdata(self, valuelist: list[str]) -> None:
        lines = plain(valuelist[0] if valuelist else "").split("\n")
        filled = [line.strip() for line in lines if line.strip()]
        self.data = ()
        try:
            self.data = tuple(sorted({day_in(line) for line in filled[:50]}))
        except ValueError:
            raise ValueError(
                gettext("Please write each day in a line of its own, such as 15.09.2027.")
            ) from None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "\n".join(day.strftime("%d.%m.%Y") for day in self.data or ())


def _months(label: str) -> IntegerField:
    return IntegerField(label, validators=[Optional(), NumberRange(1, 600)])


class ProgrammeForm(FlaskForm):
    """A funding programme; what is not known stays empty."""

    key = KeyField()
    version = IntegerField(
        widget=HiddenInput(), validators=[Optional(), NumberRange(0, MOST_ROWS)]
    )
    name = LineField(lazy_gettext("Name of the programme"), limit=200)
    funder = LineField(lazy_gettext("Funder"), limit=200, required=False)
    kind = ChoiceField(lazy_gettext("Kind of funding"), choices=lambda: chosen_from(KINDS))
    eligible = SelectMultipleField(
        lazy_gettext("Who may apply?"), choices=lambda: chosen_from(FORMS, {})
    )
    area = ChoiceField(lazy_gettext("Area"), choices=lambda: chosen_from(AREAS))
    themes = SelectMultipleField(
        lazy_gettext("Themes"), choices=lambda: chosen_from(THEMES, {})
    )
    amount_min = NumberField(lazy_gettext("At least (Euro)"))
    amount_max = NumberField(lazy_gettext("At most (Euro)"))
    rate = NumberField(lazy_gettext("Pays at most (per cent)"), Decimal(100))
    own_funds = NumberField(lazy_gettext("Own funds (per cent)"), Decimal(99))
    months_min = _months(lazy_gettext("Months at least"))
    months_max = _months(lazy_gettext("Months at most"))
    due = ChoiceField(lazy_gettext("When can one apply?"), choices=lambda: chosen_from(DUE, {}))
    deadlines = DaysField(lazy_gettext("Deadlines"), render_kw={"rows": 3})
    cumulation = ChoiceField(
        lazy_gettext("Together with other money?"), choices=lambda: chosen_from(CUMULATION, {})
    )
    excludes = SelectMultipleField(
        lazy_gettext("Not together with"), choices=lambda: chosen_from(MONEY, {})
    )
    conditions = SelectMultipleField(
        lazy_gettext("Asked of people"), choices=lambda: chosen_from(RULES, {})
    )
    requirements = LinesField(lazy_gettext("Further conditions"), render_kw={"rows": 4})
    contact = LineField(lazy_gettext("Whom to ask"), limit=300, required=False)
    url = LineField(lazy_gettext("Web page"), limit=300, required=False)
    source = LineField(lazy_gettext("Source of the entry"), limit=2_000, required=False)
    note = TextAreaField(
        lazy_gettext("Note"),
        validators=[Optional(), Length(max=2_000)],
        filters=[lambda text: plain(text or "").strip()],
        render_kw={"rows": 3},
    )

    def validate_amount_max(self, field: NumberField) -> None:
        _in_order(self.amount_min.data, field.data)

    def validate_months_max(self, field: IntegerField) -> None:
        _in_order(self.months_min.data, field.data)

    def validate_rate(self, field: NumberField) -> None:
        if field.data == 0:
            raise StopValidation(gettext("A share in per cent lies between 0 and 100."))

    def validate_url(self, field: LineField) -> None:
        if field.data and not is_link(field.data):
            raise StopValidation(gettext("A web page begins with https://"))

    def validate_deadlines(self, field: DaysField) -> None:
        if self.due.data == "dates" and not field.data and not field.errors:
            raise StopValidation(gettext("Please give at least one day."))

    def entry(self) -> Entry:
        """Return what was typed as the directory keeps it."""
        values = {name: self[name].data for name in Entry.__dataclass_fields__}
        for name in ("eligible", "themes", "excludes", "conditions", "requirements"):
            values[name] = tuple(values[name] or ())
        for name in ("funder", "contact", "url", "source", "note"):
            values[name] = values[name] or ""
        values["deadlines"] = values["deadlines"] if values["due"] == "dates" else ()
        values["excludes"] = values["excludes"] if values["cumulation"] == "limited" else ()
        return Entry(**values)


class ListForm(UploadForm):
    """A list of programmes; it is read while it is checked."""

    file = FileField(lazy_gettext("Your list of programmes"), validators=[FileRequired()])


class AnswersForm(FlaskForm):
    """What a check asks; it changes nothing, so its answers stand in the address."""

    class Meta:
        csrf = False

    organisation = StringField(
        lazy_gettext("Organisation in the register"), validators=[Length(max=200)]
    )
    subject = LineField(lazy_gettext("What is the money for?"), limit=200, required=False)
    kind = LineField("", limit=20, required=False, widget=HiddenInput())
    which = LineField("", limit=40, required=False, widget=HiddenInput())
    legal_form = ChoiceField(
        lazy_gettext("Legal form"), choices=lambda: chosen_from(LEGAL_FORMS)
    )
    place = ChoiceField(
        lazy_gettext("Where does it take place?"), choices=lambda: chosen_from(ELSEWHERE)
    )
    themes = SelectMultipleField(
        lazy_gettext("What is it about?"), choices=lambda: chosen_from(THEMES, {})
    )
    amount = NumberField(lazy_gettext("How much money is wanted? (Euro)"))
    own = NumberField(lazy_gettext("How much can you pay yourself? (Euro)"))
    months = _months(lazy_gettext("For how many months?"))
    start = DateField(lazy_gettext("When does it begin?"), validators=[Optional()])
    gets = SelectMultipleField(
        lazy_gettext("Other money for the same purpose"),
        choices=lambda: chosen_from({NOTHING: message("none"), **MONEY}, {}),
    )
    age25 = ChoiceField(choices=lambda: _yes_no())
    benefits6of7 = ChoiceField(choices=lambda: _yes_no())
    unemployed2y = ChoiceField(choices=lambda: _yes_no())
    disabled30 = ChoiceField(choices=lambda: _yes_no())
    met = SelectMultipleField(validate_choice=False)

    def __init__(self, known: list[Organisation], **more: Any) -> None:
        super().__init__(**more)
        self.known, self._found = known, dict[str, Organisation | None]()
        for code, question in CONDITIONS.items():
            self[code].label.text = gettext(question)

    def validate_organisation(self, field: StringField) -> None:
        if field.data and field.data.strip() and not self.owner():
            raise StopValidation(
                gettext("No organisation of the register is called like that.")
            )

    def validate_gets(self, field: SelectMultipleField) -> None:
        if NOTHING in (field.data or ()) and len(field.data or ()) > 1:
            raise StopValidation(gettext("Either none, or some of the others."))

    def owner(self) -> Organisation | None:
        """Return the organisation that was named, looked up once for each name."""
        typed = tidy(self.organisation.data)
        if typed not in self._found:
            self._found[typed] = organisation_called(self.known, typed)
        return self._found[typed]

    def answers(self) -> Answers:
        gets = tuple(self.gets.data or ())
        return Answers(
            legal_form=self.legal_form.data or "",
            place=self.place.data or "",
            themes=tuple(self.themes.data or ()),
            amount=self.amount.data,
            own=self.own.data,
            months=self.months.data,
            start=self.start.data,
            gets=() if NOTHING in gets else gets or None,
            people={code: self[code].data for code in CONDITIONS if self[code].data},
            met=frozenset(mark[:80] for mark in (self.met.data or ())[:200]),
        )

    def about(self) -> Subject:
        """Return what the check is about."""
        owner = self.owner()
        name = self.subject.data or (owner.name if owner else gettext("without a name"))
        kind, key = self.kind.data or "", self.which.data or ""
        return Subject(name, kind, key, owner.id if owner else None)


class KeepForm(FlaskForm):
    """A check is kept once, however often it is sent."""

    key = KeyField()


def _yes_no() -> Any:
    yes_no = {"yes": message("Yes"), "no": message("No")}
    return chosen_from(yes_no, {"": BLANK[""]})


def _in_order(least: Any, most: Any) -> None:
    if least is not None and most is not None and least > most:
        raise StopValidation(gettext("This is less than the smallest value."))
