import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from networks.analysing import Analysis
from networks.judging import judge
from networks.models import RecordedTie, Reply, Verdict
from networks.network import Network, Selection, has_waves, waves
from networks.replying import reply
from networks.states import state_of
from networks.tying import Holds, Say, Source, State
from people.models import Alias, Naming, Organisation, Project, Sector
from surveys.models import Invitation, Mention, Response, Subject, Survey, SurveyVersion
from surveys.responses import mentioning
from tests.networks.story import a_response, a_wave, demo_wave, naming, network_of
from tests.story import NOON, an_organisation

EXPECTED = json.loads(Path("demo/data/expected_network.json").read_text())


@pytest.fixture(scope="module")
def remembered() -> dict[str, Network]:
    return {}


@pytest.fixture
def demo(session: Session, project: Project, remembered: dict[str, Network]) -> Network:
    """The demo's network; reading it once is enough for the tests that only look at it."""
    if "demo" not in remembered:
        remembered["demo"] = network_of(session, demo_wave(session, project))
    return remembered["demo"]


def test_the_demo_adds_up_to_what_was_computed_before(demo: Network) -> None:
    found = Analysis(demo)
    whole = found.whole
    assert (whole["nodes"], whole["ties"]) == (EXPECTED["nodes"], EXPECTED["undirected_edges"])
    assert round(whole["density"], 6) == EXPECTED["density"]
    assert whole["component_sizes"] == EXPECTED["components"]
    assert whole["isolates"] == EXPECTED["isolates"]
    assert round(whole["reciprocity"], 6) == EXPECTED["reciprocity"]
    assert whole["crossing"] == EXPECTED["cross_sector_edges"]
    assert round(whole["ei_index"], 6) == EXPECTED["EI_index"]
    assert round(whole["average_clustering"], 5) == EXPECTED["avg_clustering"]


def test_the_same_organisations_stand_first_in_the_demo(demo: Network) -> None:
    found = Analysis(demo)
    by_degree = [[s.node.code, s.degree] for s in found.standings]
    assert by_degree[:4] == EXPECTED["top_degree"][:4]
    assert EXPECTED["top_degree"][4] in by_degree
    by_bridge = sorted(found.standings, key=lambda s: -s.betweenness)[:5]
    assert [[s.node.code, round(s.betweenness, 6)] for s in by_bridge] == EXPECTED[
        "top_betweenness"
    ]


def test_the_demo_names_106_times(demo: Network) -> None:
    said = [each for tie in demo.ties for each in (tie.forth, tie.back) if each]
    assert len(said) == EXPECTED["directed_arcs"]
    assert {tie.state for tie in demo.ties} == {State.CONFIRMED, State.ONE_SIDED}


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    """Five were asked. Ada names Bea and Cem; Bea names Ada; Dua stands alone; Cem and
    Eli have not answered. Nobody agreed to be named."""
    survey = a_wave(session, project)
    people = {
        code: an_organisation(project, code, name, sector, kind="provider")
        for code, name, sector in (
            ("O1", "Ada", Sector.SOCIETY), ("O2", "Bea", Sector.ECONOMY),
            ("O3", "Cem", Sector.ECONOMY), ("O4", "Dua", Sector.SCIENCE),
            ("O5", "Eli", Sector.SOCIETY),
        )
    }  # fmt: skip
    session.add_all(people.values())
    session.commit()
    a_response(
        session, survey, people["O1"], naming(("O2", ["rooms"], 2), ("O3", ["rooms"], 1))
    )
    a_response(session, survey, people["O2"], naming(("O1", ["rooms"], 2)))
    a_response(session, survey, people["O4"], {})
    return survey


@pytest.mark.both_engines
def test_whoever_keeps_silent_stands_in_the_network_only_when_named(
    session: Session, survey: Survey
) -> None:
    network = network_of(session, survey)
    assert [*network.nodes] == ["O1", "O2", "O3", "O4"]
    assert [*network.silent] == ["O5"]
    assert (network.asked, network.answered) == (5, 3)
    states = {(tie.a, tie.b): tie.state for tie in network.ties}
    assert states == {("O1", "O2"): State.CONFIRMED, ("O1", "O3"): State.UNKNOWN}


def test_only_those_who_answered_can_stand_alone(session: Session, survey: Survey) -> None:
    found = Analysis(network_of(session, survey))
    assert [node.code for node in found.isolates] == ["O4"]
    narrowed = found.network.narrowed(Selection(kind="funding"))
    assert [node.code for node in Analysis(narrowed).isolates] == ["O1", "O2", "O4"]


def test_silence_does_not_lower_reciprocity(session: Session, survey: Survey) -> None:
    assert Analysis(network_of(session, survey)).reciprocity == 1.0


@pytest.mark.both_engines
def test_those_with_an_invitation_were_asked(
    session: Session, project: Project, survey: Survey
) -> None:
    bea, eli = (session.query(Organisation).filter_by(code=code).one() for code in ("O2", "O5"))
    for organisation in (bea, eli):
        invitation = Invitation(
            project_id=project.id, survey_id=survey.id, organisation_id=organisation.id,
            nonce=organisation.code, token_hash=organisation.code, created=NOON,
        )  # fmt: skip
        session.add(invitation)
    session.commit()
    network = network_of(session, survey)
    assert network.asked == 4  # and two came by the public link
    assert [*network.silent] == ["O5"]


@pytest.mark.parametrize(
    ("naming", "audience", "name"),
    [
        (Naming.TEAM, "team", "Ada"),
        (Naming.TEAM, "network", "Organisation 1 (Träger)"),
        (Naming.NETWORK, "network", "Ada"),
        (Naming.NETWORK, "public", "Organisation 1 (Träger)"),
        (Naming.PUBLIC, "public", "Ada"),
    ],
)
def test_a_name_is_for_those_only_who_may_see_it(
    session: Session, survey: Survey, naming: Naming, audience: str, name: str
) -> None:
    session.query(Organisation).filter_by(code="O1").one().naming = naming
    session.commit()
    node = network_of(session, survey).nodes["O1"]
    assert node.called(audience, "de") == name
    assert node.called_shortly(audience, "de") == name.partition(" (")[0]


def test_a_selection_keeps_the_ties_it_asks_for(demo: Network) -> None:
    close = demo.narrowed(Selection(strength=3))
    assert {tie.strength for tie in close.ties} == {3}
    confirmed = demo.narrowed(Selection(confirmed=True))
    assert len(confirmed.ties) == 46
    economy = demo.narrowed(Selection(sectors=(Sector.ECONOMY,)))
    assert {node.sector for node in economy.nodes.values()} == {Sector.ECONOMY}
    assert all(tie.a in economy.nodes and tie.b in economy.nodes for tie in economy.ties)


def again(session: Session) -> Response:
    """Another answer of the first who answered, submitted and not leading."""
    first = session.query(Response).first()
    assert first
    return Response(
        project_id=1, survey_id=1, version_id=first.version_id, key_hash="again",
        organisation_id=first.organisation_id, channel=first.channel, language="de",
        answers={}, begun=NOON, saved=NOON, submitted=NOON,
    )  # fmt: skip


CHANGES: dict[str, Callable[[Session], object]] = {
    "a name": lambda s: setattr(s.query(Organisation).first(), "name", "Ada & Co"),
    "a naming": lambda s: setattr(s.query(Organisation).first(), "naming", Naming.PUBLIC),
    "a sector": lambda s: setattr(s.query(Organisation).first(), "sector", Sector.POLITICS),
    "a deletion": lambda s: setattr(s.query(Organisation).first(), "deleted", NOON),
    "a correction": lambda s: setattr(s.query(Response).first(), "saved", NOON.replace(hour=9)),
    "another leading": lambda s: setattr(s.query(Response).first(), "leading", False),
    "an alias": lambda s: s.add(Alias(project_id=1, organisation_id=1, name="A.")),
    "who chose the leading": lambda s: setattr(s.query(Response).first(), "chosen", True),
    "a second answer": lambda s: s.add(again(s)),
    "a merge": lambda s: s.execute(
        update(Organisation).filter_by(id=1).values(merged_into_id=2, deleted=NOON)
    ),
    "a verdict": lambda s: s.add(
        Verdict(project_id=1, survey_id=1, a_id=1, b_id=2, holds=Holds.A, by="Ada", at=NOON)
    ),
    "a reply": lambda s: s.add(
        Reply(project_id=1, survey_id=1, organisation_id=3, other_id=1, says=Say.HIDE, at=NOON)
    ),
    "a recorded tie": lambda s: s.add(
        RecordedTie(
            project_id=1, a_id=1, b_id=2, source=Source.TEAM, about="Anruf", seen=NOON.date()
        )
    ),
    "a version": lambda s: s.add(
        SurveyVersion(survey_id=1, number=2, digest="2", definition={}, created=NOON)
    ),
}


@pytest.mark.both_engines
@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_the_network_changes_its_state(
    session: Session, survey: Survey, change: str
) -> None:
    before = state_of(session, survey)
    assert state_of(session, survey) == before
    CHANGES[change](session)
    session.commit()
    assert state_of(session, survey) != before


@pytest.mark.both_engines
def test_waves_are_surveys_of_organisations_that_ask_for_ties(
    session: Session, project: Project, elsewhere: Project
) -> None:
    assert not has_waves(session, project)
    other: Any = a_wave(session, project, "persons")
    other.subject = Subject.PERSONS
    session.commit()
    assert not has_waves(session, project)
    first, second = a_wave(session, project, "first"), a_wave(session, project, "second")
    a_wave(session, elsewhere, "theirs")
    assert waves(session, project) == [second, first]
    assert has_waves(session, project)


def test_what_two_merged_entries_said_comes_together(session: Session, survey: Survey) -> None:
    """Cem turns out to be Bea. Ada named both, Bea named Ada; so it is one tie of three."""
    before = network_of(session, survey)
    bea, cem = (session.query(Organisation).filter_by(code=code).one() for code in ("O2", "O3"))
    cem.merged_into_id, cem.deleted = bea.id, NOON
    session.commit()
    network = network_of(session, survey)
    assert [*network.nodes] == ["O1", "O2", "O4"]
    (tie,) = network.ties
    assert (tie.pair, tie.state, tie.strength) == (("O1", "O2"), State.CONFIRMED, 2)
    assert network.asked == 4

    a_response(session, survey, cem, naming(("O1", ["funding"], 2)))
    (tie,) = network_of(session, survey).ties  # Bea has answered twice now
    assert (tie.state, tie.torn) == (State.CONTRADICTED, ("O2",))
    session.delete(session.query(Response).filter_by(organisation_id=cem.id).one())

    cem.merged_into_id = cem.deleted = None
    session.commit()
    assert network_of(session, survey) == before


def test_what_was_said_beside_the_answers_follows_a_merge(
    session: Session, survey: Survey
) -> None:
    ada, bea, cem, eli = (
        session.query(Organisation).filter_by(code=f"O{n}").one() for n in (1, 2, 3, 5)
    )
    a_response(session, survey, bea, naming(("O1", ["funding"], 2)), leading=False)
    assert network_of(session, survey).doubtful
    judge(session, survey, ada, eli, Holds.NEITHER, "Nein", "Ada", NOON)
    reply(session, survey, eli.id, ada.id, Say.HIDE, NOON)
    eli.merged_into_id, eli.deleted = bea.id, NOON
    session.commit()
    network = network_of(session, survey)
    (tie,) = (each for each in network.apart if each.pair == ("O1", "O2"))
    assert (tie.state, tie.is_hidden) == (State.REJECTED, True)
    assert network.doubtful == []
    assert cem.code in network.nodes


def test_a_name_of_a_merged_entry_means_the_one_that_was_kept(
    session: Session, survey: Survey
) -> None:
    cem, eli = (session.query(Organisation).filter_by(code=f"O{n}").one() for n in (3, 5))
    eli.merged_into_id, eli.deleted, eli.name = cem.id, NOON, "Elis Eck"
    dua = session.query(Organisation).filter_by(code="O4").one()
    session.query(Response).filter_by(organisation_id=dua.id).delete()
    a_response(session, survey, dua, {"others": [{"called": "elis eck", "bond": "3"}]})
    network = network_of(session, survey)
    assert ("O3", "O4") in [each.pair for each in network.ties]
    assert not [node for node in network.nodes.values() if not node.registered]


def test_a_name_means_whom_the_facilitator_says(
    session: Session, project: Project, survey: Survey
) -> None:
    """Dua named "Die Elis", which nobody in the register is called."""
    dua, eli = (session.query(Organisation).filter_by(code=c).one() for c in ("O4", "O5"))
    response = session.query(Response).filter_by(organisation_id=dua.id).one()
    response.answers = {"others": [{"called": "Die Elis", "bond": "2"}]}
    mention = Mention(
        project_id=project.id, survey_id=survey.id, response_id=response.id,
        question="called", instance=1, name="Die Elis", given=NOON,
    )  # fmt: skip
    session.add(mention)
    session.commit()
    before = state_of(session, survey)
    assert "O5" not in network_of(session, survey).nodes
    mentioning.assign(mention, eli.id)
    session.commit()
    assert state_of(session, survey) != before
    network = network_of(session, survey)
    assert [(each.a, each.b) for each in network.ties_of("O4")] == [("O4", "O5")]
    assert all(node.registered for node in network.nodes.values())
