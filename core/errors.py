"""What the domain says when it must say no."""

from typing import ClassVar


def message(text: str) -> str:
    """Mark *text* for the translators; it is translated where it is shown."""
    return text


class Refusal(Exception):
    """A rule of the domain said no; *reason* is meant for the person asking.

    Values given fill the placeholders of the reason, as in ``%(name)s``.
    """

    reason: ClassVar[str]

    def __init__(self, **values: object) -> None:
        super().__init__(self.reason, values)
        self.values = values


class FormUsedTwice(Refusal):
    """A form that has added one thing already came back with another."""

    reason = message("This form has been sent already. Please load the page again.")


class ChangedMeanwhile(Refusal):
    """Somebody else changed the same thing after this form was opened."""

    reason = message("Somebody else has changed this in the meantime.")
