import csv
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.models import Alias, Organisation, Sector
from people.names.matching import Candidate, Reason, Register

PAIRS = Path(__file__).with_name("pairs.csv")
HALVES = ("before", "after")


def known(*names: str, **more: str) -> Register:
    return Register([an_entry(f"O{n:02}", name, **more) for n, name in enumerate(names, 1)])


def an_entry(code: str, name: str, *aliases: str, **more: str) -> Organisation:
    values = {"short_name": "", "sector": Sector.SOCIETY, "locality": ""} | more
    entry = Organisation(code=code, name=name, **values)
    entry.aliases = [Alias(name=alias) for alias in aliases]
    return entry


def pairs(half: str) -> list[tuple[str, str, bool]]:
    with PAIRS.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["half"] == half]
    return [(row["name_a"], row["name_b"], row["same"] == "1") for row in rows]


def codes(found: Sequence[Candidate]) -> list[str]:
    return [each.organisation.code for each in found]


@pytest.mark.parametrize("half", HALVES)
def test_what_is_decided_without_anybody_is_right(half: str) -> None:
    decided = [same for a, b, same in pairs(half) if known(a).clear(b)]
    assert sum(decided) / len(decided) >= 0.98
    assert len(decided) >= 50  # whoever never decides is never wrong


@pytest.mark.parametrize("half", HALVES)
def test_whoever_clears_the_queue_finds_who_is_meant(half: str) -> None:
    same = [(a, b) for a, b, is_same in pairs(half) if is_same]
    alone = [bool(known(a).candidates(b)) for a, b in same]
    assert sum(alone) / len(alone) >= 0.9
    names = [*dict.fromkeys(a for a, _, _ in pairs(half))]
    everyone = known(*names)
    among = [a in [each.organisation.name for each in everyone.candidates(b)] for a, b in same]
    assert sum(among) / len(among) >= 0.9


def test_there_are_enough_pairs_and_none_twice() -> None:
    everything = [(a, b) for half in HALVES for a, b, _ in pairs(half)]
    assert len(everything) == len(set(everything)) >= 300
    assert all(len(pairs(half)) > 150 for half in HALVES)


@pytest.mark.parametrize(
    ("name", "written", "reason"),
    [
        ("Arbeiterwohlfahrt Kreisverband Pankow e.V.", "AWO Pankow", Reason.SHORT),
        ("Frei-Zeit-Haus Weißensee e.V.", "Freizeithaus Weissensee", Reason.SAME),
        ("Fahrradwerkstatt Speiche", "Fahradwerkstatt Speiche", Reason.SLIP),
        ("Jobcenter Pankow", "جوب سنتر بانكو", Reason.SCRIPT),
        ("جمعية الأمل", "جمعيه الامل", Reason.SAME),
    ],
)
def test_a_clear_case_says_why(name: str, written: str, reason: Reason) -> None:
    found = known(name).clear(written)
    assert found and (found.reason, found.score >= 94) == (reason, True)


@pytest.mark.parametrize(
    ("name", "written", "reason"),
    [
        ("Pfefferwerk Stadtkultur gGmbH", "Pfefferwerk", Reason.PART),
        ("Landesamt für Flüchtlingsangelegenheiten", "LAF", Reason.SHORT),
        ("Kita Sonnenblume", "Kita Sonnenschein", Reason.LIKE),
        ("Pfefferwerk", "Пфефферверк", Reason.SCRIPT),
        ("Radhaus Buch", "Rathaus Buch", Reason.LIKE),
        ("Sonnenhof gGmbH", "Sonnenhof e.V.", Reason.SAME),
    ],
)
def test_what_is_not_clear_waits_with_a_reason(name: str, written: str, reason: Reason) -> None:
    register = known(name)
    (found,) = register.candidates(written)
    assert found.reason == reason
    assert not register.clear(written)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Stadtteilzentrum Buch", "Stadtteilzentrum Karow"),
        ("Bezirksamt Pankow, Jugendamt", "Bezirksamt Pankow, Sozialamt"),
        ("AWO Kreisverband Pankow", "AWO Bundesverband"),
        ("Kita Nord I", "Kita Nord II"),
        ("01. Grundschule", "02. Grundschule"),
    ],
)
def test_another_place_office_level_or_number_is_another(name: str, written: str) -> None:
    assert known(name).candidates(written) == []


def test_another_name_of_the_register_is_as_clear_as_the_first() -> None:
    register = Register([an_entry("O1", "Humanistischer Verband", "Lebenskunde Pankow")])
    found = register.clear("Lebenskunde Pankow")
    assert found and found.reason == Reason.ALIAS


def test_a_name_that_could_be_two_is_left_to_somebody() -> None:
    register = known("Stadtteilzentrum Buch", "Stadtteilzentrum Karow")
    assert register.clear("Stadtteilzentrum") is None
    assert codes(register.candidates("Stadtteilzentrum")) == ["O01", "O02"]
    twins = known("Nadelöhr Karow", "Karow Nadelöhr")
    assert twins.clear("Nadelöhr Karow") is None


def test_a_slip_is_none_when_the_word_is_that_of_another() -> None:
    assert known("Kiezgarten Mirte").clear("Kiezgarten Mitre")
    assert not known("Kiezgarten Mirte", "Haus Mitre").clear("Kiezgarten Mitre")


def test_where_an_organisation_is_tells_it_from_its_namesake() -> None:
    here = an_entry("O1", "Kita Sonnenblume", locality="buch")
    there = an_entry("O2", "Kita Sonnenblume", locality="karow")
    register = Register([here, there])
    assert (found := register.clear("Sonnenblume Kita, Karow")) and found.organisation is there
    assert register.clear("Kita Sonnenblume") is None


def test_at_most_four_are_offered_and_the_likeliest_first() -> None:
    register = known(
        *(f"Kulturverein {word}" for word in ["Alfa", "Beta", "Gama", "Delta", "Epsilon"])
    )
    found = register.candidates("Kulturverein Beta e.V.")
    assert len(found) <= 4
    assert found[0].organisation.name == "Kulturverein Beta"
    assert [each.score for each in found] == sorted((e.score for e in found), reverse=True)


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_is_written_has_an_answer(name: str, written: str) -> None:
    for each in known(name).candidates(written):
        assert 0 <= each.score <= 100
