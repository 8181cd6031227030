from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from core import clock, web
from core.db import db
from people.current import current_project, find, find_all
from people.models import Organisation, Sector
from people.register import Entry, add_organisation
from surveys.forms import AddForm, AssignForm
from surveys.hiding import refuse_persons
from surveys.models import Mention, Response, Survey
from surveys.reporting import listing
from surveys.responses import agreeing, leading, mentioning
from surveys.routes.desk import bp


@bp.get("/<slug>/responses")
def responses(slug: str) -> ResponseReturnValue:
    """Who answered, and which answer speaks for an organisation."""
    return _page(_survey(slug))


@bp.post("/<slug>/responses/<id:response_id>/lead")
def choose_leading(slug: str, response_id: int) -> ResponseReturnValue:
    survey = _survey(slug)
    response = find(Response, id=response_id, survey_id=survey.id)

    leading.choose_leading(db.session, survey, response)
    db.session.commit()
    return _back(slug, gettext("This answer speaks for the organisation now."))


@bp.post("/<slug>/responses/<id:response_id>/organisation")
def assign(slug: str, response_id: int) -> ResponseReturnValue:
    survey = _survey(slug)
    response = find(Response, id=response_id, survey_id=survey.id)
    form = _assign_form(str(response.id))
    if not form.validate():
        return _page(survey), 422
    organisation = find(Organisation, id=int(form.organisation.data), deleted=None)

    leading.assign(db.session, survey, response, organisation)
    db.session.commit()
    return _back(slug, gettext("The answer belongs to %(name)s now.", name=organisation.name))


@bp.post("/<slug>/responses/<id:response_id>/organisation/new")
def assign_new(slug: str, response_id: int) -> ResponseReturnValue:
    survey = _survey(slug)
    response = find(Response, id=response_id, survey_id=survey.id)
    form = AddForm(prefix=str(response.id))
    if not form.validate():
        return _page(survey, {str(response.id): form}), 422

    organisation = _add(form)
    leading.assign(db.session, survey, response, organisation)
    db.session.commit()
    return _back(slug, gettext("%(name)s is in the register now.", name=organisation.name))


@bp.post("/<slug>/mentions/<id:mention_id>/organisation")
def assign_mention(slug: str, mention_id: int) -> ResponseReturnValue:
    survey = _survey(slug)
    mention = find(Mention, id=mention_id, survey_id=survey.id)
    form = _assign_form(f"m{mention.id}")
    if not form.validate():
        return _page(survey), 422
    organisation = find(Organisation, id=int(form.organisation.data), deleted=None)

    mentioning.assign(mention, organisation.id)
    db.session.commit()
    return _back(slug, gettext("“%(name)s” is assigned.", name=mention.name))


@bp.post("/<slug>/mentions/<id:mention_id>/organisation/new")
def assign_mention_new(slug: str, mention_id: int) -> ResponseReturnValue:
    survey = _survey(slug)
    mention = find(Mention, id=mention_id, survey_id=survey.id)
    form = AddForm(prefix=f"m{mention.id}")
    if not form.validate():
        return _page(survey, {f"m{mention.id}": form}), 422

    organisation = _add(form)
    mentioning.assign(mention, organisation.id)
    db.session.commit()
    return _back(slug, gettext("%(name)s is in the register now.", name=organisation.name))


def _survey(slug: str) -> Survey:
    """Return a survey whose single answers one may see: of others not even numbers are told."""
    survey = find(Survey, slug=slug)
    refuse_persons(survey)
    return survey


def _page(survey: Survey, add: dict[str, AddForm] | None = None) -> str:
    found = listing.responses(db.session, survey)
    typed = listing.names_typed(db.session, survey, found)
    mentions = listing.unassigned(db.session, survey)
    names = {str(each.id): typed.get(each.id, "") for each in found if not each.organisation_id}
    sectors = {f"m{each.id}": each.sector for each in mentions}
    names |= {f"m{each.id}": each.name for each in mentions}
    return render_template(
        "surveys/responses.html",
        survey=survey,
        responses=found,
        typed=typed,
        mentions=mentions,
        agreed=agreeing.agreements(db.session, survey),
        assign={prefix: _assign_form(prefix, formdata=None) for prefix in names},
        add={
            prefix: AddForm(None, prefix=prefix, name=name, sector=sectors.get(prefix, ""))
            for prefix, name in names.items()
        }
        | (add or {}),
    )


def _assign_form(prefix: str, **more: object) -> AssignForm:
    form = AssignForm(prefix=prefix, **more)
    known = find_all(Organisation, deleted=None)
    form.organisation.choices = [SelectChoice(str(each.id), each.name) for each in known]
    return form


def _add(form: AddForm) -> Organisation:
    """Enter the organisation of a form into the register, once."""
    entry = Entry(name=form.name.data, sector=Sector(form.sector.data))
    project, now = current_project(), clock.now()
    return add_organisation(db.session, project, entry, now, form_key=form.key.data)


def _back(slug: str, notice: str) -> ResponseReturnValue:
    return web.back(url_for(".responses", slug=slug), notice)
