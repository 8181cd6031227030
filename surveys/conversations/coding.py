"""Codes of conversations, as in K7-RQ2: by chance, easy to say, and like nothing else."""

import secrets

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is taken for another
LENGTHS = (2, 3)
LONGEST = 40  # characters that are looked at


def draw() -> str:
    """Return a code by chance; one of 28 million."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(n)) for n in LENGTHS)


def read(typed: str) -> str:
    """Return the code that somebody has typed, however it is spaced; it may be none."""
    letters = "".join(c for c in typed[:LONGEST].upper() if c.isalnum())
    return f"{letters[: LENGTHS[0]]}-{letters[LENGTHS[0] :]}"
