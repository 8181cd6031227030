from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.db import db
from networks.forms import FIRST_ROWS, FIRST_TIES, MATRIX, MOST_IN_MATRIX, View
from networks.network import waves
from networks.roster import said_in
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
    """The picture, what it shows, and the tables of all organisations and ties."""
    shown = Shown(wave(slug))
    view = shown.view(request.args)
    if (other := request.args.get("wave", "").strip()) and other != slug:
        there = wave(other).slug
        return redirect(url_for(".network", slug=there, **view.address()), 303)
    if not shown.network.answered:
        return render_template("networks/empty.html", **shown.frame())
    if view.ego:
        return _ego(shown, view)

    analysis = shown.analysis(view.selection)
    chosen = analysis.bridge.node if analysis.bridge else None
    return render_template(
        "networks/network.html",
        analysis=analysis,
        picture=shown.picture(view, chosen.code if chosen else ""),
        chosen=chosen,
        kinds=sorted({each.node.kind for each in analysis.standings if each.node.kind}),
        **tables(shown, view),
        **(first_pairs(shown) | findings_read(shown)),
        **shown.frame(),
    )


@desk.get("/<slug>/<code>")
@open_to(Role.TASK_FORCE)
def organisation(slug: str, code: str) -> ResponseReturnValue:
    """One organisation: its ties, its wishes, what it needs and offers."""
    shown = Shown(wave(slug))
    net = shown.network
    node = net.everyone.get(code) or abort(404)
    row = find(Organisation, code=code) if node.registered else None
    is_named = node.is_named_for(shown.audience)
    said = said_in(db.session, current_project()) if row and is_named else []
    terms = [each for each in said if each.code == code]
    standing = next((s for s in shown.analysis().standings if s.node.code == code), None)
    return render_template(
        "networks/organisation.html",
        node=node,
        row=row if is_named else None,
        standing=standing,
        ties=net.ties_of(code),
        recorded=[each for each in net.recorded if code in each.pair],
        apart=[each for each in net.apart if code in each.pair],
        voice=net.voices.get(code),
        wished=[wish for wish in net.wishes if wish.source == code],
        wished_by=[wish for wish in net.wishes if wish.target == code],
        needs=[term.term for term in terms if term.side == Side.NEED],
        offers=[term.term for term in terms if term.side == Side.OFFER],
        picture=shown.picture(View(), code) if code in net.nodes else "",
        **shown.frame(),
    )


def tables(shown: Shown, view: View) -> dict[str, object]:
    """Return what the tables of a view list."""
    analysis = shown.analysis(view.selection)
    part = analysis.network
    listed = view.listed(analysis.standings, shown.called)
    ties = view.listed_ties(part.ties, part.nodes, shown.called)
    is_searched = view.all or view.q
    in_order = sorted(
        part.nodes.values(), key=lambda node: (node.sector, shown.called(node).casefold())
    )
    is_small = len(in_order) <= MOST_IN_MATRIX
    between = {frozenset((each.a, each.b)): each for each in part.ties}
    return {
        "view": view,
        "listed": listed if is_searched or view.kind else listed[:FIRST_ROWS],
        "matching": len(listed),
        "listed_ties": ties if is_searched else ties[:FIRST_TIES],
        "matching_ties": len(ties),
        "in_order": in_order if view.table == MATRIX and is_small else [],
        "tie_between": lambda a, b: between.get(frozenset((a, b))),
    }


def _ego(shown: Shown, view: View) -> ResponseReturnValue:
    """The network as it is seen from one organisation."""
    from networks.egos import around, beside  # noqa: PLC0415 - heavy

    ego = shown.network.nodes.get(view.ego) or abort(404)
    analysis = shown.analysis(view.selection)
    is_inside = ego.code in analysis.network.nodes
    part = analysis.network
    if is_inside:
        part = around(part, analysis.graph, ego.code, view.steps)
    before, after = beside(analysis.network.nodes.values(), ego.code, shown.called)
    return render_template(
        "networks/ego.html",
        view=view,
        ego=ego,
        analysis=analysis,
        part=part,
        ties=part.ties_of(ego.code) if is_inside else [],
        recorded=[each for each in shown.network.recorded if ego.code in each.pair],
        apart=[each for each in shown.network.apart if ego.code in each.pair],
        others=[each for each in part.ties if ego.code not in (each.a, each.b)],
        picture=shown.picture(view, ego.code) if is_inside else "",
        before=before,
        after=after,
        **shown.frame(),
    )
