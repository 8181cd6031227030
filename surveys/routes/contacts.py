"""The contact data that people left: what for, and, once somebody asks for it, what."""

from datetime import datetime, timedelta
from functools import partial

from flask import render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import clock, web
from core.db import db
from core.downloading import download
from core.sheets import write_csv, write_xlsx
from people.current import current_staff, find
from surveys.fieldwork import circulating, reaching
from surveys.models import Survey
from surveys.routes.desk import bp
from surveys.routes.visiting import keys
from surveys.routes.wording import in_my_language

SHOWN = timedelta(minutes=15)  # how long a reading that is noted lasts


@bp.get("/<slug>/contacts")
def contacts(slug: str) -> ResponseReturnValue:
    """How many left a contact, and for what; how to reach them once a reading is noted."""
    survey = find(Survey, slug=slug)
    found = reaching.contacts_left(db.session, keys(), survey)
    circulars = circulating.circulars_of(db.session, survey)
    return render_template(
        "surveys/contacts.html",
        survey=survey,
        number=len(found),
        groups=reaching.by_purpose(found),
        readings=reaching.readings(db.session, survey),
        circulars=circulars,
        written_to=partial(circulating.written_to, circulars),
        shown=_is_shown(slug),
    )


@bp.post("/<slug>/contacts")
def read_contacts(slug: str) -> ResponseReturnValue:
    """Note that somebody reads the contacts, and show them for a while."""
    survey = find(Survey, slug=slug)

    _read(survey, "page")
    until = (clock.now() + SHOWN).isoformat()
    session["contacts"] = [current_staff().id, slug, until]
    return web.back(url_for(".contacts", slug=slug), "")


@bp.post("/<slug>/contacts.<any(csv, xlsx):kind>")
def take_contacts(slug: str, kind: str) -> ResponseReturnValue:
    """The contacts as a table to take along."""
    survey = find(Survey, slug=slug)
    head = [gettext("Contact"), gettext("Wanted"), gettext("Language"), gettext("Organisation")]
    rows = reaching.as_table(_read(survey, kind), head, in_my_language)
    body = write_csv(rows) if kind == "csv" else write_xlsx({gettext("Contacts"): rows})
    return download(body, kind, f"{slug}-contacts")


def _read(survey: Survey, way: str) -> list[reaching.Left]:
    """Read the contacts, and note who has."""
    staff, now = current_staff(), clock.now()
    found = reaching.contacts_left(db.session, keys(), survey)
    if found:
        reaching.note_reading(db.session, survey, staff.called, way, len(found), now)
        db.session.commit()
    return found


def _is_shown(slug: str) -> bool:
    """Whether this person has asked for the contacts a short while ago, in this browser."""
    who, where, until = session.get("contacts", [0, "", ""])
    mine = (who, where) == (current_staff().id, slug)
    return mine and clock.now() < datetime.fromisoformat(until)
