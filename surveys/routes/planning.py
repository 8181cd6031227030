"""The course of a survey: when it opens and closes, when it is full, what people read then."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import clock, web
from core.db import db
from core.errors import Refusal
from people.current import find
from people.models import Sector
from surveys.definition import Texts
from surveys.fieldwork import planning, starting
from surveys.fieldwork.planning import (
    ChangedMeanwhile,
    ClosesBeforeItOpens,
    ClosesInThePast,
    OpensInThePast,
    Plan,
)
from surveys.forms import PlanForm, SectorField, WordsField
from surveys.kinds import Sample
from surveys.models import Kind, State, Subject, Survey
from surveys.responses.limiting import seats
from surveys.routes.desk import bp
from surveys.routes.wording import language_name, sector_name

FIELDS: Mapping[type[Refusal], str] = {
    OpensInThePast: "opens", ClosesInThePast: "closes", ClosesBeforeItOpens: "closes",
}  # fmt: skip


@bp.get("/<slug>/course")
def course(slug: str) -> ResponseReturnValue:
    """What is laid down about the course of a survey."""
    survey = find(Survey, slug=slug)
    plan = planning.plan_of(survey)
    values: dict[str, Any] = {
        "version": survey.version,
        "opens": _local(plan.opens),
        "closes": _local(plan.closes),
        "sample": plan.sample,
    }
    values |= {"most": plan.most, **{str(each): n for each, n in plan.by_sector.items()}}
    for what in ("thanks", "farewell"):
        texts: Texts = getattr(plan, what)
        values |= {f"{what}-{language}": text for language, text in texts.items()}
    return _page(survey, _form(survey, formdata=None, data=values))


@bp.post("/<slug>/course")
def lay_down(slug: str) -> ResponseReturnValue:
    survey = find(Survey, slug=slug)
    form = _form(survey)
    if not form.validate():
        return _page(survey, form), 422

    try:
        planning.lay_down(
            db.session, survey, _plan(survey, form), clock.now(), form.version.data
        )
    except ChangedMeanwhile as refusal:
        db.session.rollback()
        form.version.data, form.version.raw_data = survey.version, None
        form.form_errors.append(gettext(refusal.reason))
        return _page(survey, form), 409
    except (OpensInThePast, ClosesInThePast, ClosesBeforeItOpens) as refusal:
        db.session.rollback()
        form[FIELDS[type(refusal)]].errors = [gettext(refusal.reason)]
        return _page(find(Survey, slug=slug), form), 422
    db.session.commit()
    return web.back(
        url_for(".survey", slug=slug), gettext("The course of the survey is saved.")
    )


def _form(survey: Survey, **values: Any) -> PlanForm:
    """Return the form with a field for each sector and for each language of the survey."""

    class Form(PlanForm):
        pass

    if survey.subject == Subject.ORGANISATIONS and survey.kind == Kind.IDENTIFIED:
        for sector in Sector:
            setattr(Form, sector, SectorField(sector_name(sector)))
    for language in _languages(survey):
        for what, label in _words().items():
            named = label % {"language": language_name(language)}
            setattr(Form, f"{what}-{language}", WordsField(named))
    form = Form(**values)
    if survey.state != State.DRAFT:
        del form.opens
    if survey.state == State.CLOSED:
        del form.closes
    if survey.kind == Kind.ANONYMOUS:
        del form.most
    if survey.kind != Kind.IDENTIFIED or survey.subject != Subject.ORGANISATIONS:
        del form.sample
    return form


def _words() -> dict[str, str]:
    return {
        "thanks": gettext("Read after handing in, in %(language)s", language="%(language)s"),
        "farewell": gettext("Read once it is closed, in %(language)s", language="%(language)s"),
    }


def _plan(survey: Survey, form: PlanForm) -> Plan:
    given = {name: data for name, data in form.data.items() if data}
    texts: dict[str, dict[str, str]] = {"thanks": {}, "farewell": {}}
    for language in _languages(survey):
        for what, kept in texts.items():
            if text := given.get(f"{what}-{language}"):
                kept[language] = text
    return Plan(
        _moment(given.get("opens")),
        _moment(given.get("closes")),
        given.get("most"),
        {sector: given[sector] for sector in Sector if sector in given},
        **texts,
        sample=Sample(given.get("sample") or survey.sample),
    )


def _page(survey: Survey, form: PlanForm) -> str:
    taken = seats(db.session, survey)
    facts = {"asked_in": _languages(survey), "sectors": [*Sector], "taken": taken}
    return render_template("surveys/course.html", survey=survey, form=form, **facts)


def _languages(survey: Survey) -> tuple[str, ...]:
    definition = starting.latest(db.session, survey)
    return definition.languages or (definition.default_language,)


def _local(moment: datetime | None) -> datetime | None:
    return moment.astimezone(clock.ZONE).replace(tzinfo=None) if moment else None


def _moment(typed: datetime | None) -> datetime | None:
    return typed.replace(tzinfo=clock.ZONE) if typed else None
