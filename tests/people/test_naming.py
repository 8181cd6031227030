import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from people.models import Alias, Naming, Organisation, Project
from people.naming import alike, display_name, find_same, normalise, spellings
from tests.story import NOON, an_organisation

SAME = [
    ("AWO Pankow", "Arbeiterwohlfahrt KV Pankow e.V."),
    ("DRK Berlin-Nordost", "Deutsches Rotes Kreuz Kreisverband Berlin-Nordost e. V."),
    ("ASB Buch", "Arbeiter-Samariter-Bund Buch"),
    ("VHS Pankow", "Volkshochschule Pankow"),
    ("STZ Weißensee", "Stadtteilzentrum Weissensee eV"),
    ("JC Pankow", "Jobcenter Berlin Pankow"),
    ("BA Pankow von Berlin", "Bezirksamt Pankow"),
    ("Rad-Haus Buch", "Radhaus Buch gGmbH"),
    ("Küche der Welt eG", "KUECHE DER WELT"),
    ("Holz & Halt Werkstatt gGmbH", "Werkstatt Holz und Halt"),
    ("Nadelwerk Karow gUG (haftungsbeschränkt)", "Nadelwerk Karow gUG"),
    ("Afghanischer Frauenkreis Buch e.V.", "Frauenkreis, Afghanischer (Buch)"),
    ("Kiezbäckerei Korn GmbH & Co. KG", "Kiezba\u0308ckerei Korn"),
    ("Ev. Kirche Karow", "Evangelische Kirche Karow"),
    ("Gemeinnützige GmbH Lernhaus", "Lernhaus gGmbH"),
]
DIFFERENT = [
    ("Stadtteilzentrum Buch", "Stadtteilzentrum Pankow"),
    ("AWO Pankow", "AWO Spandau"),
    ("Ev. Kirche Karow", "Kirche Karow"),
    ("Radhaus", "Rathaus"),
    ("Jugendwerk Nordlicht", "Jugendhaus Nordlicht"),
    ("Familienhaus Buch", "Familienzentrum Buch"),
    ("Eva e.V.", "Evi e.V."),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_spellings_of_a_name_are_the_same(one: str, other: str) -> None:
    assert spellings(one) & spellings(other)
    assert alike(one, other) == 100


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_names_of_two_organisations_stay_two(one: str, other: str) -> None:
    assert not spellings(one) & spellings(other)


def test_another_place_vetoes_the_likest_name() -> None:
    assert alike("Stadtteilzentrum Buch", "Stadtteilzentrum Pankow") == 0
    assert alike("Karower Teiche", "Nachbarschaftshaus Karow") > 0


@given(st.text(), st.text())
def test_being_alike_works_both_ways(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one)


@given(st.text())
def test_a_normal_form_stays_as_it_is(name: str) -> None:
    assert isinstance(normalise(name), str)
    assert spellings(name) == spellings(f"  {name.upper().lower()} ") or not name.isascii()


@given(st.lists(st.sampled_from(["Radhaus", "Küche", "Lotus", "Bogen", "Halt"]), min_size=1))
def test_the_order_of_words_does_not_matter(words: list[str]) -> None:
    assert normalise(" ".join(words)) == normalise(" ".join(reversed(words)) + " e. V.")


def test_an_organisation_is_found_by_any_of_its_names(
    session: Session, project: Project, elsewhere: Project
) -> None:
    awo = an_organisation(
        project, "O01", "Arbeiterwohlfahrt Kreisverband Pankow e.V.", short_name="AWO-KV"
    )
    awo.aliases = [Alias(project_id=project.id, name="Haus der Wohlfahrt")]
    gone = an_organisation(project, "O02", "Lotus e.V.", deleted=NOON)
    session.add_all([awo, gone, an_organisation(elsewhere, "O01", "Radhaus")])
    session.commit()
    for name in ("AWO Pankow", "awo kv", "Haus der Wohlfahrt"):
        assert find_same(session, project, name) is awo
    for name in ("Lotus", "Radhaus", "AWO Buch", ""):
        assert find_same(session, project, name) is None


def test_a_name_that_could_be_two_is_neither(session: Session, project: Project) -> None:
    one = an_organisation(project, "O01", "Stadtteilzentrum Buch", short_name="Zentrum")
    other = an_organisation(project, "O02", "Stadtteilzentrum Karow", short_name="Zentrum")
    session.add_all([one, other])
    session.commit()
    assert find_same(session, project, "Zentrum") is None
    assert find_same(session, project, "STZ Karow") is other


@pytest.mark.parametrize(
    ("naming", "seen_by"),
    [
        (Naming.TEAM, {"team"}),
        (Naming.NETWORK, {"team", "network"}),
        (Naming.PUBLIC, {"team", "network", "public"}),
    ],
)
def test_a_name_is_seen_as_far_as_was_agreed(naming: Naming, seen_by: set[str]) -> None:
    it = Organisation(code="O17", name="Wegweiser e.V.", kind="provider", naming=naming)
    for audience in ("team", "network", "public"):
        shown = display_name(it, audience, "de")
        expected = it.name if audience in seen_by else "Organisation 17 (Träger)"
        assert shown == expected


def test_the_nameless_speak_the_language_of_the_page() -> None:
    it = Organisation(code="O07", name="X", kind="research", naming=Naming.TEAM)
    assert display_name(it, "public", "en") == "Organisation 7 (research)"
    assert display_name(it, "public", "ar") == "منظمة 7 (جهة علمية)"
    it.kind = ""
    assert display_name(it, "public", "fr") == "Organisation 7"
