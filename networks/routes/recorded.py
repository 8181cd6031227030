from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import clock, web
from core.db import db
from core.forms import tidy
from core.i18n import language
from networks.models import RecordedTie, Source
from networks.recording import Record, record, recorded, remove, restore
from networks.roster import Roster, roster_of
from networks.routes.forms import RecordForm
from networks.routes.showing import Shown, desk, wave
from networks.staff_words import SOURCES
from people.current import current_project, current_staff, find
from people.models import Organisation
from people.naming import fold
from surveys.definition import text_in


@desk.get("/<slug>/recorded")
def recorded_ties(slug: str) -> ResponseReturnValue:
    """The ties that were seen elsewhere than in answers, and a form to add one."""
    shown = Shown(wave(slug))
    roster = roster_of(db.session, current_project())
    form = _form(shown, roster)
    if not form.is_submitted():
        form.one.data, form.other.data = request.args.get("a", ""), request.args.get("b", "")
    return _page(shown, roster, form)


@desk.post("/<slug>/recorded")
def record_tie(slug: str) -> ResponseReturnValue:
    """Record a tie; the same one twice is one."""
    shown = Shown(wave(slug))
    roster = roster_of(db.session, current_project())
    form = _form(shown, roster)
    if not form.validate():
        return _page(shown, roster, form), 422
    one = find(Organisation, code=form.one.data)
    other = find(Organisation, code=form.other.data)

    where = Source(form.source.data), form.about.data, form.seen.data or clock.now().date()
    more = {"kind": form.kind.data, "by": current_staff().called}
    row = record(db.session, current_project(), one, other, *where, **more)
    db.session.commit()
    undo = url_for(".remove_recorded", slug=slug, number=row.id)
    page = url_for(".recorded_ties", slug=slug)
    return web.back(page, gettext("The tie is recorded."), undo=undo)


@desk.post("/<slug>/recorded/removal")
def drop_recorded(slug: str) -> ResponseReturnValue:
    """Let a tie of the list count no more, also one that nobody wrote down."""
    survey, sent = wave(slug), request.form
    key = tuple(sent.get(name, "") for name in ("source", "a", "b", "about", "kind"))
    listed = recorded(db.session, current_project())
    found = next((each for each in listed if tuple(map(str, each.key)) == key), None)
    page = url_for(".recorded_ties", slug=survey.slug)
    if found is None:
        return web.back(page, gettext("This tie is not in the list any more."))

    row = remove(db.session, current_project(), found, clock.now())
    db.session.commit()
    undo = url_for(".restore_recorded", slug=slug, number=row.id)
    return web.back(page, gettext("The tie counts no more."), undo=undo)


@desk.post("/<slug>/recorded/<id:number>/removal")
def remove_recorded(slug: str, number: int) -> ResponseReturnValue:
    wave(slug)
    row = find(RecordedTie, id=number)

    remove(db.session, current_project(), Record.of(row), clock.now())
    db.session.commit()
    return web.back(url_for(".recorded_ties", slug=slug), gettext("The tie counts no more."))


@desk.post("/<slug>/recorded/<id:number>/restoration")
def restore_recorded(slug: str, number: int) -> ResponseReturnValue:
    wave(slug)
    row = find(RecordedTie, id=number)

    restore(db.session, row)
    db.session.commit()
    return web.back(url_for(".recorded_ties", slug=slug), gettext("The tie counts again."))


def _form(shown: Shown, roster: Roster) -> RecordForm:
    form = RecordForm()
    listed = sorted(roster.organisations, key=lambda each: fold(each.name))
    kinds = shown.network.kinds.items()
    called = {code: text_in(texts, language(), "de")[0] or code for code, texts in kinds}
    form.offer({each.code: each.name for each in listed}, called)
    return form


def _page(shown: Shown, roster: Roster, form: RecordForm) -> str:
    names = {each.code: each.name for each in roster.organisations}
    q = tidy(request.args.get("q"))[:80]
    known = [
        (each, roster.code_of[each.a_id], roster.code_of[each.b_id])
        for each in recorded(db.session, current_project())
        if each.a_id in roster.code_of and each.b_id in roster.code_of
    ]
    listed = [
        line
        for line in known
        if fold(q) in fold(f"{names[line[1]]} {names[line[2]]} {line[0].about}")
        or fold(q) in fold(gettext(SOURCES[line[0].source]))
    ]
    return render_template(
        "networks/recorded.html",
        listed=listed,
        number=len(known),
        names=names,
        q=q,
        form=form,
        **shown.frame(),
    )
