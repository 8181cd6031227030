"""What facilitators choose about files of workshops."""

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms.validators import StopValidation

from core.errors import Refusal
from core.forms import KeyField
from workshop.archive.checking import unpack


class ArchiveForm(FlaskForm):
    """A workshop in a file; it is looked at while the form is, so errors stand beside it."""

    key = KeyField()
    file = FileField(lazy_gettext("File of a workshop (.zip)"), validators=[FileRequired()])
    content: bytes

    def validate_file(self, field: FileField) -> None:
        self.content = field.data.read()
        try:
            unpack(self.content)
        except Refusal as refusal:
            raise StopValidation(gettext(refusal.reason, **refusal.values)) from None
