"""What an operator sets is understood as it was meant."""

import pytest

from core.config import driven


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_usual_address_of_postgresql_will_do(scheme: str) -> None:
    assert driven(f"{scheme}://osi@db/osi") == "postgresql+psycopg://osi@db/osi"


def test_other_addresses_stay() -> None:
    assert driven("sqlite:////srv/x.db") == "sqlite:////srv/x.db"
    assert driven("") == ""
