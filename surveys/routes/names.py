"""The queue of written names: whom each one means, said case by case."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from core import clock, web
from core.db import db
from core.forms import tidy
from people.current import current_project, current_staff, find, staff_blueprint
from people.models import Organisation, Sector
from people.names.matching import REASONS, Register
from people.naming import registered
from people.register import Entry, add_organisation
from people.routes.doubles import hits
from people.words import LOCALITIES, SECTORS
from surveys.forms import AddForm
from surveys.models import Mention
from surveys.responses import clearing, settling
from surveys.responses.clearing import Case
from surveys.responses.models import NameDecision
from surveys.routes import wording

bp = staff_blueprint("names", __name__, "/people/names")
wording.teach(bp)
EACH, LONGEST = 100, 100  # names on a page, letters that are looked for
REMEMBER = lazy_gettext("Remember it as another name of the organisation")


@bp.context_processor
def _words() -> dict[str, object]:
    return {"may_edit": True, "sectors": SECTORS, "localities": LOCALITIES, "reasons": REASONS}


@bp.get("")
def queue() -> ResponseReturnValue:
    """The case that is next, or the one asked for, and all that wait behind it."""
    return _page(request.args.get("case", 0, int))


@bp.post("/mentions/<id:mention_id>/organisation")
def decide(mention_id: int) -> ResponseReturnValue:
    mention = find(Mention, id=mention_id)
    try:
        number = web.row_id(request.form.get("organisation", ""))
    except ValueError:
        return web.refuse(422, gettext("Please choose an organisation."))
    organisation = find(Organisation, id=number, deleted=None)

    clearing.decide(
        db.session, current_project(), mention, organisation, by=current_staff().called,
        now=clock.now(), remember=bool(request.form.get("remember")),
    )  # fmt: skip
    db.session.commit()
    return _next(
        gettext("“%(name)s” means %(whom)s.", name=mention.name, whom=organisation.name)
    )


@bp.post("/mentions/<id:mention_id>/organisation/new")
def add(mention_id: int) -> ResponseReturnValue:
    mention, form = find(Mention, id=mention_id), AddForm()
    if not form.validate():
        return _page(mention_id, form), 422

    project, now, by = current_project(), clock.now(), current_staff().called
    entry = Entry(name=form.name.data, sector=Sector(form.sector.data))
    added = add_organisation(db.session, project, entry, now, form_key=form.key.data)
    clearing.decide(
        db.session, project, mention, added, by=by, now=now, remember=True, added=True
    )
    db.session.commit()
    return _next(gettext("%(name)s is in the register now.", name=added.name))


@bp.post("/mentions/<id:mention_id>/later")
def leave(mention_id: int) -> ResponseReturnValue:
    mention = find(Mention, id=mention_id)

    by, now = current_staff().called, clock.now()
    clearing.leave(db.session, current_project(), mention, by=by, now=now)
    db.session.commit()
    return _next(gettext("“%(name)s” waits at the end.", name=mention.name))


@bp.post("/mentions/<id:mention_id>/none")
def dismiss(mention_id: int) -> ResponseReturnValue:
    mention = find(Mention, id=mention_id)

    by, now = current_staff().called, clock.now()
    clearing.dismiss(db.session, current_project(), mention, by=by, now=now)
    db.session.commit()
    return _next(gettext("“%(name)s” is no organisation.", name=mention.name))


@bp.get("/settled")
def settled() -> ResponseReturnValue:
    """Whom the names mean that wait no more, and who said so."""
    words = tidy(request.args.get("q"))[:LONGEST]
    found = settling.settled(db.session, current_project(), words)
    first = max(request.args.get("from", 0, int), 0)
    return render_template(
        "people/names/settled.html", words=words, found=found, first=first, each=EACH
    )


@bp.post("/mentions/<id:mention_id>/organisation/removal")
def reopen(mention_id: int) -> ResponseReturnValue:
    mention = find(Mention, id=mention_id)

    settling.reopen(db.session, current_project(), mention)
    db.session.commit()
    notice = gettext("“%(name)s” waits again.", name=mention.name)
    return web.back(url_for(".queue", case=mention_id, _anchor="case"), notice)


@bp.post("/decisions/<id:number>/removal")
def undo(number: int) -> ResponseReturnValue:
    done = find(NameDecision, id=number)

    clearing.undo(db.session, done, now=clock.now())
    db.session.commit()
    case = done.mentions[0] if done.mentions else None
    notice = gettext("The decision is taken back.")
    return web.back(url_for(".queue", case=case, _anchor="case"), notice)


def _next(notice: str) -> ResponseReturnValue:
    return web.back(url_for(".queue", _anchor="case"), notice)


def _page(wanted: int, form: AddForm | None = None) -> str:
    project = current_project()
    cases = clearing.waiting(db.session, project)
    case = _asked_for(cases, wanted)
    words = request.args.get("q-organisation", "")
    return render_template(
        "people/names/queue.html",
        cases=cases,
        case=case,
        candidates=Register(registered(db.session, project)).candidates(case.name)
        if case
        else [],
        form=form or (AddForm(None, name=case.name, sector=case.sector) if case else None),
        words=words,
        hits=hits(words),
        last=clearing.last_decision(db.session, project, current_staff().called),
        remember=REMEMBER,
    )


def _asked_for(cases: list[Case], wanted: int) -> Case | None:
    """Return the case that holds a mention, or else the first."""
    held = (each for each in cases if wanted in [mention.id for mention in each.mentions])
    return next(held, cases[0] if cases else None)
