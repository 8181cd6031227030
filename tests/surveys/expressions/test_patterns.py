"""Patterns: those of forms work, and none takes a server's time."""

import pytest

from surveys.expressions.patterns import matches, may_take_for_ever

EMAIL = r"^[a-zA-Z0-9._%+-]+@([a-zA-Z0-9-]+\.)+[a-zA-Z]{2,}$"


@pytest.mark.parametrize(
    "harmless",
    [
        EMAIL,
        r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
        r"^[A-Z0-9]{2}-[A-Z0-9]{3}$",
        r"^[0-9]{2}[/][0-9]{4}$",
        r"(ab|cd)+x*",
        r"[\w\-\.]+(,[\w\-\.]+)*",
        r"(-?\d ?){3,12}",
        r"\(\d+\)+",
        r"(?:\d+-)+\d+",
        r"a{2,}b*",
    ],
)
def test_patterns_of_forms_are_used(harmless: str) -> None:
    assert not may_take_for_ever(harmless)


@pytest.mark.parametrize(
    "bomb",
    [
        "(a+)+", "^(a*)*$", "([a-z]+)*b", r"(\w+\s?)*x", "((a+)b?)+c", r"([\w.]+\.)+",
        "(a{1,9})+", "(?:x+)*", r"\+?(\d{2,4} ?)*",
    ],
)  # fmt: skip
def test_patterns_without_end_are_not(bomb: str) -> None:
    assert may_take_for_ever(bomb)
    assert matches("a" * 900 + "!", bomb)  # and so nobody waits


def test_the_whole_text_must_have_the_form() -> None:
    assert matches("amal@mail.example.org", EMAIL)
    assert not matches("amal@example", EMAIL)
    assert not matches("12/2024 or so", "[0-9]{2}/[0-9]{4}")
    assert not matches("a" * 1001, "a*")


def test_other_dialects_are_understood() -> None:
    assert matches("a-b.c", r"[\w-\.]+")
    assert matches("2026", r"(?<year>\d{4})")
    assert matches("anything", "(")  # cannot be read by anybody, so it forbids nothing
