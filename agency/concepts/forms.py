"""What people type of a concept."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import format_decimal, gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    IntegerField,
    MonthField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import (
    InputRequired,
    Length,
    NumberRange,
    Optional,
    StopValidation,
)
from wtforms.widgets import HiddenInput

from agency.concepts.indicators import INDICATORS
from agency.concepts.models import Section
from agency.concepts.reckoning import read_euros
from agency.concepts.sections import FACTS, KINDS, RESTS_ON_EVIDENCE, WITH_ORGANISATION
from agency.concepts.writing import Draft, Frame
from agency.evidence.forms import EvidenceField
from agency.evidence.references import Reference
from agency.funding.models import Programme
from core.forms import KeyField, LineField
from core.sheets import plain
from people.forms import as_choices, chosen_from
from people.models import Organisation
from people.naming import organisation_called

LONGEST, FURTHEST = 2_000, 60
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
LARGEST = 2**31 - 1  # number that the database takes


class ProseField(TextAreaField):
    """A text of several lines, composed and without what a document cannot hold."""

    data: str

    def __init__(self, label: str, *, rows: int = 4, limit: int = LONGEST, **more: Any) -> None:
        filters = [lambda text: plain(text or "").strip()]
        rules = [Length(max=limit)]
        super().__init__(label, rules, filters, render_kw={"rows": rows}, **more)


class MoneyField(StringField):
    """An amount of euros, written as people write it."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return str(format_decimal(read_euros(self.data), "#,##0.00")) if self.data else ""

    def amount(self) -> Decimal | None:
        return read_euros(self.data) if self.data and self.data.strip() else None

    def pre_validate(self, form: Any) -> None:
        """See to it that it is an amount, or nothing."""
        try:
            self.amount()
        except ValueError:
            text = gettext("Please write an amount in euros, such as 12,500 or 800.50.")
            raise StopValidation(text) from None


class BeginForm(FlaskForm):
    """What a concept begins with."""

    key = KeyField()
    title = LineField(lazy_gettext("Title of the model project"), limit=160)
    evidence = EvidenceField(lazy_gettext("What it comes from"))
    partners = SelectMultipleField(lazy_gettext("Partners"))

    def offer_partners(
        self, organisations: Iterable[Organisation], suggested: Iterable[Organisation]
    ) -> None:
        """Say who could be partner, and who is likely to be."""
        self.suggested = {str(each.id) for each in suggested}
        self.partners.choices = as_choices({str(o.id): o.name for o in organisations})


class FrameForm(FlaskForm):
    """What holds for the whole of a concept."""

    version = IntegerField(widget=HiddenInput(), validators=[NumberRange(0, LARGEST)])
    title = LineField(lazy_gettext("Title of the model project"), limit=160)
    starts = MonthField(lazy_gettext("Begins in the month"), validators=[Optional()])
    months = IntegerField(
        lazy_gettext("Months"), [InputRequired(), NumberRange(1, FURTHEST)], default=24
    )
    programme = SelectField(lazy_gettext("Funding programme applied for"), default="")
    esf = MoneyField(lazy_gettext("From the ESF+ (euros)"), [Length(max=30)])
    land = MoneyField(lazy_gettext("From the Land Berlin (euros)"), [Length(max=30)])

    def validate_starts(self, field: MonthField) -> None:
        """See to it that it is a month for which a calendar can be drawn."""
        if field.data and not EARLIEST <= field.data <= LATEST:
            raise StopValidation(gettext("Please enter a day between 2000 and 2100."))

    def offer(self, programmes: Iterable[Programme], chosen: str) -> None:
        """Say which programmes the directory has; one that is gone stays *chosen*."""
        known = {each.code: each.name for each in programmes}
        gone = {chosen: chosen} if chosen and chosen not in known else {}
        first = {"": gettext("none chosen yet")}
        self.programme.choices = as_choices({**first, **gone, **known})

    def frame(self) -> Frame:
        """Return what was typed as it is kept."""
        money = self.esf.amount(), self.land.amount()
        span = self.starts.data, self.months.data or 1
        return Frame(self.title.data, *span, *money, self.programme.data)


class EntryForm(FlaskForm):
    """An entry of a section: a claim, or what the section asks for."""

    key = KeyField()
    version = IntegerField(
        widget=HiddenInput(), validators=[Optional(), NumberRange(0, LARGEST)]
    )
    code = SelectField(lazy_gettext("Indicator of the social audit"))
    organisation = StringField(lazy_gettext("Organisation in the register"), [Length(max=200)])
    text = ProseField("")
    remedy = ProseField(lazy_gettext("What we do then"), rows=2)
    begins = IntegerField(lazy_gettext("From month"), [Optional(), NumberRange(1, FURTHEST)])
    ends = IntegerField(lazy_gettext("to month"), [Optional(), NumberRange(1, FURTHEST)])
    month = IntegerField(lazy_gettext("In month"), [InputRequired(), NumberRange(1, FURTHEST)])
    baseline = LineField(lazy_gettext("Figure of today"), limit=60, required=False)
    target = LineField(lazy_gettext("Target"), limit=60, required=False)
    unit = LineField(lazy_gettext("Unit"), limit=60, required=False)
    source = LineField(lazy_gettext("Where the figures come from"), limit=160, required=False)
    kind = SelectField(lazy_gettext("Kind of cost"), choices=lambda: chosen_from(KINDS, {}))
    year = IntegerField(
        lazy_gettext("Year of the project"), [InputRequired(), NumberRange(1, 5)]
    )
    amount = MoneyField(lazy_gettext("Amount in euros"), [InputRequired(), Length(max=30)])
    evidence = EvidenceField(lazy_gettext("What this rests on"))

    def __init__(self, section: Section, known: list[Organisation], **more: Any) -> None:
        """Ask for what *section* holds; *known* is the register."""
        super().__init__(**more)
        self.section, self.known = section, known
        wanted = {"csrf_token", "key", "version", "text", *FACTS.get(section, ())}
        wanted |= {"organisation"} if section in WITH_ORGANISATION else set()
        wanted |= {"evidence"} if section in RESTS_ON_EVIDENCE else set()
        for name in [*self._fields]:
            if name not in wanted:
                del self[name]
        self.text.label.text = str(LABELS[section])
        if "code" in self:
            offered = {code: f"{code} {gettext(i.label)}" for code, i in INDICATORS.items()}
            self.code.choices = as_choices({"": gettext("one of our own"), **offered})

    def validate_text(self, field: ProseField) -> None:
        """See to it that something is said, unless the rest says enough."""
        is_said = "code" in self and self.code.data in INDICATORS
        if not field.data and not is_said and self.section != Section.PARTNERS:
            raise StopValidation(gettext("Please write something here."))

    def validate_organisation(self, field: StringField) -> None:
        """See to it that it is in the register; a partner must be."""
        typed = (field.data or "").strip()
        if typed and not self._organisation():
            raise StopValidation(
                gettext("No organisation of the register is called like that.")
            )
        if not typed and self.section == Section.PARTNERS:
            raise StopValidation(gettext("Please choose an organisation of the register."))

    def validate_ends(self, field: IntegerField) -> None:
        """See to it that nothing ends before it begins."""
        if field.data and self.begins.data and field.data < self.begins.data:
            raise StopValidation(gettext("This is before it begins."))

    def draft(self, evidence: tuple[Reference, ...]) -> Draft:
        """Return what was typed; an indicator that is offered brings its words along."""
        names = FACTS.get(self.section, ())
        facts = {name: self._said(name) for name in names}
        text = self.text.data
        if offered := INDICATORS.get(facts.get("code", "")):
            text = text or gettext(offered.label)
            facts["unit"] = facts["unit"] or gettext(offered.unit)
            facts["source"] = facts["source"] or gettext(offered.source)
        owner = self._organisation() if "organisation" in self else None
        return Draft(self.section, text, facts, evidence, owner.id if owner else None)

    def _said(self, name: str) -> str:
        field = self[name]
        if isinstance(field, MoneyField):
            return str(field.amount())
        return "" if field.data is None else str(field.data)

    def _organisation(self) -> Organisation | None:
        return organisation_called(self.known, self.organisation.data)


class KeepForm(FlaskForm):
    """What is said of a version that is kept."""

    key = KeyField()
    note = LineField(lazy_gettext("What has changed, in one line"), limit=200, required=False)


class AnswerForm(FlaskForm):
    """What the team answers to a comment."""

    answer = ProseField(lazy_gettext("Answer"), rows=2)
    resolved = BooleanField(lazy_gettext("This is settled."))


LABELS: dict[str, str] = {
    Section.PROBLEM: lazy_gettext("One claim"),
    Section.TARGET: lazy_gettext("One claim"),
    Section.APPROACH: lazy_gettext("One claim"),
    Section.PARTNERS: lazy_gettext("What this partner does"),
    Section.MEASURES: lazy_gettext("What is done"),
    Section.INDICATORS: lazy_gettext("What is counted"),
    Section.BUDGET: lazy_gettext("What it is for"),
    Section.TIMETABLE: lazy_gettext("What is reached by then"),
    Section.RISKS: lazy_gettext("What can go wrong"),
    Section.CONTINUATION: lazy_gettext("One claim"),
}
