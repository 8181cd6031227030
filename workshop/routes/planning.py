"""Planning an evening: its agenda, and by which rule the next vote chooses."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import web
from core.db import db
from people.current import find
from workshop import agenda, planning, posting
from workshop.models import Method, Phase, Workshop
from workshop.routes.desk import bp
from workshop.routes.forms import AgendaForm, vote_form
from workshop.voting.saying import PURPOSES


@bp.get("/<slug>/agenda")
def show_agenda(slug: str) -> ResponseReturnValue:
    workshop = find(Workshop, slug=slug)
    planned = {
        f"minutes_{item.phase}": item.minutes for item in agenda.agenda_of(workshop.board)
    }
    return _agenda(workshop, AgendaForm(data=planned))


@bp.post("/<slug>/agenda")
def plan(slug: str) -> ResponseReturnValue:
    workshop, form = find(Workshop, slug=slug), AgendaForm()
    if not form.validate():
        return _agenda(workshop, form), 422

    planning.plan(db.session, workshop.board, form.items)
    db.session.commit()
    return web.back(url_for(".workshop", slug=slug), gettext("The agenda is saved."))


@bp.get("/<slug>/vote")
def show_vote(slug: str) -> ResponseReturnValue:
    workshop = find(Workshop, slug=slug)
    ideas = posting.ideas_on(db.session, workshop.board)
    costs = {f"cost_{idea.id}": idea.cost for idea in ideas}
    return _vote(workshop, vote_form(ideas)(obj=workshop.board, data=costs))


@bp.post("/<slug>/vote")
def choose_rule(slug: str) -> ResponseReturnValue:
    workshop = find(Workshop, slug=slug)
    ideas = posting.ideas_on(db.session, workshop.board)
    form = vote_form(ideas)()
    if not form.validate():
        return _vote(workshop, form), 422

    planning.choose_rule(db.session, workshop.board, ideas, form.costs, **form.settings)
    db.session.commit()
    return web.back(url_for(".workshop", slug=slug), gettext("The rule of the vote is saved."))


def _agenda(workshop: Workshop, form: AgendaForm) -> str:
    page = "workshop/agenda.html"
    return render_template(page, workshop=workshop, form=form, phases=[*Phase])


def _vote(workshop: Workshop, form: object) -> str:
    facts = {"workshop": workshop, "form": form, "purposes": PURPOSES, "methods": [*Method]}
    return render_template("workshop/vote.html", **facts)
