"""Sources of one's own: what they say, how often they are cited, and taking them back."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField
from wtforms.validators import Length, NumberRange, ValidationError
from wtforms.widgets import HiddenInput

from agency.concepts.forms import ProseField
from agency.evidence import owning
from agency.evidence.citing import is_link
from agency.evidence.forms import LONGEST
from agency.evidence.models import OwnSource
from agency.routes.concepts import bp
from core import clock, web
from core.db import db
from core.errors import ChangedMeanwhile
from core.forms import LineField, tidy
from people.current import current_project, current_staff, find

LARGEST = 2**31 - 1  # number that the database takes


class SourceForm(FlaskForm):  # type: ignore[misc] # Flask-WTF carries no types
    """What a source is called, and where it is or what it says."""

    version = IntegerField(widget=HiddenInput(), validators=[NumberRange(0, LARGEST)])
    title = LineField(lazy_gettext("Title of the source"), limit=LONGEST)
    link = StringField(
        lazy_gettext("Its address"), filters=[tidy], validators=[Length(max=LONGEST)]
    )
    text = ProseField(lazy_gettext("What the source says"), limit=2_000)

    def validate_link(self, field: StringField) -> None:
        """See to it that a browser opens it."""
        if field.data and not is_link(field.data):
            text = gettext("Please write the address in full, beginning with https://.")
            raise ValidationError(text)

    def validate_text(self, field: ProseField) -> None:
        """See to it that there is something to look at."""
        if not field.data and not self.link.data:
            raise ValidationError(gettext(owning.SaysNothing.reason))


@bp.get("/sources")
def sources() -> ResponseReturnValue:
    """All sources of one's own, and those that were taken back."""
    project = current_project()
    return render_template(
        "agency/evidence/sources.html",
        found=owning.own_sources(db.session, project),
        gone=owning.own_sources(db.session, project, gone=True),
        cited=owning.citations(db.session, project),
    )


@bp.get("/sources/<id:source_id>")
def source(source_id: int) -> ResponseReturnValue:
    it = find(OwnSource, id=source_id, deleted=None)
    return _page(it, SourceForm(data=vars(it)))


@bp.post("/sources/<id:source_id>")
def change_source(source_id: int) -> ResponseReturnValue:
    it, form = find(OwnSource, id=source_id, deleted=None), SourceForm()
    if not form.validate():
        return _page(it, form), 422

    said = form.title.data, form.link.data or "", form.text.data, form.version.data or 0
    try:
        owning.change(db.session, it, *said, current_staff().called, clock.now())
    except ChangedMeanwhile as refusal:
        db.session.rollback()
        db.session.refresh(it)
        form.version.data, form.version.raw_data = it.version, None
        form.form_errors = [gettext(refusal.reason)]
        return _page(it, form, it), 409
    db.session.commit()
    return web.back(url_for(".sources"), gettext("The source is changed."))


@bp.post("/sources/<id:source_id>/removal")
def take_source_back(source_id: int) -> ResponseReturnValue:
    it = find(OwnSource, id=source_id)

    owning.take_back(it, clock.now())
    db.session.commit()
    undo = url_for(".bring_source_back", source_id=it.id)
    return web.back(url_for(".sources"), gettext("The source is taken back."), undo=undo)


@bp.post("/sources/<id:source_id>/return")
def bring_source_back(source_id: int) -> ResponseReturnValue:
    it = find(OwnSource, id=source_id)

    owning.bring_back(it)
    db.session.commit()
    return web.back(url_for(".sources"), gettext("The source is there again."))


def _page(it: OwnSource, form: SourceForm, now: OwnSource | None = None) -> str:
    cited = owning.citations(db.session, current_project())[it.id]
    return render_template(
        "agency/evidence/source.html", it=it, form=form, now=now, cited=cited
    )
