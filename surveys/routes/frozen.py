"""Frozen figures: made, listed, cited, shown to everyone, taken back."""

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from core import clock, web
from core.db import db
from core.downloading import download
from core.forms import tidy
from core.sheets import write_csv
from people.current import (
    current_membership,
    current_project,
    current_staff,
    find,
    open_to,
    staff_blueprint,
)
from people.desk import Tab, add_tab
from people.models import Naming, Role
from surveys.models import Survey
from surveys.reporting import drawing, freezing, withholding
from surveys.reporting.figures import Figure
from surveys.reporting.models import Frozen
from surveys.routes.figuring import figure, public_figure
from surveys.routes.reading import look_at

bp = staff_blueprint("frozen", __name__, "/stand")
public = Blueprint("cited", __name__)
add_tab(Tab(40, "frozen.index", lazy_gettext("Frozen"), used=freezing.has_frozen))
LONGEST = 500


@bp.get("")
@open_to(Role.TASK_FORCE)
def index() -> ResponseReturnValue:
    """All figures that were frozen, or those with some words."""
    words = request.args.get("words", "").strip()[:100]
    found = freezing.frozen_of(db.session, current_project().id, words)
    return render_template("surveys/frozen_list.html", frozen=found, words=words)


@bp.post("")
def freeze() -> ResponseReturnValue:
    """Freeze a chart of a results page as it is now."""
    survey = find(Survey, slug=request.form.get("survey", ""))
    look, chart = look_at(survey), request.form.get("chart", "")
    found = figure(look, chart)
    return keep(survey, found, public_figure(look, chart, found))


def keep(survey: Survey, found: Figure, public: Figure | None) -> ResponseReturnValue:
    """Freeze a figure, with what everyone may see of it, and lead to it."""
    frozen, is_new = freezing.freeze(
        db.session, survey, found, current_staff().called, clock.now(), public
    )
    db.session.commit()
    told = {"code": frozen.code}
    said = gettext("Frozen as %(code)s; all stand under “Frozen”.", **told)
    if not is_new:
        said = gettext("This was frozen already, as %(code)s, with the same.", **told)
    if "stay" in request.form:
        everyone, chart = request.args.get("all"), request.form.get("chart")
        place = url_for("surveys.results", slug=survey.slug, all=everyone, _anchor=chart)
        return web.back(place, said)
    return web.back(url_for("frozen.one", code=frozen.code), said)


@bp.get("/<code>")
@open_to(Role.TASK_FORCE)
def one(code: str) -> ResponseReturnValue:
    return _page(_found(code))


@bp.get("/<code>.<any(csv, png, svg):kind>")
@open_to(Role.TASK_FORCE)
def file(code: str, kind: str) -> ResponseReturnValue:
    """The figure as a picture, or its table."""
    return as_file(_seen(_found(code)), kind, code)


@bp.post("/<code>/note")
def note(code: str) -> ResponseReturnValue:
    """Say what the figure is for; it does not change the figure."""
    frozen = _found(code)

    frozen.note = tidy(request.form.get("note"))[:LONGEST]
    db.session.commit()
    return web.back(url_for(".one", code=code), gettext("Saved."))


@bp.post("/<code>/public")
def publish(code: str) -> ResponseReturnValue:
    """Let everyone see it, or no longer."""
    frozen = _found(code)

    if request.form.get("public") == "yes":
        freezing.publish(frozen)
    else:
        frozen.is_public = False
    db.session.commit()
    shown = gettext("Everyone with the address can see it now.")
    hidden = gettext("Only the project can see it now.")
    return web.back(url_for(".one", code=code), shown if frozen.is_public else hidden)


@bp.post("/<code>/withdrawal")
def withdraw(code: str) -> ResponseReturnValue:
    """Take it back, or take that back; its address says so."""
    frozen = _found(code)

    frozen.withdrawn = None if request.form.get("undo") == "yes" else clock.now()
    db.session.commit()
    gone, back = gettext("Withdrawn. Its address says so."), gettext("It stands again.")
    return web.back(url_for(".one", code=code), gone if frozen.withdrawn else back)


@public.get("/stand/<code>")
def cited(code: str) -> ResponseReturnValue:
    """A frozen figure for everyone."""
    frozen = freezing.public_one(db.session, code) or abort(404)
    status = 410 if frozen.withdrawn else 200
    found = for_everyone(frozen)
    return render_template("surveys/public/cited.html", frozen=frozen, figure=found), status


@public.get("/stand/<code>.<any(csv, png, svg):kind>")
def cited_file(code: str, kind: str) -> ResponseReturnValue:
    frozen = freezing.public_one(db.session, code)
    if frozen is None or frozen.withdrawn:
        abort(404)
    return as_file(for_everyone(frozen), kind, code)


def for_everyone(frozen: Frozen) -> Figure:
    """Return what everyone may see of a frozen figure now."""
    return withholding.as_of_now(
        db.session, frozen.project_id, freezing.public_figure_of(frozen), Naming.PUBLIC
    )


def as_file(found: Figure, kind: str, name: str) -> Response:
    """Return a figure as a picture or as its table, to take along."""
    if kind == "png":
        body = drawing.as_png(found)
    elif kind == "svg":
        body = drawing.as_svg(found).encode()
    else:
        body = write_csv([list(found.head), *map(list, found.table)])
    return download(body, kind, name)


def _found(code: str) -> Frozen:
    return find(Frozen, code=code)


def _seen(frozen: Frozen) -> Figure:
    """Return a frozen figure as it was, or, outside the team, with the names of now."""
    outside = current_membership().role == Role.TASK_FORCE
    return withholding.as_of_now(
        db.session,
        frozen.project_id,
        freezing.figure_of(frozen),
        Naming.NETWORK if outside else Naming.TEAM,
    )


def _page(frozen: Frozen) -> str:
    found = _seen(frozen)
    address = web.public(f"/stand/{frozen.code}")
    return render_template("surveys/frozen.html", frozen=frozen, figure=found, address=address)
