"""What facilitators type."""

from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, TextAreaField
from wtforms.validators import InputRequired, NumberRange, ValidationError

from core.forms import KeyField, LineField, tidy
from workshop.models import Board, Workshop

QUESTION_LIMIT = 160
MOST_QUESTIONS = 8


class LinesField(TextAreaField):
    """Several lines of text; empty ones do not count."""

    data: list[str]  # type: ignore[assignment]

    def process_formdata(self, valuelist: list[Any]) -> None:
        lines = map(tidy, str(valuelist[0] if valuelist else "").split("\n"))
        self.data = [line for line in lines if line]

    def _value(self) -> str:
        return "\n".join(self.data or [])


class WorkshopForm(FlaskForm):
    """A workshop with the questions for its board."""

    key = KeyField()
    title = LineField(lazy_gettext("What is the workshop called?"), limit=120)
    questions = LinesField(lazy_gettext("Questions for the board, one per line"))
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

    @property
    def settings(self) -> dict[str, Any]:
        """The columns of the board."""
        return {
            "dots_each": self.dots_each.data,
            "dots_per_idea": min(self.dots_per_idea.data or 1, self.dots_each.data or 1),
            "is_covered": self.is_covered.data,
            "shows_names": self.shows_names.data,
        }


def filled_with(workshop: Workshop, board: Board) -> WorkshopForm:
    """Return the form that shows *workshop* as it is."""
    questions = [challenge.question for challenge in board.challenges]
    return WorkshopForm(obj=board, data={"title": workshop.title, "questions": questions})
