"""Preparing a workshop: its board, its questions, its code, and the door of its room."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.errors import FormUsedTwice
from core.models import insert_once
from core.slugs import slugs
from people.models import Project
from workshop.agenda import SHORT, written
from workshop.models import Board, Challenge, Workshop
from workshop.moving import Act, change, notice_arrival

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that looks like something else
CODE_LENGTH = 8


def new_code() -> str:
    """Make up a code of two groups, as people read it to each other: BUCH-7K2M."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    return f"{letters[:4]}-{letters[4:]}"


def prepare(
    session: Session,
    project: Project,
    form_key: str,
    address: str,
    title: str,
    questions: Sequence[str],
    now: datetime,
    **settings: Any,
) -> Workshop:
    """Set up a workshop with its board; *settings* are columns of the board.

    The same form sets up one workshop, however often it comes. Its *address* is its title
    or something shorter; one in use, perhaps by another project, gets a number.

    :raise FormUsedTwice: when the same form comes with another title or other questions
    """
    owned = {"project_id": project.id, "form_key": form_key, "title": title, "created": now}
    earlier = select(Workshop).filter_by(project_id=project.id, form_key=form_key)
    for slug in slugs(address, "workshop"):
        workshop = insert_once(session, Workshop, **owned, slug=slug, code=new_code())
        if workshop:
            return _furnished(session, workshop, questions, settings)
        if found := session.scalar(earlier):
            asked = [challenge.question for challenge in found.board.challenges]
            if (found.title, asked) != (title, [*questions]):
                raise FormUsedTwice
            return found
    raise AssertionError("addresses do not end")


def _furnished(
    session: Session, workshop: Workshop, questions: Sequence[str], settings: Mapping[str, Any]
) -> Workshop:
    """Return the workshop with its board."""
    settings = {"agenda": written(SHORT)} | dict(settings)
    board = Board(project_id=workshop.project_id, workshop_id=workshop.id, **settings)
    board.challenges = [Challenge(position=n, question=q) for n, q in enumerate(questions)]
    session.add(board)
    session.flush()
    return workshop


def rephrase(
    session: Session, board: Board, title: str, questions: Sequence[str], **settings: Any
) -> None:
    """Change title, questions and budget while cards are being collected.

    Questions keep their cards by their place; more may be added, none taken away.

    :raise NotNow: when voting has begun
    """
    change(session, board, Act.PREPARE, **settings)
    board.workshop.title = title
    for number, question in enumerate(questions):
        if number < len(board.challenges):
            board.challenges[number].question = question
        else:
            board.challenges.append(Challenge(position=number, question=question))


def open_room(session: Session, workshop: Workshop, is_open: bool) -> None:
    """Open the room, so that its code lets people in, or close it."""
    opening = update(Workshop).where(Workshop.id == workshop.id)
    session.execute(opening.values(is_open=is_open))
    notice_arrival(session, workshop.board.id)
