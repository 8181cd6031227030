from pathlib import Path

from core.keys import Keyring
from tests.story import at_once


def test_a_key_stays_the_same_for_everyone(tmp_path: Path) -> None:
    first = Keyring(tmp_path).key("contacts")
    assert Keyring(tmp_path).key("contacts") == first != Keyring(tmp_path).key("mail")


def test_a_key_is_made_once_however_many_ask(tmp_path: Path) -> None:
    made = [set[bytes]() for _ in range(20)]

    def ask(_: int) -> None:
        for number, keys in enumerate(made):
            keys.add(Keyring(tmp_path).key(f"key-{number}"))

    at_once(8, ask)
    assert {len(keys) for keys in made} == {1}


def test_only_the_owner_may_read_a_key(tmp_path: Path) -> None:
    Keyring(tmp_path / "keys").key("mail")
    assert (tmp_path / "keys" / "mail.key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700


def test_what_is_sealed_can_be_read_in_its_place_only(tmp_path: Path) -> None:
    keys = Keyring(tmp_path)
    sealed = keys.seal("contacts", "Jana Wolff, +49 30 1", "contact.sealed:1")
    assert "Jana" not in sealed
    assert keys.unseal("contacts", sealed, "contact.sealed:1") == "Jana Wolff, +49 30 1"
    assert keys.unseal("contacts", sealed, "contact.sealed:2") == ""
    assert keys.unseal("mail", sealed, "contact.sealed:1") == ""


def test_what_a_destroyed_key_sealed_is_gone_for_ever(tmp_path: Path) -> None:
    keys = Keyring(tmp_path)
    sealed = keys.seal("survey-1", "secret", "here")
    keys.destroy("survey-1")
    assert keys.unseal("survey-1", sealed, "here") == ""


def test_what_was_hashed_under_a_key_is_known_until_it_is_destroyed(tmp_path: Path) -> None:
    keys = Keyring(tmp_path)
    assert keys.hash_there("round-1", "person 1") == ""
    assert not keys.has("round-1")
    known = keys.hash("round-1", "person 1")
    assert known == keys.hash_there("round-1", "person 1")
    assert known == Keyring(tmp_path).hash_there("round-1", "person 1")
    keys.destroy("round-1")
    assert keys.hash_there("round-1", "person 1") == ""
    assert not keys.has("round-1")
