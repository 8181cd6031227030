"""The lines of all plans of a venture: add, change, remove and bring back."""

from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.funding.keeping import listed
from agency.routes.ventures import desk, the_venture
from agency.routes.ventures_forms import FORMS, MemberForm
from agency.ventures import keeping
from agency.ventures.forms import LineForm
from agency.ventures.keeping import KINDS
from agency.ventures.models import Line, Member, Venture
from agency.ventures.words import LINES
from core import clock, web
from core.db import db
from core.errors import ChangedMeanwhile
from people.current import current_project, current_staff, find
from people.naming import registered

PAGES = {"milestones": "milestones", "jobs": "jobs", "funding": "money", "flows": "money"}
ASKED = ("direction", "title", "programme")  # what an address may fill in


@dataclass(frozen=True)
class Place:
    """A kind of lines of a venture."""

    venture: Venture
    kind: str

    @property
    def values(self) -> dict[str, Any]:
        return {"venture_id": self.venture.id, "kind": self.kind}

    @property
    def page(self) -> str:
        """The address of the page on which these lines stand."""
        endpoint = PAGES.get(self.kind, "venture")
        return url_for(f".{endpoint}", venture_id=self.venture.id, _anchor=self.kind)

    def line(self, line_id: int, **more: object) -> Line:
        found: Line = find(KINDS[self.kind], id=line_id, venture_id=self.venture.id, **more)
        return found

    def form(self, line: Line | None = None) -> LineForm:
        """Return the form; it shows *line* before anything is sent."""
        asked = {name: request.args.get(name, "") for name in ASKED}
        data = {k: v for k, v in asked.items() if v} if line is None else _shown(line)
        if FORMS[self.kind] is MemberForm:
            return MemberForm(known=registered(db.session, current_project()), data=data)
        return FORMS[self.kind](data=data)

    def show(
        self, form: LineForm, line: Line | None = None, now: dict[str, Any] | None = None
    ) -> str:
        title = gettext(LINES[self.kind])
        action, removal = url_for(".add_line", **self.values), ""
        if line:
            title, values = line.title, self.values | {"line_id": line.id}
            action, removal = (
                url_for(".change_line", **values),
                url_for(".remove_line", **values),
            )
        return render_template(
            "agency/ventures/form.html",
            it=self.venture,
            form=form,
            now=now,
            title=title,
            action=action,
            page=self.page,
            removal=removal,
            programmes=listed(db.session, current_project()) if self.kind == "funding" else (),
        )


@desk.get("/<id:venture_id>/lines/<kind>/new")
def new_line(venture_id: int, kind: str) -> ResponseReturnValue:
    place = _place(venture_id, kind)
    return place.show(place.form())


@desk.post("/<id:venture_id>/lines/<kind>")
def add_line(venture_id: int, kind: str) -> ResponseReturnValue:
    place = _place(venture_id, kind)
    form = place.form()
    if not form.validate():
        return place.show(form), 422

    said = form.key.data, form.values(), current_staff().called, clock.now()
    line = keeping.add(db.session, kind, place.venture, *said)
    db.session.commit()
    return web.back(place.page, gettext("“%(title)s” is entered.", title=line.title))


@desk.get("/<id:venture_id>/lines/<kind>/<id:line_id>")
def edit_line(venture_id: int, kind: str, line_id: int) -> ResponseReturnValue:
    place = _place(venture_id, kind)
    line = place.line(line_id, deleted=None)
    return place.show(place.form(line), line)


@desk.post("/<id:venture_id>/lines/<kind>/<id:line_id>")
def change_line(venture_id: int, kind: str, line_id: int) -> ResponseReturnValue:
    place = _place(venture_id, kind)
    line = place.line(line_id)
    form = place.form(line)
    if not form.validate():
        return place.show(form, line), 422

    said = form.version.data or 0, form.values(), current_staff().called, clock.now()
    try:
        keeping.change(db.session, place.venture, line, *said, kind=kind)
    except ChangedMeanwhile as refusal:
        db.session.rollback()
        form.version.data, form.version.raw_data = line.version, None
        form.form_errors = [gettext(refusal.reason)]
        return place.show(form, line, _shown(line)), 409
    db.session.commit()
    return web.back(place.page, gettext("“%(title)s” is changed.", title=line.title))


@desk.post("/<id:venture_id>/lines/<kind>/<id:line_id>/removal")
def remove_line(venture_id: int, kind: str, line_id: int) -> ResponseReturnValue:
    place = _place(venture_id, kind)
    line = place.line(line_id)

    who, now = current_staff().called, clock.now()
    keeping.remove(db.session, place.venture, line, who, now, kind=kind)
    db.session.commit()
    undo = url_for(".bring_back_line", **place.values, line_id=line.id)
    said = gettext("“%(title)s” is deleted.", title=line.title)
    return web.back(place.page, said, undo=undo)


@desk.post("/<id:venture_id>/lines/<kind>/<id:line_id>/return")
def bring_back_line(venture_id: int, kind: str, line_id: int) -> ResponseReturnValue:
    place = _place(venture_id, kind)
    line = place.line(line_id)

    who, now = current_staff().called, clock.now()
    keeping.bring_back(db.session, place.venture, line, who, now, kind=kind)
    db.session.commit()
    return web.back(place.page, gettext("“%(title)s” is there again.", title=line.title))


def _place(venture_id: int, kind: str) -> Place:
    if kind not in KINDS:
        abort(404)
    return Place(the_venture(venture_id), kind)


def _shown(line: Line) -> dict[str, Any]:
    """Return a line as its form shows it."""
    values = {column.key: getattr(line, column.key) for column in line.__table__.columns}
    if isinstance(line, Member):
        values["organisation"] = line.organisation.name if line.organisation else ""
    del values["form_key"], values["id"]
    return values
