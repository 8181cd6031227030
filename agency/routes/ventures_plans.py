"""The plans of a venture: milestones, jobs and money."""

from dataclasses import replace
from decimal import ROUND_UP, Decimal

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.funding import recording
from agency.funding.keeping import listed
from agency.routes.ventures import desk, the_dossier, the_venture
from agency.routes.ventures_forms import AccountForm, kept_of
from agency.ventures import drawing, keeping, paying, planning
from agency.ventures.budgeting import Liquidity
from agency.ventures.models import FundingState, Job, Subsidy, Venture
from agency.ventures.paying import Applicant, Cost, Work
from agency.ventures.reading import Dossier, employer_of, euros, work_of
from core import clock, web
from core.db import db
from core.errors import ChangedMeanwhile
from people.current import current_project, current_staff


@desk.get("/<id:venture_id>/milestones")
def milestones(venture_id: int) -> ResponseReturnValue:
    """What is to be done by when, with the line of today."""
    found, day = the_dossier(venture_id), clock.today()
    chart = planning.chart(found.milestones, day)
    return render_template(
        "agency/ventures/milestones.html", it=found.venture, chart=chart, today=day
    )


@desk.get("/<id:venture_id>/jobs")
def jobs(venture_id: int) -> ResponseReturnValue:
    """The jobs, what they cost, and which money for wages there is."""
    found, day = the_dossier(venture_id), clock.today()
    return render_template(
        "agency/ventures/jobs.html",
        it=found.venture,
        jobs=[(each, *_costs(found, each)) for each in found.jobs],
        filled=found.filled(day),
        today=day,
        minimum=paying.minimum_on(day),
        wages=paying.minimum_wages(),
        asked="asked" in request.args,
        lacks=_lacks(),
    )


@desk.get("/<id:venture_id>/money")
def money(venture_id: int) -> ResponseReturnValue:
    """Funding, and the account month by month."""
    found, is_hopeful = the_dossier(venture_id), "hopeful" in request.args
    plan = found.liquidity(hopeful=is_hopeful)
    live = [each for each in found.funding if each.state != FundingState.REFUSED]
    total = sum(each.amount_cents for each in live)
    own = sum(each.amount_cents for each in live if each.is_own)
    granted = [each for each in live if each.state == FundingState.GRANTED]
    return render_template(
        "agency/ventures/money.html",
        it=found.venture,
        dossier=found,
        plan=plan,
        chart=drawing.chart(plan),
        is_hopeful=is_hopeful,
        total=euros(total),
        granted=euros(sum(each.amount_cents for each in granted)),
        own=own / total if total else None,
        wages=[(each, *_paid(found, each, hopeful=is_hopeful)) for each in found.jobs],
        programmes={each.code: each for each in listed(db.session, current_project())},
        checks=recording.kept(db.session, current_project(), "venture", str(venture_id)),
        asked=_asked(found, plan, own),
    )


def _asked(found: Dossier, plan: Liquidity, own: int) -> dict[str, object]:
    """Return what the funding check need not ask of a venture, as its address says it."""
    it = found.venture
    known = {
        "organisation": it.organisation.name if it.organisation else "",
        "subject": it.title,
        "kind": "venture",
        "which": it.id,
        "legal_form": it.legal_form,
        "amount": plan.missing.quantize(Decimal(1), ROUND_UP) if plan.missing else "",
        "own": euros(own) if own else "",
    }
    return {name: value for name, value in known.items() if value}


@desk.get("/<id:venture_id>/money/account")
def edit_account(venture_id: int) -> ResponseReturnValue:
    it = the_venture(venture_id)
    return _account(it, AccountForm(data=kept_of(it)))


@desk.post("/<id:venture_id>/money/account")
def change_account(venture_id: int) -> ResponseReturnValue:
    """Say where the money plan begins."""
    it = the_venture(venture_id)
    form = AccountForm()
    if not form.validate():
        return _account(it, form), 422

    said = form.version.data or 0, form.values(), current_staff().called, clock.now()
    try:
        keeping.change(db.session, it, it, *said)
    except ChangedMeanwhile as refusal:
        db.session.rollback()
        form.version.data, form.version.raw_data = it.version, None
        form.form_errors = [gettext(refusal.reason)]
        return _account(it, form, kept_of(it)), 409
    db.session.commit()
    return web.back(url_for(".money", venture_id=it.id), gettext("Saved."))


def _costs(found: Dossier, job: Job) -> tuple[Cost, list[tuple[int, Cost]]]:
    """Return what a job costs by itself, and in each year with a subsidy, hoped for or not."""
    work, employer = work_of(job, hopeful=True), employer_of(found.venture)
    alone = replace(work, subsidy=Subsidy.NONE)
    return paying.cost(alone, work.starts, employer), paying.subsidised(work, employer)


def _paid(found: Dossier, job: Job, *, hopeful: bool) -> tuple[Work, Cost]:
    """Return a job as the money plan counts it, and what it costs in its first month."""
    work = work_of(job, hopeful=hopeful)
    return work, paying.cost(work, work.starts, employer_of(found.venture))


def _lacks() -> dict[Subsidy, list[str]]:
    """Return what somebody lacks for each subsidy; nothing of it is kept."""
    ticked = set(request.args)
    person = Applicant(
        is_25="age" in ticked,
        years_on_benefits=6 if "benefits" in ticked else 0,
        years_unemployed=2 if "unemployed" in ticked else 0,
    )
    return {each: paying.missing_for(each, person) for each in (Subsidy.E16, Subsidy.I16)}


def _account(it: Venture, form: AccountForm, now: dict[str, object] | None = None) -> str:
    return render_template(
        "agency/ventures/form.html",
        it=it,
        form=form,
        now=now,
        title=gettext("Where the plan begins"),
        action=url_for(".change_account", venture_id=it.id),
        page=url_for(".money", venture_id=it.id),
        removal="",
    )
