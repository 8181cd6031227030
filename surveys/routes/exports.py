"""Answers to take along; whoever does is noted."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from core import clock, i18n
from core.db import db
from core.downloading import download
from core.errors import Refusal
from people.current import current_staff, find
from surveys.exporting import gathering, recording
from surveys.exporting.tables import Options
from surveys.fieldwork import starting
from surveys.forms import ExportForm
from surveys.models import Survey
from surveys.routes.desk import bp
from surveys.routes.wording import language_name


@bp.get("/<slug>/exports")
def exports(slug: str) -> ResponseReturnValue:
    """All kinds of files, what each is for, and who has taken answers along."""
    survey = find(Survey, slug=slug)
    return _page(survey, _form(survey))


@bp.post("/<slug>/exports")
def export(slug: str) -> ResponseReturnValue:
    """Give the answers away as a file, and note it."""
    survey, staff = find(Survey, slug=slug), current_staff()
    form = _form(survey)
    if not form.validate():
        return _page(survey, form), 422

    options = Options(
        labels=form.cells.data == "words",
        language=form.language.data,
        audience=form.names.data,
        leading_only=form.which.data == "leading",
    )
    kind, by = form.kind.data, staff.called
    content = recording.export(db.session, survey, kind, options, by, clock.now())
    db.session.commit()
    return download(content, recording.ENDINGS.get(kind, "zip"), f"{slug}-{kind}")


def _form(survey: Survey) -> ExportForm:
    definition, mine = starting.latest(db.session, survey), i18n.language()
    languages = definition.languages or (definition.default_language or mine,)
    form = ExportForm(language=mine if mine in languages else languages[0])
    form.language.choices = [SelectChoice(code, language_name(code)) for code in languages]
    return form


def _page(survey: Survey, form: ExportForm) -> str:
    words = request.args.get("words", "").strip()[:100]
    noted = {
        **recording.NAMES,
        recording.PASSAGES: gettext("Passages, CSV"),
        recording.MAIL_MERGE: gettext("Mail merge: names, addresses, personal links"),
    }
    return render_template(
        "surveys/exports.html",
        survey=survey,
        form=form,
        names=recording.NAMES,
        refused=_why_not(survey),
        noted=noted,
        exports=recording.exports_of(db.session, survey, words, noted),
        listed=recording.LISTED,
        words=words,
    )


def _why_not(survey: Survey) -> str:
    try:
        gathering.check(survey)
    except Refusal as refusal:
        return refusal.reason
    return ""
