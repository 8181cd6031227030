"""What scribes and hosts type from paper."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from core.forms import KeyField, LineField, tidy
from workshop.models import Method
from workshop.posting import TITLE_LIMIT
from workshop.voting.marking import SPENDING
from workshop.voting.models import Round

OPINIONS = {"1": 1, "2": 0, "3": -1, "+": 1, "0": 0, "-": -1, "−": -1}
TICKS = {"X", "J", "Y", "✓"}
MOST_CARDS = 60


class ValueField(StringField):
    """What stands in the box of an option: a figure, a tick, or nothing."""

    def __init__(self, label: str, *, round: Round, people: int = 1, **more: Any) -> None:
        super().__init__(label, [Optional(), Length(max=12)], filters=[tidy], **more)
        self.round, self.people = round, people

    @property
    def mark(self) -> int | None:
        """Return what it says, or nothing; call it once the field is valid."""
        typed = (self.data or "").upper()
        if not typed:
            return None
        if self.round.method is Method.OPINION:
            return OPINIONS[typed]
        return 1 if typed in TICKS and self.round.most == 1 else int(typed)

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if not self.errors and not self._fits():
            raise ValidationError(self._rule())

    def _fits(self) -> bool:
        try:
            mark = self.mark
        except (KeyError, ValueError):
            return False
        if mark is None or self.round.method is Method.OPINION:
            return True
        return 0 <= mark <= self.round.most * self.people

    def _rule(self) -> str:
        match self.round.method:
            case Method.OPINION:
                said = lazy_gettext("1 agrees, 2 passes, 3 disagrees.")
            case Method.APPROVAL | Method.BUDGET if self.people == 1:
                said = lazy_gettext("1 or x is a yes; nothing is none.")
            case _:
                most = self.round.most * self.people
                said = lazy_gettext("A number from 0 to %(most)s.", most=most)
        return str(said)


class SheetForm(FlaskForm):
    """A ballot on paper, typed by its number; its options are fields of :func:`sheet_form`."""

    round: Round
    name = LineField(lazy_gettext("Number of the ballot"), limit=20)
    is_void = BooleanField(lazy_gettext("It is empty or invalid"))
    again = BooleanField(lazy_gettext("Replace what I typed before"))

    @property
    def boxes(self) -> list[ValueField]:
        return [field for field in self if isinstance(field, ValueField)]

    @property
    def marks(self) -> Mapping[str, int]:
        """What was typed, by option."""
        if self.is_void.data:
            return {}
        said = {field.name.removeprefix("box_"): field.mark for field in self.boxes}
        return {option: mark for option, mark in said.items() if mark is not None}

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if not self.marks and not self.is_void.data:
            said = lazy_gettext("Nothing is typed. If the ballot is empty, please say so here.")
            self.is_void.errors = [said]
            return False
        spent = sum(self.marks.values())
        if self.round.method in SPENDING and spent > self.round.each:
            said = lazy_gettext(
                "These are %(spent)s, and a ballot holds %(each)s. If it says so on the paper, "
                "the ballot is invalid.",
                spent=spent,
                each=self.round.each,
            )
            self.form_errors.append(said)
            return False
        return True


def sheet_form(round: Round) -> SheetForm:
    """Return the form for a ballot of *round*."""
    fields: dict[str, Any] = {
        f"box_{option['key']}": ValueField(option["title"], round=round)
        for option in round.options
    }
    form: SheetForm = type("FilledSheetForm", (SheetForm,), fields | {"round": round})()
    return form


class WallForm(FlaskForm):
    """Dots on a paper wall, counted for several people."""

    round: Round
    people = IntegerField(
        lazy_gettext("How many people placed dots on the wall?"),
        [InputRequired(), NumberRange(0, 1000)],
    )

    @property
    def boxes(self) -> list[IntegerField]:
        return [field for field in self if field.name.startswith("box_")]

    @property
    def dots(self) -> Mapping[str, int]:
        """The dots that were counted, by option."""
        return {field.name.removeprefix("box_"): field.data or 0 for field in self.boxes}

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        people, most = self.people.data or 0, self.round.most * (self.people.data or 0)
        for field in self.boxes:
            if (field.data or 0) > most:
                said = lazy_gettext(
                    "So many people can place at most %(most)s here.", most=most
                )
                field.errors = [said]
        given, spent = self.round.each * people, sum(self.dots.values())
        if spent > given:
            said = lazy_gettext(
                "These are %(spent)s in all, but so many people have only %(given)s.",
                spent=spent,
                given=given,
            )
            self.form_errors.append(said)
        return spent <= given and not any(field.errors for field in self.boxes)


def wall_form(round: Round, data: Mapping[str, Any] | None = None) -> WallForm:
    """Return the form for what lies on the wall in *round*."""
    fields: dict[str, Any] = {
        f"box_{option['key']}": IntegerField(
            option["title"], [Optional(), NumberRange(0, 100_000)]
        )
        for option in round.options
    }
    kind = type("FilledWallForm", (WallForm,), fields | {"round": round})
    form: WallForm = kind(data=data)
    return form


class CardsForm(FlaskForm):
    """Ideas from paper cards, one in each line."""

    key = KeyField()
    challenge = IntegerField(validators=[Optional()])
    titles = TextAreaField(lazy_gettext("Ideas, one in each line"))
    source = LineField(lazy_gettext("Table or group, if wanted"), limit=40, required=False)

    @property
    def lines(self) -> list[str]:
        return [line for line in map(tidy, (self.titles.data or "").split("\n")) if line]

    def validate_titles(self, field: TextAreaField) -> None:
        if not self.lines:
            raise ValidationError(field.gettext("This field is required."))
        if len(self.lines) > MOST_CARDS:
            raise ValidationError(
                lazy_gettext("At most %(most)s cards at once, please.", most=MOST_CARDS)
            )
        for number, line in enumerate(self.lines, start=1):
            if len(line) > TITLE_LIMIT:
                raise ValidationError(
                    lazy_gettext(
                        "Line %(number)s is longer than a card: %(most)s characters at most.",
                        number=number,
                        most=TITLE_LIMIT,
                    )
                )
