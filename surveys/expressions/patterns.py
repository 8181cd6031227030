"""Regular expressions of forms: written for Java or JavaScript, matched by Python's ``re``.

ODK matches the whole text. What Python spells differently is translated. A pattern that could
take a server's time for ever, as ``(a+)+`` does, is not used: it is reported at import.
"""

import re
import string
from dataclasses import dataclass, field
from functools import lru_cache
from math import inf

from core.errors import message
from surveys.expressions.syntax import UnsupportedError

LONGEST = 1000  # characters; a text that long matches no pattern
MANY = 8  # repetitions that are as bad as endless ones
SAMPLE = string.printable + "äßé€–ابжя中"
_CLASS = re.compile(r"\[(?:\\.|[^\]\\])*\]", re.DOTALL)
_RANGE_OF_CLASS = re.compile(r"(\\[wdsWDS])-(?!\])")
_NAMED_GROUP = re.compile(r"\(\?<([A-Za-z]\w*)>")
_PIECE = re.compile(
    r"(?P<atom>\\.|\[(?:\\.|[^\]\\])*\]|[^()|*+?{])|(?P<open>\((?:\?[^)]?)?)|(?P<close>\))|[|*+?{]",
    re.DOTALL,
)
_QUANTIFIER = re.compile(r"[*+?]|\{(?P<least>\d*)(?P<comma>,?)(?P<most>\d*)\}")


@lru_cache(maxsize=512)
def pattern(text: str) -> re.Pattern[str]:
    r"""Compile a pattern; a hyphen beside ``\w`` is one, and ``(?<name>…)`` is a group.

    :raise UnsupportedError: when Python cannot read it, or might read for ever
    """
    plain = _CLASS.sub(lambda found: _RANGE_OF_CLASS.sub(r"\1\\-", found[0]), text)
    plain = _NAMED_GROUP.sub(r"(?P<\1>", plain)
    try:
        compiled = re.compile(plain)
    except (re.error, OverflowError, RecursionError) as problem:
        raise UnsupportedError(
            message("This pattern cannot be read: %(problem)s"), problem=str(problem)
        ) from problem
    if may_take_for_ever(plain):
        raise UnsupportedError(message("This pattern might be tried for ever; it is not used."))
    return compiled


def matches(text: str, form: str) -> bool:
    """Say whether the whole *text* has the given form; a pattern not in use lets all pass."""
    try:
        compiled = pattern(form)
    except UnsupportedError:
        return True
    return len(text) <= LONGEST and bool(compiled.fullmatch(text))


@dataclass
class _Group:
    """What stands between two brackets, and how often each atom of it may come."""

    atoms: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)  # sometimes more often, sometimes less
    certain: list[str] = field(default_factory=list)  # exactly once in each turn

    def is_ambiguous(self) -> bool:
        """Whether nothing certain, that no loose atom could match, tells its turns apart."""
        uncertain = set().union(*map(_letters, self.loose))
        return bool(self.loose) and not any(
            _letters(mark).isdisjoint(uncertain) for mark in self.certain
        )


def may_take_for_ever(text: str) -> bool:
    """Whether a repeated group can be cut into turns in so many ways that trying never ends."""
    groups = [_Group()]
    position = 0
    while piece := _PIECE.match(text, position):
        quantifier = _QUANTIFIER.match(text, piece.end()) if not piece["open"] else None
        position = quantifier.end() if quantifier else piece.end()
        least, most = _times(quantifier)
        if piece["open"]:
            groups.append(_Group())
        elif piece["close"] and len(groups) > 1:
            group = groups.pop()
            if most > MANY and group.is_ambiguous():
                return True
            groups[-1].atoms += group.atoms
            groups[-1].loose += group.atoms if least != most else group.loose
        elif atom := piece["atom"]:
            groups[-1].atoms.append(atom)
            if least != most:
                groups[-1].loose.append(atom)
            elif most == 1:
                groups[-1].certain.append(atom)
    return False


def _times(quantifier: re.Match[str] | None) -> tuple[float, float]:
    """How often, at least and at most."""
    if quantifier is None:
        return 1, 1
    sign = quantifier[0]
    if sign in ("*", "+", "?"):
        return sign == "+", 1 if sign == "?" else inf
    least = int(quantifier["least"] or 0)
    return least, int(quantifier["most"] or 0) or inf if quantifier["comma"] else least


@lru_cache(maxsize=512)
def _letters(atom: str) -> frozenset[str]:
    """The letters of a sample that an atom stands for."""
    try:
        compiled = re.compile(atom)
    except re.error:
        return frozenset(SAMPLE)
    return frozenset(letter for letter in SAMPLE if compiled.fullmatch(letter))
