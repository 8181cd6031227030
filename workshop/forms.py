"""What participants type."""

from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import IntegerField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from core import i18n
from core.forms import KeyField, LineField, tidy
from core.languages import SPOKEN
from workshop.cards.commenting import COMMENT_LIMIT
from workshop.cards.picturing import DESCRIPTION_LIMIT
from workshop.cards.tongues import fitting
from workshop.posting import TEXT_LIMIT, TITLE_LIMIT

NAME_LIMIT = 40


def flowing(text: str | None) -> str:
    """Return a text without line breaks, as it stands on a card."""
    return tidy(" ".join((text or "").split()))


class FlowingField(TextAreaField):
    """A short text that flows: its lines break where the card ends."""

    data: str

    def __init__(self, label: str, *, limit: int, required: bool = False, **more: Any) -> None:
        presence = DataRequired() if required else Optional()
        super().__init__(label, [presence, Length(max=limit)], filters=[flowing], **more)


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
    language = SelectField(
        lazy_gettext("Language of the card"), choices=SPOKEN, default=i18n.language
    )

    @property
    def written_in(self) -> str:
        """The language that was chosen, unless the letters are those of another."""
        return fitting(self.language.data, f"{self.title.data} {self.text.data}")


class TranslationForm(FlaskForm):
    """A card in another language."""

    language = SelectField(lazy_gettext("Language"), choices=SPOKEN)
    title = LineField(lazy_gettext("The idea in a few words"), limit=TITLE_LIMIT)
    text = FlowingField(lazy_gettext("How could it work?"), limit=TEXT_LIMIT)


class CommentForm(FlaskForm):
    """What somebody says about a card."""

    key = KeyField()
    comment = FlowingField(lazy_gettext("My comment"), limit=COMMENT_LIMIT, required=True)

    @property
    def written_in(self) -> str:
        return fitting(i18n.language(), self.comment.data)


class PictureForm(FlaskForm):
    """A picture for a card, with words for those who do not see it."""

    picture = FileField(lazy_gettext("Picture"))
    description = LineField(
        lazy_gettext("What is to be seen on it?"), limit=DESCRIPTION_LIMIT, required=False
    )


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


class FollowerForm(FlaskForm):
    """An address for news of the ideas."""

    address = LineField(
        lazy_gettext("E-mail address"),
        limit=254,
        render_kw={"type": "email", "autocomplete": "email", "dir": "ltr"},
    )
