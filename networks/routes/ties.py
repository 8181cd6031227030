from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import clock, web
from core.db import db
from core.forms import tidy
from networks.judging import judge, reopen
from networks.roster import roster_of
from networks.routes.forms import VerdictForm
from networks.routes.showing import Shown, desk, wave
from networks.staff_words import HOLDS
from networks.tying import Holds, State, Tie
from people.current import current_project, current_staff, find, open_to
from people.models import Organisation, Role
from people.naming import fold

WORK = [State.CONTRADICTED, State.SETTLED, State.REJECTED, State.DENIED]


@desk.get("/<slug>/ties")
def ties(slug: str) -> ResponseReturnValue:
    """The ties about which accounts differ, and what became of them: a list to work on."""
    shown = Shown(wave(slug))
    wanted = request.args.get("state", "")
    state = State(wanted) if wanted in WORK else State.CONTRADICTED
    about, q = request.args.get("about", ""), tidy(request.args.get("q"))[:80]
    known = [each for each in (*shown.network.ties, *shown.network.apart) if each.state in WORK]
    found = [each for each in known if each.state == state and _is_about(each, about)]
    return render_template(
        "networks/ties.html",
        found=sorted((e for e in found if _is_called(shown, e, q)), key=lambda e: e.pair),
        counts={each: sum(tie.state == each for tie in known) for each in WORK},
        state=state,
        about=about,
        q=q,
        **shown.frame(),
    )


@desk.get("/<slug>/ties/<a>/<b>")
@open_to(Role.TASK_FORCE)
def tie(slug: str, a: str, b: str) -> ResponseReturnValue:
    """Two organisations: what each said of their tie, and what others know of it."""
    return _page(Shown(wave(slug)), a, b, VerdictForm())


@desk.post("/<slug>/ties/<a>/<b>/verdict")
def judge_tie(slug: str, a: str, b: str) -> ResponseReturnValue:
    """Say whose account holds, and go on with the next contradicted tie."""
    shown, form = Shown(wave(slug)), VerdictForm()
    a, b = _ends(shown, a, b)
    one, other = find(Organisation, code=a), find(Organisation, code=b)
    between = shown.network.between(a, b)
    if between is None or not (between.ruling or between.state == State.CONTRADICTED):
        return web.back(url_for(".tie", slug=slug, a=a, b=b), gettext("Nothing is open here."))
    if not form.validate():
        return _page(shown, a, b, form), 422

    said = Holds(form.holds.data), form.reason.data, current_staff().called, clock.now()
    judge(db.session, shown.survey, one, other, *said)
    db.session.commit()
    undo = url_for(".reopen_tie", slug=slug, a=a, b=b)
    left = [each.pair for each in Shown(shown.survey).network.doubtful]
    if not left:
        notice = gettext("Decided. No tie is contradicted any more.")
        return web.back(url_for(".ties", slug=slug), notice, undo=undo)
    following = next((pair for pair in left if pair > (a, b)), left[0])
    page = url_for(".tie", slug=slug, a=following[0], b=following[1])
    return web.back(page, gettext("Decided. This is the next one."), undo=undo)


@desk.post("/<slug>/ties/<a>/<b>/verdict/removal")
def reopen_tie(slug: str, a: str, b: str) -> ResponseReturnValue:
    """Take back what was decided."""
    shown = Shown(wave(slug))
    a, b = _ends(shown, a, b)
    roster = roster_of(db.session, current_project())

    reopen(db.session, shown.survey, roster.numbers(a), roster.numbers(b))
    db.session.commit()
    return web.back(url_for(".tie", slug=slug, a=a, b=b), gettext("The tie is open again."))


def _page(shown: Shown, a: str, b: str, form: VerdictForm) -> str:
    a, b = _ends(shown, a, b)
    nodes, between = shown.network.everyone, shown.network.between(a, b)
    recorded = next((e for e in shown.network.recorded if e.pair == (a, b)), None)
    waiting = [each.pair for each in shown.network.doubtful]
    return render_template(
        "networks/tie.html",
        one=nodes[a],
        other=nodes[b],
        tie=between,
        seen=recorded.seen if recorded else between.seen if between else (),
        words={each.source: each for each in between.words} if between else {},
        form=form,
        HOLDS=HOLDS,
        left=len(waiting),
        is_open=(a, b) in waiting,
        can_judge=nodes[a].registered and nodes[b].registered,
        **shown.frame(),
    )


def _ends(shown: Shown, a: str, b: str) -> tuple[str, str]:
    """Return two codes in their order; who is unknown or the same is nowhere."""
    nodes = shown.network.everyone
    if a == b or a not in nodes or b not in nodes:
        abort(404)
    return min(a, b), max(a, b)


def _is_about(each: Tie, about: str) -> bool:
    return about not in ("answers", "sides") or bool(each.torn) == (about == "answers")


def _is_called(shown: Shown, each: Tie, q: str) -> bool:
    nodes = shown.network.everyone
    return any(fold(q) in fold(shown.called(nodes[code])) for code in each.pair)
