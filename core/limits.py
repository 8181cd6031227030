"""Slowing down those who guess codes, and nobody else.

Only wrong codes count: twenty people in a room share one address, and a right code is never
refused. Counts last a minute; with ``OSI_REDIS_URL`` they hold across processes. Addresses
are only counted under an HMAC with a key that lives as long as the process or the secret.
"""

import hmac
import secrets
from hashlib import blake2b, sha256
from threading import Lock
from time import monotonic

from flask import Flask, abort, current_app, request
from limits import RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

_key = secrets.token_bytes(32)
_lock = Lock()
_failures: dict[bytes, tuple[float, int]] = {}  # until when, and how many
MOST = 50_000  # places that are remembered
WRONG = RateLimitItemPerMinute(10)  # by one address for one kind of code
WRONG_IN_ALL = RateLimitItemPerMinute(1000)  # by all addresses together


def init_app(app: Flask) -> None:
    storage = storage_from_string(app.config["REDIS_URL"] or "memory://")
    app.extensions["limits"] = FixedWindowRateLimiter(storage)


def wrong(kind: str, subject: str = "") -> None:
    """Count a wrong code of that *kind*, and answer 429 instead when there were too many.

    Call it only after a code turned out to be wrong. *subject* narrows it to an account.
    """
    limiter: FixedWindowRateLimiter = current_app.extensions["limits"]
    who = subject or (request.remote_addr or "")
    secret = current_app.config["SECRET_KEY"].encode()
    bucket = hmac.new(secret, f"{kind}:{who}".encode(), sha256).hexdigest()
    counted = limiter.hit(WRONG, kind, bucket)
    if not (limiter.hit(WRONG_IN_ALL, kind) and counted):
        abort(429)


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
