"""Links that open something for whoever has them, without an account.

The key of a link is an HMAC of a nonce, made again whenever it is written down; only its
hash is kept to recognise it. So the database alone opens nothing.
"""

from hashlib import sha256
from secrets import token_hex

from core.keys import Keyring

DIGITS = 32  # of a key, hexadecimal: 128 bits
LONGEST = 100  # letters of what somebody may try


def new_link(keys: Keyring, name: str) -> dict[str, str]:
    """Make up a link under the key *name*: its nonce, and the hash by which it is known."""
    nonce = token_hex(16)
    return {"nonce": nonce, "key_hash": hash_of(key_from(keys, name, nonce))}


def key_from(keys: Keyring, name: str, nonce: str) -> str:
    """Return the key that stands in the address of a link."""
    return keys.hash(name, nonce)[:DIGITS]


def hash_of(key: str) -> str:
    """Return the hash by which a link is found."""
    return sha256(key[:LONGEST].encode()).hexdigest()
