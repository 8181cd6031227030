"""Addresses to which mail can be sent."""

import re

from core.errors import Refusal, message

LONGEST = 254  # characters: RFC 5321, erratum 1690
LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
ADDRESS = re.compile(rf"[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{LABEL}(\.{LABEL})*")  # as in HTML


class UnusableAddress(Refusal):
    reason = message("Mail cannot be sent to this address. Please check it.")


def usable(address: str) -> str:
    """Return the *address* as it can stand in a header.

    :raise UnusableAddress: when it is not exactly one address
    """
    name, _, domain = address.strip().rpartition("@")
    try:
        usable = f"{name}@{domain.encode('idna').decode()}"
    except UnicodeError as error:
        raise UnusableAddress from error
    if len(usable) > LONGEST or not ADDRESS.fullmatch(usable):
        raise UnusableAddress
    return usable


def can_be_written_to(address: str) -> bool:
    try:
        return bool(usable(address))
    except UnusableAddress:
        return False
