"""Views of a network behind a link: made and ended by facilitators, read by whoever has it."""

from typing import TYPE_CHECKING

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    make_response,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from core import clock, downloading, limits, logs, web
from core.db import db
from core.keys import Keyring
from networks import sharing
from networks.forms import ShareForm, View
from networks.models import SharedView
from networks.network import Node
from networks.routes.findings import released_lines
from networks.routes.showing import Canvas, Shown, as_numbers, desk, wave
from people.current import current_staff, find
from people.models import Naming
from surveys.models import Survey

if TYPE_CHECKING:
    from networks.analysing import Analysis

public = Blueprint("shared", __name__)
logs.leave_out(public)


@desk.get("/<slug>/links")
def links(slug: str) -> ResponseReturnValue:
    """Make a link of a view, and see which there are."""
    return _links(wave(slug), ShareForm(), View.of(request.args))


@desk.post("/<slug>/links")
def share(slug: str) -> ResponseReturnValue:
    survey, view, form = wave(slug), View.of(request.args), ShareForm()
    if not form.validate():
        return _links(survey, form, view), 422

    sharing.share(
        db.session, _keys(), survey, form.title.data, view.shareable, Naming(form.naming.data),
        form.key.data, current_staff().called, clock.now(),
    )  # fmt: skip
    db.session.commit()
    return web.back(url_for(".links", slug=slug, _anchor="made"), gettext("The link is made."))


@desk.post("/<slug>/shared/<id:number>/end")
def end_link(slug: str, number: int) -> ResponseReturnValue:
    link = find(SharedView, id=number, survey_id=wave(slug).id)

    sharing.end(db.session, link, clock.now())
    db.session.commit()
    return web.back(
        url_for(".links", slug=slug, _anchor="made"), gettext("The link has ended.")
    )


@desk.post("/<slug>/shared/<id:number>/again")
def open_link(slug: str, number: int) -> ResponseReturnValue:
    link = find(SharedView, id=number, survey_id=wave(slug).id)

    sharing.open_again(db.session, link)
    db.session.commit()
    said = gettext("The link opens again.")
    return web.back(url_for(".links", slug=slug, _anchor="made"), said)


@public.get("/n/<key>")
def view(key: str) -> ResponseReturnValue:
    """What a facilitator shares: picture, key figures, released findings, tables."""
    link = _link(key)
    if link.ended:
        return _hidden(render_template("networks/public/ended.html"), 410)

    shown, seen = _behind(link)
    analysis = shown.analysis(seen.selection)
    numbers = _numbers(analysis)
    ego = analysis.network.nodes.get(seen.ego)
    canvas = Canvas(
        data=url_for(".drawing", key=key),
        image=url_for(".picture", key=key),
        organisation=_place("_"),
    )

    def address(node: Node) -> str:
        return _place(numbers[node.code])

    page = render_template(
        "networks/public/shared.html",
        link=link,
        view=seen,
        ego=ego,
        analysis=analysis,
        numbers=numbers,
        address=address,
        picture=shown.picture(seen, seen.ego if ego else "", address, canvas),
        findings=released_lines(shown, Naming(link.naming)),
        ties=seen.listed_ties(analysis.network.ties, analysis.network.nodes, shown.called),
        **shown.words(),
    )
    return _hidden(page)


@public.get("/n/<key>/drawing.json")
def drawing(key: str) -> ResponseReturnValue:
    """The shared picture as numbers, for a browser that draws it; nobody's code is in it."""
    shown, seen = _behind(_open_link(key))
    numbers = _numbers(shown.analysis(seen.selection))
    content, digest = shown.sketch(seen, lambda node: str(numbers[node.code]))
    return _hidden(as_numbers(content, digest))


@public.get("/n/<key>/picture.svg")
def picture(key: str) -> ResponseReturnValue:
    """The shared picture as an image, for browsers that cannot draw so large a one."""
    from networks.depicting import depict  # noqa: PLC0415 - heavy

    shown, seen = _behind(_open_link(key))
    svg = depict(shown.drawing(seen, seen.ego), seen.ego, gettext)
    return _hidden(downloading.download(svg, "svg", "network"))


def _link(key: str) -> SharedView:
    link = sharing.shared_with(db.session, _keys(), key)
    if link is None:
        limits.wrong("shared-view")
        abort(404)
    return link


def _open_link(key: str) -> SharedView:
    link = _link(key)
    return link if not link.ended else abort(410)


def _behind(link: SharedView) -> tuple[Shown, View]:
    """Return the network as those with the link may see it, and what of it."""
    shown = Shown(db.session.get_one(Survey, link.survey_id), link.naming)
    return shown, shown.view(MultiDict(link.view))


def _numbers(analysis: "Analysis") -> dict[str, int]:
    """Number the organisations as the table lists them: their codes are the team's."""
    return {each.node.code: at for at, each in enumerate(analysis.standings, 1)}


def _place(number: int | str) -> str:
    return f"#o{number}"


def _hidden(page: str | Response, status: int = 200) -> ResponseReturnValue:
    """Keep a page out of what can be searched."""
    answer = make_response(page, status) if isinstance(page, str) else page
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _links(survey: Survey, form: ShareForm, seen: View) -> str:
    made = [
        (each, web.public(f"/n/{sharing.key_of(_keys(), each)}"))
        for each in sharing.links_of(db.session, survey)
    ]
    frame = Shown(survey).frame()
    return render_template("networks/links.html", form=form, view=seen, made=made, **frame)


def _keys() -> Keyring:
    keys: Keyring = current_app.extensions["keys"]
    return keys
