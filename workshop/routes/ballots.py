"""Marking ballots, and the list of all of them once a vote is over."""

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
from workshop.voting.marking import vote
from workshop.voting.opening import counted_rounds
from workshop.voting.results import FEWEST, options_of


@bp.post("/w/<code>/ballot/<option>")
def mark_ballot(code: str, option: str) -> ResponseReturnValue:
    """Let one's ballot say something of an option; nothing takes it back."""
    viewer, form = current_participant(code), MarkForm()
    actor, board = current_actor(viewer), viewer.workshop.board
    if not form.validate():
        abort(422)

    timing.check(db.session, board, now())
    vote(db.session, current_app.extensions["keys"], board, actor, option, form.value.data)
    db.session.commit()
    return web.swap(
        "workshop/public/_votes.html",
        otherwise=way_back(viewer, actor, f"option-{option}"),
        notice="",
        **votes_of(viewer),
    )


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
