"""What would carry the network if one, two or three organisations were not there?"""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from core.forms import tidy
from networks.routes.showing import Shown, desk, wave
from networks.wording import pieces
from people.naming import fold

FIRST = 12  # organisations to choose from, if nobody searches


@desk.get("/<slug>/without")
def without(slug: str) -> ResponseReturnValue:
    """Compare the network with what is left of it."""
    from networks import removing  # noqa: PLC0415 - heavy

    shown, q = Shown(wave(slug)), tidy(request.args.get("q"))[:80]
    if not shown.network.answered:
        return render_template("networks/empty.html", **shown.frame())

    nodes, analysis = shown.network.nodes, shown.analysis()
    asked = [code for code in dict.fromkeys(request.args.getlist("code")) if code in nodes]
    chosen = asked[: removing.MOST]
    ranked = sorted(analysis.standings, key=lambda s: (-s.betweenness, -s.degree))
    matching = [
        each.node
        for each in ranked
        if each.node.code not in chosen and fold(q) in fold(shown.called(each.node))
    ]
    return render_template(
        "networks/without.html",
        q=q,
        chosen=[nodes[code] for code in chosen],
        choices=matching if q else matching[:FIRST],
        change=removing.without(analysis.graph, chosen) if chosen else None,
        too_many=len(asked) > removing.MOST,
        most=removing.MOST,
        places=shown.places,
        everyone=shown.network.circle,
        pieces=pieces,
        **shown.frame(),
    )
