"""The income of one organisation: by wave, as the register holds it, and what it held."""

from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DecimalField, IntegerField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import HiddenInput

from agency import diversity, earning
from agency.models import IncomeNote
from agency.routes.income import income, title_of
from core import clock, web
from core.db import db
from core.errors import ChangedMeanwhile, message
from core.forms import KeyField, tidy
from core.i18n import language
from people.current import current_project, current_staff, find
from people.models import Organisation
from people.naming import organisation_called, registered

LARGEST = 2**31 - 1  # number that the database takes
WORDS = {
    "inc_public": message("Public grants"),
    "inc_fee": message("Service fees"),
    "inc_market": message("Market"),
    "inc_donation": message("Donations"),
    "inc_member": message("Membership fees"),
    "inc_other": message("Other income"),
    earning.ENDS: message("Of all income ends within 12 months"),
}


class ShareField(DecimalField):
    """Per cent, with a comma or a point; empty where it is not known."""

    def __init__(self, label: Any, **more: Any) -> None:
        rules = [Optional(), NumberRange(0, earning.WHOLE)]
        looks = {"inputmode": "decimal", "maxlength": "6"}
        super().__init__(label, rules, places=None, render_kw=looks, **more)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        super().process_formdata([each.replace(",", ".") for each in valuelist])

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        said = "" if self.data is None else f"{self.data:g}"
        return said.replace(".", ",") if language() == "de" else said


class IncomeForm(FlaskForm):  # type: ignore[misc] # Flask-WTF carries no types
    """Shares in per cent; an empty field is not known."""

    key = KeyField()
    version = IntegerField(widget=HiddenInput(), validators=[NumberRange(0, LARGEST)])
    inc_public = ShareField(lazy_gettext("Public grants"))
    inc_fee = ShareField(lazy_gettext("Service fees"))
    inc_market = ShareField(lazy_gettext("Market"))
    inc_donation = ShareField(lazy_gettext("Donations"))
    inc_member = ShareField(lazy_gettext("Membership fees"))
    inc_other = ShareField(lazy_gettext("Other income"))
    inc_expiring_pct = ShareField(lazy_gettext("Of all income ends within 12 months"))

    @property
    def figures(self) -> dict[str, float]:
        """Return what was typed; call it when it is valid."""
        typed = {name: self[name].data for name in earning.NAMES}
        return {name: _plain(value) for name, value in typed.items() if value is not None}


@income.get("/organisations")
def look_up() -> ResponseReturnValue:
    """Lead to the organisation with a name."""
    known = registered(db.session, current_project())
    found = organisation_called(known, tidy(request.args.get("name"))[:200])
    if found is None:
        said = gettext("No organisation of the register has this name.")
        return web.back(url_for(".figures"), said)
    return redirect(url_for(".organisation", code=found.code))


@income.get("/organisations/<code>")
def organisation(code: str) -> ResponseReturnValue:
    """What each wave tells of an organisation, and what the register holds and held."""
    it = find(Organisation, code=code, deleted=None)
    return _page(it, IncomeForm(formdata=None, data=_held(it)))


@income.post("/organisations/<code>")
def note_income(code: str) -> ResponseReturnValue:
    """Let the register hold other figures."""
    it, form = find(Organisation, code=code, deleted=None), IncomeForm()
    if not form.validate():
        return _page(it, form), 422
    return _note(it, form, form.figures, gettext("The figures are saved."))


@income.post("/organisations/<code>/removal")
def take_income_back(code: str) -> ResponseReturnValue:
    """Let the register hold no figures of this organisation any more."""
    it, form = find(Organisation, code=code, deleted=None), IncomeForm()
    if form.key.errors or not form.validate():
        return _page(it, form), 422
    return _note(it, form, {}, gettext("The figures are taken back."))


@income.post("/organisations/<code>/notes/<id:note_id>/return")
def note_again(code: str, note_id: int) -> ResponseReturnValue:
    """Let the register hold what it held before."""
    it = find(Organisation, code=code, deleted=None)
    earlier, form = find(IncomeNote, id=note_id, organisation_id=it.id), IncomeForm()
    if not form.validate():
        return _page(it, form), 422
    return _note(it, form, earlier.figures, gettext("The earlier figures stand again."))


def _note(
    it: Organisation, form: IncomeForm, figures: dict[str, float], said: str
) -> ResponseReturnValue:
    now, by = clock.now(), current_staff().called
    how = form.version.data or 0, form.key.data, by, now
    try:
        earning.note(db.session, it, figures, *how)
    except (ChangedMeanwhile, earning.MoreThanAll) as refusal:
        db.session.rollback()
        db.session.refresh(it)
        form.version.data, form.version.raw_data = it.version, None
        form.form_errors = [gettext(refusal.reason)]
        return _page(it, form), 409
    db.session.commit()
    return web.back(url_for(".organisation", code=it.code), said)


def _page(it: Organisation, form: IncomeForm) -> str:
    told = [
        (wave, each)
        for wave in diversity.waves_of(db.session, current_project())
        for each in wave.incomes
        if each.organisation.id == it.id
    ]
    return render_template(
        "agency/income/organisation.html",
        it=it,
        form=form,
        told=told,
        notes=earning.history(db.session, it),
        held=earning.figures_of(it),
        diversity_of=lambda figures: diversity.diversification(
            figures.get(f"inc_{kind}") for kind in diversity.KINDS
        ),
        NAMES=earning.NAMES,
        WORDS=WORDS,
        title_of=title_of,
    )


def _held(it: Organisation) -> dict[str, Any]:
    return earning.figures_of(it) | {"version": it.version}


def _plain(value: Any) -> float:
    """Return a whole number as one, as the register has it."""
    return int(value) if value == int(value) else float(value)
