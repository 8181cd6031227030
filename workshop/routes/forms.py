"""What facilitators type."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import (
    InputRequired,
    NumberRange,
    Optional,
    StopValidation,
    ValidationError,
)

from core.forms import KeyField, LineField, tidy
from workshop.agenda import Item
from workshop.models import Board, Idea, Method, Phase, Workshop
from workshop.voting.saying import PURPOSES

QUESTION_LIMIT = 160
MOST_QUESTIONS = 8
MOST_TABLES = 40


class LinesField(TextAreaField):
    """Several lines of text; empty ones do not count."""

    data: list[str]  # type: ignore[assignment]

    def process_formdata(self, valuelist: list[Any]) -> None:
        lines = map(tidy, str(valuelist[0] if valuelist else "").split("\n"))
        self.data = [line for line in lines if line]

    def _value(self) -> str:
        return "\n".join(self.data or [])


class BoardForm(FlaskForm):
    """A board with its questions."""

    key = KeyField()
    title = LineField(lazy_gettext("What is the board called?"), limit=120)
    questions = LinesField(lazy_gettext("Questions for the board, one per line"))

    def validate_questions(self, field: LinesField) -> None:
        if not field.data:
            raise ValidationError(field.gettext("This field is required."))
        if len(field.data) > MOST_QUESTIONS:
            raise ValidationError(
                lazy_gettext("At most %(most)s questions fit on a board.", most=MOST_QUESTIONS)
            )
        if any(len(question) > QUESTION_LIMIT for question in field.data):
            raise ValidationError(
                lazy_gettext("A question has at most %(most)s characters.", most=QUESTION_LIMIT)
            )


class WorkshopForm(BoardForm):
    """A workshop with the questions for its board."""

    title = LineField(lazy_gettext("What is the workshop called?"), limit=120)
    dots_each = IntegerField(
        lazy_gettext("Dots per person"), [InputRequired(), NumberRange(1, 50)], default=5
    )
    dots_per_idea = IntegerField(
        lazy_gettext("Dots of one person on one idea, at most"),
        [InputRequired(), NumberRange(1, 50)],
        default=3,
    )
    is_covered = BooleanField(lazy_gettext("Cards hang face down until I turn them over"))
    shows_names = BooleanField(lazy_gettext("Cards hang with the names of their authors"))
    is_checked = BooleanField(lazy_gettext("I read each card before it hangs"))
    tables = IntegerField(
        lazy_gettext("Tables that write apart"), [Optional(), NumberRange(0, MOST_TABLES)]
    )

    @property
    def settings(self) -> dict[str, Any]:
        """The columns of the board."""
        return {
            "dots_each": self.dots_each.data,
            "dots_per_idea": min(self.dots_per_idea.data or 1, self.dots_each.data or 1),
            "is_covered": self.is_covered.data,
            "shows_names": self.shows_names.data,
            "is_checked": self.is_checked.data,
            "tables": self.tables.data or 0,
        }


def filled_with(workshop: Workshop, board: Board) -> WorkshopForm:
    """Return the form that shows *workshop* as it is."""
    questions = [challenge.question for challenge in board.challenges]
    form = WorkshopForm(obj=board)
    form.title.data, form.questions.data = workshop.title, questions  # the board has its own
    return form


class AgendaForm(FlaskForm):
    """The minutes of each phase; one without minutes is not on the agenda."""

    @property
    def items(self) -> list[Item]:
        """Return the phases that are on the agenda."""
        minutes = {phase: self[f"minutes_{phase}"].data for phase in Phase}
        return [
            Item(phase, planned) for phase, planned in minutes.items() if planned is not None
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if self.items:
            return True
        said = lazy_gettext("Please give at least one phase its minutes.")
        self[f"minutes_{Phase.COLLECT}"].errors = [said]
        return False


for _phase in Phase:
    _minutes = IntegerField("", [Optional(), NumberRange(0, 600)])
    setattr(AgendaForm, f"minutes_{_phase}", _minutes)


def needed_for_a_budget(form: FlaskForm, field: IntegerField) -> None:
    """Ask for the money where it is to be shared."""
    if form.method.data == Method.BUDGET and not field.data:
        raise StopValidation(lazy_gettext("Please say how much money there is."))


class VoteForm(FlaskForm):
    """By which rule the next vote chooses."""

    method = RadioField(
        choices=[SelectChoice(str(each), lazy_gettext(PURPOSES[each])) for each in Method]
    )
    dots_each = IntegerField(
        lazy_gettext("Dots per person, or the most yeses"),
        [InputRequired(), NumberRange(1, 50)],
    )
    dots_per_idea = IntegerField(
        lazy_gettext("Dots of one person on one idea, or the most points"),
        [InputRequired(), NumberRange(1, 50)],
    )
    seats = IntegerField(
        lazy_gettext("How many ideas are to be chosen?"), [InputRequired(), NumberRange(1, 50)]
    )
    money = IntegerField(
        lazy_gettext("How many euros are there to share?"),
        [needed_for_a_budget, Optional(), NumberRange(1, 100_000_000)],
    )
    is_secret = BooleanField(
        lazy_gettext("Secret: afterwards nobody can find out who chose what")
    )

    @property
    def settings(self) -> dict[str, Any]:
        """The columns of the board."""
        names = ("dots_each", "dots_per_idea", "seats", "money", "is_secret")
        found = {name: self[name].data for name in names}
        return found | {"method": Method(self.method.data)}

    @property
    def costs(self) -> dict[int, int | None]:
        """What each idea costs, in whole euros."""
        fields = [each for each in self if each.name.startswith("cost_")]
        return {int(each.name.removeprefix("cost_")): each.data for each in fields}


def vote_form(ideas: Sequence[Idea]) -> type[VoteForm]:
    """Return the form with a field for what each of *ideas* costs."""
    fields = {
        f"cost_{idea.id}": IntegerField(idea.title, [Optional(), NumberRange(1, 100_000_000)])
        for idea in ideas
    }
    return type("CostedVoteForm", (VoteForm,), fields)


class PrintForm(FlaskForm):
    """How many more ballots are to be printed."""

    before = IntegerField(validators=[InputRequired(), NumberRange(0, 99_999)])
    more = IntegerField(
        lazy_gettext("How many ballots?"), [InputRequired(), NumberRange(1, 200)], default=20
    )
