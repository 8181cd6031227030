"""What people send who speak the texts of a survey."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired, FileSize, MultipleFileField
from wtforms import HiddenField
from wtforms.validators import DataRequired, Length

from core.forms import KeyField
from surveys.sounds import LARGEST
from surveys.sounds.recoding import TooLarge

SOUNDS = {"accept": "audio/*,.m4a,.mp3,.ogg,.opus,.wav,.webm"}


class SpokenForm(FlaskForm):
    """One text, spoken; *said* marks the wording that was read."""

    said = HiddenField("", [DataRequired(), Length(max=64)])
    file = FileField(
        lazy_gettext("A recording from your device"),
        [
            FileRequired(lazy_gettext("Please record the text, or choose a file.")),
            FileSize(LARGEST, message=lazy_gettext(TooLarge.reason)),
        ],
        render_kw=SOUNDS,
    )


class FilesForm(FlaskForm):
    """Many texts at once, each in the file with its name."""

    files = MultipleFileField(
        lazy_gettext("Recordings from your device"),
        [FileRequired(lazy_gettext("Please choose files."))],
        render_kw=SOUNDS,
    )


class LinkForm(FlaskForm):
    """A new link for somebody who speaks."""

    key = KeyField()
