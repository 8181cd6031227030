import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.names.searching import Hit, Index

NAMES = [
    "Arbeiterwohlfahrt Kreisverband Pankow e.V.", "AWO Kita Buch", "Frei-Zeit-Haus Weißensee",
    "جمعية الأمل", "البيت السوري برلين", "Український дім Панков", "Jobcenter Pankow",
    "Pfefferwerk Stadtkultur",
]  # fmt: skip


def an_index(*names: str) -> Index:
    return Index(
        [(Hit(n, f"O{n}", name, "society", ""), [name]) for n, name in enumerate(names)]
    )


INDEX = an_index(*NAMES)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("awo", "AWO Kita Buch"),
        ("weiss", "Frei-Zeit-Haus Weißensee"),
        ("weißensse", "Frei-Zeit-Haus Weißensee"),
        ("freizeit", "Frei-Zeit-Haus Weißensee"),
        ("pfeferwerk", "Pfefferwerk Stadtkultur"),
        ("jobc pank", "Jobcenter Pankow"),
        ("O7", "Pfefferwerk Stadtkultur"),
        ("امل", "جمعية الأمل"),
        ("الأمـــل", "جمعية الأمل"),
        ("جمعيه", "جمعية الأمل"),
        ("سوري", "البيت السوري برلين"),
        ("Україньск", "Український дім Панков"),
        ("джобцентр", "Jobcenter Pankow"),
        ("جوب سنتر", "Jobcenter Pankow"),
        ("пфефферверк", "Pfefferwerk Stadtkultur"),
    ],
)
def test_who_is_meant_is_found_while_somebody_types(typed: str, first: str) -> None:
    assert INDEX.find(typed)[0].name == first


def test_an_abbreviation_finds_those_written_out_too() -> None:
    assert {hit.name for hit in INDEX.find("awo")} == set(NAMES[:2])


def test_what_begins_so_comes_before_what_holds_it_later() -> None:
    index = an_index("Verein Sonne", "Sonnenhof", "Sonne")
    assert [hit.name for hit in index.find("sonne")] == ["Sonne", "Sonnenhof", "Verein Sonne"]


def test_every_word_must_fit() -> None:
    assert [hit.name for hit in INDEX.find("awo weißensee")] == []


@given(st.text(max_size=80))
def test_whatever_is_typed_is_answered(typed: str) -> None:
    assert len(INDEX.find(typed)) <= 8
