"""Who is answering, and what they see of a page: what all pages of respondents share."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from babel import negotiate_locale
from flask import abort, current_app, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext, ngettext
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape
from werkzeug.datastructures import MultiDict

from core import clock
from core.db import db
from core.keys import Keyring
from surveys import answering, sealing
from surveys.answering import Sitting, Start
from surveys.asking import Asked, Partner, asked, minutes_left, partners, parts_of, roster_for
from surveys.evaluating import Evaluation
from surveys.filling import Turn, Typed, View
from surveys.models import State
from surveys.paging import Page
from surveys.reading import Fault
from surveys.routes import sheets
from surveys.routes.rosters import Roster, roster_html
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
        whole = sealing.with_unsealed(answers, self.sealed) if self.sealed else answers
        return self.asked.evaluate(whole, self.roster, self.now, self.language)


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
        wishes = request.accept_languages.values()
        chosen = (
            negotiate_locale(wishes, languages, sep="-") or asked.definition.default_language
        )
    return str(chosen)


def unseal(visit: Visit) -> None:
    """Let the evaluation see the contact data that this person gave."""
    if visit.response and visit.asked.sealed:
        visit.sealed = sealing.unsealed(db.session, keys(), visit.response.id)


def show(
    visit: Visit,
    page: Page,
    evaluation: Evaluation,
    *,
    typed: MultiDict[str, str] | None = None,
    faults: Mapping[str, Fault] | None = None,
    key: str = "",
) -> str:
    """Fill a page in for this respondent."""
    sheet = sheets.sheet(visit.asked, visit.place.digest, page, visit.language)
    errors = {
        place: said_fault(fault, visit.language) for place, fault in (faults or {}).items()
    }
    view = View(
        evaluation,
        visit.language,
        _insets(visit, page, evaluation, typed, errors, key),
        typed=typed,
        errors=errors,
    )
    return sheet.fill(view)


def said_fault(fault: Fault, language: str) -> str:
    """Return what is amiss as HTML, in the language of the page where we can."""
    text, said = fault
    if not said:
        with force_locale(spoken(language)):
            return str(escape(gettext(text)))
    if said == language:
        return str(escape(text))
    return f'<span lang="{escape(said)}" dir="auto">{escape(text)}</span>'


def _insets(
    visit: Visit,
    page: Page,
    evaluation: Evaluation,
    typed: Typed | None,
    errors: Mapping[str, str],
    key: str,
) -> dict[str, str | Callable[[View, Turn], str]]:
    pages = visit.asked.shown(evaluation)
    insets: dict[str, str | Callable[[View, Turn], str]] = {
        "action": f"/s/{visit.slug}/pages/{page.key}",
        "token": token(),
        "key": f'<input type="hidden" name="key" value="{escape(key)}">' if key else "",
        "progress": _progress(visit, page, evaluation, pages),
        "summary": _summary(visit, page, errors) if errors else "",
        "pager": _pager(visit, page, pages),
    }
    for item in page.questions:
        if item.name in visit.asked.rosters:
            insets[f"roster {item.name}"] = lambda view, _turn, name=item.name: roster_html(  # type: ignore[misc]
                Roster.of(visit.asked, visit.listed, view, name, typed), visit.language
            )
    for repeat, question in visit.asked.followers.items():
        insets[f"sector {repeat}"] = _symbol(visit, question)
    return _Lenient(insets)


class _Lenient(dict[str, Any]):
    """Insets of which some are empty: a sign that only some repeats have."""

    def __missing__(self, name: str) -> str:
        return ""


def _symbol(visit: Visit, question: str) -> Callable[[View, Turn], str]:
    """Return what draws the sector of the partner that a turn is about."""
    sectors = {partner.code: partner.sector for partner in visit.listed}

    def draw(view: View, turn: Turn) -> str:
        codes = view.evaluation.value(question) or []
        sector = sectors.get(codes[turn[0] - 1]) if len(codes) >= turn[0] else None
        if sector is None:
            return ""
        icons = url_for("static", filename=ICONS)
        return (
            f'<svg class="sym {sector}" aria-hidden="true"><use href="{icons}#{sector}"/></svg>'
        )

    return draw


def _progress(visit: Visit, page: Page, evaluation: Evaluation, pages: list[Page]) -> str:
    parts = parts_of(pages)
    name = page.part.name if page.part else ""
    part = parts.index(name) if name in parts else 0
    minutes = minutes_left(visit.asked, evaluation, pages, page.key)
    state = "saved" if visit.response else ""
    return chrome("progress", visit.language, part, len(parts), minutes, state)


def _pager(visit: Visit, page: Page, pages: list[Page]) -> str:
    first, last = page.key == pages[0].key, page.key == pages[-1].key
    submitted = visit.response is not None and visit.response.submitted is not None
    return chrome("pager", visit.language, first, last, submitted)


def chrome(part: str, language: str, *facts: object) -> str:
    """Return a part of the frame; there are few of each, so all are kept."""
    kept: dict[object, str] = current_app.extensions.setdefault("survey chrome", {})
    place = (part, language, *facts)
    html = kept.get(place)
    if html is None:
        with force_locale(spoken(language)):
            html = render_template(f"surveys/public/_{part}.html", facts=facts)
        if len(kept) >= 5_000:
            kept.clear()
        kept[place] = html
    return html


def _summary(visit: Visit, page: Page, errors: Mapping[str, str]) -> str:
    """Return the list of what is amiss, with a link to each field."""
    links = []
    for place, text in errors.items():
        item = visit.asked.items[place.partition(":")[0]]
        words = sheets.Words(visit.asked, visit.language)
        label = "" if "${" in str(item.label) else words.said(item, "label")
        links.append({"to": f"q-{place}", "label": label, "text": Markup(text)})  # noqa: S704 - escaped
    with force_locale(spoken(visit.language)):
        title = ngettext(
            "One answer is missing or does not fit",
            "%(num)s answers are missing or do not fit",
            len(links),
        )
        return render_template("surveys/public/_summary.html", title=title, links=links)


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


def token() -> str:
    """Return the form token of this browser; it is signed once and stays the same."""
    kept: dict[str, str] = current_app.extensions.setdefault("form tokens", {})
    raw = session.get("csrf_token")
    if raw is None or raw not in kept:
        signed = str(generate_csrf())
        if len(kept) >= 10_000:
            kept.clear()
        kept[session["csrf_token"]] = signed
        return signed
    return kept[raw]


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
    unseal(again)
    return again
