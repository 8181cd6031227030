"""Vacancies of enterprises: what they may know of people, and whom a counsellor releases."""

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency import vacancies as market
from agency.forms import ReleaseForm
from agency.models import Release
from agency.routes.area import needs
from core import clock, web
from core.db import db
from people.current import (
    current_membership,
    current_project,
    current_staff,
    find,
    only_for,
    open_to,
)
from people.listings.models import Listing
from people.models import Organisation, Role


@needs.get("/vacancies")
@open_to(Role.COUNSELLOR)
def vacancies() -> ResponseReturnValue:
    """All vacancies, each with what its enterprise may be told."""
    return page()


@needs.post("/vacancies/<id:need_id>/releases")
@only_for(Role.COUNSELLOR)
def release(need_id: int) -> ResponseReturnValue:
    """Let an enterprise ask one's provider for people who have said yes."""
    vacancy, provider = find(Listing, id=need_id, deleted=None), _provider()
    if not market.is_vacancy(db.session, vacancy):
        abort(404)
    form = ReleaseForm()
    if not form.validate() or not form.agreed.data:
        return page(form, vacancy), 422

    values = form.number.data or 0, form.agreed.data, current_staff().called, clock.now()
    try:
        market.release(db.session, vacancy, provider, *values, form.key.data)
    except (market.NotYet, market.NoVacancy) as refusal:
        form.form_errors = [gettext(refusal.reason)]
        return page(form, vacancy), 409
    db.session.commit()
    said = gettext("Released. The enterprise may ask your organisation now.")
    return web.back(url_for(".vacancies"), said)


@needs.post("/releases/<id:release_id>/removal")
@only_for(Role.COUNSELLOR)
def take_back_release(release_id: int) -> ResponseReturnValue:
    """Take back what one's own provider has released."""
    it = find(Release, id=release_id, provider_id=_provider().id)

    market.take_back(db.session, it)
    db.session.commit()
    return web.back(url_for(".vacancies"), gettext("Taken back. This release counts no more."))


def page(form: ReleaseForm | None = None, again: Listing | None = None) -> str:
    """Show the vacancies; a form that was refused stands open as it was typed."""
    today, own = clock.today(), current_membership().provider
    return render_template(
        "agency/vacancies.html",
        found=market.vacancies(db.session, current_project(), today),
        own=own if current_membership().role == Role.COUNSELLOR else None,
        is_team=current_membership().role == Role.FACILITATOR,
        form=form,
        blank=ReleaseForm(formdata=None),
        again=again,
    )


def _provider() -> Organisation:
    return current_membership().provider or abort(404)
