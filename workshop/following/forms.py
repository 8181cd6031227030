"""What facilitators type about what comes after the room."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from core.forms import KeyField, LineField, tidy
from people.forms import as_choices
from people.models import Organisation
from people.naming import Known, fold, same_in
from workshop.following.deciding import REASONED, Line, Verdict
from workshop.following.models import Outcome, State
from workshop.following.saying import OUTCOMES, STATES
from workshop.forms import flowing
from workshop.models import Idea

REASON_LIMIT = 600


class TellingField(TextAreaField):
    """A text that flows; whether it may be empty depends on what else was typed."""

    data: str

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label, [Length(max=REASON_LIMIT)], filters=[flowing], **more)


class Hanging:
    """The ideas of a board, each under a name of its own: doubled titles get a number."""

    def __init__(self, ideas: Iterable[Idea]) -> None:
        self.names: dict[int, str] = {}
        self._ideas: dict[str, Idea] = {}
        for idea in ideas:
            title = name = tidy(idea.title)
            number = 1
            while fold(name) in self._ideas:
                number += 1
                name = f"{title} ({number})"
            self.names[idea.id] = name
            self._ideas[fold(name)] = idea

    def find(self, name: str) -> Idea | None:
        """Return the idea of this name, if there is one."""
        return self._ideas.get(fold(name))


class DecisionForm(FlaskForm):
    """What becomes of an idea; several of these stand on one page, each with a prefix."""

    outcome = RadioField(
        lazy_gettext("What becomes of it?"),
        [InputRequired(lazy_gettext("Please choose one."))],
        choices=as_choices(OUTCOMES),
    )
    reason = TellingField(lazy_gettext("Why?"))
    partner = StringField(lazy_gettext("Together with"), [Length(max=200)], filters=[tidy])
    owner = LineField(
        lazy_gettext("Who takes it on?"),
        limit=200,
        required=False,
        render_kw={"list": "organisations"},
    )
    due = DateField(lazy_gettext("Until when?"), [Optional()])

    def validate_reason(self, field: TextAreaField) -> None:
        if self.outcome.data in REASONED and not field.data:
            raise ValidationError(
                lazy_gettext("Please say why: those who wrote and chose the idea will read it.")
            )

    def validate_partner(self, field: StringField) -> None:
        if self.outcome.data != Outcome.MERGED or self.other:
            return
        if not field.data or self.hanging.find(field.data):
            raise ValidationError(lazy_gettext("Please choose the other idea."))
        raise ValidationError(
            lazy_gettext("No idea of this name hangs here. Please choose one from the list.")
        )

    def validate_owner(self, field: LineField) -> None:
        if field.data and not self.organisation:
            raise ValidationError(
                lazy_gettext(
                    "The register knows no organisation of this name. Please choose one from "
                    "the list, or enter it in the register first."
                )
            )

    known: Known
    hanging: Hanging
    own: Idea

    @property
    def other(self) -> Idea | None:
        """The other idea that was typed, as it hangs on the board."""
        found = self.hanging.find(self.partner.data or "")
        return None if found is self.own else found

    @property
    def organisation(self) -> Organisation | None:
        """The organisation that was typed, as the register knows it."""
        return same_in(self.known, self.owner.data) if self.owner.data else None

    @property
    def verdict(self) -> Verdict:
        outcome = Outcome(self.outcome.data)
        partner = self.other if outcome is Outcome.MERGED else None
        return Verdict(outcome, self.reason.data, partner, self.organisation, self.due.data)


def decision_form(
    line: Line, hanging: Hanging, known: Known, *, typed: bool = False
) -> DecisionForm:
    """Return the form for an idea: as it was *typed*, or as it is decided."""
    decision = line.decision
    said = {
        "outcome": decision and decision.outcome,
        "reason": decision.reason if decision else "",
        "partner": hanging.names.get(decision.partner_id or 0, "") if decision else "",
        "owner": decision.owner.name if decision and decision.owner else "",
        "due": decision.due if decision else None,
    }
    more: dict[str, Any] = {} if typed else {"formdata": None}
    form = DecisionForm(prefix=f"i{line.idea.id}-", data=said, **more)
    form.known, form.hanging, form.own = known, hanging, line.idea
    form.partner.render_kw = {"list": f"ideas-{line.idea.board_id}"}
    return form


class FollowForm(FlaskForm):
    """A note of what has become of an idea."""

    key = KeyField()
    state = RadioField(
        lazy_gettext("How far has it come?"),
        [InputRequired(lazy_gettext("Please choose one."))],
        choices=as_choices(STATES),
    )
    text = TellingField(lazy_gettext("What has happened?"))
    day = DateField(lazy_gettext("On which day?"), [InputRequired()])

    def validate_text(self, field: TextAreaField) -> None:
        if not field.data:
            raise ValidationError(field.gettext("This field is required."))

    @property
    def note(self) -> dict[str, Any]:
        return {
            "state": State(self.state.data),
            "text": self.text.data,
            "day": self.day.data,
        }


class OutlookForm(FlaskForm):
    """What everyone is told at the end."""

    ahead = TextAreaField(lazy_gettext("What happens next?"), [Optional(), Length(max=1000)])
    contact = LineField(lazy_gettext("Who can be asked?"), limit=200, required=False)
    questions = TextAreaField(
        lazy_gettext("Which questions stayed open? One per line."),
        [Optional(), Length(max=4000)],
    )

    @property
    def words(self) -> dict[str, str]:
        return {
            "ahead": _lines(self.ahead.data),
            "contact": self.contact.data or "",
            "questions": _lines(self.questions.data),
        }


def _lines(text: str | None) -> str:
    """Return a text tidied line by line, without empty ones."""
    lines = (tidy(line) for line in (text or "").splitlines())
    return "\n".join(line for line in lines if line)


class TellingForm(FlaskForm):
    """What a facilitator says before the news of the ideas."""

    key = KeyField()
    words = TellingField(lazy_gettext("A few words of your own (may stay empty)"))
