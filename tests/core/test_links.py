"""Links with a key of their own."""

from core.keys import Keyring
from core.links import DIGITS, hash_of, key_from, new_link


def test_a_link_is_known_by_its_key_which_stands_nowhere(keys: Keyring) -> None:
    kept = new_link(keys, "meeting")
    key = key_from(keys, "meeting", kept["nonce"])
    assert len(key) == DIGITS
    assert kept["key_hash"] == hash_of(key)
    assert key not in kept.values()


def test_no_link_is_like_another_and_no_key_opens_two_kinds_of_things(keys: Keyring) -> None:
    one, other = (new_link(keys, "meeting") for _ in range(2))
    assert one["nonce"] != other["nonce"]
    assert key_from(keys, "meeting", one["nonce"]) != key_from(keys, "concept", one["nonce"])


def test_whatever_is_tried_is_only_looked_at_so_far(keys: Keyring) -> None:
    assert hash_of("a" * 100) == hash_of("a" * 100_000)
