"""What a thing is called in its address: a name in small Latin letters, as people type it."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import count

LONGEST = 48
GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def slug_of(name: str, nameless: str) -> str:
    """Turn a name into what can stand in an address, as in fruechte-fuer-buch.

    A name without a Latin letter or digit is called *nameless*.
    """
    plain = unicodedata.normalize("NFKD", name.lower().translate(GERMAN))
    letters = plain.encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", letters)
    return "-".join(words)[:LONGEST].strip("-") or nameless


def slugs(name: str, nameless: str) -> Iterator[str]:
    """The addresses that a thing may have, the nicest first; they do not end."""
    slug = slug_of(name, nameless)
    yield slug
    for number in count(2):
        yield f"{slug}-{number}"
