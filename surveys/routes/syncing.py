"""What devices ask for on their own: the kit, and to take in what waited for network.

A device has no form token of a session that may have ended long ago. So a ticket, or the key
with which a response began, says whose answers these are, and nobody may send them from the
pages of others.
"""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, current_app, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext

from core import assets, logs
from core.db import db
from core.errors import Refusal
from core.web import csrf
from surveys.models import State
from surveys.questionnaires.asking import Asked
from surveys.questionnaires.reading import missing, read
from surveys.questionnaires.tongues import spoken
from surveys.questionnaires.unpacking import Fields, unpacked
from surveys.responses import answering, erasing, sealing, sitting, syncing
from surveys.responses.anonymity import SurveyClosed
from surveys.responses.answering import Incomplete
from surveys.responses.erasing import Erased
from surveys.routes import receiving, visiting
from surveys.routes.kits import kit
from surveys.routes.sent import Sent
from surveys.routes.storing import store_answers, until_saved
from surveys.routes.visiting import Visit, is_open, remembered, unseal, visit, visit_of

bp = Blueprint("syncing", __name__)
logs.leave_out(bp)


@bp.get("/worker.js")
def worker() -> ResponseReturnValue:
    """The program that stands between a browser and the network; it changes with the app."""
    version = current_app.extensions["assets"].version
    address = url_for("static", filename=assets.WORKER)
    text = f'const VERSION = "{version}";\nimportScripts("{address}");\n'
    return Response(text, mimetype="text/javascript")


@bp.get("/s/<slug>/kit")
def state(slug: str) -> ResponseReturnValue:
    """Where this browser stands in a survey, and which kit it needs."""
    here = visit(slug)
    found = kit(here) if is_open(here) else None
    told: dict[str, Any] = {
        "kit": found.digest if found else "",
        "language": here.language,
        "closed": here.place.state == State.CLOSED,
    }
    if response := here.response:
        unseal(here)
        told["response"] = {
            "ticket": syncing.ticket_of(visiting.keys(), here.place.survey_id, response.id),
            "answers": here.whole(here.answers),
            "page": response.page,
            "submitted": response.submitted,
            "version": response.digest,
        }
    return told


@bp.get("/s/<slug>/kit/<language>")
def take_along(slug: str, language: str) -> ResponseReturnValue:
    """All that it takes to go on with a survey without network, in one language."""
    here = visit(slug)
    if language not in here.asked.offered or not is_open(here):
        abort(404)
    here.language = language
    found = kit(here) or abort(404)
    is_small = bool(request.accept_encodings.quality("br"))
    answer = Response(found.small if is_small else found.plain, mimetype="application/json")
    if is_small:
        answer.headers["Content-Encoding"] = "br"
    return answer


@bp.post("/s/<slug>/answers")
def take_in(slug: str) -> ResponseReturnValue:
    """Take in answers that waited on a device; the same ones as often as they come."""
    if not _comes_from_here():
        abort(403)
    sent = Sent.from_json(request.get_json(silent=True))
    return until_saved(lambda: _take_in(slug, sent))


@bp.post("/s/<slug>/answers/removal")
def remove(slug: str) -> ResponseReturnValue:
    """Delete what a device has sent, or may still be on its way from there."""
    if not _comes_from_here():
        abort(403)
    sent = Sent.from_json(request.get_json(silent=True))
    start = sitting.start(db.engine, slug) or abort(404)
    hashed = _hashed(sent.key)

    erasing.refuse(current_app.config["DATA"], hashed)
    number = syncing.begun_with(db.session, start.survey_id, hashed)
    if number is not None:
        here = visit_of(slug, sitting.sitting(db.session, number, slug) or abort(404))
        is_remembered = _let_go(here)
        receiving.erase(here, visiting.wished(slug) if is_remembered else "")
    return {"state": "deleted"}


csrf.exempt(take_in)  # a ticket, or a key, takes the place of the token
csrf.exempt(remove)


def _take_in(slug: str, sent: Sent) -> ResponseReturnValue:
    start = sitting.start(db.engine, slug) or abort(404)
    here = _visit_with(slug, start, sent)
    with force_locale(spoken(here.language)):
        try:
            return _replay(here, sent)
        except SurveyClosed as refusal:
            return _refused(here, sent, "closed", refusal), 410
        except Refusal as refusal:
            return _refused(here, sent, "refused", refusal), 409


def _refused(here: Visit, sent: Sent, state: str, refusal: Refusal) -> dict[str, str]:
    db.session.rollback()
    if not sent.is_current:
        _let_go(here)
    return {"state": state, "sentence": gettext(refusal.reason) % refusal.values}


def _replay(here: Visit, sent: Sent) -> ResponseReturnValue:
    """Read what was kept as if it came page by page, store it once, and hand it in.

    What is not newer than what came before writes nothing: it was long on its way. A device
    that still waits for an answer hears that it is behind, and counts on from there.
    """
    already = here.response
    if here.place.state != State.OPEN:
        raise SurveyClosed
    if sent.ticket and not already:
        raise Erased
    unseal(here)
    pages = [page for key, page in here.asked.pages.items() if key in sent.pages]
    answers = _merged(here, sent)
    for page in pages:
        before = here.look(answers)
        typed = Fields(here.asked.definition.items, answers)
        reading = read(page.items, typed, before, answers)
        answers = sealing.with_unsealed(reading.answers, reading.sealed, here.asked.sealed)
    questions = [item for page in pages for item in page.questions]
    if already and sent.change <= (last := syncing.change_of(db.session, already.id)):
        settled = already.submitted or not sent.is_complete
        if settled and _is_known(here, already, answers):
            return _receipt(here, sent)
        return {"state": "behind", "change": last}, 409
    target = sent.page if sent.page in here.asked.pages else ""
    store_answers(here, questions, answers, target, sent.key, sent.agreed, sent.change)
    if not already and erasing.is_erased(current_app.config["DATA"], _hashed(sent.key)):
        raise Erased
    if sent.is_complete and not (already and already.submitted):
        try:
            _hand_in(here)
        except Incomplete as lacking:
            db.session.commit()
            return _amiss(here, lacking.page, sent)
    db.session.commit()
    return _receipt(here, sent)


def _is_known(here: Visit, response: sitting.Sitting, whole: Any) -> bool:
    """Whether all of this stands there already, as when an answer of ours got lost."""
    parted, contact = sealing.parted(whole, here.asked.sealed)
    fields = {*here.sealed, *contact}
    same = all(contact.get(each) == here.sealed.get(each) for each in fields)
    return same and response.answers == here.settled(parted)


def _merged(here: Visit, sent: Sent) -> dict[str, Any]:
    """Put what was answered on the device in the place of what stands here."""
    answers = dict(here.whole(here.answers))
    news = unpacked(here.asked.definition.items, sent.answers)
    for name in _names_on(here.asked, sent.pages):
        if name not in sent.held:
            answers.pop(name, None)
        if name in news:
            answers[name] = news[name]
    return answers


def _names_on(asked: Asked, keys: list[str]) -> set[str]:
    """Return what of a document of answers belongs to some pages, and what follows."""
    cells = asked.questionnaire.cells
    names = {
        item.name for key in keys if key in asked.pages for item in asked.pages[key].questions
    }
    names |= {name for name, cell in cells.items() if cell.lasts}
    found = {(*cells[name].repeats, name)[0] for name in names}
    return found | {repeat for repeat, question in asked.followers.items() if question in found}


def _hand_in(here: Visit) -> None:
    fresh = visiting.fresh(here)
    fresh.language = here.language
    answering.submit(
        db.session,
        fresh.response or abort(404),
        fresh.asked.questionnaire,
        fresh.evaluate(fresh.answers),
        language=fresh.language,
        now=fresh.now,
    )


def _receipt(here: Visit, sent: Sent) -> ResponseReturnValue:
    fresh = _remembered(here, sent)
    return {
        "state": "taken",
        "submitted": bool(fresh.submitted),
        "ticket": syncing.ticket_of(visiting.keys(), here.place.survey_id, fresh.id),
    }


def _amiss(here: Visit, key: str, sent: Sent) -> ResponseReturnValue:
    """Say what is wrong with an answer; all of them are kept here and on the device."""
    fresh = visiting.fresh(here)
    evaluation = fresh.evaluate(fresh.answers)
    faults = missing(fresh.asked.pages[key].items, evaluation, here.language)
    text, said = next(iter(faults.values()), ("", ""))
    response = _remembered(here, sent)
    return {
        "state": "amiss",
        "page": key,
        "sentence": text if said or not text else gettext(text),
        "ticket": syncing.ticket_of(visiting.keys(), here.place.survey_id, response.id),
    }, 422


def _remembered(here: Visit, sent: Sent) -> sitting.Sitting:
    """Return the response as it stands now; the browser goes on with it if it is its last."""
    number = (here.response or abort(404)).id
    found = sitting.sitting(db.session, number, here.slug) or abort(404)
    if sent.is_current:
        visiting.remember(here.slug, found.id)
        session["language"] = here.language
    else:
        _let_go(here)
    return found


def _let_go(here: Visit) -> bool:
    """Let the browser forget a response that is not that of who holds it now; was it known?"""
    response = here.response
    is_known = response is not None and response.id == remembered(here.slug, session)
    if is_known:
        visiting.forget(here.slug)
    return is_known


def _visit_with(slug: str, start: sitting.Start, sent: Sent) -> Visit:
    """Return the visit that the ticket or the key leads to, or one that begins."""
    number: int | str | None
    if sent.ticket:
        found = syncing.response_with(visiting.keys(), start.survey_id, sent.ticket)
        number = found or abort(404)
    else:
        number = syncing.begun_with(db.session, start.survey_id, _hashed(sent.key))
    place: sitting.Sitting | sitting.Start | None = None
    if number is not None:
        place = sitting.sitting(db.session, number, slug)
    place = place or syncing.start_with(db.session, start, sent.version)
    here = visit_of(slug, place or abort(404))
    if sent.language in here.asked.offered:
        here.language = sent.language
    return here


def _hashed(key: str) -> str:
    """Return the hash of the key with which a response begins."""
    return visiting.keys().hash("responses", key if len(key) >= 32 else abort(400))


def _comes_from_here() -> bool:
    """Whether a page of this site asks, and not one of somebody else."""
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin", "")
    ours = {request.host, urlsplit(current_app.config["PUBLIC_URL"]).netloc}
    same = not origin or urlsplit(origin).netloc in ours
    return site == "same-origin" and same and request.is_json
