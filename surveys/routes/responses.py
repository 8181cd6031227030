from collections.abc import Mapping

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from core import clock, web
from core.db import db
from people.current import current_project, find, find_all
from people.models import Organisation, Sector
from people.register import Entry, add_organisation
from surveys import leading, listing
from surveys.forms import AddForm, AssignForm
from surveys.models import Response, Survey
from surveys.routes.desk import bp


@bp.get("/<slug>/responses")
def responses(slug: str) -> ResponseReturnValue:
    """Who answered, and which answer speaks for an organisation."""
    return _page(find(Survey, slug=slug))


@bp.post("/<slug>/responses/<id:response_id>/lead")
def choose_leading(slug: str, response_id: int) -> ResponseReturnValue:
    survey = find(Survey, slug=slug)
    response = find(Response, id=response_id, survey_id=survey.id)

    leading.choose_leading(db.session, survey, response)
    db.session.commit()
    return _back(slug, gettext("This answer speaks for the organisation now."))


@bp.post("/<slug>/responses/<id:response_id>/organisation")
def assign(slug: str, response_id: int) -> ResponseReturnValue:
    survey = find(Survey, slug=slug)
    response = find(Response, id=response_id, survey_id=survey.id)
    form = _assign_form(response)
    if not form.validate():
        return _page(survey), 422
    organisation = find(Organisation, id=int(form.organisation.data), deleted=None)

    leading.assign(db.session, survey, response, organisation)
    db.session.commit()
    return _back(slug, gettext("The answer belongs to %(name)s now.", name=organisation.name))


@bp.post("/<slug>/responses/<id:response_id>/organisation/new")
def assign_new(slug: str, response_id: int) -> ResponseReturnValue:
    survey = find(Survey, slug=slug)
    response = find(Response, id=response_id, survey_id=survey.id)
    form = AddForm(prefix=str(response.id))
    if not form.validate():
        return _page(survey, {response.id: form}), 422

    entry = Entry(name=form.name.data, sector=Sector(form.sector.data))
    organisation = add_organisation(
        db.session, current_project(), entry, clock.now(), form_key=form.key.data
    )
    leading.assign(db.session, survey, response, organisation)
    db.session.commit()
    return _back(slug, gettext("%(name)s is in the register now.", name=organisation.name))


def _page(survey: Survey, add: dict[int, AddForm] | None = None) -> str:
    found = listing.responses(db.session, survey)
    typed = listing.names_typed(db.session, survey, found)
    homeless = [response for response in found if response.organisation_id is None]
    return render_template(
        "surveys/responses.html",
        survey=survey,
        responses=found,
        typed=typed,
        assign={each.id: _assign_form(each, formdata=None) for each in homeless},
        add={each.id: _add_form(each, typed) for each in homeless} | (add or {}),
    )


def _assign_form(response: Response, **more: object) -> AssignForm:
    form = AssignForm(prefix=str(response.id), **more)
    known = find_all(Organisation, deleted=None)
    form.organisation.choices = [SelectChoice(str(each.id), each.name) for each in known]
    return form


def _add_form(response: Response, typed: Mapping[int, str]) -> AddForm:
    return AddForm(formdata=None, prefix=str(response.id), name=typed.get(response.id, ""))


def _back(slug: str, notice: str) -> ResponseReturnValue:
    return web.back(url_for(".responses", slug=slug), notice)
