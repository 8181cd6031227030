"""A round in which vacancies and people rank each other: what the team begins and decides."""

from collections.abc import Mapping

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.forms import RoundForm
from agency.rounds import beginning, deciding, wishing
from agency.rounds.models import RankingRound
from agency.routes.area import needs
from core import clock, web
from core.db import db
from core.keys import Keyring
from people.current import current_project, current_staff, find
from people.listings.models import Listing

MOST = 1_000


@needs.get("/rankings")
def rankings() -> ResponseReturnValue:
    """All rounds, and a form to begin one."""
    return _index(RoundForm())


@needs.post("/rankings")
def begin_ranking() -> ResponseReturnValue:
    """Begin a round with the vacancies that are ticked."""
    form, chosen, trouble = RoundForm(), _chosen(), ""
    if not chosen:
        trouble = gettext("Please choose at least one vacancy.")
    elif not all(1 <= seats <= MOST for seats in chosen.values()):
        trouble = gettext("Please give a number of places from 1 to 1000.")
    if not form.validate() or trouble:
        return _index(form, trouble), 422

    said = form.title.data, chosen, current_staff().called, clock.now(), form.key.data
    made = beginning.begin(db.session, _keys(), current_project(), *said)
    db.session.commit()
    return web.back(_page_of(made), gettext("The round is begun."))


@needs.get("/rankings/<id:ranking_id>")
def ranking(ranking_id: int) -> ResponseReturnValue:
    """What a round waits for, and what has come of it."""
    it = _round(ranking_id)
    return render_template(
        "agency/rounds/round.html",
        it=it,
        links={
            each.id: web.public(url_for("ranked.page", key=beginning.key_of(_keys(), each)))
            for each in it.places
        },
        released={each.id: deciding.released_at(db.session, each) for each in it.places},
        at_least=wishing.at_least(db.session, it),
        unreachable=web.only_here(),
    )


@needs.post("/rankings/<id:ranking_id>/decision")
def decide_ranking(ranking_id: int) -> ResponseReturnValue:
    it = _round(ranking_id)

    deciding.decide(db.session, it, clock.now())
    db.session.commit()
    undo = url_for(".reopen_ranking", ranking_id=it.id)
    said = gettext("Decided. Each counsellor sees the proposals for their own people now.")
    return web.back(_page_of(it), said, undo=undo)


@needs.post("/rankings/<id:ranking_id>/decision/removal")
def reopen_ranking(ranking_id: int) -> ResponseReturnValue:
    it = _round(ranking_id)

    deciding.undo(db.session, it)
    db.session.commit()
    return web.back(_page_of(it), gettext("The round is open again."))


@needs.post("/rankings/<id:ranking_id>/removal")
def remove_ranking(ranking_id: int) -> ResponseReturnValue:
    it = _round(ranking_id)

    deciding.remove(db.session, it, clock.now())
    db.session.commit()
    undo = url_for(".restore_ranking", ranking_id=it.id)
    return web.back(url_for(".rankings"), gettext("The round is deleted."), undo=undo)


@needs.post("/rankings/<id:ranking_id>/return")
def restore_ranking(ranking_id: int) -> ResponseReturnValue:
    it = find(RankingRound, id=ranking_id)

    deciding.restore(db.session, it)
    db.session.commit()
    return web.back(_page_of(it), gettext("The round is there again."))


def _round(ranking_id: int) -> RankingRound:
    return find(RankingRound, id=ranking_id, deleted=None)


def _page_of(it: RankingRound) -> str:
    return url_for(".ranking", ranking_id=it.id)


def _index(form: RoundForm, trouble: str = "") -> str:
    project = current_project()
    return render_template(
        "agency/rounds/index.html",
        form=form,
        trouble=trouble,
        typed=request.form,
        rounds=beginning.rounds_of(db.session, project),
        vacancies=beginning.open_vacancies(db.session, project, clock.today()),
    )


def _chosen() -> Mapping[Listing, int]:
    """Return the vacancies that are ticked, each with so many places; 0: no number."""
    open_ = beginning.open_vacancies(db.session, current_project(), clock.today())
    ticked = request.form.getlist("vacancy")
    return {each: _number(f"seats-{each.id}") for each in open_ if str(each.id) in ticked}


def _number(name: str) -> int:
    typed = request.form.get(name, "").strip()
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0


def _keys() -> Keyring:
    keys: Keyring = current_app.extensions["keys"]
    return keys
