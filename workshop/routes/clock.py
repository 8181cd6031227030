"""What the facilitator does beside the phases: the clock, the cards' backs, the hosts."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import web
from core.clock import now
from core.db import db
from people.current import find
from workshop import counting, hosting, posting, timing
from workshop.models import Participant, Workshop
from workshop.routes.desk import bp

LONGEST = 600  # minutes


@bp.post("/<slug>/clock")
def set_clock(slug: str) -> ResponseReturnValue:
    """Start the clock of the board at the front, stop it, or add to it."""
    board, minutes = find(Workshop, slug=slug).board, request.form.get("minutes", type=int)
    match request.form.get("act"):
        case "start" if minutes and 0 < minutes <= LONGEST:
            timing.start(db.session, board, minutes, now())
        case "start":
            said = gettext("The clock takes 1 to %(most)s minutes.", most=LONGEST)
            return web.back(url_for(".workshop", slug=slug), said)
        case "more":
            timing.add_minutes(db.session, board, now())
        case "stop":
            timing.stop(db.session, board, now())
        case "go on":
            timing.go_on(db.session, board, now())
        case "away":
            timing.start(db.session, board, 0, now())
        case _:
            abort(422)
    db.session.commit()
    return web.back(url_for(".workshop", slug=slug), "")


@bp.post("/<slug>/cover")
def cover(slug: str) -> ResponseReturnValue:
    workshop = find(Workshop, slug=slug)

    posting.cover(db.session, workshop.board, request.form.get("cover") == "yes")
    db.session.commit()
    return web.back(url_for(".workshop", slug=slug), "")


@bp.get("/<slug>/hosts")
def hosts(slug: str) -> ResponseReturnValue:
    """Everyone in the room, to choose who hosts a table."""
    workshop, name = find(Workshop, slug=slug), request.args.get("name", "").strip()
    people = counting.people_of(db.session, workshop.board)
    if name:
        people = [each for each in people if name.casefold() in each.name.casefold()]
    tables = hosting.tables(db.session, workshop)
    facts = {"workshop": workshop, "name": name, "people": people, "tables": tables}
    return render_template("workshop/hosts.html", **facts)


@bp.post("/<slug>/hosts/<id:participant_id>")
def appoint(slug: str, participant_id: int) -> ResponseReturnValue:
    workshop = find(Workshop, slug=slug)
    participant = find(Participant, id=participant_id, workshop_id=workshop.id)

    hosting.appoint(db.session, participant, request.form.get("host") == "yes")
    db.session.commit()
    return web.back(url_for(".hosts", slug=slug), gettext("Saved."))
