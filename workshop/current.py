"""Who sits in front of the screen, and the only doors to what hangs in their room."""

from flask import abort, current_app, redirect, request, session, url_for
from sqlalchemy import select

from core import web
from core.db import db
from workshop.hosting import whose_turn
from workshop.joining import participant_with, plain_code
from workshop.models import Board, Challenge, Idea, Participant, Workshop

SEATS = "seats"  # in the cookie: the key of the participant by the code of the workshop

HANDED = "handed"  # in the cookie: in whose hands a shared device is, by the code


def take_seat(code: str, key: str) -> None:
    """Remember in this browser who takes part, through sleep and restart."""
    session[SEATS] = session.get(SEATS, {}) | {code: key}
    session.permanent = True


def seat_key(code: str) -> str:
    """Return the key this browser holds for the workshop with this code, or nothing."""
    return str(session.get(SEATS, {}).get(code, ""))


def seated(typed: str) -> Participant | None:
    """Return who takes part with this browser, or nothing."""
    code = plain_code(typed)
    key = seat_key(code)
    keys = current_app.extensions["keys"]
    return participant_with(db.session, keys, code, key) if key else None


def current_participant(code: str) -> Participant:
    """Return who takes part with this browser, or answer 401: they have to join first."""
    return seated(code) or abort(401)


def hand_to(code: str, turn: int | None) -> None:
    """Note in whose hands this device is while it goes around: 0 nobody's, None it stays."""
    others = {key: value for key, value in session.get(HANDED, {}).items() if key != code}
    session[HANDED] = others if turn is None else others | {code: turn}


def in_hands(code: str) -> int | None:
    """Return in whose hands this device is while it goes around, or nothing."""
    turn = session.get(HANDED, {}).get(plain_code(code))
    return None if turn is None else int(turn)


def stay_with_host(code: str) -> None:
    """Ask who it is instead, when the device goes around: this is for its host alone."""
    if in_hands(code) is not None:
        abort(redirect(url_for("workshop.next_person", code=plain_code(code)), 303))


def current_actor(viewer: Participant) -> Participant:
    """Return for whom *viewer* acts: themselves, or whose turn it is at their table.

    While the device goes around only the page of whoever has it opens.
    """
    code, turn = viewer.workshop.code, request.args.get("turn", type=web.row_id)
    held = in_hands(code)
    if held is not None and (not held or turn not in (None, held)):
        stay_with_host(code)
    turn = turn if held is None else held
    return whose_turn(db.session, viewer, turn) or abort(404)


def find_challenge(workshop: Workshop, challenge_id: int | None) -> tuple[Board, Challenge]:
    """Return a question of *workshop* and its board, or answer 404.

    If none is named, it is the first of the board at the front.
    """
    if challenge_id is None:
        return workshop.board, workshop.board.challenges[0]
    questions = [(board, each) for board in workshop.boards for each in board.challenges]
    found = [(board, each) for board, each in questions if each.id == challenge_id]
    return found[0] if found else abort(404)


def find_card(workshop: Workshop, idea_id: int) -> Idea:
    """Return a card on a board of *workshop*, or answer 404: unknown and foreign alike."""
    boards = [board.id for board in workshop.boards]
    card = select(Idea).filter_by(id=idea_id).where(Idea.board_id.in_(boards))
    return db.session.scalar(card) or abort(404)
