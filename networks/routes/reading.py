from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.db import db
from networks.forms import FIRST_ROWS, View
from networks.network import Selection, waves
from networks.routes.findings import findings_read
from networks.routes.introductions import first_pairs
from networks.routes.showing import Shown, desk, wave
from people.current import current_project, find, open_to
from people.models import Organisation, Role, Side


@desk.get("")
@open_to(Role.TASK_FORCE)
def index() -> ResponseReturnValue:
    """Lead to the newest wave that somebody has answered."""
    surveys = waves(db.session, current_project())
    answered = [each for each in surveys if Shown(each).network.answered]
    for survey in answered or surveys:
        return redirect(url_for(".network", slug=survey.slug))
    return render_template("networks/empty.html", survey=None)


@desk.get("/<slug>")
@open_to(Role.TASK_FORCE)
def network(slug: str) -> ResponseReturnValue:
    """The picture, what it shows, and the table of all organisations."""
    shown, view = Shown(wave(slug)), View.of(request.args)
    if not shown.network.answered:
        return render_template("networks/empty.html", **shown.frame())

    analysis = shown.analysis(view.selection)
    chosen = analysis.bridge.node if analysis.bridge else None
    listed = view.listed(analysis.standings, shown.called)
    return render_template(
        "networks/network.html",
        view=view,
        analysis=analysis,
        picture=shown.picture(view.selection, chosen.code if chosen else ""),
        chosen=chosen,
        listed=listed if view.all or view.q or view.kind else listed[:FIRST_ROWS],
        matching=len(listed),
        kinds=sorted({each.node.kind for each in analysis.standings if each.node.kind}),
        **(first_pairs(shown) | findings_read(shown)),
        **shown.frame(),
    )


@desk.get("/<slug>/<code>")
@open_to(Role.TASK_FORCE)
def organisation(slug: str, code: str) -> ResponseReturnValue:
    """One organisation: its ties, its wishes, what it needs and offers."""
    shown = Shown(wave(slug))
    net = shown.network
    node = net.nodes.get(code) or net.silent.get(code) or abort(404)
    row = find(Organisation, code=code) if node.registered else None
    is_named = node.is_named_for(shown.audience)
    terms = row.terms if row and is_named else []
    standing = next((s for s in shown.analysis().standings if s.node.code == code), None)
    return render_template(
        "networks/organisation.html",
        node=node,
        row=row if is_named else None,
        standing=standing,
        ties=net.ties_of(code),
        wished=[wish for wish in net.wishes if wish.source == code],
        wished_by=[wish for wish in net.wishes if wish.target == code],
        needs=[term.term for term in terms if term.side == Side.NEED],
        offers=[term.term for term in terms if term.side == Side.OFFER],
        picture=shown.picture(Selection(), code) if code in net.nodes else "",
        **shown.frame(),
    )
