"""Who is answering, and what they see of a page: what all pages of respondents share."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import abort, current_app, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from core import clock
from core.db import db
from core.keys import Keyring
from core.lean import negotiated
from surveys import answering, sealing
from surveys.answering import Sitting, Start
from surveys.asking import Asked, Partner, asked, partners, roster_for
from surveys.evaluating import Evaluation
from surveys.models import State
from surveys.routes import sheets
from surveys.tongues import spoken

SITTINGS = 8  # responses that a browser remembers
ICONS = "icons.svg"


@dataclass(slots=True)
class Visit:
    """A respondent at work: the survey, the response if there is one, and the language."""

    slug: str
    place: Sitting | Start
    asked: Asked
    language: str
    listed: list[Partner]
    roster: Mapping[str, Any]
    now: datetime
    sealed: dict[str, str] = field(default_factory=dict)

    @property
    def response(self) -> Sitting | None:
        return self.place if isinstance(self.place, Sitting) else None

    @property
    def answers(self) -> Mapping[str, Any]:
        return self.place.answers if isinstance(self.place, Sitting) else {}

    def evaluate(self, answers: Mapping[str, Any]) -> Evaluation:
        return self.look(self.whole(answers))

    def look(self, whole: Mapping[str, Any]) -> Evaluation:
        return self.asked.evaluate(whole, self.roster, self.now, self.language)

    def whole(self, answers: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return *answers* with the contact data of this person in them, never to be stored."""
        if not self.sealed:
            return answers
        return sealing.with_unsealed(answers, self.sealed, self.asked.sealed)

    def settled(self, answers: Mapping[str, Any]) -> Mapping[str, Any]:
        """Add to *answers* what was calculated once, so that chance does not choose anew."""
        if not self.asked.lasts:
            return answers
        return self.look(answers).settled()


def keys() -> Keyring:
    keyring: Keyring = current_app.extensions["keys"]
    return keyring


def remembered(slug: str) -> int | None:
    """Return the number of the response that this browser is giving to a survey.

    The cookie is signed, so nobody can name another number.
    """
    known = session.get("responses")
    return known.get(slug) if known else None


def remember(slug: str, response_id: int) -> None:
    """Let this browser go on with a response."""
    known = {each: of for each, of in session.get("responses", {}).items() if each != slug}
    kept = dict([*known.items()][-(SITTINGS - 1) :])
    session["responses"] = kept | {slug: response_id}


def forget(slug: str) -> None:
    known = session.get("responses", {})
    session["responses"] = {each: of for each, of in known.items() if each != slug}


def visit(slug: str) -> Visit:
    """Look up the survey and this browser's response to it, or answer 404."""
    response_id = remembered(slug)
    place: Sitting | Start | None = None
    if response_id is not None:
        place = answering.sitting(db.engine, response_id, slug)
    if place is None:
        place = answering.start(db.engine, slug) or abort(404)
    return visit_of(slug, place)


def visit_of(slug: str, place: Sitting | Start) -> Visit:
    version = asked(lambda: db.session, place.version_id, place.digest)
    listed: list[Partner] = []
    if version.rosters:
        listed = partners(db.engine, lambda: db.session, place.project_id, place.register)
    own = place.organisation_id if isinstance(place, Sitting) and place.invitation_id else None
    language = language_for(version)
    return Visit(
        slug, place, version, language, listed, roster_for(version, listed, own), clock.now()
    )


def language_for(asked: Asked) -> str:
    """Return the language of the pages: the one chosen, or the browser's, if it is offered."""
    languages = asked.offered
    chosen = session.get("language")
    if chosen not in languages:
        wishes = request.headers.get("Accept-Language", "")
        chosen = negotiated(wishes, (*languages,)) or asked.definition.default_language
    return str(chosen)


def unseal(visit: Visit, *, within: bool = False) -> None:
    """Let the evaluation see the contact data that this person gave.

    *within* the transaction under way also what it has written.
    """
    if visit.response and visit.asked.sealed:
        place = db.session if within else db.engine
        visit.sealed = sealing.unsealed(place, keys(), visit.response.id)


def framed(template: str, visit: Visit, **context: object) -> str:
    """Render a page around a survey: receipt, pause, closed; in the language of the visit."""
    words = sheets.Words(visit.asked, visit.language)
    title = words.in_words(visit.asked.definition.title)
    with force_locale(spoken(visit.language)):
        return render_template(
            template, survey_title=title, slug=visit.slug, visit=visit, **context
        )


def closed(visit: Visit) -> ResponseReturnValue:
    """Say that the survey is over."""
    return framed("surveys/public/closed.html", visit), 410


def is_open(visit: Visit) -> bool:
    return visit.place.state == State.OPEN


def new_key() -> str:
    """Return the key of a form that begins a response."""
    return secrets.token_hex(16)


def choose_language(wished: str) -> None:
    """Keep a language for this browser; the survey decides whether it is offered."""
    session["language"] = wished[:20]


def fresh(here: Visit) -> Visit:
    """Return the visit with the response as it is stored now."""
    response = here.response or abort(404)
    place = answering.sitting(db.session, response.id, here.slug) or abort(404)
    again = visit_of(here.slug, place)
    again.language = here.language
    unseal(again, within=True)
    return again
