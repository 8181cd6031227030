import sys
from pathlib import Path
from types import ModuleType

import pytest

from core.late import put_off
from tests.story import at_once

SLOW = "value = sum(range(300_000))\n\n\ndef doubled():\n    return 2 * value\n"


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a module that takes a while to load."""
    (tmp_path / "slow_to_load.py").write_text(SLOW)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "slow_to_load", raising=False)
    return "slow_to_load"


def test_a_module_that_was_put_off_loads_when_it_is_needed(slow: str) -> None:
    put_off(slow)
    late = __import__(slow)
    assert "value" not in vars(late)
    assert late.doubled() == 2 * late.value
    assert sys.modules[slow] is not late


def test_all_who_need_it_at_once_get_all_of_it(slow: str) -> None:
    """Two who signed in right after a start were told of a mistake: half of it was there."""
    put_off(slow)
    late: ModuleType = __import__(slow)
    found: list[int] = []
    pause = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        at_once(8, lambda _: found.append(late.doubled()))
    finally:
        sys.setswitchinterval(pause)
    assert len(found) == 8
    assert len(set(found)) == 1


def test_what_is_not_there_is_left_to_who_imports_it() -> None:
    put_off("nowhere_to_be_found")
    with pytest.raises(ImportError):
        __import__("nowhere_to_be_found")
