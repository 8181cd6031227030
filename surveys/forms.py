"""What staff type to begin surveys and to name them."""

from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired, FileSize
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    IntegerField,
    RadioField,
    SelectField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from core.forms import KeyField, LineField
from people.words import SECTORS as SECTOR_NAMES
from surveys.exporting import recording
from surveys.kinds import Sample
from surveys.models import Subject
from surveys.questionnaires.understanding import lines

SECTORS = [SelectChoice(code, lazy_gettext(name)) for code, name in SECTOR_NAMES.items()]
LONGEST_WORDS = 2_000
TYPED = ["%Y-%m-%dT%H:%M"]  # as browsers send a moment
MOST = 1_000_000
LARGEST = 2_000_000  # bytes of a form
SUBJECTS = [
    SelectChoice(
        Subject.ORGANISATIONS, lazy_gettext("about organisations: answers are seen by the team")
    ),
    SelectChoice(
        Subject.PERSONS, lazy_gettext("about persons: the team sees figures from 5 people on")
    ),
]
SAMPLES = [
    SelectChoice(Sample.CENSUS, lazy_gettext("all of a list: figures are what they are")),
    SelectChoice(
        Sample.RANDOM,
        lazy_gettext("some of a list, drawn by lot: tables may say how likely chance is"),
    ),
    SelectChoice(Sample.OPEN, lazy_gettext("whoever could be found: for those only")),
]
INSTRUMENTS = [
    SelectChoice(
        "osi_enterprise_survey", lazy_gettext("Survey of enterprises and organisations")
    ),
    SelectChoice(
        "osi_refugee_conversation", lazy_gettext("Conversation about needs and strengths")
    ),
]


class ChooseForm(FlaskForm):
    """Begin with a questionnaire that comes with the Werkstatt."""

    key = KeyField()
    instrument = RadioField(
        lazy_gettext("Questionnaire"),
        [InputRequired()],
        choices=INSTRUMENTS,
        default="osi_enterprise_survey",
    )
    title = LineField(lazy_gettext("Title (optional)"), limit=120, required=False)


class CircularForm(FlaskForm):
    """A mail to those who wanted something."""

    key = KeyField()
    subject = LineField(lazy_gettext("Subject"), limit=150)
    text = TextAreaField(
        lazy_gettext("Text"),
        [InputRequired(), Length(max=5_000)],
        filters=[lambda typed: lines(typed or "")],
        render_kw={"rows": 12},
    )


class UploadForm(FlaskForm):
    """Begin with a questionnaire of one's own."""

    key = KeyField(id="upload-key")
    file = FileField(
        lazy_gettext("Form as XLSForm"),
        [
            FileRequired(lazy_gettext("Please choose a file.")),
            FileSize(LARGEST, message=lazy_gettext("Please choose a file below 2 MB.")),
        ],
    )
    subject = RadioField(
        lazy_gettext("Whom is it about?"),
        [InputRequired()],
        choices=SUBJECTS,
        default=Subject.ORGANISATIONS,
    )
    title = LineField(
        lazy_gettext("Title (optional)"), limit=120, required=False, id="upload-title"
    )


class TitleForm(FlaskForm):
    """What a survey is called; each of its further languages gets a field beside."""

    title = LineField(lazy_gettext("Title"), limit=120)


class WaveForm(FlaskForm):
    key = KeyField()
    title = LineField(lazy_gettext("Title of the new wave"), limit=120)


class AssignForm(FlaskForm):
    """Say whose answer it is."""

    organisation = SelectField(lazy_gettext("Organisation in the register"))


class AddForm(FlaskForm):
    """Enter the organisation whose answer it is into the register."""

    key = KeyField()
    name = LineField(lazy_gettext("Name of the organisation"), limit=200)
    sector = SelectField(lazy_gettext("Sector"), choices=SECTORS)


class PlanForm(FlaskForm):
    """The course of a survey; times are those of Berlin."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    opens = DateTimeLocalField(lazy_gettext("Opens by itself on"), [Optional()], format=TYPED)
    closes = DateTimeLocalField(lazy_gettext("Closes by itself on"), [Optional()], format=TYPED)
    most = IntegerField(lazy_gettext("Answers in all"), [Optional(), NumberRange(1, MOST)])
    sample = RadioField(
        lazy_gettext("Who is asked?"), [Optional()], choices=SAMPLES, default=Sample.CENSUS
    )


class ExportForm(FlaskForm):
    """How answers are taken along; the buttons say as what kind of file."""

    kind = RadioField(choices=[SelectChoice(*each) for each in recording.NAMES.items()])
    language = SelectField(lazy_gettext("Language of questions and answers"))
    cells = RadioField(
        lazy_gettext("What stands in the cells, in Excel and CSV"),
        choices=[
            SelectChoice("codes", lazy_gettext("codes, to count and compare")),
            SelectChoice("words", lazy_gettext("words, to read")),
        ],
        default="codes",
    )
    which = RadioField(
        lazy_gettext("Which answers"),
        choices=[
            SelectChoice("all", lazy_gettext("all that were sent")),
            SelectChoice("leading", lazy_gettext("the leading answer of each organisation")),
        ],
        default="all",
    )
    names = RadioField(
        lazy_gettext("Who will see the file"),
        choices=[
            SelectChoice("team", lazy_gettext("the team only: with the names of all")),
            SelectChoice(
                "network",
                lazy_gettext(
                    "others, too: with names released for it, without naming questions"
                ),
            ),
        ],
        default="team",
    )


class SectorField(IntegerField):
    """How many organisations of a sector may answer."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label, [Optional(), NumberRange(1, MOST)], **more)


class WordsField(TextAreaField):
    """A few lines in one language."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(
            label,
            [Optional(), Length(max=LONGEST_WORDS)],
            [lambda text: lines(text or "")],
            **more,
        )


class RecordForm(FlaskForm):
    """When and with whom an interview takes place; its notes are read apart."""

    day = DateField(lazy_gettext("Date of the conversation"), [Optional()])
    led_by = LineField(lazy_gettext("Led by"), limit=120, required=False)
    held = BooleanField(lazy_gettext("The conversation has taken place"))
    may_quote = BooleanField(
        lazy_gettext("Asked: they agree to be quoted from this conversation")
    )

    def values(self) -> dict[str, Any]:
        """Return what was typed by the columns of an interview."""
        names = ("day", "led_by", "held", "may_quote")
        return {name: self[name].data for name in names}


class DeviceForm(FlaskForm):
    """Name a device on which ODK Collect runs."""

    key = KeyField()
    name = LineField(lazy_gettext("Name of the device"), limit=60)
