import pytest

from workshop.cards.tongues import fitting


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("de", "Eine Fahrradwerkstatt", "de"),
        ("de", "ورشة دراجات", ""),
        ("ar", "ورشة دراجات BVG", "ar"),
        ("ar", "Fahrradwerkstatt", ""),
        ("uk", "Велосипедна майстерня", "uk"),
        ("de", "Велосипедна майстерня", ""),
        ("tr", "Bisiklet atölyesi", "tr"),
        ("de", "123", "de"),
        ("prs", "کارگاه", "prs"),
    ],
)
def test_a_language_that_the_letters_deny_is_not_believed(
    language: str, text: str, found: str
) -> None:
    assert fitting(language, text) == found
