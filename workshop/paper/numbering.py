"""The numbers of paper ballots: two letters behind each tell that it is of this round."""

import unicodedata

from core.keys import Keyring
from workshop.preparing import ALPHABET
from workshop.voting.ballots import receipt_of
from workshop.voting.models import Round

LETTERS = [mark for mark in ALPHABET if not mark.isdigit()]
CHECKS = 2  # letters: of 500 mistyped numbers one fits another ballot
MOST_DIGITS = 5


def name_of(keys: Keyring, round: Round, number: int) -> str:
    """Return what is printed on ballot *number*: 17-KM.

    :raise KeyLost: when the key of the round is not there any more
    """
    drawn = receipt_of(keys, round, f"sheet {number}")[:CHECKS]
    letters = [LETTERS[ALPHABET.index(mark) % len(LETTERS)] for mark in drawn]
    return f"{number}-{''.join(letters)}"


def number_of(keys: Keyring, round: Round, typed: str) -> int | None:
    """Return which ballot of *round* somebody meant, or nothing; any case and spacing will do.

    :raise KeyLost: when the key of the round is not there any more
    """
    folded = unicodedata.normalize("NFKC", typed).upper()
    marks = "".join(str(unicodedata.digit(c, c)) for c in folded if c.isalnum())
    digits = marks[:-CHECKS]
    if not digits.isascii() or not digits.isdigit() or len(digits) > MOST_DIGITS:
        return None
    number = int(digits)
    return number if marks == name_of(keys, round, number).replace("-", "") else None


def receipt_on(keys: Keyring, round: Round, number: int) -> str:
    """Return the receipt that the voter tears off ballot *number*."""
    return receipt_of(keys, round, f"paper {number}")
