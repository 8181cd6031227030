"""Who is answering, and what they see of a page: what all pages of respondents share."""

import secrets
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from flask import abort, current_app, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from markupsafe import Markup, escape

from core import clock
from core.db import db
from core.keys import Keyring
from core.languages import nearest
from core.lean import negotiated
from surveys.definition import Texts, text_in, titles_of
from surveys.models import State, Survey
from surveys.questionnaires.asking import Asked, Partner, asked, partners, roster_for
from surveys.questionnaires.evaluating import Evaluation
from surveys.questionnaires.tongues import around, marks, spoken
from surveys.questionnaires.walking import Walk
from surveys.reporting import publishing
from surveys.responses import sealing, sitting
from surveys.responses.sitting import Sitting, Start
from surveys.routes.memory import Memory, memory
from surveys.sounds.hearing import SILENT, Voices, voices

NOBODY: list[Partner] = []
SITTINGS = 8  # responses that a browser remembers


@dataclass(slots=True)
class Visit:
    """A respondent at work: the survey, the response if there is one, and the language."""

    memory: Memory
    engine: Any
    browser: Mapping[str, Any]  # what it remembers
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
    def title(self) -> str:
        """What the survey is called: by the team, or else by its form."""
        return self.named[0]

    @property
    def titled(self) -> Markup:
        """The title as it stands on a page, marked where it is in another language."""
        title, language = self.named
        attributes = Markup(marks(language, around(self.language)))  # noqa: S704 - escaped
        return (
            Markup("<span{}>{}</span>").format(attributes, title)
            if attributes
            else escape(title)
        )

    @property
    def titles(self) -> Texts:
        """What the survey is called, by language."""
        return titles_of(self.place.title, self.asked.definition)

    @property
    def named(self) -> tuple[str, str]:
        """The title, and the language it is in."""
        return text_in(self.titles, self.language, self.asked.definition.default_language)

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

    @property
    def voices(self) -> Voices:
        """What can be heard of the survey; persons can hear it from their phones at least."""
        survey_id, number, persons = (
            self.place.survey_id, self.place.sounds, self.place.is_personal
        )  # fmt: skip
        if not number and not persons:
            return SILENT
        return self.memory.voices.get(
            (survey_id, number),
            lambda: voices(self.engine, survey_id, number, self.slug, by_device=persons),
        )

    def walk(self, evaluation: Evaluation) -> Walk:
        """Return the pages that are asked, by an *evaluation* of the answers as stored."""
        if not isinstance(self.place, Sitting):
            return self.asked.walk(evaluation)
        make = partial(self.asked.walk, evaluation)
        return self.memory.walks.get(self._at(self.place.revision), make)

    def will_walk(self, walk: Walk) -> None:
        """Note which pages are asked once the answers under way are stored."""
        if isinstance(self.place, Sitting):
            self.memory.walks.put(self._at(self.place.revision + 1), walk)

    def _at(self, revision: int) -> Hashable:
        place = self.place
        assert isinstance(place, Sitting)  # noqa: S101 - only a response has revisions
        day = self.now.astimezone(clock.ZONE).date()
        return place.id, revision, place.register, self.language, day

    def settled(self, answers: Mapping[str, Any]) -> Mapping[str, Any]:
        """Add to *answers* what was calculated once, so that chance does not choose anew."""
        if not self.asked.lasts:
            return answers
        return self.look(answers).settled()


def keys() -> Keyring:
    keyring: Keyring = current_app.extensions["keys"]
    return keyring


def remembered(slug: str, browser: Mapping[str, Any]) -> int | str | None:
    """Return the number of the response that this browser is giving to a survey.

    The cookie is signed, so nobody can name another number.
    """
    known = browser.get("responses")
    return known.get(slug) if known else None


def remember(slug: str, response_id: int | str) -> None:
    """Let this browser go on with a response."""
    known = {each: of for each, of in session.get("responses", {}).items() if each != slug}
    kept = dict([*known.items()][-(SITTINGS - 1) :])
    session["responses"] = kept | {slug: response_id}


def wished(slug: str) -> str:
    """Return the number of the wish to hear the results that this browser has left."""
    return str(session.get("wishes", {}).get(slug, ""))


def forget(slug: str) -> None:
    """Let this browser know nothing of a response any more, nor of an address left with it."""
    for kept in ("responses", "wishes"):
        known = session.get(kept, {})
        session[kept] = {each: of for each, of in known.items() if each != slug}


def visit(slug: str) -> Visit:
    """Look up the survey and this browser's response to it, or answer 404."""
    response_id = remembered(slug, session)
    place: Sitting | Start | None = None
    if response_id is not None:
        place = sitting.sitting(db.engine, response_id, slug)
    if place is None:
        place = sitting.start(db.engine, slug) or abort(404)
    return visit_of(slug, place)


def visit_of(slug: str, place: Sitting | Start) -> Visit:
    wishes = request.headers.get("Accept-Language", "")
    return visit_by(memory(), session, wishes, slug, place, db.engine, lambda: db.session)


def visit_by(
    memory: Memory,
    browser: Mapping[str, Any],
    wishes: str,
    slug: str,
    place: Sitting | Start,
    engine: Any,
    database: Callable[[], Any],
) -> Visit:
    """Return the visit of a *browser* with its *wishes* for languages.

    The *database* is asked for only when a version or the register is new to this process.
    """
    version = asked(database, place.version_id, place.digest)
    listed = NOBODY
    if version.rosters:
        listed = partners(engine, database, place.project_id, place.register)
    own = place.organisation_id if isinstance(place, Sitting) and place.invitation_id else None
    language = language_for(version, browser, wishes)
    roster = roster_for(version, listed, own)
    return Visit(
        memory, engine, browser, slug, place, version, language, listed, roster, clock.now()
    )


def language_for(asked: Asked, browser: Mapping[str, Any], wishes: str) -> str:
    """Return the language of the pages: the one chosen, or the browser's, if it is offered."""
    languages = (*asked.offered,)
    chosen = nearest(str(browser.get("language", "")), languages)
    return chosen or negotiated(wishes, languages) or asked.definition.default_language


def unseal(visit: Visit, *, within: bool = False) -> None:
    """Let the evaluation see the contact data that this person gave.

    *within* the transaction under way also what it has written.
    """
    number = visit.response and visit.response.id
    if isinstance(number, int) and visit.asked.sealed:
        place = db.session if within else visit.engine
        visit.sealed = sealing.unsealed(place, visit.memory.keys, number)


def framed(template: str, visit: Visit, **context: object) -> str:
    """Render a page around a survey: receipt, pause, closed; in the language of the visit."""
    with force_locale(spoken(visit.language)):
        return render_template(
            template, survey_title=visit.titled, slug=visit.slug, visit=visit, **context
        )


def closed(visit: Visit) -> ResponseReturnValue:
    """Say that the survey is over, also in the words of the team."""
    words = said(visit, "farewell")
    published = publishing.is_readable(db.session, survey_of(visit))
    return framed("surveys/public/closed.html", visit, said=words, published=published), 410


def full(visit: Visit) -> ResponseReturnValue:
    """Say that the survey takes no more answers."""
    return framed("surveys/public/full.html", visit), 410


def said(visit: Visit, what: str) -> tuple[str, str]:
    """Return the last words of the team, and their language; empty where there are none."""
    texts, otherwise = getattr(survey_of(visit), what), visit.asked.definition.default_language
    return text_in(texts, visit.language, otherwise)


def survey_of(visit: Visit) -> Survey:
    return db.session.get_one(Survey, visit.place.survey_id)


def by_invitation(visit: Visit) -> ResponseReturnValue:
    """Say that an anonymous survey is answered with a personal link only."""
    return framed("surveys/public/by_invitation.html", visit), 403


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
    place = sitting.sitting(db.session, response.id, here.slug) or abort(404)
    again = visit_of(here.slug, place)
    again.language = here.language
    unseal(again, within=True)
    return again
