"""Pausing: a card with four words (or a square) on which somebody goes on elsewhere.

The words follow from the response and a key outside the database, so they can be shown
again, but only their HMAC is stored. A card is four numbers; each has a word in both lists,
so a card written in one script can be typed in the other. Drafts end with the survey; what was
handed in can be looked at, and deleted, with its card afterwards, too.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session, aliased

from core.errors import Refusal, message
from core.keys import Keyring
from surveys.models import AnonymousResponse, Response, State, Survey

KEY = "cards"
WORDS = 4
LISTS = {"ar": "arabic"}  # other languages read Latin letters
FILES = Path(__file__).parents[1] / "cards"
LONGEST = 200  # characters that are looked at
LETTERS = str.maketrans("أإآٱىةؤئکی", "ااااي" + "هوي" + "كي")
LONG = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})

Card = tuple[int, ...]
Given = TypeVar("Given", Response, AnonymousResponse)


class NoSuchCard(Refusal):
    reason = message(
        "These words are on no card. Please check each of them; order and spelling count."
    )


def words_of(card: Card, language: str) -> list[str]:
    """Return the words of a card in the script of *language*."""
    words = _words(LISTS.get(language, "latin"))
    return [words[number] for number in card]


def address_of(card: Card) -> str:
    """Return the words as they stand in an address and are typed on any keyboard."""
    return "-".join(_spelt(word) for word in words_of(card, "de"))


def card_for(session: Session, keys: Keyring, response_id: int | str) -> Card:
    """Return the card of a response, and store its hash if it has none yet."""
    key_hash, card_hash = session.execute(_secrets(response_id)).one()
    for attempt in range(8):  # another response could have the same words, once in 10^13
        card = _drawn(keys, key_hash, attempt)
        hashed = _hash(keys, card)
        if hashed == card_hash or (card_hash is None and _keep(session, response_id, hashed)):
            return card
    raise NoSuchCard


def response_with(session: Session, keys: Keyring, typed: str) -> Response | AnonymousResponse:
    """Return the response whose card has the words typed; a draft while its survey is open.

    :raise NoSuchCard: when there is none
    """
    hashes = [_hash(keys, card) for card in readings(typed)]
    found: Response | AnonymousResponse | None = _handed_out(session, Response, hashes)
    if found is None:
        found = _handed_out(session, AnonymousResponse, hashes)
    if found is None:
        raise NoSuchCard
    return found


def readings(typed: str) -> set[Card]:
    """Return the cards that a text can be read as, however it is spaced and spelt.

    Capitals, commas, hyphens and missing blanks do not matter, nor does ü, ue or u.
    """
    spelt = fold(typed[:LONGEST])
    return {card for words in ("latin", "arabic") for card in _read(spelt, words, WORDS)}


def fold(text: str) -> str:
    """Return *text* as it is compared: small letters only, without dots and marks."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    marked = "".join(c for c in parts if not unicodedata.combining(c))
    return "".join(c for c in marked.translate(LETTERS) if c.isalpha() and c != "ـ")


def _drawn(keys: Keyring, key_hash: str, attempt: int) -> Card:
    drawn, card = int(keys.hash(KEY, f"card {attempt} of {key_hash}"), 16), []
    size = len(_words("latin"))
    for _ in range(WORDS):
        drawn, number = divmod(drawn, size)
        card.append(number)
    return tuple(card)


def _hash(keys: Keyring, card: Card) -> str:
    return keys.hash(KEY, " ".join(map(str, card)))


def _handed_out(session: Session, model: type[Given], hashes: Sequence[str]) -> Given | None:
    alive = model.submitted.is_not(None) | (Survey.state == State.OPEN)
    query = select(model).join(Survey, model.survey_id == Survey.id)
    return session.scalars(query.where(model.card_hash.in_(hashes), alive)).first()


def _secrets(response_id: int | str) -> Any:
    if isinstance(response_id, str):
        model = AnonymousResponse
        return select(model.id, model.card_hash).filter_by(id=response_id)
    return select(Response.key_hash, Response.card_hash).filter_by(id=response_id)


def _keep(session: Session, response_id: int | str, hashed: str) -> bool:
    """Store the hash of a card unless another response has it; a card once given stays."""
    model: Any = AnonymousResponse if isinstance(response_id, str) else Response
    other = aliased(model)
    taken = exists().where(other.card_hash == hashed, other.id != response_id)
    free = model.card_hash.is_(None) | (model.card_hash == hashed)
    query = update(model).where(model.id == response_id, free, ~taken)
    query = query.values(card_hash=hashed).returning(model.id)
    return session.scalar(query, execution_options={"synchronize_session": False}) is not None


def _read(spelt: str, words: str, left: int) -> Iterator[Card]:
    if not left:
        if not spelt:
            yield ()
        return
    known = _numbers(words)
    for end in range(1, min(len(spelt), 16) + 1):
        if (number := known.get(spelt[:end])) is not None:
            yield from ((number, *rest) for rest in _read(spelt[end:], words, left - 1))


@cache
def _words(name: str) -> list[str]:
    return (FILES / f"{name}.txt").read_text("utf-8").split()


@cache
def _numbers(name: str) -> dict[str, int]:
    words = list(enumerate(_words(name)))
    return {spelt: number for number, word in words for spelt in (_spelt(word), fold(word))}


def _spelt(word: str) -> str:
    """Spell a word with the letters that every keyboard has."""
    return fold(word.casefold().translate(LONG))
