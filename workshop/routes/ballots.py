"""Marking ballots, and the list of all of them once a vote is over."""

from typing import Any

from flask import abort, current_app, render_template
from flask.typing import ResponseReturnValue

from core import web
from core.clock import now
from core.db import db
from workshop import timing
from workshop.current import current_actor, current_participant
from workshop.forms import MarkForm
from workshop.routes.rooms import bp
from workshop.routes.seeing import seat_of, votes_of, way_back
from workshop.voting.ballots import voter_of
from workshop.voting.marking import NoVote, left, mark
from workshop.voting.opening import counted_rounds, latest_round
from workshop.voting.results import FEWEST, options_of


@bp.post("/w/<code>/ballot/<option>")
def mark_ballot(code: str, option: str) -> ResponseReturnValue:
    """Let one's ballot say something of an option; nothing takes it back."""
    viewer, form = current_participant(code), MarkForm()
    actor, board = current_actor(viewer), viewer.workshop.board
    if not form.validate():
        abort(422)

    timing.check(db.session, board, now())
    round = latest_round(db.session, board)
    if not round:
        raise NoVote
    voter = voter_of(current_app.extensions["keys"], round, actor)
    before = left(db.session, round, voter)
    mark(db.session, board, round, voter, option, form.value.data)
    db.session.commit()
    if not web.wants_part():
        return web.back(way_back(viewer, actor, f"option-{option}"), "")
    return _marked(option, bool(before), votes_of(viewer))


def _marked(option: str, before: bool, facts: dict[str, Any]) -> ResponseReturnValue:
    """Send the card that was marked, and all of them when they look different from now on."""
    if before is not bool(facts["left"]):
        return web.swap("workshop/public/_votes.html", otherwise="", notice="", **facts)
    marked = next(each for each in facts["options"] if each.key == option)
    card = web.swap(
        "workshop/public/_marked.html", otherwise="", notice="", marked=marked, **facts
    )
    answer = current_app.make_response(card)
    answer.headers["HX-Retarget"] = f"#option-{option}"
    return answer


@bp.get("/w/<code>/ballots/<id:number>")
def ballots(code: str, number: int) -> ResponseReturnValue:
    """All ballots of a counted round, nameless: everyone finds theirs and may count again."""
    viewer = current_participant(code)
    rounds = counted_rounds(db.session, viewer.workshop.board)
    round = next((each for each in rounds if each.number == number), None) or abort(404)
    papers = round.papers or []
    return render_template(
        "workshop/public/ballots.html",
        round=round,
        options=options_of(round),
        papers=papers if len(papers) >= FEWEST else [],
        **seat_of(viewer),
    )
