"""Whose ballot is whose: receipts come out of a key that lies outside the database."""

from dataclasses import dataclass

from core.errors import Refusal, message
from core.keys import Keyring
from people.models import Sector
from workshop.models import Channel, Participant
from workshop.preparing import ALPHABET
from workshop.voting.models import Round

LETTERS = 8  # of 31: two of a thousand ballots are alike once in 1.7 million rounds
PROOF = "the key of this round"


class KeyLost(Refusal):
    """The key of a round is gone or another, so nobody could find their ballot again."""

    reason = message(
        "This vote cannot go on: the key to its ballots is lost. Please begin a new one."
    )


@dataclass(frozen=True)
class Voter:
    """Somebody with a ballot in a round; several when their dots were counted together."""

    receipt: str
    channel: Channel
    sector: Sector | None = None
    people: int = 1


def voter_of(keys: Keyring, round: Round, person: Participant) -> Voter:
    """Return *person* as a voter.

    :raise KeyLost: when the ballots of *round* can no longer be found
    """
    receipt = receipt_of(keys, round, f"person {person.id}")
    return Voter(receipt, person.channel, person.sector)


def receipt_of(keys: Keyring, round: Round, who: str) -> str:
    """Return the receipt for *who*: HMAC-SHA256 under the key of the round, as 8 letters.

    :raise KeyLost: when the key is not there any more, or another
    """
    if not keys.has(round.key_name) or proof_of(keys, round) != round.proof:
        raise KeyLost
    return _letters(keys.hash(round.key_name, who))


def receipt_under(keys: Keyring, round_id: int, person_id: int) -> str:
    """Return the receipt of a person in a round; nothing when nobody can know it any more."""
    digits = keys.hash_there(f"round-{round_id}", f"person {person_id}")
    return _letters(digits) if digits else ""


def _letters(digits: str) -> str:
    number = int(digits, 16)
    letters = []
    for _ in range(LETTERS):
        number, letter = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters[:4]) + "-" + "".join(letters[4:])


def proof_of(keys: Keyring, round: Round) -> str:
    """Return what proves that a key is the one with which *round* began."""
    return keys.hash(round.key_name, PROOF)
