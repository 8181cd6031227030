"""Which organisation a written name means: candidates with how sure that is, and why.

A clear case is one that no careful reader would doubt: the same words, another name that
stands in the register, or one slip of the pen in a long word. Whatever else looks alike
waits for somebody to say; another place, office, level or legal form speaks against it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import product

from rapidfuzz import fuzz, process

from core.errors import message
from people.models import Organisation
from people.names.likeness import LONG, abbreviates, overlap, slipped, words_of
from people.names.scripts import is_other, sound, translated
from people.names.spelling import (
    PLACES,
    apart,
    fold,
    joined,
    of_other_form,
    offices,
    place_of,
    places_in,
    spellings,
)
from people.names.vocabulary import FILLERS, SHORT_FORMS
from people.naming import names_of

MOST = 4  # candidates that somebody chooses from
LOOKED_AT = 40  # names of the register that are looked at closely
LIKELY = 55  # of 100: below, a name is no candidate
SURE = 98  # from here on the words are the same
NEAR = 90  # so near that a slip of the pen could mean this one, too
ALIKE = 78  # letters in common that make two names worth a question


class Reason(StrEnum):
    """Why an organisation may be meant."""

    SAME = "same"  # after normalising
    ALIAS = "alias"
    SHORT = "short"  # an abbreviation
    SLIP = "slip"
    SCRIPT = "script"  # the same sounds in other letters
    PART = "part"
    LIKE = "like"  # many letters in common


REASONS = {
    Reason.SAME: message("the same words, but for the way of writing"),
    Reason.ALIAS: message("another name in the register"),
    Reason.SHORT: message("an abbreviation"),
    Reason.SLIP: message("a slip of the pen"),
    Reason.SCRIPT: message("sounds the same in other letters"),
    Reason.PART: message("a part of the name is the same"),
    Reason.LIKE: message("written alike"),
}


@dataclass(frozen=True)
class Candidate:
    """An organisation that may be meant; *clear* when nobody would doubt it."""

    organisation: Organisation
    score: int  # 0 … 100
    reason: Reason
    clear: bool = False


@dataclass(frozen=True)
class _Known:
    """One of the names by which an organisation is known."""

    organisation: Organisation
    name: str
    is_alias: bool = False


class Register:
    """The names of many organisations, prepared for asking which is meant."""

    def __init__(self, organisations: Sequence[Organisation]) -> None:
        self._known = [each for it in organisations for each in _known(it)]
        pairs = [(line, each) for each in self._known for line in sorted(spellings(each.name))]
        self._lines = [line for line, _ in pairs]
        self._whose = [each for _, each in pairs]
        self._words = {word for line in self._lines for word in line.split()}

    def candidates(self, name: str, most: int = MOST) -> list[Candidate]:
        """List who may be meant by *name*, the likeliest first; everyone once."""
        best: dict[str, Candidate] = {}
        for known in self._near(name):
            found = self._compare(name, known)
            before = best.get(known.organisation.code)
            if found and (before is None or _rank(found) < _rank(before)):
                best[known.organisation.code] = found
        return sorted(best.values(), key=_rank)[:most]

    def clear(self, name: str) -> Candidate | None:
        """Return who is meant by *name* if that is clear; nobody when it could be two."""
        return clear_in(self.candidates(name))

    def _near(self, name: str) -> Iterator[_Known]:
        """Yield the names worth a close look."""
        said = _read(name)
        lines = spellings(name) | spellings(said) | {joined(said)} - {""}
        for line in sorted(lines):
            for scorer in (fuzz.token_set_ratio, fuzz.partial_ratio):
                found = process.extract(
                    line, self._lines, scorer=scorer, limit=LOOKED_AT, score_cutoff=65
                )
                yield from (self._whose[place] for _, _, place in found)
        yield from self._abbreviated(said)
        yield from self._in_other_letters(name)

    def _abbreviated(self, name: str) -> Iterator[_Known]:
        """Yield whose name is short for this one, or the other way round."""
        words = words_of(name)
        for letter in {word[0] for word in words}:
            for known in self._by_letter.get(letter, ()):
                if _is_short_for(name, known.name) or _is_short_for(known.name, name):
                    yield known

    def _in_other_letters(self, name: str) -> Iterator[_Known]:
        theirs = self._sounds if is_other(name) else self._other_sounds
        found = process.extract(
            _heard(_read(name)), theirs,
            scorer=fuzz.token_set_ratio, limit=LOOKED_AT, score_cutoff=70,
        )  # fmt: skip
        yield from (self._whose[place] for _, _, place in found)

    @cached_property
    def _sounds(self) -> dict[int, str]:
        return {place: sound(line) for place, line in enumerate(self._lines)}

    @cached_property
    def _other_sounds(self) -> dict[int, str]:
        others = {place: line for place, line in enumerate(self._lines) if is_other(line)}
        return {place: sound(line) for place, line in others.items()}

    @cached_property
    def _by_letter(self) -> dict[str, list[_Known]]:
        found: dict[str, list[_Known]] = {}
        for each in self._known:
            if words := words_of(each.name):
                found.setdefault(words[0][0], []).append(each)
        return found

    def _compare(self, name: str, known: _Known) -> Candidate | None:
        one, other = name, known.name
        if is_other(one) != is_other(other):
            one, other = _read(one), _read(other)
        if apart(one, other):
            return None
        judgements = self._judgements(one, other, known)
        score, reason, clear = max(judgements, default=(0, Reason.PART, False))
        if (one, other) != (name, known.name):
            score, reason = min(score, SURE), Reason.SCRIPT
        if of_other_form(one, other):
            score, clear = min(score, 75), False
        if score < LIKELY:
            return None
        return Candidate(known.organisation, round(score), reason, clear)

    def _judgements(
        self, one: str, other: str, known: _Known
    ) -> Iterator[tuple[float, Reason, bool]]:
        """Yield every way in which two names go together."""
        if spellings(one) & spellings(other) or (
            _in_one(one) and _in_one(one) == _in_one(other)
        ):
            yield _same(one, other, known)
            return
        for mine, its in product(spellings(one), spellings(other)):
            words, its_words = mine.split(), its.split()
            if slipped(words, its_words, self._words):
                yield 94, Reason.SLIP, True
            yield overlap(words, its_words), Reason.PART, False
            alike = max(fuzz.ratio(mine, its), fuzz.ratio(joined(one), joined(other)))
            yield 0.92 * alike if alike >= ALIKE else 0, Reason.LIKE, False
        if _is_short_for(one, other) or _is_short_for(other, one):
            yield 72, Reason.SHORT, False
        if offices(fold(one)) & offices(fold(other)):
            yield 70, Reason.PART, False
        if is_other(one) != is_other(other):
            heard = fuzz.token_set_ratio(_heard(one), _heard(other))
            yield 0.88 * heard if heard >= 80 else 0, Reason.SCRIPT, False


def clear_in(found: Sequence[Candidate]) -> Candidate | None:
    """Return the only one of the candidates for a name that is clearly meant."""
    sure = [each for each in found if each.clear and each.score >= SURE]
    if sure:
        return sure[0] if len(sure) == 1 else None
    near = [each for each in found if each.score >= NEAR]
    return near[0] if len(near) == 1 and near[0].clear else None


def _same(one: str, other: str, known: _Known) -> tuple[float, Reason, bool]:
    """Say how two names are the same that come down to the same words."""
    if known.is_alias:
        return 99, Reason.ALIAS, True
    shorter, longer = sorted((fold(one), fold(other)), key=len)
    written_out = any(word in SHORT_FORMS for word in words_of(shorter))
    if written_out and len(longer) > 1.5 * len(shorter):
        return SURE, Reason.SHORT, True
    return 100, Reason.SAME, True


def _known(organisation: Organisation) -> Iterator[_Known]:
    """Yield the names of an organisation, also with its place where it stands apart."""
    place = place_of(organisation.locality)
    for name in dict.fromkeys(names_of(organisation)):
        is_alias = name not in (organisation.name, organisation.short_name)
        yield _Known(organisation, name, is_alias)
        if place and not places_in(name):
            yield _Known(organisation, f"{name} {place}", is_alias)


def _in_one(name: str) -> str:
    """Return a name in one word if that is long enough to mean one only."""
    return whole if len(whole := joined(name)) >= LONG else ""


def _is_short_for(short: str, name: str) -> bool:
    """Tell whether a name of one word, beside places, abbreviates another name."""
    said = [word for word in words_of(short) if word not in PLACES and word not in FILLERS]
    words = [word for word in words_of(name) if word not in PLACES or word in said]
    return len(said) == 1 and said[0] not in words and abbreviates(said[0], words)


def _read(name: str) -> str:
    return translated(name) if is_other(name) else name


def _heard(name: str) -> str:
    return " ".join(sorted(sound(word) for word in fold(name).split()))


def _rank(candidate: Candidate) -> tuple[int, str]:
    return -candidate.score, candidate.organisation.code
