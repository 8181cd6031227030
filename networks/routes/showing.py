"""What pages of a network have in common: which wave it is, and what its reader may see."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from flask import abort, current_app, render_template
from flask_babel import lazy_gettext
from markupsafe import Markup

from core.db import db
from core.i18n import language
from networks.keeping import Kept
from networks.network import Network, Node, Selection, has_waves, network_of, state_of, waves
from networks.words import FUTURES, SECTORS, STATES, STRENGTHS
from people import taxonomy
from people.current import current_membership, current_project, find, staff_blueprint
from people.desk import Tab, add_tab
from people.models import Naming, Role
from people.words import KINDS, LOCALITIES
from surveys.definition import text_in
from surveys.models import Survey

if TYPE_CHECKING:
    from networks.analysing import Analysis
    from networks.layout import Place

desk = staff_blueprint("networks", __name__, "/networks")
add_tab(Tab(30, "networks.index", lazy_gettext("Network"), used=has_waves))


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

    def kept(self, make: Callable[[], Any], *facets: object) -> Any:
        """Return what *make* reads out of this network, once for all who ask."""
        return self._keep(make, *facets)

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


def wave(slug: str) -> Survey:
    """Return a survey that asks for ties; any other is as unknown as a foreign one."""
    survey = find(Survey, slug=slug)
    return survey if survey in waves(db.session, current_project()) else abort(404)
