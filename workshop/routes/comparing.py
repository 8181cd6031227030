"""Other rules on the same ballots, for the facilitators alone."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from core.db import db
from people.current import find
from workshop.counting import merged_on, outcome
from workshop.models import Workshop
from workshop.routes.desk import bp
from workshop.voting.comparing import compare
from workshop.voting.opening import counted_rounds
from workshop.voting.saying import rule_of


@bp.get("/<slug>/rounds/<id:number>/rules")
def other_rules(slug: str, number: int) -> ResponseReturnValue:
    """What other rules would have chosen; nothing of it is shown in the room."""
    workshop = find(Workshop, slug=slug)
    rounds = counted_rounds(db.session, workshop.board)
    round = next((each for each in rounds if each.number == number), None) or abort(404)
    return render_template(
        "workshop/rules.html",
        workshop=workshop,
        round=round,
        rule=rule_of(round),
        columns=compare(round, merged_on(db.session, workshop.board)),
        places=outcome(db.session, workshop.board, round),
    )
