from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import clock, i18n
from core.db import db
from core.sheets import write_csv, write_xlsx
from people.current import current_staff, find
from surveys.fieldwork import reaching
from surveys.models import Survey
from surveys.routes.desk import bp
from surveys.routes.downloading import download
from surveys.routes.visiting import keys


@bp.get("/<slug>/contacts")
def contacts(slug: str) -> ResponseReturnValue:
    """How to reach people, for what they wanted; whoever looks is noted."""
    survey = find(Survey, slug=slug)
    found = _read(survey, "page")
    return render_template(
        "surveys/contacts.html",
        survey=survey,
        number=len(found),
        groups=reaching.by_purpose(found),
        readings=reaching.readings(db.session, survey),
    )


@bp.get("/<slug>/contacts.<any(csv, xlsx):kind>")
def contact_table(slug: str, kind: str) -> ResponseReturnValue:
    """The same as a table to take along."""
    survey = find(Survey, slug=slug)
    head = [gettext("Contact"), gettext("Wanted"), gettext("Language"), gettext("Organisation")]
    rows = reaching.as_table(_read(survey, kind), head)
    body = write_csv(rows) if kind == "csv" else write_xlsx({gettext("Contacts"): rows})
    return download(body, kind, f"{slug}-contacts")


def _read(survey: Survey, way: str) -> list[reaching.Left]:
    """Read the contacts, and note who has."""
    staff, now = current_staff(), clock.now()
    found = reaching.contacts_left(db.session, keys(), survey, i18n.language())
    if found:
        by = staff.name or staff.email
        reaching.note_reading(db.session, survey, by, way, len(found), now)
        db.session.commit()
    return found
