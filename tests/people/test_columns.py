import pytest

from people.columns import Words, guess_columns, has_head, read_lines
from people.contacts import Person
from people.models import Sector

GERMAN = {"Civil society": "Zivilgesellschaft", "Neighbourhood centre": "Nachbarschaftszentrum"}
WORDS = Words(GERMAN)
HEAD = ["Einrichtung", "Ansprechpartner/in", "E-Mail", "Tel.", "Straße, Nr.", "PLZ", "Ort", "x"]


def test_german_and_english_headings_are_understood() -> None:
    assert guess_columns([HEAD]) == [
        "name", "contact", "email", "phone", "street", "postcode", "city", "",
    ]  # fmt: skip
    english = ["Organization", "First name", "Surname", "ZIP", "Sector", "Needs", "Needs 2"]
    assert guess_columns([english]) == [
        "name", "first_name", "last_name", "postcode", "sector", "needs", "needs",
    ]  # fmt: skip


def test_addresses_are_known_by_their_look() -> None:
    table = [["Wer", "Wohin"], ["Radhaus", "rad@example.org"], ["Lotus", "l@example.org"]]
    assert guess_columns(table) == ["name", "email"]
    assert not has_head([["Radhaus", "Buch"]]) and has_head([HEAD])


def test_a_row_becomes_what_it_says() -> None:
    columns = ["name", "sector", "kind", "locality", "needs", "first_name", "last_name"]
    columns += ["email", "street", "postcode", "city", "legal_form"]
    row = ["Lotus  e.V.", "Zivilgesellschaft", "Nachbarschaftszentrum", "Weissensee"]
    row += ["Räume, Personal / Fachkräfte", "Lan", "Nguyen", "lan@example.org", "Weg 1"]
    row += ["13086", "Berlin", "e.V."]
    (line,) = read_lines([[], row], columns, head=False, words=WORDS)
    assert (line.number, line.name, line.problem, line.notes) == (2, "Lotus e.V.", None, [])
    assert line.values == {
        "short_name": "", "aliases": (), "sector": Sector.SOCIETY, "legal_form": "ev",
        "kind": "neighbourhood_centre", "locality": "weissensee", "needs": ("rooms", "staff"),
        "offers": (),
    }  # fmt: skip
    assert line.person == Person(
        name="Lan Nguyen", email="lan@example.org", address="Weg 1, 13086 Berlin"
    )


@pytest.mark.parametrize(
    ("cell", "column", "told"),
    [
        ("Mars", "locality", "not in our list"),
        ("Zaubern", "offers", "not in our list"),
        ("kein@", "email", "no e-mail address"),
        ("Forschung und Lehre", "sector", "not in our list"),
    ],
)
def test_what_is_not_understood_is_named_and_left_out(
    cell: str, column: str, told: str
) -> None:
    (line,) = read_lines([["A", cell]], ["name", column], head=False, words=WORDS)
    assert told in line.notes[0].text and line.notes[0].values["text"] == cell
    assert not line.problem and not line.person


def test_one_word_of_a_kind_is_enough() -> None:
    words = Words({
        "Association, church, initiative": "Verein, Kirche, Initiative",
        "Social enterprise": "Soziales Unternehmen, sozialer Betrieb",
    })  # fmt: skip
    assert words.code("kind", "Verein") == words.code("kind", "church") == "civil_society"
    assert words.code("kind", "Sozialer Betrieb") == "social_enterprise"


def test_the_sector_follows_from_the_kind() -> None:
    (line,) = read_lines([["A", "research"]], ["name", "kind"], head=False, words=WORDS)
    assert line.values["sector"] == Sector.SCIENCE and line.notes


def test_a_row_without_a_name_is_a_problem() -> None:
    lines = read_lines([["", "x"], ["y" * 201, ""]], ["name", "short_name"], False, WORDS)
    assert all(line.problem for line in lines)


@pytest.mark.parametrize("said", ["Ukrainisch", "ukrainian", "Українська", "uk"])
def test_a_list_says_in_which_language_one_writes_to_a_contact(said: str) -> None:
    table = [["Firma", "Sprache"], ["Radhaus", said]]
    columns = guess_columns(table)
    (line,) = read_lines(table, columns, True, WORDS)
    assert columns == ["name", "language"]
    assert line.person.language == "uk" and not line.notes


def test_a_language_in_which_we_cannot_write_is_left_out_and_said() -> None:
    (line,) = read_lines([["Radhaus", "Klingonisch"]], ["name", "language"], False, WORDS)
    assert line.person.language == "" and len(line.notes) == 1
