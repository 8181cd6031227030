import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from agency import deciding, planning, solving
from agency.deciding import NotEnough
from agency.models import Match, Solved
from demo.needing import load_listings
from people.listings.models import Listing
from people.models import Naming, Project, Side
from people.names.merging import merge
from tests.agency.story import a_listing
from tests.story import NOON, an_organisation, at_once
from workshop.models import Board, Workshop
from workshop.preparing import prepare

NEEDS = "/p/buch/needs"


@pytest.fixture
def need(session: Session, project: Project) -> Listing:
    found = a_listing(session, project, Side.NEED, "Ein Ort zum Nähen", quantity=10)
    session.commit()
    return found


@pytest.fixture
def offer(session: Session, project: Project) -> Listing:
    found = a_listing(session, project, Side.OFFER, "Nähstube im Hof", quantity=6)
    session.commit()
    return found


@pytest.fixture
def pair(need: Listing, offer: Listing) -> str:
    return f"{NEEDS}/pairs/{need.id}/{offer.id}"


def test_proposals_and_gaps_of_the_demo_are_told(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    load_listings(session, project, {}, NOON)
    session.commit()
    page = desk.get(NEEDS).text
    assert "Offene Fahrradwerkstatt mit Anleitung" in page
    assert "6 von 7 versorgt" in page
    assert "37 Menschen" in page
    assert "Für 14 davon gäbe es Plätze, aber keine für: Kinderbetreuung." in page
    fair = desk.get(f"{NEEDS}?fair=1").text
    assert "mindestens 18\xa0% versorgt" in fair


def test_an_empty_page_says_what_to_do(desk: FlaskClient, project: Project) -> None:
    assert "Noch ist kein Bedarf und kein Angebot eingetragen" in desk.get(NEEDS).text


def test_what_is_confirmed_stays_and_is_taken_back(
    desk: FlaskClient, session: Session, need: Listing, offer: Listing, pair: str
) -> None:
    assert "6 von 10 versorgt" in desk.get(NEEDS).text
    assert desk.post(pair, data={"quantity": "5"}).status_code == 303
    page = desk.get(NEEDS).text
    assert "5 bestätigt" in page
    assert "6 von 10 versorgt" in page
    assert 'max="1" value="1"' in page  # one place is left, for the same two
    assert "Passt nicht" not in page  # the pair is confirmed; it can be taken back
    match = session.scalars(select(Match)).one()
    assert (match.quantity, match.by) == (5, "Birte")
    desk.post(f"{pair}/removal")
    assert "5 bestätigt" not in desk.get(NEEDS).text
    assert "6 von 10 versorgt" in desk.get(NEEDS).text


def test_more_of_a_confirmed_pair_is_added_once_however_often_it_is_sent(
    desk: FlaskClient, session: Session, pair: str
) -> None:
    desk.post(pair, data={"quantity": "5"})
    for _ in range(2):
        assert desk.post(pair, data={"quantity": "1", "decided": "5"}).status_code == 303
    assert session.scalars(select(Match.quantity)).one() == 6
    answer = desk.post(pair, data={"quantity": "1", "decided": "6"})
    assert answer.status_code == 409
    assert 'name="decided" value="6"' in answer.text


def test_who_looks_at_fair_shares_still_does_after_deciding(
    desk: FlaskClient, pair: str
) -> None:
    assert f'action="{pair}?fair=1&amp;pairs=2"' in desk.get(f"{NEEDS}?fair=1&pairs=2").text
    for address in (pair, f"{pair}/removal"):
        answer = desk.post(f"{address}?fair=1&pairs=2", data={"quantity": "1"})
        assert answer.location == f"{NEEDS}?fair=1&pairs=2"


@pytest.mark.parametrize(("place", "said"), [("buch", True), ("district", False)])
def test_a_whole_district_is_no_locality_that_two_share(
    desk: FlaskClient, session: Session, need: Listing, offer: Listing, place: str, said: bool
) -> None:
    need.locality = offer.locality = place
    session.commit()
    assert ("gleicher Ortsteil" in desk.get(NEEDS).text) is said


def test_what_cannot_come_together_any_more_is_not_confirmed(
    desk: FlaskClient, session: Session, offer: Listing, pair: str
) -> None:
    offer.term = "jobs"
    session.commit()
    answer = desk.post(pair, data={"quantity": "1"})
    assert answer.status_code == 409
    assert 'id="trouble"' in answer.text
    assert session.scalars(select(Match)).all() == []


def test_what_does_not_fit_is_not_proposed_again(desk: FlaskClient, pair: str) -> None:
    desk.post(pair, data={"quantity": "0"})
    page = desk.get(NEEDS).text
    assert "Bestätigen" not in page
    assert "1 Paar passt nicht" in page
    assert "10 Menschen" in page
    desk.post(f"{pair}/removal")
    assert "Bestätigen" in desk.get(NEEDS).text


@pytest.mark.parametrize(
    ("quantity", "status", "said"),
    [
        ("7", 409, "Auf einer Seite sind nur noch 6 übrig."),
        ("-1", 422, "Bitte geben Sie eine ganze Zahl von Personen oder Plätzen an."),
        ("viele", 422, "Bitte geben Sie eine ganze Zahl von Personen oder Plätzen an."),
        ("", 422, "Bitte geben Sie eine ganze Zahl von Personen oder Plätzen an."),
    ],
)
def test_no_more_come_together_than_there_are(
    desk: FlaskClient, session: Session, pair: str, quantity: str, status: int, said: str
) -> None:
    answer = desk.post(pair, data={"quantity": quantity})
    assert answer.status_code == status
    assert said in answer.text
    assert f'value="{quantity}" inputmode="numeric" aria-invalid="true"' in answer.text
    assert session.scalars(select(Match)).all() == []


@pytest.mark.both_engines
def test_two_who_confirm_at_once_give_no_place_twice(
    session: Session, sessions: sessionmaker[Session], project: Project
) -> None:
    offer = a_listing(session, project, Side.OFFER, "Nähstube", quantity=6).id
    needs = [a_listing(session, project, Side.NEED, f"Nähen {n}").id for n in range(4)]
    session.commit()
    refused = []

    def confirm(number: int) -> None:
        with sessions() as own:
            one, other = own.get_one(Listing, needs[number]), own.get_one(Listing, offer)
            try:
                deciding.decide(own, one, other, 4, "Birte", NOON)
                own.commit()
            except NotEnough:
                refused.append(number)

    at_once(4, confirm)
    session.rollback()
    assert [match.quantity for match in session.scalars(select(Match))] == [4]
    assert len(refused) == 3


def test_a_gap_becomes_a_question_that_says_where_it_comes_from(
    desk: FlaskClient, session: Session, project: Project, need: Listing, offer: Listing
) -> None:
    need.quantity, offer.quantity = 26, 12
    session.commit()
    page = desk.get(f"{NEEDS}/gaps/{need.id}").text
    assert "Noch gibt es keine Werkstatt" in page
    workshop = prepare(session, project, "key", "werkstatt", "Werkstatt", ["Was fehlt?"], NOON)
    session.commit()
    page = desk.get(f"{NEEDS}/gaps/{need.id}").text
    assert "14 von 26 finden nichts." in page
    assert 'value="Wie schaffen wir das: Ein Ort zum Nähen?"' in page
    key = re.findall(r'name="key"[^>]*value="([^"]+)"', page)[0]
    said = {"key": key, "question": "Wo können zehn Menschen nähen?", "workshop": workshop.slug}
    for _ in range(2):  # sent twice it is one question
        assert desk.post(f"{NEEDS}/gaps/{need.id}", data=said).status_code == 303
    board = session.scalars(select(Board).filter_by(workshop_id=workshop.id, position=1)).one()
    (question,) = board.challenges
    assert question.question == said["question"]
    assert question.origin == (
        "Aus der Liste der Lücken: N1 „Ein Ort zum Nähen“; 14 von 26 finden nichts."
    )
    desk.post(f"/p/buch/workshops/{workshop.slug}/front", data={"board": "1"})
    assert question.origin in desk.get(f"/p/buch/workshops/{workshop.slug}").text
    assert session.scalar(select(Workshop)) is workshop


@pytest.fixture
def asked(
    desk: FlaskClient, session: Session, project: Project, need: Listing
) -> Callable[[], Board]:
    """Ask a workshop what is missing, and return the board."""
    prepare(session, project, "key", "werkstatt", "Werkstatt", ["Was fehlt?"], NOON)
    session.commit()

    def ask() -> Board:
        said = {"key": "a form", "question": "Was nun?", "workshop": "werkstatt"}
        assert desk.post(f"{NEEDS}/gaps/{need.id}", data=said).status_code == 303
        session.rollback()
        return session.scalars(select(Board).filter_by(position=1)).one()

    return ask


def test_a_board_tells_no_small_number_of_people(
    session: Session, offer: Listing, asked: Callable[[], Board]
) -> None:
    origin = asked().challenges[0].origin
    assert "Ein Ort zum Nähen" in origin
    assert not any(number in origin for number in ("4", "10"))


def test_a_board_tells_no_number_that_leaves_few_others(
    session: Session, need: Listing, offer: Listing, asked: Callable[[], Board]
) -> None:
    need.quantity = 20  # of whom 6 are served
    session.commit()
    origin = asked().challenges[0].origin
    assert "Ein Ort zum Nähen" in origin
    assert not any(number in origin for number in ("14", "20"))


def test_the_filled_plan_leads_to_what_people_have_said(
    desk: FlaskClient, need: Listing, offer: Listing
) -> None:
    assert f'href="{NEEDS}/proposals"' in desk.get(NEEDS).text
    page = desk.get(f"{NEEDS}/register/{offer.id}").text
    assert f'href="/p/buch/calendar/new?offer={offer.id}"' in page


def test_a_board_does_not_name_who_is_not_public(
    desk: FlaskClient,
    session: Session,
    project: Project,
    need: Listing,
    asked: Callable[[], Board],
) -> None:
    owner = an_organisation(project, "O1", "Radhaus", naming=Naming.NETWORK)
    session.add(owner)
    session.flush()
    need.title, need.organisation_id = "Radhaus sucht eine Nähstube", owner.id
    session.commit()
    assert "schaffen wir das: Radhaus" not in desk.get(f"{NEEDS}/gaps/{need.id}").text
    board = asked()
    assert "Radhaus" not in board.title + board.challenges[0].origin


def test_without_a_gap_a_question_comes_from_nowhere(
    session: Session, need: Listing, offer: Listing, asked: Callable[[], Board]
) -> None:
    offer.quantity = 10
    session.commit()
    assert asked().challenges[0].origin == ""


def test_who_was_merged_goes_by_the_name_kept_and_fits_not_itself(
    desk: FlaskClient, session: Session, project: Project, need: Listing, offer: Listing
) -> None:
    gone, kept = (an_organisation(project, f"O{n}", f"Radhaus {n}") for n in (1, 2))
    other = an_organisation(project, "O3", "Nadel")
    session.add_all([gone, kept, other])
    session.flush()
    need.organisation_id, offer.organisation_id = gone.id, other.id
    merge(session, project, gone, kept, by="Birte", now=NOON)
    session.commit()
    page = desk.get(NEEDS).text
    assert "<bdi>Radhaus 2</bdi>" in page
    assert "Radhaus 1" not in page
    offer.organisation_id = kept.id
    session.commit()
    assert "Bestätigen" not in desk.get(NEEDS).text


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let even two needs be too many to compare while somebody waits."""
    monkeypatch.setattr("agency.solving.SMALL", 0)


def test_a_large_plan_is_searched_for_beside_what_people_do(
    desk: FlaskClient, session: Session, need: Listing, offer: Listing, pair: str, large: None
) -> None:
    page = desk.get(NEEDS).text
    assert "Die Vorschläge werden gerade berechnet" in page
    assert "Bestätigen" not in page
    assert session.scalars(select(Solved.state)).one()  # the search is over by now
    assert "6 von 10 versorgt" in desk.get(NEEDS).text
    assert "4 von 10 finden nichts." in desk.get(f"{NEEDS}/gaps/{need.id}").text
    assert "sind fertig" in desk.get(f"{NEEDS}/progress/persons").text
    desk.post(pair, data={"quantity": "5"})
    page = desk.get(NEEDS).text  # what was found is not the best any more
    assert "Die Vorschläge werden gerade berechnet" in page
    assert "5 bestätigt" in page
    assert "6 von 10 versorgt" in desk.get(NEEDS).text


def test_only_one_searches_and_whoever_is_lost_is_replaced(
    session: Session, project: Project, need: Listing, offer: Listing
) -> None:
    def begins(minutes: int) -> bool:
        plan = planning.plans_of(session, project, NOON.date())[need.people]
        now = NOON + timedelta(minutes=minutes)
        return solving.begin(session, project, need.people, plan.task, now)

    assert [begins(minutes) for minutes in (0, 1, 9, 11, 12)] == [
        True,
        False,
        False,
        True,
        False,
    ]
    need.quantity = 11
    session.flush()
    assert begins(12)


def test_many_pairs_and_gaps_are_looked_through_page_by_page(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    for number, name in enumerate("abcdefghijkl"):
        a_listing(session, project, Side.NEED, f"Bedarf {name * 3}", quantity=number + 2)
        a_listing(session, project, Side.OFFER, f"Angebot {number}", quantity=number + 1)
    session.commit()
    first = desk.get(NEEDS).text
    assert first.count('<li class="card match">') == 10
    assert "Seite 1 von 2" in first
    second = desk.get(f"{NEEDS}?pairs=2").text
    assert 0 < second.count('<li class="card match">') < 10
    found = desk.get(f"{NEEDS}?q=bedarf+lll").text
    assert "Bedarf lll" in found
    assert "Bedarf kkk" not in found
    assert "Kein Paar ist so." in desk.get(f"{NEEDS}?q=unbekannt").text
    assert desk.get(f"{NEEDS}?pairs=99&gaps=x").status_code == 200


@pytest.mark.parametrize(
    ("lost", "why"), [("offer", "F1 wurde gelöscht."), ("need", "N1 ist nicht mehr gültig.")]
)
def test_a_confirmed_pair_of_which_one_side_is_gone_is_listed_and_the_other_is_free(
    desk: FlaskClient,
    session: Session,
    project: Project,
    need: Listing,
    offer: Listing,
    pair: str,
    lost: str,
    why: str,
) -> None:
    desk.post(pair, data={"quantity": "5"})
    if lost == "offer":
        desk.post(f"{NEEDS}/register/{offer.id}/removal")
        a_listing(session, project, Side.OFFER, "Nähstube 2", quantity=10)
    else:
        need.valid_until = NOON.date() - timedelta(days=400)
        a_listing(session, project, Side.NEED, "Ein anderer Ort", quantity=6)
    session.commit()
    page = desk.get(NEEDS).text
    assert "Bestätigt, aber eine Seite fehlt" in page
    assert why in page
    assert ("10 von 10 versorgt" if lost == "offer" else "6 von 6 versorgt") in page
    assert "Von der Liste nehmen" in page
    desk.post(f"{pair}/removal")
    assert "Bestätigt, aber eine Seite fehlt" not in desk.get(NEEDS).text
