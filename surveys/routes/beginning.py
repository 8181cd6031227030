from functools import cache
from pathlib import PurePath

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import clock, web
from core.db import db
from people.current import current_project
from surveys.definition import Definition
from surveys.exchange.findings import Findings
from surveys.exchange.xlsform import Reading, read_xlsform
from surveys.fieldwork import starting
from surveys.forms import ChooseForm, UploadForm
from surveys.models import Subject
from surveys.routes.desk import bp


@bp.get("/new")
def new() -> ResponseReturnValue:
    """Where surveys come from."""
    return _page(ChooseForm(formdata=None), UploadForm(formdata=None))


@bp.post("")
def begin() -> ResponseReturnValue:
    form = ChooseForm()
    if not form.validate():
        return _page(form, UploadForm(formdata=None)), 422

    name = form.instrument.data
    read = _ours(name)
    assert read.definition is not None  # noqa: S101 - a test reads both
    return _begin(form, read.definition, read.findings, starting.INSTRUMENTS[name])


@bp.post("/upload")
def upload() -> ResponseReturnValue:
    form = UploadForm()
    if not form.validate():
        return _page(ChooseForm(formdata=None), form), 422
    file = form.file.data
    read = read_xlsform(file.read(), PurePath(file.filename).stem)
    if read.definition is None or not read.accepted:
        return _page(ChooseForm(formdata=None), form, read.findings), 422

    return _begin(form, read.definition, read.findings, Subject(form.subject.data))


@cache
def _ours(name: str) -> Reading:
    """Read one of our own questionnaires, once."""
    return read_xlsform(starting.instrument(name), name)


def _begin(
    form: ChooseForm | UploadForm, definition: Definition, findings: Findings, subject: Subject
) -> ResponseReturnValue:
    survey = starting.begin_survey(
        db.session,
        current_project(),
        definition,
        form.key.data,
        title=form.title.data,
        subject=subject,
        now=clock.now(),
        findings=_kept(findings),
    )
    db.session.commit()
    page = url_for(".survey", slug=survey.slug)
    return web.back(page, gettext("The survey is a draft. Look at it, then open it."))


def _page(choose: ChooseForm, upload: UploadForm, findings: Findings | None = None) -> str:
    return render_template(
        "surveys/new.html",
        choose=choose,
        upload=upload,
        findings=_kept(findings) if findings else [],
    )


def _kept(findings: Findings) -> list[dict[str, object]]:
    """Return findings as they are kept with a version: translated when they are shown."""
    return [
        {
            **finding.to_json(),
            "message": finding.message,
            "values": {name: str(value) for name, value in finding.values.items()},
        }
        for finding in findings
    ]
