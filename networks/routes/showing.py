"""What pages of a network have in common: which wave it is, and what its reader may see."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from flask import Response, abort, current_app, render_template, request, url_for
from flask_babel import lazy_gettext
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from core.db import db
from core.headers import REVALIDATED
from core.i18n import language
from networks.exchange.kinds import KINDS_OF_FILE
from networks.forms import View
from networks.keeping import Kept
from networks.network import (
    RECORDED,
    WISHES,
    Network,
    Node,
    Selection,
    has_waves,
    network_of,
    waves,
)
from networks.settling import ENOUGH
from networks.staff_words import FUTURES, SAYS, SOURCES, WHERE
from networks.states import state_of
from networks.words import NOT_SHOWN, SECTORS, STATES, STRENGTHS
from people.current import current_membership, current_project, find, staff_blueprint
from people.desk import Tab, add_tab
from people.models import Naming, Project, Role
from people.taxonomy import Taxonomy
from people.terms.keeping import taxonomy_of
from people.words import KINDS, LOCALITIES
from surveys.definition import text_in
from surveys.models import Survey
from surveys.routes.visiting import keys

if TYPE_CHECKING:
    from networks.analysing import Analysis
    from networks.drawing import Drawing
    from networks.layout import Place

MOST_IN_SVG = 300  # larger pictures are drawn by the browser
ZOOMED = {1: 9.5, 2: 6.0}  # sizes of labels in pictures that are larger than the page
desk = staff_blueprint("networks", __name__, "/networks")
add_tab(Tab(30, "networks.index", lazy_gettext("Network"), used=has_waves))


@dataclass(frozen=True)
class Canvas:
    """Where a browser that draws a large picture itself finds what it needs."""

    data: str
    image: str  # for those that cannot
    organisation: str  # the address of one of them, with "_" for what it is known by


class Shown:
    """The network of a survey as the person asking may see it, kept between requests."""

    def __init__(self, survey: Survey, audience: str = "") -> None:
        self.survey = survey
        self.audience: str = audience or _audience()
        self.language = language()
        self.key = survey.id, state_of(db.session, survey)
        everything = partial(network_of, db.session, keys(), survey)
        whole: Network = _kept((*self.key, "network"), everything)
        self.network: Network = self.kept(lambda: whole.for_audience(self.audience), "network")
        self.hides = any(tie.is_hidden for tie in (*whole.ties, *whole.recorded))

    @property
    def project(self) -> Project:
        return db.session.get_one(Project, self.survey.project_id)

    @cached_property
    def terms(self) -> Taxonomy:
        """What needs and offers are called in this project."""
        return taxonomy_of(db.session, self.survey.project_id)

    def for_audience(self, audience: str) -> "Shown":
        """Return the same network as others may see it."""
        return Shown(self.survey, audience)

    def view(self, arguments: MultiDict[str, Any]) -> View:
        """Read an address; outside the team nobody chooses ties by their strength.

        There it is known of few ties only, so such a choice would promise too much.
        """
        view = View.of(arguments)
        return view if self.audience == Naming.TEAM else replace(view, strength=0)

    def analysis(self, selection: Selection = Selection()) -> "Analysis":  # noqa: B008 - frozen
        from networks.analysing import Analysis  # noqa: PLC0415 - heavy
        from networks.egos import within  # noqa: PLC0415 - heavy

        # Who may know where somebody lies decides what a choice of localities shows.
        def make() -> Analysis:
            part = self.network.narrowed(selection) if selection else self.network
            return Analysis(within(part, selection.localities, self.audience))

        analysis: Analysis = self.kept(make, "analysis", selection)
        return analysis

    @cached_property
    def places(self) -> dict[str, "Place"]:
        """Where everyone stands, whatever is selected: so the picture does not jump."""
        from networks.placing import place, places_in  # noqa: PLC0415 - heavy

        whole = self if self.audience == Naming.TEAM else self.for_audience(Naming.TEAM)
        graph = whole.analysis().graph
        places = places_in(db.session, self.survey, graph)
        if places is None:
            places = place(db.session, self.survey, graph)
            db.session.commit()
        return places

    def drawing(self, view: View, chosen: str = "", font: float = 0) -> "Drawing":
        """Return the picture of a view, with the layers that are switched on."""
        from networks.drawing import FONT, draw  # noqa: PLC0415 - heavy
        from networks.egos import around, rings  # noqa: PLC0415 - heavy

        analysis, places = self.analysis(view.selection), self.places
        part = analysis.network
        if view.ego in part.nodes:
            places = rings(analysis.graph, view.ego, view.steps, places)
            part = around(part, analysis.graph, view.ego, view.steps)
        wishes = [(each.source, each.target) for each in self.network.wishes]
        recorded = [(each.a, each.b) for each in self.network.recorded]
        return draw(
            part.nodes, part.ties, places, analysis.degree,
            lambda node: node.called_shortly(self.audience, self.language), chosen,
            font=font or ZOOMED.get(view.zoom, FONT),
            wishes=wishes if WISHES in view.layer else (),
            recorded=recorded if RECORDED in view.layer else (),
        )  # fmt: skip

    def picture(
        self,
        view: View,
        chosen: str = "",
        address: Callable[[Node], str] | None = None,
        canvas: Canvas | None = None,
    ) -> Markup:
        """Render the picture once for all who see the same of it."""
        canvas = canvas or self._canvas(view)
        seen = view.selection, view.layer, view.zoom, view.ego, view.steps
        facets = "picture", *seen, chosen, self.language, address is None, canvas
        placed = hash(frozenset(self.places.items()))
        picture: Markup = self.kept(
            lambda: self._draw(view, chosen, address or self.address, canvas), *facets, placed
        )
        return picture

    def sketch(
        self, view: View, known_as: Callable[[Node], str] | None = None
    ) -> tuple[bytes, str]:
        """Return the picture for a browser that draws it itself, and its digest.

        *known_as* says what stands for an organisation in the address that leads to it; it
        is its code, unless the reader may not know this.
        """
        from networks.sketching import sketch  # noqa: PLC0415 - heavy

        def make() -> tuple[bytes, str]:
            drawing = self.drawing(replace(view, zoom=0))
            content = sketch(drawing, self.called, known_as or (lambda node: node.code))
            return content, sha256(content).hexdigest()

        seen = view.selection, view.layer, view.ego, view.steps, known_as is None
        placed = hash(frozenset(self.places.items()))
        sketched: tuple[bytes, str] = self.kept(make, "sketch", *seen, self.language, placed)
        return sketched

    def address(self, node: Node) -> str:
        return url_for("networks.organisation", slug=self.survey.slug, code=node.code)

    def called(self, node: Node) -> str:
        return node.called(self.audience, self.language)

    def standing_of(self, code: str) -> list[tuple[Any, float, Any]]:
        """List every measure of an organisation: what it means, its value and its range."""
        from networks.explaining import EACH  # noqa: PLC0415 - heavy

        if code not in self.network.nodes:
            return []
        analysis = self.analysis()
        return [
            (each, analysis.column(each.key)[code], analysis.range_of(each.key)[code])
            for each in EACH
        ]

    def kept(self, make: Callable[[], Any], *facets: object) -> Any:
        """Return what *make* reads out of this network, once for all of the same audience."""
        return _kept((*self.key, self.audience, *facets), make)

    def frame(self) -> dict[str, Any]:
        """Return what every page of this network shows."""
        return self.words() | {"waves": waves(db.session, current_project())}

    def words(self) -> dict[str, Any]:
        """Return what every rendering of this network speaks with."""
        is_team = self.audience == Naming.TEAM
        return {
            "survey": self.survey,
            "network": self.network,
            "called": self.called,
            "standing_of": self.standing_of,
            "in_language": partial(text_in, language=self.language, fallback="de"),
            "is_team": is_team,
            "hides": not is_team and (self.hides or bool(self.network.doubted)),
            "term": partial(self.terms.label, language=self.language),
            "SECTORS": SECTORS,
            "KINDS": KINDS,
            "LOCALITIES": LOCALITIES,
            "STRENGTHS": STRENGTHS if is_team else STRENGTHS | NOT_SHOWN,
            "ENOUGH": ENOUGH,
            "STATES": STATES,
            "FUTURES": FUTURES,
            "KINDS_OF_FILE": KINDS_OF_FILE,
            "SOURCES": SOURCES,
            "SAYS": SAYS,
            "WHERE": WHERE,
        }

    def _draw(
        self, view: View, chosen: str, address: Callable[[Node], str], canvas: Canvas
    ) -> Markup:
        analysis, drawing = self.analysis(view.selection), self.drawing(view, chosen)
        near = set(analysis.graph[chosen]) if chosen in analysis.graph else set()
        values = {"drawing": drawing, "chosen": chosen, "near": near, "zoom": view.zoom}
        values |= {"address": address, **self.words()}
        values["known"] = list({line.tie.strength for line in drawing.lines})
        values["states"] = list({line.tie.state.value for line in drawing.lines})
        if len(drawing.marks) > MOST_IN_SVG:
            from networks.sketching import SECTORS as DRAWN  # noqa: PLC0415 - heavy

            values |= {"canvas": canvas, "sectors_drawn": [*DRAWN, ""]}
            html = render_template("networks/_canvas.html", **values)
        else:
            html = render_template("networks/_picture.html", **values)
        return Markup(html)  # noqa: S704 - our own template

    def _canvas(self, view: View) -> Canvas:
        where = {"slug": self.survey.slug, **replace(view, zoom=0).shareable}
        return Canvas(
            data=url_for("networks.drawing", **where),
            image=url_for("networks.picture", format="svg", **where),
            organisation=url_for("networks.organisation", slug=self.survey.slug, code="_"),
        )


def as_numbers(content: bytes, digest: str) -> Response:
    """Answer with a picture as numbers, which browsers keep, but ask for each time.

    Whoever has the same picture already gets none.
    """
    answer = Response(content, mimetype="application/json")
    answer.set_etag(digest)
    answer.headers["Cache-Control"] = REVALIDATED
    answer.make_conditional(request)
    return answer


def _kept(key: tuple[object, ...], make: Callable[[], Any]) -> Any:
    kept: Kept = current_app.extensions.setdefault("networks", Kept())
    return kept.get(key, make)


def _audience() -> Naming:
    is_team = current_membership().role == Role.FACILITATOR
    return Naming.TEAM if is_team else Naming.NETWORK


def wave(slug: str) -> Survey:
    """Return a survey that asks for ties; any other is as unknown as a foreign one."""
    survey = find(Survey, slug=slug)
    return survey if survey in waves(db.session, current_project()) else abort(404)
