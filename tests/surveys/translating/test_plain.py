import pytest

from surveys.translating import plain
from surveys.translating.plain import hints


@pytest.mark.parametrize(
    ("text", "reason", "told"),
    [
        (
            "Wir bitten Sie sehr herzlich darum, alle Fragen auf dieser Seite ganz zu lesen.",
            plain.LONG_SENTENCE,
            14,
        ),
        ("Was ist Ihre Aufenthaltserlaubnis?", plain.LONG_WORD, "Aufenthaltserlaubnis"),
        ("Zum Beispiel z. B. Deutsch", plain.ABBREVIATION, "z. B."),
        (
            "Kommen Sie mit dem Bus, ggf. zu Fuß.",
            plain.ABBREVIATION,
            "ggf.",
        ),
        ("Das ist nicht gut.", plain.NEGATION, "nicht"),
        ("Haben Sie keine Zeit?", plain.NEGATION, "keine"),
        ("Es sind 20 %.", plain.PERCENTAGE, None),
        ("Es gibt 12500 Menschen.", plain.NUMBER, "12500"),
        ("Das steht in Teil IV.", plain.NUMBER, "IV"),
        ("Es sind 3,5 Stunden.", plain.NUMBER, "3,5"),
    ],
)
def test_what_is_hard_to_read_is_named(text: str, reason: str, told: object) -> None:
    found = {hint.reason: hint.values for hint in hints(text)}
    assert reason in found
    if told is not None:
        assert told in found[reason].values()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Was ist Ihnen wichtig?",
        "Das Projekt-Team liest Ihre Antwort. Ihr Name steht da nirgends.",
        "Wohnen Sie in Buch? ${name_of_the_organisation} hilft Ihnen.",
        "In 20 Minuten sind Sie fertig.",
        "Freizügigkeits-Bescheinigung",
    ],
)
def test_what_is_easy_gets_no_hint(text: str) -> None:
    assert hints(text) == []


def test_a_hint_is_given_once() -> None:
    assert len(hints("Das ist nicht gut. Das ist nicht schön.")) == 1


def test_a_long_text_is_looked_at_in_no_time() -> None:
    assert hints("a" * 3_000) and hints("- " * 1_500) is not None
