"""The desk of a counsellor: the conversations of one's own provider, and of no other."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from core import clock, i18n, jobs, logs, web
from core.db import db
from core.languages import name_in
from people.current import (
    current_membership,
    current_project,
    find,
    find_all,
    only_for,
    open_to,
    staff_blueprint,
)
from people.desk import Tab, add_tab
from people.models import Role
from surveys.conversations import coding, erasing, holding, listing, sharing
from surveys.conversations.models import Conversation
from surveys.models import Subject, Survey
from surveys.odk import doubting
from surveys.questionnaires.tongues import name_of
from surveys.routes import visiting, wording

bp = staff_blueprint("conversations", __name__, "/conversations")
logs.leave_out(bp)  # when somebody came, and how long each page took, would tell of them
wording.teach(bp)
bp.context_processor(
    lambda: {
        "name_of": name_of,
        "called": lambda code: name_in(code, i18n.language()),
    }
)
add_tab(Tab(15, "conversations.index", lazy_gettext("Conversations"), used=listing.are_meant))
counsellors = only_for(Role.COUNSELLOR)


def own(code: str) -> Conversation:
    """Return a conversation of one's own provider: all others are like none."""
    return find(Conversation, code=code, provider_id=provider_id())


def provider_id() -> int | None:
    return current_membership().provider_id


@bp.get("")
@open_to(Role.COUNSELLOR)
def index() -> ResponseReturnValue:
    """One's own conversations; whoever facilitates sees where the figures are."""
    if current_membership().role != Role.COUNSELLOR:
        surveys = [*reversed(find_all(Survey, subject=Subject.PERSONS))]
        return render_template("surveys/conversations/figures.html", surveys=surveys)
    return _desk()


@bp.post("/search")
@counsellors
def search() -> ResponseReturnValue:
    """Look a conversation up by its code, however that is spaced."""
    typed = request.form.get("code", "")
    code = coding.read(typed)
    known = {each.code for each in _mine()}
    if code not in known:
        return _desk(typed), 422
    return web.back(url_for(".conversation", code=code), "")


@bp.get("/<code>")
@counsellors
def conversation(code: str) -> ResponseReturnValue:
    """Go on where one stopped, or read the card once more."""
    found = own(code)
    end = ".card" if found.draft is None else ".resume"
    return web.back(url_for(end, code=code), "")


def _mine() -> list[Conversation]:
    number = provider_id()
    if number is None:
        return []
    months = listing.by_month(db.session, current_project().id, number)
    return [each for found in months.values() for each in found]


def _desk(typed: str = "") -> str:
    number = provider_id()
    project = current_project()
    months = listing.by_month(db.session, project.id, number) if number else {}
    return render_template(
        "surveys/conversations/desk.html",
        provider=current_membership().provider,
        months=months,
        open_surveys=holding.surveys_for(db.session, project.id),
        waiting=len(sharing.waiting(db.session, project.id, number)) if number else 0,
        doubts=doubting.number_of(db.session, project.id, number) if number else 0,
        typed=typed,
        trouble=gettext("No conversation of yours has this code.") if typed else "",
    )


def current_provider() -> int:
    """Return the provider for which one talks; without one there is nothing here."""
    return provider_id() or abort(404)


@jobs.nightly(hour=3)
def forget_keys() -> None:
    """Destroy the keys of conversations whose survey is kept no longer."""
    erasing.forget_the_rest(db.session, visiting.keys(), clock.now())
