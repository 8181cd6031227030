"""How often something may go wrong: only failures are counted, so whoever is right never waits.

Nobody's address is kept: the places where failures are counted are named by a hash under a
key of this process, and forgotten with the minute.
"""

import secrets
from hashlib import blake2b
from threading import Lock
from time import monotonic

_key = secrets.token_bytes(32)
_lock = Lock()
_failures: dict[bytes, tuple[float, int]] = {}  # until when, and how many
MOST = 50_000  # places that are remembered


def allows(what: str, who: str, times: int, *, seconds: float) -> bool:
    """Count a failure of *who*, and tell whether it is one of the first *times*."""
    place = blake2b(f"{what} {network(who)}".encode(), key=_key, digest_size=12).digest()
    now = monotonic()
    with _lock:
        until, number = _failures.get(place, (now + seconds, 0))
        if until <= now:
            until, number = now + seconds, 0
        if len(_failures) >= MOST:
            _forget(now)
        _failures[place] = until, number + 1
    return number < times


def network(address: str) -> str:
    """Return the part of an address that is hard to change: of IPv6 the first half."""
    return ":".join(address.split(":")[:4]) if ":" in address else address


def _forget(now: float) -> None:
    for place in [place for place, (until, _) in _failures.items() if until <= now]:
        del _failures[place]
    if len(_failures) >= MOST:
        _failures.clear()
