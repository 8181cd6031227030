from collections.abc import Callable

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from core.db import db
from core.downloading import download
from people.current import current_membership, find, may_open, open_to, tabs_used
from people.models import Role
from surveys.definition import Item
from surveys.models import Survey
from surveys.reporting import rating
from surveys.routes.desk import bp
from surveys.routes.figuring import figure
from surveys.routes.frozen import as_file
from surveys.routes.reading import Look, look_at


@bp.get("/<slug>/results")
@open_to(Role.TASK_FORCE)
def results(slug: str) -> ResponseReturnValue:
    """What the answers say, question by question."""
    survey = find(Survey, slug=slug)
    look, network = look_at(survey), _network()
    return render_template(
        "surveys/results.html",
        survey=survey,
        look=look,
        parts=_drawn(look, "_results", network, parts=look.parts),
        overall=_drawn(look, "_overall", network, overall=look.overall),
        rates=look.found("rates", lambda: rating.rates(db.session, survey)),
        drafts=look.found("drafts", lambda: rating.drafts(db.session, survey)),
        arrivals=look.arrivals(),
    )


@bp.get("/<slug>/results/<question>/<language>.<any(svg, png):kind>")
@open_to(Role.TASK_FORCE)
def picture(slug: str, question: str, language: str, kind: str) -> ResponseReturnValue:
    """The words of a question in one language as a picture to take along."""
    look = look_at(find(Survey, slug=slug))
    item = look.text_question(question)

    body = look.kept(f"{question} {language} {kind}", lambda: _draw(look, item, language, kind))
    return download(body, kind, f"{slug}-{question}-{language}")


@bp.get("/<slug>/figures/<name>.<any(csv, png, svg):kind>")
@open_to(Role.TASK_FORCE)
def figure_file(slug: str, name: str, kind: str) -> ResponseReturnValue:
    """A chart as a picture to take along, or its table."""
    look = look_at(find(Survey, slug=slug))
    found = figure(look, name)
    return as_file(found, kind, f"{slug}-{name}".replace(":", "-"))


def _draw(look: Look, item: Item, language: str, kind: str) -> bytes:
    from surveys.reporting import picturing  # noqa: PLC0415 - heavy

    clouds = {cloud.language: cloud for cloud in look.reading.clouds(item).clouds}
    words = (clouds.get(language) or abort(404)).words
    if kind == "png":
        return picturing.as_png(words)
    return picturing.as_svg(words, language).encode()


def _drawn(look: Look, template: str, network: str, **charts: Callable[[], object]) -> Markup:
    """Return a part of the page, made once for each role and language as answers change."""
    role, persons = current_membership().role, look.reading.of_persons

    def draw() -> Markup:
        made = {name: make() for name, make in charts.items()}
        links = role == Role.FACILITATOR and not persons
        known = {"survey": look.survey, "look": look, "links": links, "network": network}
        html = render_template(f"surveys/{template}.html", **known, **made)
        return Markup(html)  # noqa: S704 - a template of ours has made it

    return look.kept((template, role, network), draw)


def _network() -> str:
    """Where the networks of the project are, if it uses any and this role opens them."""
    found = (tab.endpoint for tab in tabs_used() if tab.endpoint.startswith("networks."))
    endpoint = next(found, "")
    allowed = endpoint and may_open(endpoint, current_membership().role)
    return url_for(endpoint) if allowed else ""
