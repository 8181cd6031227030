"""Ties that were seen elsewhere than in answers."""

import re
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from networks.models import RecordedTie, Source
from networks.network import ANSWERS, RECORDED, WISHES, Selection
from networks.recording import record, recorded
from networks.states import state_of
from networks.tying import State
from people.models import Organisation, Project, Sector
from surveys.models import Survey
from tests.hostile import STRINGS
from tests.networks.story import a_response, a_wave, naming, network_of
from tests.story import NOON, an_organisation
from tests.workshop.room import a_participant, an_idea
from workshop.following import deciding
from workshop.following.deciding import Verdict
from workshop.following.models import Outcome
from workshop.models import Idea, Phase
from workshop.preparing import prepare

PAGE = "/p/buch/networks/autumn/recorded"
TODAY = date(2026, 11, 2)
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def people(session: Session, project: Project) -> dict[str, Organisation]:
    found = {
        code: an_organisation(project, code, name, Sector.SOCIETY)
        for code, name in (("O1", "Adas Laden"), ("O2", "Beas Hof"), ("O3", "Cems Kiosk"))
    }
    session.add_all(found.values())
    session.commit()
    return found


@pytest.fixture
def survey(session: Session, project: Project, people: dict[str, Organisation]) -> Survey:
    """Ada names Bea, and would like to work with Cem."""
    survey = a_wave(session, project)
    a_response(session, survey, people["O1"], naming(("O2", ["rooms"], 2), dreams=["O3"]))
    return survey


@pytest.mark.both_engines
def test_a_tie_is_recorded_once_however_often_it_is_said(
    session: Session, project: Project, people: dict[str, Organisation]
) -> None:
    one, two = people["O1"], people["O2"]
    for a, b in ((one, two), (two, one), (one, two)):
        record(session, project, a, b, Source.MEETING, "Netzwerktreffen", TODAY)
    record(session, project, one, two, Source.TEAM, "Netzwerktreffen", TODAY)
    session.commit()
    found = recorded(session, project)
    assert [(e.a_id, e.b_id, e.source) for e in found] == [
        (one.id, two.id, Source.MEETING), (one.id, two.id, Source.TEAM),
    ]  # fmt: skip


def test_what_was_removed_comes_back_only_when_somebody_says_so(
    session: Session, project: Project, people: dict[str, Organisation]
) -> None:
    ends = people["O1"], people["O2"]
    row = record(session, project, *ends, Source.MEETING, "Treffen", TODAY)
    row.removed = NOON
    session.commit()
    record(session, project, *ends, Source.MEETING, "Treffen", TODAY)
    assert recorded(session, project) == []
    record(session, project, *ends, Source.MEETING, "Treffen", TODAY, by="Ada")
    assert len(recorded(session, project)) == 1


def test_recorded_ties_are_a_layer_of_their_own(
    session: Session, project: Project, survey: Survey, people: dict[str, Organisation]
) -> None:
    before = state_of(session, survey)
    for other in ("O2", "O3"):
        record(session, project, people["O1"], people[other], Source.TEAM, "Anruf", TODAY)
    session.commit()
    assert state_of(session, survey) != before
    network = network_of(session, survey)
    assert [each.pair for each in network.ties] == [("O1", "O2")]
    assert [each.pair for each in network.recorded] == [("O1", "O2"), ("O1", "O3")]
    assert {each.state for each in network.recorded} == {State.RECORDED}

    def shown(*layers: str) -> list[tuple[str, State]]:
        part = network.narrowed(Selection(layers=layers))
        assert {code for each in part.ties for code in each.pair} <= set(part.nodes)
        return [(each.b, each.state) for each in part.ties]

    assert shown(ANSWERS) == [("O2", State.UNKNOWN)]
    assert shown(RECORDED) == [("O2", State.RECORDED), ("O3", State.RECORDED)]
    assert shown(ANSWERS, WISHES) == [("O2", State.UNKNOWN), ("O3", State.WISHED)]
    assert shown(ANSWERS, RECORDED, WISHES) == [("O2", State.UNKNOWN), ("O3", State.RECORDED)]


@pytest.fixture
def ideas(session: Session, project: Project) -> list[Idea]:
    """Two cards of a workshop whose board is ready for decisions."""
    evening = prepare(session, project, "form", "abend", "Werkstatt", ["Wohin?"], NOON)
    linde = a_participant(evening, "Linde")
    session.add(linde)
    session.flush()
    cards = [an_idea(evening.board, linde, title) for title in ("Garten", "Küche")]
    session.add_all(cards)
    evening.board.phase = Phase.DECIDE
    session.commit()
    return cards


def test_who_carries_ideas_that_go_on_together_is_connected(
    session: Session, project: Project, survey: Survey, people: dict[str, Organisation],
    ideas: list[Idea], desk: FlaskClient,
) -> None:  # fmt: skip
    garden, kitchen = ideas
    owned = Verdict(Outcome.ADOPTED, owner=people["O2"])
    together = Verdict(Outcome.MERGED, partner=garden, owner=people["O3"])
    deciding.decide(session, garden, owned, "Ada", NOON)
    assert recorded(session, project) == []
    before = state_of(session, survey)
    deciding.decide(session, kitchen, together, "Ada", NOON)
    session.commit()
    assert state_of(session, survey) != before
    (tie,) = network_of(session, survey).recorded
    assert tie.pair == ("O2", "O3")
    assert [(each.source, each.about) for each in tie.seen] == [
        (Source.WORKSHOP, "Werkstatt: Küche")
    ]

    page = desk.get(PAGE, headers=ENGLISH).text
    assert "found by itself" in page
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    desk.post(f"{PAGE}/removal", data=fields)
    session.expire_all()
    assert network_of(session, survey).recorded == []
    (row,) = session.query(RecordedTie)
    desk.post(f"{PAGE}/{row.id}/restoration")
    session.expire_all()
    assert [each.pair for each in network_of(session, survey).recorded] == [("O2", "O3")]


def test_a_facilitator_records_searches_and_removes(
    desk: FlaskClient, session: Session, project: Project, survey: Survey
) -> None:
    sent = {"one": "O1", "other": "O3", "source": "meeting", "about": "Runder Tisch",
            "kind": "rooms", "seen": "2026-11-02"}  # fmt: skip
    for _ in range(2):
        assert desk.post(PAGE, data=sent).status_code == 303
    page = desk.get(PAGE, headers=ENGLISH).text
    assert page.count("Runder Tisch") >= 1
    assert "1 tie" in page
    assert "Adas Laden" in desk.get(f"{PAGE}?q=runder").text
    assert "No tie is like that." in desk.get(f"{PAGE}?q=nirgends", headers=ENGLISH).text
    (row,) = session.query(RecordedTie)
    desk.post(f"{PAGE}/{row.id}/removal")
    session.expire_all()
    assert recorded(session, project) == []
    desk.post(f"{PAGE}/{row.id}/restoration")
    session.expire_all()
    assert len(recorded(session, project)) == 1
    text = desk.get("/p/buch/networks/autumn/O3", headers=ENGLISH).text
    assert "Runder Tisch" in text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"other": "O1"}, "Please choose two different organisations."),
        ({"seen": "2999-01-01"}, "This day is yet to come."),
        ({"about": " "}, ""), ({"source": "workshop"}, ""), ({"one": "O9"}, ""),
        ({"seen": "gestern"}, ""),
    ],
)  # fmt: skip
def test_what_cannot_be_recorded_stays_in_the_form(
    desk: FlaskClient, survey: Survey, wrong: dict[str, str], said: str
) -> None:
    sent = {"one": "O1", "other": "O3", "source": "team", "about": "Notiz vom Montag",
            "kind": "", "seen": "2026-11-02"} | wrong  # fmt: skip
    answer = desk.post(PAGE, data=sent, headers=ENGLISH)
    assert answer.status_code == 422
    assert said in answer.text
    assert wrong.get("about") or "Notiz vom Montag" in answer.text or "about" in wrong


def test_whatever_a_source_is_called_is_text(desk: FlaskClient, survey: Survey) -> None:
    for string in STRINGS[::9]:
        sent = {"one": "O1", "other": "O3", "source": "team", "about": string, "kind": "",
                "seen": "2026-11-02"}  # fmt: skip
        assert desk.post(PAGE, data=sent).status_code in (303, 422)
    for path in (PAGE, "/p/buch/networks/autumn/O3", "/p/buch/networks/autumn/ties/O1/O3"):
        page = desk.get(path)
        assert page.status_code == 200
        assert "<script>window" not in page.text
