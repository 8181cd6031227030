import pytest
from sqlalchemy.orm import Session

from agency.evidence import citing
from agency.evidence.collecting import Reader
from agency.evidence.references import (
    Evidence,
    Kind,
    Reference,
    State,
    from_json,
    to_json,
)
from core.errors import FormUsedTwice
from people.listings import keeping
from people.listings.models import Listing
from people.models import Naming, Project, Side
from tests.agency.story import a_listing
from tests.story import NOON, an_organisation


@pytest.fixture
def need(session: Session, project: Project) -> Listing:
    found = a_listing(session, project, Side.NEED, "Ein Ort zum Nähen", quantity=10)
    session.commit()
    return found


@pytest.fixture
def team(session: Session, project: Project) -> Reader:
    return Reader(session, project, Naming.TEAM)


@pytest.fixture
def everyone(session: Session, project: Project) -> Reader:
    return Reader(session, project, Naming.PUBLIC)


def state_of(reader: Reader, reference: Reference) -> State:
    return citing.resolved(reader, [reference])[reference].state


def the_only_one(reader: Reader) -> Evidence:
    (found,) = citing.citable(reader)
    return found


def test_what_is_cited_is_found_by_words_and_kind(team: Reader, need: Listing) -> None:
    assert the_only_one(team).label == "N1 Ein Ort zum Nähen"
    assert citing.citable(team, "NAEHEN ort")
    assert not citing.citable(team, "Fahrrad")
    assert not citing.citable(team, kinds=[Kind.IDEA])


def test_a_need_that_was_changed_since_says_so(
    team: Reader, need: Listing, session: Session
) -> None:
    cited = the_only_one(team).reference
    assert state_of(team, cited) == State.THERE
    need.quantity = 3
    session.flush()
    assert state_of(team, cited) == State.CHANGED


def test_of_what_is_gone_no_word_is_left(team: Reader, need: Listing, session: Session) -> None:
    cited = the_only_one(team).reference
    keeping.remove(need, NOON)
    session.flush()
    found = citing.resolved(team, [cited])[cited]
    assert (found.state, found.label, found.place) == (State.GONE, "", None)


def test_a_foreign_need_is_not_there(team: Reader, session: Session) -> None:
    other = Project(slug="elsewhere", name="Anderswo", created=NOON)
    session.add(other)
    session.flush()
    a_listing(session, other, Side.NEED, "Geheim")
    assert state_of(team, Reference(Kind.GAP, "N1")) == State.GONE
    assert citing.citable(team) == []


def test_outside_nobody_reads_the_words_of_who_is_not_named(
    team: Reader, everyone: Reader, session: Session, project: Project
) -> None:
    owner = an_organisation(project, "O17", "Radhaus Buch gGmbH")
    session.add(owner)
    session.flush()
    a_listing(session, project, Side.NEED, "Halle des Radhauses", organisation_id=owner.id)
    assert "Radhaus" in the_only_one(team).label
    assert "Radhaus" not in the_only_one(everyone).label
    owner.naming = Naming.PUBLIC
    session.flush()
    assert "Radhaus" in the_only_one(everyone).label


def test_what_was_cited_before_keeps_how_it_was(
    team: Reader, need: Listing, session: Session
) -> None:
    picked = Reference.of(str(the_only_one(team).reference))
    before = citing.marked(team, [picked])
    need.quantity = 3
    session.flush()
    again = citing.marked(team, [picked], before)
    assert again[0].mark == before[0].mark
    assert citing.marked(team, [Reference(Kind.IDEA, "77")]) == ()


def test_references_survive_as_plain_data() -> None:
    cited = (Reference(Kind.FINDING, "wave/bridge:O14", "abc"),)
    assert from_json(to_json(cited)) == cited
    assert from_json(to_json(cited))[0].mark == "abc"
    assert Reference.of(str(cited[0])) == cited[0]


@pytest.mark.parametrize("text", ["", "gap", "gap:", "nonsense:1", f"gap:{'1' * 300}"])
def test_nonsense_is_no_reference(text: str) -> None:
    with pytest.raises(ValueError):
        Reference.of(text)


def test_a_source_of_ones_own_is_kept_once(
    session: Session, project: Project, team: Reader
) -> None:
    said = "Bericht 2025", "https://example.org/bericht", "", "Birte", NOON
    made = [citing.add_source(session, project, "a form", *said) for _ in range(2)]
    assert made[0].id == made[1].id
    assert the_only_one(team).link == "https://example.org/bericht"
    with pytest.raises(FormUsedTwice):
        citing.add_source(session, project, "a form", "Anderes", *said[1:])


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("https://example.org/a?b=c", True),
        ("javascript:alert(1)", False),
        ("example.org", False),
        ("https://", False),
        ("http://[", False),
    ],
)
def test_only_what_a_browser_opens_is_an_address(text: str, holds: bool) -> None:
    assert citing.is_link(text) == holds
