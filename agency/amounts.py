"""Amounts as people type them."""

import re

LARGEST = 10**9  # cents: ten million euros
AMOUNT = re.compile(r"(-?)(\d{1,3}(?:[.,' ]\d{3})+|\d{1,8})(?:[.,](\d{0,2}))?", re.ASCII)


def cents_of(text: str) -> int:
    """Return an amount in cents: “1.234,50 €”, “1234.5” and “1,234” are amounts.

    :raise ValueError: when it is none, or too large
    """
    bare = re.sub("€|EUR", "", text).replace("\N{NO-BREAK SPACE}", " ").strip()
    found = AMOUNT.fullmatch(bare)
    if not found:
        raise ValueError(text)
    minus, whole, part = found.groups()
    cents = int(re.sub(r"\D", "", whole)) * 100 + int((part or "").ljust(2, "0"))
    if cents > LARGEST:
        raise ValueError(text)
    return -cents if minus else cents
