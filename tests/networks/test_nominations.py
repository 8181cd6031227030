import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from core.keys import Keyring
from networks.nominations import Form, told_in
from networks.roster import roster_of
from networks.tying import CLOSE, LOOSE, REGULAR, UNSAID, Nomination, State, Wish
from people.models import Alias, Organisation, Project, Sector
from surveys.definition import Choice, Definition, Item
from surveys.models import Survey
from tests.networks.story import (
    DEFINITION,
    KEYS,
    OTHER_KEYS,
    a_response,
    a_wave,
    naming,
    network_of,
)
from tests.story import NOON, an_organisation

Keep = Callable[[Any], Any]


@pytest.fixture
def register(keep: Keep, project: Project) -> dict[str, Organisation]:
    names = {"O1": "Radhaus Buch gGmbH", "O2": "Bucher Bogen e.V.", "O3": "Jobpunkt Nordost"}
    return {code: keep(an_organisation(project, code, name)) for code, name in names.items()}


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    return a_wave(session, project)


def nominations(session: Session, survey: Survey, project: Project) -> list[Nomination]:
    told = told_in(session, KEYS, survey, roster_of(session, project))
    return [each for each in told.nominations if each.strength or each.kinds]


@pytest.mark.both_engines
def test_who_was_named_is_found_by_our_own_columns(
    session: Session, project: Project, survey: Survey, register: dict[str, Organisation]
) -> None:
    answers = naming(("O2", ["rooms", "referral"], 3))
    answers["each"][0]["next"] = "more"
    a_response(session, survey, register["O1"], answers)
    expected = Nomination("O1", "O2", ("rooms", "referral"), CLOSE, "more")
    assert nominations(session, survey, project) == [expected]


def test_a_partner_is_told_by_its_turn_when_the_document_does_not_name_it(
    session: Session, project: Project, survey: Survey, register: dict[str, Organisation]
) -> None:
    answers = naming(("O2", ["rooms"], 1), ("O3", ["funding"], 2))
    for turn in answers["each"]:
        del turn["who"]
    a_response(session, survey, register["O1"], answers)
    found = nominations(session, survey, project)
    assert [(each.target, each.strength) for each in found] == [("O2", 1), ("O3", 2)]


def test_a_partner_about_whom_nothing_more_was_asked_is_a_partner(
    session: Session, survey: Survey, register: dict[str, Organisation]
) -> None:
    a_response(session, survey, register["O1"], {"with_whom": ["O2"]})
    (tie,) = network_of(session, survey).ties
    assert (tie.a, tie.b, tie.strength, tie.state) == ("O1", "O2", UNSAID, State.UNKNOWN)


@pytest.mark.parametrize("name", ["Radhaus Buch", "RADHAUS BUCH gGmbH", "Das Rad in Buch"])
def test_a_name_that_the_register_knows_is_that_organisation(
    session: Session, project: Project, survey: Survey, register: dict[str, Organisation],
    name: str,
) -> None:  # fmt: skip
    register["O1"].aliases.append(Alias(project_id=project.id, name="Das Rad in Buch"))
    session.commit()
    named = [{"called": name, "sphere": "economy", "topic": ["rooms"], "bond": "2"}]
    a_response(session, survey, register["O2"], {"others": named})
    assert nominations(session, survey, project) == [
        Nomination("O2", "O1", ("rooms",), REGULAR)
    ]
    assert [*network_of(session, survey).nodes] == ["O1", "O2"]


def test_a_name_that_the_register_does_not_know_stands_for_itself(
    session: Session, survey: Survey, register: dict[str, Organisation]
) -> None:
    for code, name in (
        ("O1", "Kiez-Café Größe"),
        ("O2", "kiez-café größe"),
        ("O3", "Gut & Co"),
    ):
        named = [{"called": name, "sphere": "economy", "bond": "1"}]
        a_response(session, survey, register[code], {"others": named})
    network = network_of(session, survey)
    strangers = [node for node in network.nodes.values() if not node.registered]
    assert {node.name for node in strangers} == {"Kiez-Café Größe", "Gut & Co"}
    assert {node.sector for node in strangers} == {Sector.ECONOMY}
    assert {tie.state for tie in network.ties} == {State.UNKNOWN}
    assert {tie.strength for tie in network.ties} == {LOOSE}
    assert not any(node.is_named_for("network") for node in strangers)


def test_the_code_of_a_stranger_tells_nobody_its_name(
    session: Session, survey: Survey, project: Project, register: dict[str, Organisation]
) -> None:
    """It stands in addresses and files; whoever guesses a name can test nothing."""

    def codes(keys: Keyring = KEYS) -> dict[str, str]:
        told = told_in(session, keys, survey, roster_of(session, project))
        return {each.name: code for code, each in told.strangers.items()}

    late = a_response(
        session, survey, register["O2"], {"others": [{"called": "GUT & CO"}]}, submitted=False
    )
    a_response(session, survey, register["O1"], {"others": [{"called": "Gut & Co"}]})
    before = codes()
    assert re.fullmatch(r"new-[0-9a-f]{12}", before["Gut & Co"])
    assert codes() == before
    assert set(codes(OTHER_KEYS).values()).isdisjoint(before.values())

    late.submitted = NOON
    session.commit()
    others = [{"called": "Anders eG"}, {"called": "gut & co"}]
    a_response(session, survey, register["O3"], {"others": others})
    assert set(codes().values()) > set(before.values()) and len(codes()) == 2


def test_a_stranger_is_the_same_in_the_next_wave_but_not_in_another_project(
    session: Session, survey: Survey, project: Project, elsewhere: Project,
    register: dict[str, Organisation],
) -> None:  # fmt: skip
    theirs = an_organisation(elsewhere, "O1", "Jemand")
    session.add(theirs)
    found = []
    for wave, organisation in (
        (survey, register["O1"]),
        (a_wave(session, project, "spring"), register["O1"]),
        (a_wave(session, elsewhere, "far"), theirs),
    ):
        a_response(session, wave, organisation, {"others": [{"called": "Gut & Co"}]})
        nodes = network_of(session, wave).nodes.values()
        found += [node.code for node in nodes if not node.registered]
    here, later, far = found
    assert here == later != far


def test_a_stranger_whose_sector_nobody_said_has_none(
    session: Session, survey: Survey, register: dict[str, Organisation]
) -> None:
    a_response(session, survey, register["O1"], {"others": [{"called": "Wer weiß"}]})
    (stranger,) = (n for n in network_of(session, survey).nodes.values() if not n.registered)
    assert stranger.sector == ""


@pytest.mark.both_engines
@pytest.mark.parametrize("state", [{"submitted": False}, {"leading": False}])
def test_only_leading_responses_that_were_sent_count(
    session: Session, survey: Survey, register: dict[str, Organisation], state: dict[str, bool]
) -> None:
    a_response(session, survey, register["O1"], naming(("O2", ["rooms"], 3)), **state)
    network = network_of(session, survey)
    assert (network.answered, network.ties, network.nodes) == (0, [], {})


@pytest.mark.both_engines
def test_a_deleted_organisation_is_gone_with_all_it_said_and_was_told(
    session: Session, survey: Survey, register: dict[str, Organisation]
) -> None:
    a_response(session, survey, register["O1"], naming(("O2", ["rooms"], 3)))
    a_response(session, survey, register["O3"], naming(("O1", ["rooms"], 3)))
    register["O1"].deleted = NOON
    session.commit()
    network = network_of(session, survey)
    assert ([*network.nodes], network.ties) == (["O3"], [])


def test_wishes_are_a_layer_of_their_own(
    session: Session, survey: Survey, register: dict[str, Organisation]
) -> None:
    wish = {"dreams": ["O2", "O3"], "reason": "Gemeinsam kochen"}
    a_response(session, survey, register["O1"], wish)
    network = network_of(session, survey)
    assert network.ties == []
    assert network.wishes == [Wish("O1", code, "Gemeinsam kochen") for code in ("O2", "O3")]


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({"1": "1", "2": "2", "3": "3"}, [1, 2, 3]),
        ({"daily": "3", "monthly": "2", "yearly": "1"}, [3, 2, 1]),
        ({"a": "", "b": "", "c": ""}, [1, 2, 3]),
        ({"a": "1", "b": "2", "c": "3", "d": "4", "e": "5"}, [1, 1, 2, 2, 3]),
    ],
)
def test_a_strength_is_told_by_its_weight_or_its_place(
    choices: dict[str, str], expected: list[int]
) -> None:
    item = Item("question", "s", "select_one", list="l", osi={"tie": "strength"})
    listed = tuple(Choice(name, attributes={"weight": w}) for name, w in choices.items())
    form = Form(Definition({}, "f", "de", ("de",), (item,), {"l": listed}))
    assert [form.strength(item, name) for name in choices] == expected
    assert form.strength(item, "unheard of") == UNSAID


def test_kinds_are_called_as_the_questionnaire_calls_them() -> None:
    assert Form(DEFINITION).kinds()["joint_project"]["en"] == "joint project"
