"""Regular expressions of forms: written for Java or JavaScript, matched by Python's ``re``.

ODK matches the whole text. What Python spells differently is translated. No text is matched
for long: the longest is cut off before it could take a server's time.
"""

import re
from functools import lru_cache

from core.errors import message
from surveys.expressions.syntax import UnsupportedError

LONGEST = 1000  # characters; a text that long matches no pattern
_CLASS = re.compile(r"\[(?:\\.|[^\]\\])*\]", re.DOTALL)
_RANGE_OF_CLASS = re.compile(r"(\\[wdsWDS])-(?!\])")
_POSSESSIVE_NAME = re.compile(r"\(\?<([A-Za-z]\w*)>")


@lru_cache(maxsize=512)
def pattern(text: str) -> re.Pattern[str]:
    r"""Compile a pattern; a hyphen beside ``\w`` is one, and ``(?<name>…)`` is a group.

    :raise UnsupportedError: when Python cannot read it
    """
    plain = _CLASS.sub(lambda found: _RANGE_OF_CLASS.sub(r"\1\\-", found[0]), text)
    plain = _POSSESSIVE_NAME.sub(r"(?P<\1>", plain)
    try:
        return re.compile(plain)
    except (re.error, OverflowError, RecursionError) as problem:
        raise UnsupportedError(
            message("This pattern cannot be read: %(problem)s"), problem=str(problem)
        ) from problem


def matches(text: str, form: str) -> bool:
    """Say whether the whole *text* has the given form; a pattern nobody can read lets it."""
    try:
        compiled = pattern(form)
    except UnsupportedError:
        return True
    return len(text) <= LONGEST and bool(compiled.fullmatch(text))
