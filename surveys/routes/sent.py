"""Answers as a device sends them: whatever it says, they have the shape that is read here."""

from dataclasses import dataclass
from typing import Any

from flask import abort
from werkzeug.datastructures import MultiDict

SENT_AS_TEXT = ("key", "ticket", "version", "language", "page")
MOST_CHANGES = 2**31


@dataclass(frozen=True)
class Sent:
    """What stands in one message."""

    key: str
    ticket: str
    version: str
    language: str
    page: str
    answers: Any
    pages: list[str]
    held: list[str]  # contact data that the device has let go of once it was here
    agreed: MultiDict[str, str]
    change: int  # grows with every page that is kept on the device
    is_complete: bool
    is_current: bool

    @classmethod
    def from_json(cls, data: Any) -> "Sent":
        if not isinstance(data, dict):
            abort(400)
        texts = {name: str(data.get(name) or "")[:200] for name in SENT_AS_TEXT}
        agreed, change = data.get("agreed"), data.get("change")
        return cls(
            **texts,
            answers=data.get("answers"),
            pages=_names(data.get("pages")),
            held=_names(data.get("held")),
            change=change if type(change) is int and 0 < change < MOST_CHANGES else 0,
            agreed=MultiDict(
                {f"agreed={name}": str(of) for name, of in agreed.items()}
                if isinstance(agreed, dict)
                else {}
            ),
            is_complete=data.get("complete") is True,
            is_current=data.get("current") is True,
        )


def _names(sent: Any) -> list[str]:
    return [str(each) for each in sent] if isinstance(sent, list) else []
