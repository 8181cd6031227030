"""Two entries of the register that are one organisation, in the network."""

from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from core.errors import Refusal
from networks.analysing import Analysis
from networks.exchange.exporting import export
from networks.states import state_of
from people.models import Naming, Organisation, Project
from people.names import merging
from people.names.models import Merge
from surveys.models import Invitation, Mention, Survey
from tests.networks.story import a_response, a_wave, naming, network_of
from tests.story import NOON, an_organisation

CODES = [f"O{number}" for number in range(1, 7)]
ONE = st.sampled_from(range(6))
STEPS = st.lists(st.tuples(ONE, ONE, st.booleans()), max_size=8)


@pytest.fixture
def people(session: Session, project: Project) -> dict[str, Organisation]:
    found = {code: an_organisation(project, code, f"Verein {code}") for code in CODES}
    words = [*Naming]
    for number, each in enumerate(found.values()):
        each.naming = words[number % 3]
    session.add_all(found.values())
    session.commit()
    return found


@pytest.fixture
def survey(session: Session, project: Project, people: dict[str, Organisation]) -> Survey:
    """One names Two and Three; Two names One; Four names somebody in words and Five."""
    survey = a_wave(session, project)
    a_response(
        session, survey, people["O1"],
        naming(("O2", ["rooms"], 2), ("O3", ["funding"], 3), dreams=["O6"]),
    )  # fmt: skip
    a_response(session, survey, people["O2"], naming(("O1", ["rooms"], 2)))
    others = [{"called": "Der Sechste", "bond": "1"}]
    four = a_response(
        session, survey, people["O4"], naming(("O5", ["supply"], 1), others=others)
    )
    session.add(
        Mention(
            project_id=project.id, survey_id=survey.id, response_id=four.id, given=NOON,
            question="called", instance=1, name="Der Sechste", organisation_id=people["O6"].id,
        )
    )  # fmt: skip
    session.commit()
    return survey


def file(session: Session, survey: Survey) -> bytes:
    """The network as all see it: as a file for the team, the network and everyone."""
    session.flush()
    session.expire_all()
    analysis = Analysis(network_of(session, survey))
    return b"".join(export("gexf", analysis, {}, audience, "de", str) for audience in Naming)


def ties(session: Session, survey: Survey) -> set[tuple[str, str]]:
    return {(each.a, each.b) for each in network_of(session, survey).ties}


def merge(session: Session, project: Project, gone: Organisation, kept: Organisation) -> Merge:
    return merging.merge(session, project, gone, kept, by="Birte", now=NOON)


def undo(session: Session, done: Merge) -> None:
    merging.undo(session, done, by="Birte", now=NOON)


def test_ties_of_the_one_that_goes_are_those_of_the_one_that_stays(
    session: Session, project: Project, survey: Survey, people: dict[str, Organisation]
) -> None:
    assert ties(session, survey) == {("O1", "O2"), ("O1", "O3"), ("O4", "O5"), ("O4", "O6")}
    before = state_of(session, survey)
    merge(session, project, people["O6"], people["O5"])  # named in words
    assert ties(session, survey) == {("O1", "O2"), ("O1", "O3"), ("O4", "O5")}
    assert state_of(session, survey) != before
    merge(session, project, people["O2"], people["O3"])  # chosen from the list, and answered
    assert ties(session, survey) == {("O1", "O3"), ("O4", "O5")}
    network = network_of(session, survey)
    assert network.nodes["O3"].answered
    assert [wish.target for wish in network.wishes] == ["O5"]


def test_nobody_has_a_tie_with_itself(
    session: Session, project: Project, survey: Survey, people: dict[str, Organisation]
) -> None:
    merge(session, project, people["O2"], people["O1"])
    assert ("O1", "O1") not in ties(session, survey)


def test_who_was_invited_under_the_other_name_was_asked(
    session: Session, project: Project, survey: Survey, people: dict[str, Organisation]
) -> None:
    owner = {"project_id": project.id, "survey_id": survey.id}
    session.add(
        Invitation(
            **owner, organisation_id=people["O6"].id, nonce="n", token_hash="h", created=NOON
        )
    )
    session.commit()
    merge(session, project, people["O6"], people["O5"])
    assert network_of(session, survey).asked == 4


def test_the_graph_is_the_same_to_the_byte_when_a_merge_is_taken_back(
    session: Session, project: Project, survey: Survey, people: dict[str, Organisation]
) -> None:
    before = file(session, survey)
    done = merge(session, project, people["O2"], people["O3"])
    assert file(session, survey) != before
    undo(session, done)
    assert file(session, survey) == before


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS, chance=st.randoms())
def test_whatever_is_merged_and_taken_back_in_any_order_leaves_no_trace(
    session: Session, project: Project, survey: Survey, people: Any, steps: Any, chance: Random
) -> None:
    session.rollback()  # what an earlier attempt has left
    before, standing = file(session, survey), []
    for one, other, stays in steps:
        there = file(session, survey)
        try:
            done = merge(session, project, people[CODES[one]], people[CODES[other]])
        except Refusal:
            continue
        if not stays and done not in standing:
            undo(session, done)
            assert file(session, survey) == there
        elif done not in standing:
            standing.append(done)
    chance.shuffle(standing)
    for done in standing:
        undo(session, done)
    assert file(session, survey) == before
