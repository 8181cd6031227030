"""What participants type."""

from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import IntegerField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional

from core.forms import KeyField, LineField, tidy
from workshop.posting import TEXT_LIMIT, TITLE_LIMIT

NAME_LIMIT = 40


def flowing(text: str | None) -> str:
    """Return a text without line breaks, as it stands on a card."""
    return tidy(" ".join((text or "").split()))


class FlowingField(TextAreaField):
    """A short text that flows: its lines break where the card ends."""

    data: str

    def __init__(self, label: str, *, limit: int, **more: Any) -> None:
        super().__init__(label, [Optional(), Length(max=limit)], filters=[flowing], **more)


class CodeForm(FlaskForm):
    """The code on the wall."""

    code = LineField(lazy_gettext("Code on the wall or card"), limit=40)


class JoinForm(FlaskForm):
    """A name, a tree, or neither."""

    key = KeyField()
    name = LineField(
        lazy_gettext("A first name or a made-up one"), limit=NAME_LIMIT, required=False
    )
    tree = LineField("", limit=NAME_LIMIT, required=False)

    @property
    def alias(self) -> str:
        return self.name.data or self.tree.data


class IdeaForm(FlaskForm):
    """What stands on a card."""

    key = KeyField()
    challenge = IntegerField(validators=[Optional()])
    title = LineField(lazy_gettext("My idea in a few words"), limit=TITLE_LIMIT)
    text = FlowingField(lazy_gettext("How could it work?"), limit=TEXT_LIMIT)


class MarkForm(FlaskForm):
    """What a ballot shall say of an option: a number, or nothing."""

    value = IntegerField(validators=[Optional(), NumberRange(-1, 1000)])


class SeatForm(FlaskForm):
    """A person without a phone, at the table of their host."""

    key = KeyField()
    name = LineField(lazy_gettext("Name, if wanted"), limit=NAME_LIMIT, required=False)


class PlaceForm(FlaskForm):
    """A name at a place, or none."""

    name = LineField(
        lazy_gettext("A first name or a made-up one"), limit=NAME_LIMIT, required=False
    )
