"""What tests of surveys share."""

from pathlib import Path

import pytest

from core.keys import Keyring


@pytest.fixture
def keys(tmp_path: Path) -> Keyring:
    """The keys of the app of the test."""
    return Keyring(tmp_path / "data" / "keys")
