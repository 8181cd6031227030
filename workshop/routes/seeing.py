"""What participants see: the page of each phase, and the parts of which it is made."""

from typing import Any

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from core import live, web
from core.clock import now
from core.db import db
from core.i18n import language
from people.models import Naming, Organisation
from people.naming import display_name
from workshop import hosting, posting, readiness, showing
from workshop.cards.reading import table_of
from workshop.current import current_actor, in_hands
from workshop.following import following
from workshop.following.following import Course
from workshop.following.saying import OUTCOMES, STATES
from workshop.forms import IdeaForm, SeatForm
from workshop.models import Board, Participant, Phase
from workshop.moving import AFTER
from workshop.voting.ballots import Voter, voter_of
from workshop.voting.marking import left, marks_of
from workshop.voting.models import Round
from workshop.voting.opening import counted_rounds, latest_round
from workshop.voting.results import options_of
from workshop.voting.saying import PURPOSES, rule_of


def page_of(viewer: Participant) -> ResponseReturnValue:
    """Show the page of the phase in which the room is."""
    if viewer.workshop.board.phase is Phase.COLLECT:
        return collecting(viewer, IdeaForm())
    return whole_page(viewer)


def whole_page(viewer: Participant) -> str:
    """Render the page of the phase."""
    page, facts = shown_to(viewer)
    return render_template(page, **facts)


def shown_to(viewer: Participant) -> tuple[str, dict[str, object]]:
    """Return the template of the phase, and what it shows."""
    phase = viewer.workshop.board.phase
    match phase:
        case Phase.COLLECT:
            page, facts = "collect", mine_of(viewer, IdeaForm(formdata=None))
        case Phase.VOTE:
            page, facts = "vote", votes_of(viewer)
        case Phase.RESULT | Phase.DECIDE | Phase.DEVELOP | Phase.CLOSED:
            page, facts = "result", after_of(viewer)
        case Phase.LOBBY | Phase.REVEAL | Phase.CLUSTER | Phase.DISCUSS:
            page, facts = "look", seat_of(viewer)
    return f"workshop/public/{page}.html", facts | {"wall": wall(viewer, phase)}


def collecting(viewer: Participant, form: IdeaForm) -> str:
    """Show the page on which cards are written, or the part of it that is one's own."""
    if web.wants_part():
        return render_template("workshop/public/_mine.html", **mine_of(viewer, form))
    page = "workshop/public/collect.html"
    return render_template(page, wall=wall(viewer, Phase.COLLECT), **mine_of(viewer, form))


def wall(viewer: Participant, page: Phase) -> Markup:
    """The shared part for those whose page shows the phase *page*."""
    board = viewer.workshop.board
    pace, by_table = showing.pace(viewer.workshop.hall), request.args.get("by") == "table"
    part = showing.part_of(page, board.tables, viewer.table, by_table)
    is_here = request.args.get("board", board.id, type=web.row_id) == board.id

    def context() -> dict[str, object]:
        by = "table" if part == showing.BY_TABLE else None
        asked = {"code": viewer.workshop.code, "board": board.id, "page": page, "by": by}
        seen = live.seal("board", board.id, board.version)
        news = url_for(".cards", **asked, seen=seen)  # type: ignore[arg-type]
        facts = {"board": board, "news": news, "pace": pace, "page": page, "part": part}
        shown = showing.wall(db.session, board, language(), part)
        return facts | {"is_here": is_here} | shown | words()

    facets = page, pace, part, is_here
    return web.shared("workshop/public/_wall.html", board, context, *facets)


def mine_of(viewer: Participant, form: IdeaForm) -> dict[str, object]:
    """Return what the part with one's own cards shows."""
    seat = seat_of(viewer)
    mine = posting.ideas_of(db.session, viewer.workshop.board, seat["actor"])  # type: ignore[arg-type]
    return {"form": form, "mine": mine, **seat}


def votes_of(viewer: Participant) -> dict[str, object]:
    """Return what the page of a vote shows: the round, and one's own ballot."""
    board, actor = viewer.workshop.board, current_actor(viewer)
    round = latest_round(db.session, board)
    own = own_ballot(round, actor) if round else None
    return {
        "round": round,
        "rule": rule_of(round) if round else None,
        "options": [*options_of(round).values()] if round else [],
        "mine": marks_of(db.session, round, own) if round and own else {},
        "left": left(db.session, round, own) if round and own else 0,
        "receipt": own.receipt if own else "",
        **seat_of(viewer),
    }


def after_of(viewer: Participant) -> dict[str, object]:
    """Return what became of what somebody wrote, or chose on a ballot that is still theirs."""
    actor, voted, backed = current_actor(viewer), votes_of(viewer), []
    for board in viewer.workshop.boards:
        if board.phase in AFTER:
            chosen = _chosen(board, actor)
            backed += following.backed_by(db.session, board, actor, chosen)
    round: Any = voted["round"]
    mine: Any = voted["mine"]
    titles = options_of(round) if mine else {}
    marks = [mark_said(round, mine[key], titles[key].title) for key in titles if key in mine]
    after = [*map(course_said, following.courses(db.session, backed))]
    own = {"my_after": "".join(after), "my_ballot": "".join(marks)}
    return voted | {name: Markup(said) for name, said in own.items()}  # noqa: S704 - our own


def course_said(course: Course) -> str:
    """Say what became of an idea, to those who wrote or chose it."""
    return render_template("workshop/public/_course.html", course=course, **words())


def mark_said(round: Round, value: int, title: str) -> str:
    """Say what a ballot says of an option."""
    facts = {"round": round, "value": value, "title": title}
    return render_template("workshop/public/_marked_option.html", **facts)


def words() -> dict[str, object]:
    """Return how everyone reads decisions: organisations bear their names if they agreed."""

    def called(organisation: Organisation) -> str:
        return display_name(organisation, Naming.PUBLIC, language())

    return {"outcomes": OUTCOMES, "states": STATES, "called": called}


def _chosen(board: Board, actor: Participant) -> set[str]:
    """Return what *actor* said yes to in the rounds of which their ballot can be found."""
    chosen: set[str] = set()
    for round in counted_rounds(db.session, board):
        if own := own_ballot(round, actor):
            marks = marks_of(db.session, round, own)
            chosen |= {option for option, value in marks.items() if value > 0}
    return chosen


def own_ballot(round: Round, actor: Participant) -> Voter | None:
    """Return *actor* as a voter; of a secret round that is closed nobody knows any more."""
    keys = current_app.extensions["keys"]
    if round.closed and not keys.has(round.key_name):
        return None
    return voter_of(keys, round, actor)


def seat_of(viewer: Participant) -> dict[str, object]:
    """Return what every page in the room shows: who sits there, for whom, and the clock."""
    actor, board = current_actor(viewer), viewer.workshop.board
    return {
        "viewer": viewer,
        "actor": actor,
        "called": viewer.name,
        "turn": {} if actor is viewer else {"turn": actor.id},
        "table": hosting.table_of(db.session, viewer),
        "new_seat": SeatForm(formdata=None) if viewer.is_host else None,
        "is_handed": in_hands(viewer.workshop.code) is not None,
        "workshop": viewer.workshop,
        "board": board,
        "sits_at": table_of(board, viewer),
        "by_table": request.args.get("by") == "table",
        "is_ready": readiness.is_ready(board, actor),
        "clock_now": int(now().timestamp() * 1000),
        "purposes": PURPOSES,
        "coming": rule_of(board),
    }


def way_back(viewer: Participant, actor: Participant, place: str | None = None) -> str:
    """Return the page in the room, as *actor* sees it."""
    turn = {} if actor.id == viewer.id else {"turn": actor.id}
    return url_for("workshop.room", code=viewer.workshop.code, **turn, _anchor=place)  # type: ignore[arg-type]
