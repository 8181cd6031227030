"""Other ways to look at a network: the map, the projector, the picture as a file."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import downloading, web
from core.db import db
from networks.routes.showing import Shown, as_numbers, desk, wave
from people.current import open_to
from people.models import Naming, Role
from people.words import LOCALITIES

KINDS = {"svg": "image/svg+xml", "png": "image/png"}


@desk.get("/<slug>/map")
@open_to(Role.TASK_FORCE)
def localities(slug: str) -> ResponseReturnValue:
    """The ties between the localities, as a schematic map and as a table."""
    from networks.localities import map_of  # noqa: PLC0415 - heavy

    shown = Shown(wave(slug))
    view = shown.view(request.args)
    part = shown.analysis(view.selection).network
    drawn = map_of(part, shown.audience, lambda code: gettext(LOCALITIES[code]))
    return render_template("networks/map.html", view=view, map=drawn, **shown.frame())


@desk.get("/<slug>/projector")
@open_to(Role.TASK_FORCE)
def project(slug: str) -> ResponseReturnValue:
    """The picture for everyone in a room: large, dark, and nothing to press."""
    shown = Shown(wave(slug))
    view = shown.view(request.args)
    analysis = shown.analysis(view.selection)
    bridge = analysis.bridge.node.code if analysis.bridge else ""
    chosen = view.ego if view.ego in analysis.network.nodes else bridge
    return render_template(
        "networks/projector.html",
        view=view,
        analysis=analysis,
        picture=shown.picture(view, chosen),
        **shown.frame(),
    )


@desk.get("/<slug>/picture.<any(svg, png):format>")
@open_to(Role.TASK_FORCE)
def picture(slug: str, format: str) -> ResponseReturnValue:
    """The picture of the current selection and layers as a file, with names by consent."""
    from core.pictures import as_png  # noqa: PLC0415 - heavy
    from networks.depicting import depict  # noqa: PLC0415 - heavy

    shown = Shown(wave(slug)).for_audience(Naming.NETWORK)
    view = shown.view(request.args)
    svg = depict(shown.drawing(view, view.ego), view.ego, gettext)
    content = as_png(svg) if format == "png" else svg.encode()
    return downloading.download(content, format, slug, KINDS[format])


@desk.get("/<slug>/drawing.json")
@open_to(Role.TASK_FORCE)
def drawing(slug: str) -> ResponseReturnValue:
    """The picture as numbers, for a browser that draws it; names as the reader may see them."""
    shown = Shown(wave(slug))
    return as_numbers(*shown.sketch(shown.view(request.args)))


@desk.post("/<slug>/order")
def order(slug: str) -> ResponseReturnValue:
    """Lay out the picture anew; everyone gets another place."""
    from networks.placing import order_anew  # noqa: PLC0415 - heavy

    shown = Shown(wave(slug))

    order_anew(db.session, shown.survey, shown.analysis().graph)
    db.session.commit()
    return web.back(url_for(".network", slug=slug), gettext("The picture is laid out anew."))
