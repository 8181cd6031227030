"""Place cards: printed before the evening, each opens one place with one budget.

Whoever holds the card comes back to their place with any device. Nothing is kept of a
place that nobody has taken: its card comes out of the key that also knows the people.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from core.keys import Keyring
from workshop.joining import KEY, join, key_from, participant_with
from workshop.models import Participant, Workshop
from workshop.preparing import ALPHABET

LETTERS = 12  # of 31: nobody guesses them
MOST = 200


def card_of(keys: Keyring, workshop: Workshop, number: int) -> str:
    """Return what stands in the link of a place: 7-ABCDEFGHJKMN."""
    drawn = int(keys.hash(KEY, f"place {workshop.id} {number}"), 16)
    letters = []
    for _ in range(LETTERS):
        drawn, letter = divmod(drawn, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return f"{number}-{''.join(letters)}"


def place_on(keys: Keyring, workshop: Workshop, card: str) -> int | None:
    """Return the number of the place that *card* opens, or nothing."""
    digits = card.partition("-")[0]
    if not (digits.isascii() and digits.isdigit() and len(digits) <= len(str(MOST))):
        return None
    number = int(digits)
    return number if 0 < number <= MOST and card == card_of(keys, workshop, number) else None


def who_sits(
    session: Session, keys: Keyring, workshop: Workshop, card: str
) -> Participant | None:
    """Return who has taken the place of *card*."""
    key = key_from(keys, workshop.id, _form(card))
    return participant_with(session, keys, workshop.code, key)


def sit_down(
    session: Session, keys: Keyring, workshop: Workshop, card: str, now: datetime, name: str
) -> str:
    """Take the place of *card*, or come back to it, and return the key of who sits there.

    :raise RoomClosed: when nobody sits there yet and the room is closed
    """
    if who_sits(session, keys, workshop, card):
        return key_from(keys, workshop.id, _form(card))
    return join(session, keys, workshop, _form(card), now, name)


def _form(card: str) -> str:
    """What joining takes for the key of a form; longer than any that a form may send."""
    return f"the card of a place in this workshop: {card}"
