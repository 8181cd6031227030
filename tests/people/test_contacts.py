"""How the person to write to is greeted, and named on the envelope."""

import pytest

from people.contacts import Person


@pytest.mark.parametrize(
    ("salutation", "name", "greeting", "addressee"),
    [
        ("Guten Tag", "Team Radhaus", "Guten Tag Team Radhaus", "Team Radhaus"),
        ("Guten Tag Frau Yıldız", "Elif Yıldız", "Guten Tag Frau Yıldız", "Elif Yıldız"),
        ("Liebe Elif,", "", "Liebe Elif", ""),
        (
            "Sehr geehrte Damen und Herren", "Team Radhaus", "Sehr geehrte Damen und Herren",
            "Team Radhaus",
        ),
        ("Frau", "Elif Yıldız", "", "Frau Elif Yıldız"),
        ("Frau", "", "", ""),
        ("", "Elif Yıldız", "", "Elif Yıldız"),
    ],
)  # fmt: skip
def test_a_greeting_is_taken_as_it_was_typed_and_a_mere_title_is_none(
    salutation: str, name: str, greeting: str, addressee: str
) -> None:
    person = Person(salutation=salutation, name=name)
    assert (person.greeting, person.addressee) == (greeting, addressee)
