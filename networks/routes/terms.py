from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from core.db import db
from networks import columns
from networks.offering import Offers
from networks.roster import said_in
from networks.routes.choosing import FIRST_PAIRS, ListedTerms
from networks.routes.showing import Shown, desk, wave
from people.current import current_project, open_to
from people.models import Role, Side
from people.taxonomy import GROUPS

MOST = 700  # ties in one picture: more can be drawn, but not read


@desk.get("/<slug>/terms")
@open_to(Role.TASK_FORCE)
def terms(slug: str) -> ResponseReturnValue:
    """Who needs and offers what, who shares it, and what meets."""
    shown, view = Shown(wave(slug)), ListedTerms.of(request.args)
    circle = shown.network.nodes | shown.network.silent
    nodes = {code: each for code, each in circle.items() if each.is_named_for(shown.audience)}
    said = [each for each in said_in(db.session, current_project()) if each.code in circle]
    offers = Offers(view.shown(said, {code: node.sector for code, node in nodes.items()}))
    return render_template(
        "networks/terms.html",
        view=view,
        nodes=nodes,
        veiled=len({each.code for each in said} - nodes.keys()),
        listed=view.listed(
            offers.demands, lambda code: shown.terms.label(code, shown.language)
        ),
        tied={frozenset((each.a, each.b)) for each in shown.network.ties},
        groups=GROUPS,
        **_pairs(offers, view),
        **_picture(offers, shown),
        **shown.frame(),
    )


def _pairs(offers: Offers, view: ListedTerms) -> dict[str, Any]:
    """Return who shares what and whose need meets whose offer, at first the strongest."""
    shared = [*offers.common(Side.NEED), *offers.common(Side.OFFER)]
    shared.sort(key=lambda each: -each.weight)
    first = None if view.all else FIRST_PAIRS
    return {
        "offers": offers, "shared": shared, "pairs": shared[:first],
        "meetings": offers.meetings[:first],
    }  # fmt: skip


def _picture(offers: Offers, shown: Shown) -> dict[str, Any]:
    return {
        "drawn": columns.columns(offers.said) if len(offers.said) <= MOST else None,
        "at": columns,
        "demands": {each.term: each for each in offers.demands},
        "telling": {each.code for each in offers.said},
        "shortly": lambda node: node.called_shortly(shown.audience, shown.language),
    }
