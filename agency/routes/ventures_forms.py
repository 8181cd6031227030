"""What people type of ventures and of the lines of their plans."""

from decimal import Decimal
from typing import Any

from flask_babel import format_decimal, gettext, lazy_gettext
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, StopValidation

from agency.ventures import words
from agency.ventures.forms import (
    DayField,
    HoursField,
    HundredthsField,
    LineForm,
    MonthField,
    OwnedForm,
    PermilleField,
    TextField,
)
from agency.ventures.models import Venture
from agency.ventures.paying import minimum_on
from agency.words import LEVELS
from core.forms import LineField
from people.forms import chosen_from
from people.words import LEGAL_FORMS


class MemberForm(OwnedForm):
    """A role in the team."""

    HINTS = {  # noqa: RUF012
        "title": lazy_gettext("The role, such as “Head of the workshop”. Please no names."),
        "organisation": lazy_gettext("As in the register; empty where it is for none."),
        "has_experience": lazy_gettext(
            "Tick it only if the person agrees. Nothing else is kept."
        ),
    }
    title = LineField(lazy_gettext("Role"), limit=120)
    has_experience = BooleanField(lazy_gettext("with experience of having fled: yes"))


class BackingForm(LineForm):
    """A customer who was asked, or a letter."""

    HINTS = {  # noqa: RUF012
        "title": lazy_gettext("An organisation, or what kind of customer. Please no names."),
        "note": lazy_gettext("What did they say? Or where does the letter lie?"),
    }
    kind = RadioField(
        lazy_gettext("What is it?"),
        choices=lambda: chosen_from(words.BACKINGS, {}),
        validators=[InputRequired()],
    )
    title = LineField(lazy_gettext("Who?"), limit=160)
    day = DayField(lazy_gettext("On which day?"), [InputRequired()])
    note = TextField(lazy_gettext("Note"), limit=1_000)


class PilotMonthForm(LineForm):
    """The numbers of a month."""

    HINTS = {"month": lazy_gettext("Any day of the month.")}  # noqa: RUF012
    month = MonthField(lazy_gettext("Month"), [InputRequired()])
    customers = IntegerField(
        lazy_gettext("Customers served"), [InputRequired(), NumberRange(0, 100_000)]
    )
    income_cents = HundredthsField(lazy_gettext("Income in €"))
    cost_cents = HundredthsField(lazy_gettext("Costs in €"))

    def values(self) -> dict[str, Any]:
        month = self.month.data
        return super().values() | {"title": f"{month:%m/%Y}" if month else ""}


class MilestoneForm(LineForm):
    """Something that is to be done by a day."""

    HINTS = {  # noqa: RUF012
        "title": lazy_gettext("What is there when it is done: “The tools are bought”."),
        "who": lazy_gettext("A role or an organisation. Please no names."),
        "done": lazy_gettext("Empty as long as it is not done."),
    }
    title = LineField(lazy_gettext("Milestone"), limit=160)
    who = LineField(lazy_gettext("Who sees to it?"), limit=120, required=False)
    starts = DayField(lazy_gettext("Begins"), [InputRequired()])
    due = DayField(lazy_gettext("To be done by"), [InputRequired()])
    done = DayField(lazy_gettext("Done on"), [Optional()])

    def validate_due(self, field: DayField) -> None:
        if field.data and self.starts.data and field.data < self.starts.data:
            raise StopValidation(gettext("This is before the beginning."))


class JobForm(LineForm):
    """A job."""

    HINTS = {  # noqa: RUF012
        "title": lazy_gettext("What somebody does: “Bicycle mechanic”. Please no names."),
        "isco": lazy_gettext(
            "Four digits, such as 7234 for bicycle repairers. May stay empty."
        ),
        "german": lazy_gettext("What the work really needs, not what would be nice."),
        "subsidy": lazy_gettext("Only if the Jobcenter may grant it. See the box on the page."),
        "is_granted": lazy_gettext("Until it is ticked, the plan counts without the subsidy."),
        "is_collective": lazy_gettext("Then § 16i follows the wage of the agreement."),
        "filled": lazy_gettext("Empty as long as nobody works there."),
        "ended": lazy_gettext("The last day, when the job is vacant again."),
    }
    title = LineField(lazy_gettext("Job"), limit=120)
    isco = StringField("ISCO-08", [Optional(), Length(max=4)])
    minutes = HoursField(lazy_gettext("Hours a week"), least=1)
    starts = DayField(lazy_gettext("Planned from"), [InputRequired()])
    wage_cents = HundredthsField(lazy_gettext("Wage for an hour in €"), least=1)
    german = SelectField(
        lazy_gettext("German, at least"),
        choices=lambda: chosen_from(LEVELS, {"": lazy_gettext("does not matter")}),
    )
    subsidy = RadioField(
        lazy_gettext("Money for wages from the Jobcenter"),
        choices=lambda: chosen_from(words.SUBSIDIES, {}),
        default="none",
        validators=[InputRequired()],
    )
    is_granted = BooleanField(lazy_gettext("granted in writing"))
    is_collective = BooleanField(lazy_gettext("a collective agreement sets the wage"))
    filled = DayField(lazy_gettext("Filled since"), [Optional()])
    ended = DayField(lazy_gettext("Ended on"), [Optional()])

    def validate_isco(self, field: StringField) -> None:
        text = (field.data or "").strip()
        if text and not (len(text) == 4 and text.isascii() and text.isdecimal()):
            raise StopValidation(gettext("An ISCO-08 code has four digits."))
        field.data = text

    def validate_wage_cents(self, field: HundredthsField) -> None:
        day = self.filled.data or self.starts.data
        if field.data is None or not day:
            return
        least = minimum_on(day)
        if Decimal(field.data) / 100 < least.hourly:
            raise StopValidation(
                gettext(
                    "The minimum wage is %(amount)s € an hour on that day.",
                    amount=format_decimal(least.hourly, "0.00"),
                )
            )

    def validate_ended(self, field: DayField) -> None:
        if field.data and not self.filled.data:
            raise StopValidation(gettext("Please enter first since when the job was filled."))
        if field.data and self.filled.data and field.data < self.filled.data:
            raise StopValidation(gettext("This is before the beginning."))


class FundingForm(LineForm):
    """Money from somebody."""

    HINTS = {  # noqa: RUF012
        "programme": lazy_gettext("Its code in the funding directory. May stay empty."),
        "paid": lazy_gettext("The month counts."),
    }
    title = LineField(lazy_gettext("From whom?"), limit=160)
    programme = LineField(lazy_gettext("Funding programme"), limit=60, required=False)
    amount_cents = HundredthsField(lazy_gettext("Amount in €"), least=1)
    state = RadioField(
        lazy_gettext("How far is it?"),
        choices=lambda: chosen_from(words.FUNDING_STATES, {}),
        default="planned",
        validators=[InputRequired()],
    )
    paid = DayField(lazy_gettext("Paid on"), [InputRequired()])
    is_own = BooleanField(lazy_gettext("own funds"))


class FlowForm(LineForm):
    """Money that comes or goes month by month."""

    HINTS = {  # noqa: RUF012
        "title": lazy_gettext("Wages are counted from the jobs plan: do not enter them here."),
        "ends": lazy_gettext(
            "Empty: it goes on. For something that is paid once: the same month."
        ),
    }
    direction = RadioField(
        lazy_gettext("Which way?"),
        choices=lambda: chosen_from(words.DIRECTIONS, {}),
        validators=[InputRequired()],
    )
    title = LineField(lazy_gettext("What for?"), limit=160)
    amount_cents = HundredthsField(lazy_gettext("Amount a month in €"), least=1)
    starts = MonthField(lazy_gettext("From the month of"), [InputRequired()])
    ends = MonthField(lazy_gettext("Until the month of"), [Optional()])

    def validate_ends(self, field: MonthField) -> None:
        if field.data and self.starts.data and field.data < self.starts.data:
            raise StopValidation(gettext("This is before the beginning."))


class VentureForm(OwnedForm):
    """What a venture is about."""

    HINTS = {  # noqa: RUF012
        "text": lazy_gettext("One paragraph: who does what, for whom, and where?"),
        "organisation": lazy_gettext("Once it is founded and in the register."),
    }
    title = LineField(lazy_gettext("Title"), limit=160)
    text = TextField(lazy_gettext("What is it about?"), limit=4_000, rows=6)
    legal_form = SelectField(
        lazy_gettext("Legal form"), choices=lambda: chosen_from(LEGAL_FORMS)
    )


class AccountForm(LineForm):
    """Where the money plan begins."""

    HINTS = {  # noqa: RUF012
        "begins": lazy_gettext("The plan shows 24 months from here on."),
        "opening_cents": lazy_gettext("Below zero for a debt."),
        "employer_permille": lazy_gettext(
            "On top of the wage: insurance and levies, about 22 per cent."
        ),
    }
    begins = MonthField(lazy_gettext("First month"), [InputRequired()])
    opening_cents = HundredthsField(
        lazy_gettext("In the account at the beginning, in €"), least=-(10**9)
    )
    employer_permille = PermilleField(lazy_gettext("Employer’s share in per cent"))


FORMS: dict[str, type[LineForm]] = {
    "team": MemberForm,
    "backing": BackingForm,
    "months": PilotMonthForm,
    "milestones": MilestoneForm,
    "jobs": JobForm,
    "funding": FundingForm,
    "flows": FlowForm,
}
OF_VENTURE: list[type[LineForm]] = [VentureForm, AccountForm]


def label_of(kind: str, name: str) -> str:
    """Return what a form calls something that is kept under a name."""
    name, forms = name.removesuffix("_id"), [FORMS[kind]] if kind in FORMS else OF_VENTURE
    fields = [getattr(each, name, None) for each in forms]
    return next((str(each.args[0]) for each in fields if each and each.args), name)


def kept_of(venture: Venture) -> dict[str, Any]:
    """Return a venture as its forms show it."""
    names = {name for form in OF_VENTURE for name in vars(form)} & vars(type(venture)).keys()
    owner = venture.organisation.name if venture.organisation else ""
    values = {name: getattr(venture, name) for name in names if not name.startswith("_")}
    return values | {"organisation": owner, "version": venture.version}
