"""What people send and choose to bring a network in."""

from datetime import date

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import FileStorage
from wtforms import DateField, SelectField
from wtforms.validators import InputRequired, StopValidation

from core import clock
from core.errors import Refusal
from core.forms import KeyField, tidy
from networks.exchange.plain import PlainNetwork
from people.forms import chosen_from
from people.words import SECTORS


class UploadForm(FlaskForm):
    """A file; it is read while it is checked, so that an error stands beside it."""

    key = KeyField()
    file = FileField(lazy_gettext("File with the network"), [FileRequired()])
    nodes = FileField(lazy_gettext("Second table with the organisations, if there is one"))
    seen = DateField(
        lazy_gettext("On which day was it like this?"), [InputRequired()], default=clock.today
    )
    network: PlainNetwork

    def validate_file(self, field: FileField) -> None:
        from networks.exchange.reading import read  # noqa: PLC0415 - heavy

        file: FileStorage = field.data
        nodes = self.nodes.data.read() if self.nodes.data else b""
        try:
            self.network = read(file.read(), file.filename or "", nodes)
        except Refusal as refusal:
            raise StopValidation(gettext(refusal.reason, **refusal.values)) from None

    def validate_seen(self, field: DateField) -> None:
        if field.data and not date(1990, 1, 1) <= field.data <= clock.today():
            raise StopValidation(gettext("Please enter a day that is not in the future."))

    @property
    def filename(self) -> str:
        return tidy(self.file.data.filename)[:200] or "?"


class ChoiceForm(FlaskForm):
    """Who the organisations of the file are; one choice for each of which it is not clear."""

    sector = SelectField(
        lazy_gettext("Sector of new organisations of which it is not known"),
        choices=lambda: chosen_from(SECTORS),
        validate_choice=False,  # it is not asked for when everybody is known
    )
