"""What is made of answers further up must follow them: marked passages, notes, and the like.

Whoever keeps such things says here what becomes of them; nobody below needs to know them.
It is part of the transaction that changes the answers.
"""

from collections.abc import Callable

from sqlalchemy import Select
from sqlalchemy.orm import Session

Act = Callable[[Session, int], None]
Rows = Select[int]  # the numbers of rows
Going = Callable[[Session, str, Rows], None]
_CHANGED: list[Act] = []
_NOTED: list[Act] = []
_GOING: list[Going] = []
_EMPTIED: list[Act] = []


def when_changed(act: Act) -> Act:
    """Do *act* with a response whose answers were corrected or withdrawn."""
    _CHANGED.append(act)
    return act


def when_noted(act: Act) -> Act:
    """Do *act* with an interview whose notes, or the consent to quote them, were changed."""
    _NOTED.append(act)
    return act


def before_erasing(act: Going) -> Going:
    """Do *act* while rows that are erased next are still there."""
    _GOING.append(act)
    return act


def when_emptied(act: Act) -> Act:
    """Do *act* with a survey whose answers are all erased."""
    _EMPTIED.append(act)
    return act


def changed(session: Session, response_id: int | str) -> None:
    """Let all follow a response; nothing is made of an anonymous one."""
    if isinstance(response_id, int):
        for act in _CHANGED:
            act(session, response_id)


def noted(session: Session, interview_id: int) -> None:
    for act in _NOTED:
        act(session, interview_id)


def going(session: Session, origin: str, rows: Rows) -> None:
    """Let all take leave of rows; *origin* is how one refers to them, as "response_id"."""
    for act in _GOING:
        act(session, origin, rows)


def emptied(session: Session, survey_id: int) -> None:
    for act in _EMPTIED:
        act(session, survey_id)
