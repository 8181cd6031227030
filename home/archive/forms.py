"""What people choose about archives."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField

from core.forms import KeyField, LineField


class TakeForm(FlaskForm):
    """How the project is taken along."""

    key = KeyField()
    with_contacts = BooleanField(
        lazy_gettext("With contact data and with the names of participants")
    )


class FileForm(FlaskForm):
    key = KeyField()
    file = FileField(lazy_gettext("Archive of a project (.zip)"), validators=[FileRequired()])


class AddressForm(FlaskForm):
    """Under which address a project comes in."""

    slug = LineField(
        lazy_gettext("Address of the project"),
        limit=60,
        render_kw={"dir": "ltr", "autocapitalize": "none", "spellcheck": "false"},
    )
