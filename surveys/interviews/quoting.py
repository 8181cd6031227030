"""Quoting: whether words may be used as they were said, and why not."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from core.errors import Refusal, message
from surveys.definition import Definition

AGREED = ("yes", "OK")  # of a choice; of a tick


class Quotable(StrEnum):
    """Whether somebody agreed to be quoted."""

    YES = "yes"
    NOT_ASKED = "not asked"
    NOT_AGREED = "not agreed"
    NOT_NOTED = "not noted"


class NotToBeQuoted(Refusal):
    reason = message("There is no consent to quote this text.")


REASONS = {
    Quotable.NOT_ASKED: message(
        "No quotes: the form does not ask whether answers may be quoted (osi::consent = quote)."
    ),
    Quotable.NOT_AGREED: message("No quote: whoever answered did not agree to be quoted."),
    Quotable.NOT_NOTED: message(
        "No quotes: the guide does not say that they agreed to be quoted."
    ),
}


def of_answers(definition: Definition, answers: Mapping[str, Any]) -> Quotable:
    """Tell whether answers may be quoted: only with a yes to a question of its own."""
    asked = definition.having("consent", "quote")
    if not asked:
        return Quotable.NOT_ASKED
    agreed = all(answers.get(item.name) in AGREED for item in asked)
    return Quotable.YES if agreed else Quotable.NOT_AGREED


def of_interview(may_quote: bool) -> Quotable:
    """Tell whether notes may be quoted: as they said in the conversation."""
    return Quotable.YES if may_quote else Quotable.NOT_NOTED
