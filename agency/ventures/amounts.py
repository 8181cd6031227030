"""Amounts as people type them, and as they read them again."""

import re
from decimal import Decimal, InvalidOperation

LARGEST = 10**9  # cents: ten million euros
THOUSANDS = re.compile(r"\d{1,3}([.,' ]\d{3})+")


def cents_of(text: str) -> int:
    """Return an amount in cents: “1.234,50 €”, “1234.5” and “1 234” are amounts.

    :raise ValueError: when it is none, or too large
    """
    bare = text.replace("€", "").replace("\N{NO-BREAK SPACE}", " ").strip()
    if THOUSANDS.fullmatch(bare):
        bare = re.sub(r"[.,' ]", "", bare)
    else:
        whole, mark, part = re.fullmatch(r"(.*?)(?:([.,])(\d{0,2}))?", bare, re.S).groups()  # type: ignore[union-attr]
        bare = re.sub(r"[.,' ](?=\d{3})", "", whole) + (f".{part}" if mark else "")
    if not re.fullmatch(r"-?\d+(\.\d{0,2})?", bare, re.A):
        raise ValueError(text)
    try:
        cents = int(Decimal(bare) * 100)
    except InvalidOperation:
        raise ValueError(text) from None
    if abs(cents) > LARGEST:
        raise ValueError(text)
    return cents
