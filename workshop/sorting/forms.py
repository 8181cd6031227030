"""What facilitators choose and type when they sort cards."""

from collections.abc import Collection, Sequence
from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectMultipleField,
)
from wtforms.validators import Optional

from core.forms import KeyField, LineField
from workshop.models import Idea
from workshop.sorting.grouping import TITLE_LIMIT, Heading

MOST = 200  # headings of one proposal
NEW, MOVE, MERGE = "new", "move", "merge"


class CardsField(SelectMultipleField):
    """Cards that were ticked."""

    data: list[int]

    def __init__(self, **more: Any) -> None:
        super().__init__(coerce=int, choices=[], validate_choice=False, **more)


class SortForm(FlaskForm):
    """Cards that were ticked, and where they shall go."""

    key = KeyField()
    cards = CardsField()
    to = IntegerField(validators=[Optional()])  # a cluster, or out of all
    title = LineField(lazy_gettext("New heading"), limit=TITLE_LIMIT, required=False)

    def ticked(self, hanging: Collection[Idea]) -> list[Idea]:
        """Return the cards that were ticked and still hang."""
        return [idea for idea in hanging if idea.id in (self.cards.data or [])]


class TitleForm(FlaskForm):
    """Another heading."""

    title = LineField(lazy_gettext("Heading"), limit=TITLE_LIMIT)


class HeadingForm(Form):
    """A heading that is proposed, with its cards."""

    taken = BooleanField()
    title = LineField(lazy_gettext("Heading"), limit=TITLE_LIMIT)
    cards = HiddenField()


class ProposalForm(FlaskForm):
    """The headings that are taken of a proposal."""

    key = KeyField()
    headings = FieldList(FormField(HeadingForm), max_entries=MOST)

    def chosen(self, hanging: Collection[Idea]) -> Sequence[Heading]:
        """Return the headings that are taken, with those of their cards that still hang."""
        there = {str(idea.id) for idea in hanging}
        return [
            Heading(
                each.form.title.data,
                tuple(int(n) for n in (each.form.cards.data or "").split(",") if n in there),
            )
            for each in self.headings
            if each.form.taken.data
        ]
