import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import addresses


@pytest.mark.parametrize(
    "address",
    [
        "",
        "birte",
        "birte@",
        "@example.org",
        "a@example.org, b@example.org",
        "a@example.org\r\nBcc: b@example.org",
        "a@example.org\nBcc: b@example.org",
        "Birte <a@example.org>",
        "a b@example.org",
        "bürte@example.org",
        "a@exa mple.org",
        "a\0@example.org",
    ],
)
def test_only_one_plain_address_is_taken(address: str) -> None:
    with pytest.raises(addresses.UnusableAddress):
        addresses.usable(address)


def test_a_domain_may_have_umlauts() -> None:
    assert addresses.usable("info@bücher.example") == "info@xn--bcher-kva.example"


@given(st.text(max_size=40), st.text(max_size=40))
def test_an_address_never_carries_a_second_line(name: str, domain: str) -> None:
    try:
        usable = addresses.usable(f"{name}@{domain}")
    except addresses.UnusableAddress:
        return
    assert usable.count("@") == 1 and usable.isprintable() and " " not in usable
