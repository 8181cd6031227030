"""What facilitators type about ties."""

from collections.abc import Mapping

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField
from wtforms.validators import InputRequired, ValidationError

from core import clock
from core.forms import LineField
from networks.staff_words import SOURCES
from networks.tying import Holds, Source
from people.forms import as_choices

BY_HAND = [each for each in Source if each != Source.WORKSHOP]


class VerdictForm(FlaskForm):
    """What holds of a contradicted tie."""

    holds = RadioField(
        lazy_gettext("What holds?"),
        [InputRequired(lazy_gettext("Please choose what holds."))],
        choices=as_choices({each: each for each in Holds}),
    )
    reason = LineField(lazy_gettext("Why?"), limit=300)


class RecordForm(FlaskForm):
    """A tie that was seen elsewhere; it is recorded once, however often it is sent."""

    one = SelectField(lazy_gettext("Organisation"), [InputRequired()])
    other = SelectField(lazy_gettext("works with"), [InputRequired()])
    source = SelectField(lazy_gettext("Where does it come from?"))
    about = LineField(lazy_gettext("Where was it seen?"), limit=200)
    kind = SelectField(lazy_gettext("What about?"))
    seen = DateField(lazy_gettext("When?"), default=lambda: clock.now().date())

    def offer(self, names: Mapping[str, str], kinds: Mapping[str, str]) -> None:
        """Let organisations and kinds of ties be chosen."""
        listed = as_choices({"": gettext("Please choose"), **names})
        self.one.choices = self.other.choices = listed
        self.kind.choices = as_choices({"": gettext("not said"), **kinds})
        self.source.choices = as_choices({each: gettext(SOURCES[each]) for each in BY_HAND})

    def validate_other(self, field: SelectField) -> None:
        if field.data and field.data == self.one.data:
            raise ValidationError(gettext("Please choose two different organisations."))

    def validate_seen(self, field: DateField) -> None:
        if field.data and field.data > clock.now().date():
            raise ValidationError(gettext("This day is yet to come."))
