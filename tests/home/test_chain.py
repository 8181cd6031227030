"""One need is carried from the people who said it to the first job, and typed only once."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from agency.concepts.models import Entry
from agency.evidence.references import Kind, from_json
from agency.funding.models import Check
from agency.ventures.models import Job, Venture
from core.keys import Keyring
from people.listings.models import Listing
from people.models import Project, Side
from tests.agency.gathering.story import FOUND, a_talk, a_wave, an_owner, talks
from tests.story import NOON
from tests.surveys.example import answer
from tests.workshop.room import browser_in, go_to, lay_dots
from workshop.models import Board, Idea, Participant, Phase
from workshop.preparing import prepare
from workshop.voting.models import Round

HOME = "/p/buch"
QUESTION = "Wo spielen die Kinder, während wir lernen?"
IDEA, HOW = "Spielzimmer am Campus", "Eltern und eine Erzieherin wechseln sich ab."
JOB = {
    "title": "Kinderbetreuung im Spielzimmer", "isco": "5311", "minutes": "20",
    "starts": "2026-05-01", "wage_cents": "15,00", "german": "a2", "subsidy": "none",
}  # fmt: skip


class Carrier:
    """Somebody who presses the buttons of the pages, and remembers all that was typed."""

    def __init__(self, desk: FlaskClient) -> None:
        self.desk, self.typed = desk, list[str]()

    def send(self, page: str, **form: str | list[str]) -> str:
        """Send a form, and return the address of the page after it."""
        self.typed += [each for each in form.values() if isinstance(each, str)]
        sent = self.desk.post(HOME + page, data=form)
        assert sent.status_code == 303, sent.text
        return str(sent.location)


@pytest.fixture
def carrier(desk: FlaskClient) -> Carrier:
    return Carrier(desk)


def test_one_need_goes_from_conversations_to_the_first_job(
    app: Flask,
    desk: FlaskClient,
    carrier: Carrier,
    session: Session,
    keys: Keyring,
    project: Project,
) -> None:
    # Five people say to a counsellor what they need; an enterprise answers what it offers.
    provider = an_owner(session, project)
    survey = talks(session, project)
    for number in range(5):
        a_talk(session, survey, provider, f"A{number}-AAA")
        a_talk(session, survey, provider, f"B{number}-AAA", needs=["jobs"])
    answer(session, a_wave(session, project), {"org_needs": ["rooms"]}, provider)
    session.commit()
    for term in ("childcare", "rooms"):
        page = desk.get(FOUND).text
        (key,) = {*re.findall(rf'name="chosen" value="([^"]*\.{term})"', page)}
        carrier.send("/needs/proposals", key=term, act=f"confirm {key}")
    needs = session.scalars(select(Listing).filter_by(side=Side.NEED).order_by(Listing.id))
    childcare, rooms = needs.all()
    assert (childcare.title, childcare.quantity) == ("Kinderbetreuung", 5)
    assert rooms.organisation_id == provider.id

    # The gap becomes a question on a board, which says where it comes from.
    workshop = prepare(session, project, "w", "campus", "Campus Buch", ["Was fehlt?"], NOON)
    workshop.is_open = True
    session.commit()
    said = {"key": "gap", "question": QUESTION, "workshop": workshop.slug}
    carrier.send(f"/needs/gaps/{childcare.id}", **said)
    carrier.send(f"/workshops/{workshop.slug}/front", board="1")
    session.expire_all()
    board = session.scalars(select(Board).filter_by(workshop_id=workshop.id, position=1)).one()
    assert "Kinderbetreuung" in board.challenges[0].origin

    # Somebody hangs an idea on it, and it gets dots.
    room = browser_in(workshop, app, "Linde")
    card = {"key": "card", "title": IDEA, "text": HOW, "language": "de"}
    sent = room.post(f"/w/{workshop.code}/ideas", data=card)
    assert sent.status_code == 303, sent.text
    idea = session.scalars(select(Idea).filter_by(board_id=board.id)).one()
    linde = session.scalars(select(Participant)).one()
    go_to(session, keys, board, Phase.VOTE)
    lay_dots(session, keys, board, idea, linde, 2)
    session.commit()
    go_to(session, keys, board, Phase.RESULT)
    round_ = session.scalars(select(Round).filter_by(board_id=board.id)).one()

    # The concept begins with all of it: nobody writes it again, and each claim is proven.
    cited = [f"gap:{childcare.code}", f"idea:{idea.id}", f"vote:{round_.id}"]
    begun = {"key": "concept", "title": "Ein Ort für Eltern", "evidence-sent": "1"}
    concept = carrier.send("/concepts", **begun, evidence=cited)
    entries = session.scalars(select(Entry).order_by(Entry.id)).all()
    assert any(IDEA in each.text and HOW in each.text for each in entries)
    assert any("Kinderbetreuung" in each.text for each in entries)
    proofs = {each.kind for entry in entries for each in from_json(entry.evidence)}
    assert proofs == {Kind.GAP, Kind.IDEA, Kind.VOTE}
    assert IDEA in desk.get(concept).text

    # The same idea begins a venture; who may fund it is checked; the first job is filled.
    carrier.send("/ventures", origin=f"idea:{idea.id}")
    venture = session.scalars(select(Venture)).one()
    assert (venture.title, venture.text) == (IDEA, HOW)
    assert QUESTION in venture.source
    carrier.send("/funding/known")
    about = f"{HOME}/funding/check?asked=1&kind=venture&which={venture.id}&subject={IDEA}"
    action = re.search(r'action="([^"]*/funding/checks[^"]*)"', desk.get(about).text)
    assert action
    carrier.send(action[1].replace("&amp;", "&").removeprefix(HOME), key="check")
    check = session.scalars(select(Check)).one()
    assert (check.key, len(check.results)) == (str(venture.id), 16)
    job = {**JOB, "filled": "2026-05-01"}
    carrier.send(f"/ventures/{venture.id}/lines/jobs", key="job", **job)
    assert session.scalars(select(Job)).one().filled
    assert "1 Stelle ist besetzt." in desk.get(HOME).text

    words = [each for each in (*carrier.typed, IDEA, HOW) if len(each) > 12]
    assert len(words) == len({*words})  # nothing was typed twice
