"""What people type into advice cases."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    Field,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional, StopValidation

from agency.cases.beginning import Need
from agency.cases.handing_over import Receiver
from agency.cases.words import OUTCOMES
from core.clock import ZONE
from core.forms import KeyField, LineField, UsualYear
from core.sheets import plain
from people.forms import as_choices, chosen_from
from people.models import Membership, Organisation
from people.naming import organisation_called
from people.taxonomy import Taxonomy
from surveys.questionnaires.recognising import Sort, finds

TELLING = {
    Sort.NAME,
    Sort.PHONE,
    Sort.MAIL,
    Sort.NUMBER,
}  # addresses and days are no secret here


class LongField(TextAreaField):
    """Some paragraphs."""

    data: str

    def __init__(
        self, label: str, *, required: bool = True, rows: int = 4, **more: Any
    ) -> None:
        presence = InputRequired() if required else Optional()
        super().__init__(
            label,
            validators=[presence, Length(max=4_000)],
            filters=[lambda text: plain(text or "").strip()],
            render_kw={"rows": rows},
            **more,
        )


class CarefulForm(FlaskForm):
    """A form that asks back when a text seems to tell of a person; then it may stay."""

    careful: tuple[str, ...] = ()
    sure = BooleanField(lazy_gettext("It tells of no person. Keep it as it is."))
    doubts = False

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        for name in self.careful:
            field = self[name]
            if not self.sure.data and (told := _telling(field.data or "")):
                self.doubts, fine = True, False
                _blame(field, told)
        return fine


def _telling(text: str) -> list[str]:
    found = [each for each in finds(text) if each.sort in TELLING]
    return list(dict.fromkeys(text[each.begins : each.ends] for each in found))


def _blame(field: Field, told: Iterable[str]) -> None:
    stretches = ", ".join(f"„{each}“" for each in told)
    field.errors = [
        *field.errors,
        gettext(
            "This may tell of a person: %(what)s. Cases are about organisations. Please"
            " leave it out, or say below that it tells of no person.",
            what=stretches,
        ),
    ]


class CaseForm(CarefulForm):
    """A case begun by hand."""

    careful: tuple[str, ...] = ("title", "text", "again")
    key = KeyField()
    organisation = StringField(
        lazy_gettext("Organisation in the register"),
        validators=[DataRequired(), Length(max=200)],
    )
    term = SelectField(lazy_gettext("What is it about?"), validators=[DataRequired()])
    title = LineField(lazy_gettext("In one line"), limit=160)
    text = LongField(lazy_gettext("First note (may stay empty)"), required=False)
    mine = BooleanField(lazy_gettext("I take this case"))
    again = LineField(
        lazy_gettext("Why another case for the same need?"), limit=300, required=False
    )

    def __init__(
        self, known: list[Organisation], language: str, terms: Taxonomy, **more: Any
    ) -> None:
        super().__init__(**more)
        self.known = known
        listed = {
            each.code: each.label(language)
            for _group, some in terms.grouped(language)
            for each in some
            if "O" in each.side
        }
        self.term.choices = as_choices({"": gettext("Please choose"), **listed})

    def validate_organisation(self, field: StringField) -> None:
        if field.data and not organisation_called(self.known, field.data):
            raise StopValidation(
                gettext("No organisation of the register is called like that.")
            )

    def need(self) -> Need:
        """Return what was typed; call it when the form is valid."""
        found = organisation_called(self.known, self.organisation.data)
        assert found and self.term.data  # noqa: S101 - it is validated
        return Need(found, self.term.data, self.title.data)


class NoteForm(CarefulForm):
    """A note in a case."""

    careful: tuple[str, ...] = ("text",)
    key = KeyField()
    text = LongField(lazy_gettext("What was said or done?"))


class AppointmentForm(CarefulForm):
    """When and where to meet."""

    careful: tuple[str, ...] = ("place",)
    key = KeyField()
    day = DateField(lazy_gettext("Day"), validators=[InputRequired(), UsualYear()])
    time = TimeField(lazy_gettext("Time"), validators=[InputRequired()])
    place = LineField(lazy_gettext("Where (may stay empty)"), limit=200, required=False)

    def at(self) -> datetime:
        """Return the moment that people here mean."""
        assert self.day.data and self.time.data  # noqa: S101 - it is validated
        return datetime.combine(self.day.data, self.time.data, ZONE)


class HandoverForm(CarefulForm):
    """To whom a case goes, and what they must know."""

    careful: tuple[str, ...] = ("promised", "next")
    key = KeyField()
    member = SelectField(lazy_gettext("To somebody of the team"))
    provider = StringField(
        lazy_gettext("Or to an organisation of the register"), validators=[Length(max=200)]
    )
    promised = LongField(lazy_gettext("What was promised to the organisation?"), rows=3)
    next = LongField(lazy_gettext("What is to be done next?"), required=False, rows=3)

    def __init__(
        self, members: Iterable[Membership], known: list[Organisation], **more: Any
    ) -> None:
        super().__init__(**more)
        self.members = {str(each.id): each for each in members}
        self.known = known
        names = {number: each.user.called for number, each in self.members.items()}
        self.member.choices = as_choices({"": gettext("nobody of the team"), **names})

    def validate_provider(self, field: StringField) -> None:
        typed = (field.data or "").strip()
        if bool(typed) == bool(self.member.data):
            raise StopValidation(
                gettext("Please choose somebody of the team, or an organisation: one of both.")
            )
        if typed and not organisation_called(self.known, typed):
            raise StopValidation(
                gettext("No organisation of the register is called like that.")
            )

    def receiver(self) -> Receiver:
        """Return to whom it goes; call it when the form is valid."""
        if self.member.data:
            return Receiver(member=self.members[self.member.data])
        return Receiver(provider=organisation_called(self.known, self.provider.data))


class OutcomeForm(CarefulForm):
    """With what a case closes."""

    careful: tuple[str, ...] = ("text",)
    outcome = RadioField(
        lazy_gettext("What came of it?"),
        choices=lambda: chosen_from(OUTCOMES, {}),
        validators=[InputRequired()],
    )
    text = LongField(lazy_gettext("In a few words"))
    met = BooleanField(lazy_gettext("The need is met: nobody has to look for it any more"))


class ReasonForm(CarefulForm):
    """A few words, which may stay empty: why a case is opened again, or not taken."""

    careful: tuple[str, ...] = ("text",)
    text = LineField(lazy_gettext("In a few words (may stay empty)"), limit=500, required=False)
