"""Files sealed with AES-GCM in chunks, so that a large one needs little memory.

A chunk's nonce is a random start and its number, and its associated data tell whether it is
the last: chunks left out, swapped or cut off are found out (as in STREAM, Hoang et al. 2015).
"""

import secrets
import struct
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.errors import Refusal, message

MAGIC = b"OSI-sealed-1\n"
CHUNK = 1 << 20
TAG = 16


class Unreadable(Refusal):
    """A sealed file is damaged, or was sealed with another key."""

    reason = message("This file is damaged, or was made with another key.")


def seal_file(key: bytes, source: Path, target: Path) -> None:
    """Write *target*, the sealed form of *source*; the key has 32 bytes."""
    cipher, start = AESGCM(key), secrets.token_bytes(8)
    with source.open("rb") as plain, target.open("wb") as sealed:
        sealed.write(MAGIC + start)
        number, chunk = 0, plain.read(CHUNK)
        while True:
            following = plain.read(CHUNK)
            last = b"" if following else b"last"
            sealed.write(cipher.encrypt(start + struct.pack(">I", number), chunk, last))
            if not following:
                break
            number, chunk = number + 1, following


def unseal_file(key: bytes, source: Path, target: Path) -> None:
    """Write *target*, what was sealed in *source*.

    :raise Unreadable: when anything in it was changed, or the key is another
    """
    cipher = AESGCM(key)
    with source.open("rb") as sealed, target.open("wb") as plain:
        if sealed.read(len(MAGIC)) != MAGIC:
            raise Unreadable
        start = sealed.read(8)
        number, chunk = 0, sealed.read(CHUNK + TAG)
        while True:
            following = sealed.read(CHUNK + TAG)
            last = b"" if following else b"last"
            try:
                nonce = start + struct.pack(">I", number)
                plain.write(cipher.decrypt(nonce, chunk, last))
            except (InvalidTag, ValueError) as error:
                raise Unreadable from error
            if not following:
                break
            number, chunk = number + 1, following
