"""What a device kept is read as if it came page by page, and the device is told the outcome."""

from typing import Any

from flask import abort, current_app, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core.db import db
from core.errors import Refusal
from surveys.models import State
from surveys.questionnaires.asking import Asked
from surveys.questionnaires.reading import missing, read
from surveys.questionnaires.unpacking import Fields, unpacked
from surveys.responses import answering, erasing, sealing, sitting, syncing
from surveys.responses.anonymity import SurveyClosed
from surveys.responses.answering import Incomplete
from surveys.responses.erasing import Erased
from surveys.routes import visiting
from surveys.routes.sent import Sent
from surveys.routes.storing import store_answers
from surveys.routes.visiting import Visit, remembered, unseal


def refused(here: Visit, sent: Sent, state: str, refusal: Refusal) -> dict[str, str]:
    db.session.rollback()
    if not sent.is_current:
        let_go(here)
    return {"state": state, "sentence": gettext(refusal.reason) % refusal.values}


def replay(here: Visit, sent: Sent) -> ResponseReturnValue:
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
    if not already and erasing.is_erased(current_app.config["DATA"], hashed(sent.key)):
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
    response = _remembered(here, sent)
    return {
        "state": "taken",
        "submitted": bool(response.submitted),
        **_known(here, response),
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
        **_known(here, response),
    }, 422


def _known(here: Visit, response: sitting.Sitting) -> dict[str, Any]:
    """Say how to come back to a response, and which contact data need not lie on the device."""
    ticket = syncing.ticket_of(visiting.keys(), here.place.survey_id, response.id)
    return {"ticket": ticket, "held": held_here(visiting.fresh(here))}


def held_here(here: Visit) -> list[str]:
    """Return the contact data that are kept here; those in turns move with them."""
    return [place for place in here.sealed if ":" not in place]


def _remembered(here: Visit, sent: Sent) -> sitting.Sitting:
    """Return the response as it stands now; the browser goes on with it if it is its last."""
    number = (here.response or abort(404)).id
    found = sitting.sitting(db.session, number, here.slug) or abort(404)
    if sent.is_current:
        visiting.remember(here.slug, found.id)
        session["language"] = here.language
    else:
        let_go(here)
    return found


def let_go(here: Visit) -> bool:
    """Let the browser forget a response that is not that of who holds it now; was it known?"""
    response = here.response
    is_known = response is not None and response.id == remembered(here.slug, session)
    if is_known:
        visiting.forget(here.slug)
    return is_known


def hashed(key: str) -> str:
    """Return the hash of the key with which a response begins."""
    return visiting.keys().hash("responses", key if len(key) >= 32 else abort(400))
