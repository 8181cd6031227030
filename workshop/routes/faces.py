"""Pages with holes: laid out once for many, and filled in for each."""

import re
import secrets
from collections.abc import Mapping

TREES = tuple(f"tree{number}" for number in range(4))
NAMES = "called", "clock", "key", "token", "after", "ballot", "receipt", *TREES
HOLES = {name: f"hole-{secrets.token_hex(16)}" for name in NAMES}
HOLE = re.compile("|".join(map(re.escape, HOLES.values())))
PLACES = {hole: name for name, hole in HOLES.items()}


class Face:
    """A page with holes, as all see it who have the same parts of their own."""

    def __init__(self, html: str) -> None:
        self._texts = HOLE.split(html)
        self._holes = [PLACES[hole] for hole in HOLE.findall(html)]  # behind each but the last

    def fill(self, words: Mapping[str, str]) -> bytes:
        filled = [
            text + words[hole] for text, hole in zip(self._texts, self._holes, strict=False)
        ]
        return "".join([*filled, self._texts[-1]]).encode()
