from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.slugs import LONGEST, slug_of, slugs


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Campus Buch", "campus-buch"),
        ("Früchte für Großziethen!", "fruechte-fuer-grossziethen"),
        ("École & Café", "ecole-cafe"),
        ("ورشة", "project"),
        ("  ", "project"),
        ("../p/x", "p-x"),
    ],
)
def test_a_name_becomes_an_address(name: str, slug: str) -> None:
    assert slug_of(name, "project") == slug


@given(some.text())
def test_whatever_the_name_the_address_is_plain(name: str) -> None:
    slug = slug_of(name, "project")
    assert slug and len(slug) <= LONGEST
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_an_address_in_use_gets_a_number() -> None:
    assert [*islice(slugs("Campus Buch", "project"), 3)] == [
        "campus-buch", "campus-buch-2", "campus-buch-3",
    ]  # fmt: skip
