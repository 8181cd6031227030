from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from flask import Response, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from markupsafe import Markup

from core.db import db
from core.i18n import language
from networks.forms import FIRST_ROWS, View
from networks.keeping import Kept
from networks.network import Network, Node, Selection, has_waves, network_of, state_of, waves
from networks.words import FUTURES, SECTORS, STATES, STRENGTHS
from people import taxonomy
from people.current import current_membership, current_project, find, open_to, staff_blueprint
from people.desk import Tab, add_tab
from people.models import Naming, Organisation, Role, Side
from people.words import KINDS, LOCALITIES
from surveys.definition import text_in
from surveys.models import Survey
from surveys.routes.frozen import keep

if TYPE_CHECKING:
    from networks.analysing import Analysis
    from networks.layout import Place

desk = staff_blueprint("networks", __name__, "/networks")
blueprints = [desk]
add_tab(Tab(30, "networks.index", lazy_gettext("Network"), used=has_waves))


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
    shown, view = Shown(_wave(slug)), View.of(request.args)
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
        wishes=shown.wishes(analysis),
        **shown.frame(),
    )


@desk.get("/<slug>/<code>")
@open_to(Role.TASK_FORCE)
def organisation(slug: str, code: str) -> ResponseReturnValue:
    """One organisation: its ties, its wishes, what it needs and offers."""
    shown = Shown(_wave(slug))
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


@desk.get("/<slug>/files/<any(gexf, graphml, csv, svg, png):format>")
@open_to(Role.TASK_FORCE)
def download(slug: str, format: str) -> ResponseReturnValue:
    """The network as a file; with all names only for the team, and only when asked."""
    from networks.exporting import KINDS_OF_FILE, export  # noqa: PLC0415 - heavy

    shown = Shown(_wave(slug))
    audience = request.args.get("names", Naming.NETWORK)
    if audience == Naming.TEAM != shown.audience:
        abort(403)
    if audience not in [*Naming]:
        abort(404)
    ending, kind = KINDS_OF_FILE[format]
    content = export(format, shown.analysis(), shown.places, audience, language())
    answer = Response(content, mimetype=kind)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{slug}.{ending}")
    return answer


@desk.post("/<slug>/stand")
def freeze(slug: str) -> ResponseReturnValue:
    """Freeze the picture and the key figures, with names that the network may see."""
    from networks.citing import figure  # noqa: PLC0415 - heavy

    shown = Shown(_wave(slug))
    if not shown.network.answered:
        abort(404)
    title = text_in(shown.survey.title, language(), "de")[0]
    known = shown.analysis(), shown.places, shown.network, title, language(), gettext
    return keep(shown.survey, figure(*known), figure(*known, audience=Naming.PUBLIC))


class Shown:
    """The network of a survey as the person asking may see it, kept between requests."""

    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        is_team = current_membership().role == Role.FACILITATOR
        self.audience: str = Naming.TEAM if is_team else Naming.NETWORK
        self.language = language()
        self._key = survey.id, state_of(db.session, survey)
        self.network: Network = self._keep(lambda: network_of(db.session, survey), "network")

    def analysis(self, selection: Selection = Selection()) -> "Analysis":  # noqa: B008 - frozen
        from networks.analysing import Analysis  # noqa: PLC0415 - heavy

        part = self.network.narrowed(selection) if selection else self.network
        analysis: Analysis = self._keep(lambda: Analysis(part), "analysis", selection)
        return analysis

    @property
    def places(self) -> dict[str, "Place"]:
        """Where everyone stands, whatever is selected: so the picture does not jump."""
        from networks.layout import layout  # noqa: PLC0415 - heavy

        places: dict[str, Place] = self._keep(lambda: layout(self.analysis().graph), "places")
        return places

    def picture(self, selection: Selection, chosen: str = "") -> Markup:
        """Render the picture once for all who see the same of it."""
        facets = "picture", selection, chosen, self.audience, self.language
        picture: Markup = self._keep(lambda: self._draw(selection, chosen), *facets)
        return picture

    def called(self, node: Node) -> str:
        return node.called(self.audience, self.language)

    def wishes(self, analysis: "Analysis") -> list[tuple[Node, Node, bool]]:
        """List who would like to work with whom and does not yet, mutual wishes first."""
        nodes, partners = self.network.nodes | self.network.silent, analysis.graph
        pairs = {(wish.source, wish.target) for wish in self.network.wishes}
        found = [
            (nodes[a], nodes[b], (b, a) in pairs)
            for a, b in sorted(pairs)
            if not partners.has_edge(a, b) and not ((b, a) in pairs and b < a)
        ]
        return sorted(found, key=lambda wish: not wish[2])

    def frame(self) -> dict[str, Any]:
        """Return what every page of this network shows."""
        return {
            "survey": self.survey,
            "network": self.network,
            "waves": waves(db.session, current_project()),
            "called": self.called,
            "in_language": partial(text_in, language=self.language, fallback="de"),
            "is_team": self.audience == Naming.TEAM,
            "term": partial(taxonomy.label, language=self.language),
            "SECTORS": SECTORS,
            "KINDS": KINDS,
            "LOCALITIES": LOCALITIES,
            "STRENGTHS": STRENGTHS,
            "STATES": STATES,
            "FUTURES": FUTURES,
        }

    def _draw(self, selection: Selection, chosen: str) -> Markup:
        from networks.drawing import draw  # noqa: PLC0415 - heavy

        analysis = self.analysis(selection)
        part = analysis.network
        shortly = lambda node: node.called_shortly(self.audience, self.language)  # noqa: E731
        drawing = draw(part.nodes, part.ties, self.places, analysis.degree, shortly, chosen)
        near = set(analysis.graph[chosen]) if chosen in analysis.graph else set()
        values = {"drawing": drawing, "chosen": chosen, "near": near}
        html = render_template("networks/_picture.html", **values, **self.frame())
        return Markup(html)  # noqa: S704 - our own template

    def _keep(self, make: Callable[[], Any], *facets: object) -> Any:
        kept: Kept = current_app.extensions.setdefault("networks", Kept())
        return kept.get((*self._key, *facets), make)


def _wave(slug: str) -> Survey:
    """Return a survey that asks for ties; any other is as unknown as a foreign one."""
    survey = find(Survey, slug=slug)
    return survey if survey in waves(db.session, current_project()) else abort(404)
