from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from core.db import db
from networks.changing import CHANGES
from networks.network import waves
from networks.routes.choosing import FIRST_ROWS, ListedChanges
from networks.routes.showing import Shown, desk, wave
from people.current import current_project, open_to
from people.models import Naming, Role
from surveys.models import Survey

if TYPE_CHECKING:
    from networks.comparing import Comparison


@desk.get("/<slug>/changes")
@open_to(Role.TASK_FORCE)
def changes(slug: str) -> ResponseReturnValue:
    """What came, stayed and went between two waves, and what cannot be known."""
    survey, line = wave(slug), waves(db.session, current_project())[::-1]
    named = request.args.get("with", "")
    wanted = wave(named) if named not in ("", slug) else None
    told = {each: shown for each in line if (shown := Shown(each)).network.answered}
    others = [each for each in told if each != survey]
    other = wanted or _next_to(survey, line, others)
    if survey not in told or other not in told:
        lacking = [each for each in (survey, wanted) if each and each not in told]
        frame = (told.get(survey) or Shown(survey)).frame()
        return render_template("networks/changes.html", found=None, lacking=lacking, **frame)

    then, now = (told[each] for each in sorted((survey, other), key=line.index))
    pair = _Pair(then, now)
    view = ListedChanges.of(request.args)
    listed = view.listed(pair.found.pairs, lambda code: pair.called(pair.found.nodes[code]))
    return render_template(
        "networks/changes.html",
        view=view,
        listed=listed if view.all or view.q or view.change else listed[:FIRST_ROWS],
        matching=len(listed),
        picture=pair.picture(),
        other=other,
        others=others,
        **pair.frame(survey),
    )


def _next_to(survey: Survey, line: list[Survey], others: list[Survey]) -> Survey | None:
    """Return the wave before, or the first one after when there is none before."""
    here = line.index(survey)
    before = [each for each in others if line.index(each) < here]
    return before[-1] if before else next(iter(others), None)


class _Pair:
    """Two waves as the person asking may see them, the earlier one first."""

    def __init__(self, then: Shown, now: Shown) -> None:
        self.then, self.now, self.called = then, now, now.called
        self.found: Comparison = self._kept(self._compare, "compared")

    def picture(self) -> Markup:
        """Render the picture once for all who see the same of it."""
        placed = [hash(frozenset(each.places.items())) for each in (self.now, self.then)]
        picture: Markup = self._kept(self._draw, "overlay", self.now.language, *placed)
        return picture

    def frame(self, survey: Survey) -> dict[str, Any]:
        """Return what page and picture show."""
        known = self.now.network.nodes
        address = lambda code: url_for(  # noqa: E731
            ".organisation",
            slug=(self.now if code in known else self.then).survey.slug,
            code=code,
        )
        return self.now.frame() | {
            "survey": survey, "then": self.then.survey, "now": self.now.survey,
            "found": self.found, "address": address, "CHANGES": CHANGES,
        }  # fmt: skip

    def _compare(self) -> "Comparison":
        from networks.comparing import Comparison  # noqa: PLC0415 - heavy

        whole = [each.for_audience(Naming.TEAM).network for each in (self.then, self.now)]
        hidden = {tie.pair for net in whole for tie in net.apart}  # denied, or in doubt
        if self.now.audience != Naming.TEAM:
            hidden |= {tie.pair for net in whole for tie in net.ties if tie.is_hidden}
        return Comparison(self.then.network, self.now.network, hidden)

    def _draw(self) -> Markup:
        from networks.overlaying import overlay  # noqa: PLC0415 - heavy

        shortly = lambda node: node.called_shortly(self.now.audience, self.now.language)  # noqa: E731
        drawn = overlay(self.found, self.now.places, self.then.places, shortly)
        html = render_template(
            "networks/_overlay.html", drawn=drawn, **self.frame(self.now.survey)
        )
        return Markup(html)  # noqa: S704 - our own template

    def _kept(self, make: Callable[[], Any], *facets: object) -> Any:
        return self.now.kept(make, *facets, self.then.key)
