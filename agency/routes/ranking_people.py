"""On the counsellor's desk: the people of her own provider in a round, and nobody else's.

The team has no way in here, and no request to these pages is logged.
"""

from collections.abc import Sequence

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency import vacancies
from agency.forms import ContactForm, PersonForm
from agency.rounds import beginning, deciding, wishing
from agency.rounds.forms import said_of, value_of
from agency.rounds.models import RankingPerson, RankingRound
from agency.rounds.words import FIELDS
from agency.routes.area import words
from core import clock, web
from core.db import db
from people.current import (
    current_membership,
    current_project,
    current_staff,
    find,
    find_all,
)
from people.models import Organisation
from surveys.conversations.models import Conversation
from surveys.definition import Definition
from surveys.models import Response, SurveyVersion
from surveys.routes.conversations import bp, counsellors, own


@bp.get("/rankings")
@counsellors
def rankings() -> ResponseReturnValue:
    """All rounds; each leads to one's own people in it."""
    provider, rounds = _provider(), beginning.rounds_of(db.session, current_project())
    mine = {each.id: wishing.people_of(db.session, each, provider.id) for each in rounds}
    return render_template("agency/rounds/desk.html", rounds=rounds, mine=mine)


@bp.get("/rankings/<id:ranking_id>")
@counsellors
def ranking(ranking_id: int) -> ResponseReturnValue:
    """One's own people in a round, and who could still take part."""
    it, provider = _round(ranking_id), _provider()
    people = wishing.people_of(db.session, it, provider.id)
    inside = {each.conversation_id for each in people}
    market = deciding.market_of(db.session, it)
    return render_template(
        "agency/rounds/people.html",
        it=it,
        people=people,
        others=[
            each
            for each in find_all(Conversation, provider_id=provider.id, draft=None)
            if each.id not in inside
        ],
        reasons={each.id: deciding.reason_of(market, each) for each in people},
        places={each.id: each for each in it.places},
        said_of=said_of,
    )


@bp.get("/<code>/rankings/<id:ranking_id>")
@counsellors
def ranking_person(code: str, ranking_id: int) -> ResponseReturnValue:
    """What counts of a person, and her wishes; once it is decided, what comes of them."""
    conversation, it = _finished(code), _round(ranking_id)
    person = wishing.person_of(db.session, it, conversation)
    return _page(it, conversation, person, _form(it, conversation, person))


@bp.post("/<code>/rankings/<id:ranking_id>")
@counsellors
def enter_ranking(code: str, ranking_id: int) -> ResponseReturnValue:
    """Let a person take part, or say something else of her; a button moves a wish up."""
    conversation, it = _finished(code), _round(ranking_id)
    form = PersonForm(it.places, _wishes())
    if not form.validate() or not form.agreed.data:
        person = wishing.person_of(db.session, it, conversation)
        return _page(it, conversation, person, form), 422

    said = form.profile(), form.wishes, form.agreed.data, clock.now()
    wishing.wish(db.session, it, conversation, *said)
    db.session.commit()
    here = url_for(".ranking_person", code=code, ranking_id=it.id, _anchor="wishes")
    done = gettext("The person takes part. You can change this until the round is decided.")
    if request.form.get("up"):
        return web.back(here, gettext("The order is saved."))
    return web.back(url_for(".ranking", ranking_id=it.id), done)


@bp.post("/<code>/rankings/<id:ranking_id>/removal")
@counsellors
def withdraw_ranking(code: str, ranking_id: int) -> ResponseReturnValue:
    conversation, it = _finished(code), _round(ranking_id)
    person = wishing.person_of(db.session, it, conversation) or abort(404)

    wishing.withdraw(db.session, person)
    db.session.commit()
    said = gettext("The person takes no part any more. Nothing of it is kept.")
    return web.back(url_for(".ranking", ranking_id=it.id), said)


@bp.post("/<code>/rankings/<id:ranking_id>/release")
@counsellors
def release_ranking(code: str, ranking_id: int) -> ResponseReturnValue:
    """Let the enterprise ask one's provider for a person who has said yes to it."""
    conversation, it = _finished(code), _round(ranking_id)
    person = wishing.person_of(db.session, it, conversation) or abort(404)
    form = ContactForm()
    if not form.validate() or not form.contact_agreed.data:
        shown = _form(it, conversation, person)
        return _page(it, conversation, person, shown, form), 422

    said = form.contact_agreed.data, current_staff().called, clock.now(), form.key.data
    try:
        deciding.release(db.session, person, _provider(), *said)
    except (vacancies.NotYet, vacancies.NoVacancy) as refusal:
        db.session.rollback()
        form.form_errors = [gettext(refusal.reason)]
        shown = _form(it, conversation, person)
        return _page(it, conversation, person, shown, form), 409
    db.session.commit()
    here = url_for(".ranking_person", code=code, ranking_id=it.id)
    return web.back(here, gettext("Released. The enterprise may ask your organisation now."))


def _page(
    it: RankingRound,
    conversation: Conversation,
    person: RankingPerson | None,
    form: PersonForm,
    contact: ContactForm | None = None,
) -> str:
    market = deciding.market_of(db.session, it)
    is_decided = bool(it.decided and person)
    return render_template(
        "agency/rounds/person.html",
        it=it,
        code=conversation.code,
        person=person,
        form=form,
        contact=contact or ContactForm(formdata=None),
        reason=deciding.reason_of(market, person) if is_decided and person else None,
        hopes=deciding.hopes_of(market, it, person) if is_decided and person else [],
        places={each.id: each for each in it.places},
        may_approach=_may_approach(conversation),
        most=wishing.MOST,
        said_of=said_of,
        value_of=value_of,
        FIELDS=FIELDS,
        **words(),
    )


def _form(
    it: RankingRound, conversation: Conversation, person: RankingPerson | None
) -> PersonForm:
    """Return the form as it was said, or with what the conversation told already."""
    if person is None:
        answers = _response(conversation).answers
        known = wishing.known_of(_definition(conversation), answers)
        return PersonForm(it.places, [], formdata=None, data=known)
    said = {name: getattr(person, name) for name in ("german", "hours", "starts", "agreed")}
    said |= {"fields": person.fields.split(), "is_agreed": True}
    return PersonForm(it.places, person.wishes, formdata=None, data=said)


def _wishes() -> Sequence[int]:
    """Return the chosen places in their order; a button may have moved one up."""
    typed = request.form.getlist("wish")
    up = request.form.get("up", "")
    if up.isascii() and up.isdecimal() and 0 < int(up[:3]) < len(typed):
        at = int(up[:3])
        typed[at - 1], typed[at] = typed[at], typed[at - 1]
    return [
        int(each) for each in typed if each.isascii() and each.isdecimal() and len(each) < 10
    ]


def _may_approach(conversation: Conversation) -> bool:
    asked = _definition(conversation).having("consent", "callback")
    answers = _response(conversation).answers
    return all(answers.get(item.name) == "yes" for item in asked)


def _response(conversation: Conversation) -> Response:
    return db.session.get_one(Response, conversation.response_id)


def _definition(conversation: Conversation) -> Definition:
    version = db.session.get_one(SurveyVersion, _response(conversation).version_id)
    return Definition.from_json(version.definition)


def _finished(code: str) -> Conversation:
    found = own(code)
    return found if found.draft is None else abort(404)


def _round(ranking_id: int) -> RankingRound:
    return find(RankingRound, id=ranking_id, deleted=None)


def _provider() -> Organisation:
    return current_membership().provider or abort(404)
