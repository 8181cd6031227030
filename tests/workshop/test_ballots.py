"""The pages of a vote: by each method a ballot is marked, counted, and can be counted again."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from core.keys import Keyring
from tests.workshop.room import HTMX, browser_in, go_to
from workshop.models import Board, Idea, Method, Phase, Workshop
from workshop.voting.opening import latest_round

PAGE = "/p/buch/workshops/buch"
RULE = {"dots_each": 3, "dots_per_idea": 2, "seats": 1}
SAYING = {
    Method.DOTS: "Wohin mit den 3 Punkten?",
    Method.APPROVAL: "Wozu sagen Sie Ja?",
    Method.SCORE: "Wie viele Punkte bekommt jede Idee?",
    Method.BUDGET: "Wofür soll das Geld ausgegeben werden?",
    Method.OPINION: "Stimmen Sie zu?",
}


@pytest.mark.parametrize("method", [*Method])
def test_a_vote_from_its_rule_to_its_result(
    app: Flask, desk: FlaskClient, session: Session, keys: Keyring, workshop: Workshop,
    board: Board, bikes: Idea, sewing: Idea, method: Method,
) -> None:  # fmt: skip
    costs = {f"cost_{idea.id}": "100" for idea in (bikes, sewing)}
    form = {"method": str(method), "money": "150", **RULE, **costs}
    assert desk.post(f"{PAGE}/vote", data=form).status_code == 303
    assert desk.post(f"{PAGE}/phase", data={"from": "collect", "to": "vote"}).status_code == 303
    people = [browser_in(workshop, app, f"P{number}") for number in range(6)]
    home = f"/w/{workshop.code}"
    for number, person in enumerate(people):
        assert SAYING[method] in person.get(home).text
        idea = sewing if number else bikes
        answer = person.post(f"{home}/ballot/i{idea.id}", data={"value": "1"}, headers=HTMX)
        assert answer.status_code == 200
        person.post(f"{home}/ready", data={"ready": "yes"})
    assert "<dd>6</dd>" in desk.get(f"{PAGE}/room").text
    assert desk.post(f"{PAGE}/phase", data={"from": "vote", "to": "result"}).status_code == 303

    result = people[1].get(home).text
    assert result.index(sewing.title) < result.index(bikes.title)
    assert "6 Personen haben abgestimmt." in result
    round = latest_round(session, board)
    assert round and round.result and round.result["winners"] == [f"i{sewing.id}"]
    ballots = people[1].get(f"{home}/ballots/1").text
    assert all(paper["receipt"] in ballots for paper in round.papers or [])
    assert round.result["papers_hash"] in ballots
    other = desk.get(f"{PAGE}/rounds/1/rules").text
    assert ("diese Abstimmung" in other) is (method is not Method.OPINION)
    assert desk.get(f"{PAGE}/rounds/2/rules").status_code == 404
    assert people[0].get(f"{PAGE}/rounds/1/rules").status_code == 303


def test_fewer_than_five_ballots_are_not_listed(
    app: Flask, session: Session, keys: Keyring, workshop: Workshop, voting: Board,
    phone: FlaskClient, bikes: Idea,
) -> None:  # fmt: skip
    home = f"/w/{workshop.code}"
    phone.post(f"{home}/ballot/i{bikes.id}", data={"value": "1"})
    go_to(session, keys, voting, Phase.RESULT)
    round = latest_round(session, voting)
    assert round and round.papers
    assert round.papers[0]["receipt"] not in phone.get(f"{home}/ballots/1").text
    assert phone.get(f"{home}/ballots/2").status_code == 404


def test_ballots_are_not_listed_before_the_count(
    workshop: Workshop, voting: Board, phone: FlaskClient
) -> None:
    assert phone.get(f"/w/{workshop.code}/ballots/1").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"seats": "0"},
        {"seats": "x"},
        {"method": "lot"},
        {"method": "budget"},
        {"dots_each": ""},
    ],
)
def test_a_rule_that_cannot_be_is_explained_at_its_field(
    desk: FlaskClient, session: Session, board: Board, bikes: Idea, wrong: dict[str, str]
) -> None:
    answer = desk.post(f"{PAGE}/vote", data={"method": "dots", **RULE, **wrong})
    assert answer.status_code == 422
    assert "error" in answer.text


def test_the_agenda_is_planned(desk: FlaskClient, session: Session, board: Board) -> None:
    planned = {"minutes_collect": "20", "minutes_discuss": "0", "minutes_vote": "5"}
    assert desk.post(f"{PAGE}/agenda", data=planned).status_code == 303
    session.refresh(board)
    phases = [(item["phase"], item["minutes"]) for item in board.agenda]
    assert phases == [("collect", 20), ("discuss", 0), ("vote", 5)]
    page = desk.get(PAGE).text
    assert "Weiter: Besprechen" in page
    for wrong in ({}, {"minutes_vote": "-1"}, {"minutes_vote": "x"}):
        assert desk.post(f"{PAGE}/agenda", data=wrong).status_code == 422


@pytest.mark.parametrize("phase", [*Phase])
def test_every_phase_has_its_page_on_every_screen(
    desk: FlaskClient, session: Session, workshop: Workshop, board: Board, phone: FlaskClient,
    keys: Keyring, bikes: Idea, phase: Phase,
) -> None:  # fmt: skip
    if phase in (Phase.RESULT, Phase.DECIDE, Phase.DEVELOP, Phase.CLOSED):
        go_to(session, keys, board, Phase.VOTE, Phase.RESULT)
    if phase is not board.phase:
        go_to(session, keys, board, phase)
    assert phone.get(f"/w/{workshop.code}").status_code == 200
    for page in ("", "/room", "/projector", "/projector/wall", "/minutes", "/agenda", "/vote"):
        assert desk.get(PAGE + page).status_code == 200
