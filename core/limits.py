"""Slowing down those who guess codes, and nobody else.

Only wrong codes count: twenty people in a room share one address, and a right code is never
refused. Counts last a minute; with ``OSI_REDIS_URL`` they hold across processes. Addresses
are only counted under an HMAC with a key that lives as long as the process or the secret.
"""

import hmac
from functools import cached_property
from hashlib import sha256
from ipaddress import IPv4Address, IPv6Network, ip_address

from flask import Flask, abort, current_app, request
from limits import RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

WRONG = RateLimitItemPerMinute(10)  # by one address for one kind of code
WRONG_IN_ALL = RateLimitItemPerMinute(1000)  # by all addresses together


class Limits:
    """The counts of one app; counting in memory starts a thread, so only once it is needed."""

    def __init__(self, url: str) -> None:
        self._url = url

    @cached_property
    def limiter(self) -> FixedWindowRateLimiter:
        return FixedWindowRateLimiter(storage_from_string(self._url))


def init_app(app: Flask) -> None:
    app.extensions["limits"] = Limits(app.config["REDIS_URL"] or "memory://")


def wrong(kind: str, subject: str = "") -> None:
    """Count a wrong code of that *kind*, and answer 429 instead when there were too many.

    Call it only after a code turned out to be wrong. *subject* narrows it to an account.
    """
    limits: Limits = current_app.extensions["limits"]
    who = subject or network(request.remote_addr or "")
    secret = current_app.config["SECRET_KEY"].encode()
    bucket = hmac.new(secret, f"{kind}:{who}".encode(), sha256).hexdigest()
    counted = limits.limiter.hit(WRONG, kind, bucket)
    if not (limits.limiter.hit(WRONG_IN_ALL, kind) and counted):
        abort(429)


def network(address: str) -> str:
    """Return the part of an address that is hard to change: of IPv6 the first half."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv4Address):
        return str(known)
    return str(known.ipv4_mapped or IPv6Network((known, 64), strict=False))
