"""Filling a page in: where one is, what is amiss, which buttons there are."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from flask import render_template
from flask_babel import force_locale, gettext, ngettext
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape
from werkzeug.datastructures import MultiDict

from surveys.questionnaires.evaluating import Evaluation
from surveys.questionnaires.filling import Turn, Typed, View
from surveys.questionnaires.paging import Page
from surveys.questionnaires.reading import Fault
from surveys.questionnaires.tongues import around, marks, spoken
from surveys.questionnaires.walking import Walk
from surveys.routes import agreements, sheets
from surveys.routes.memory import needs_app
from surveys.routes.rosters import roster_html
from surveys.routes.visiting import Visit


def show(
    visit: Visit,
    page: Page,
    evaluation: Evaluation,
    *,
    typed: MultiDict[str, str] | None = None,
    faults: Mapping[str, Fault] | None = None,
    key: str = "",
    walk: Walk | None = None,
    insets: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Fill a page in for this respondent; *insets* stand where others would."""
    kept, digest = visit.memory, visit.place.digest
    sheet = sheets.sheet(kept, visit.asked, digest, page, visit.language, voices=visit.voices)
    errors = {
        place: said_fault(fault, visit.language) for place, fault in (faults or {}).items()
    }
    view = View(
        evaluation,
        visit.language,
        Lenient(_insets(visit, page, evaluation, typed, errors, key, walk) | dict(insets)),
        typed=typed,
        errors=errors,
    )
    return sheet.fill(view)


def both_said(faults: Mapping[str, str], others: Mapping[str, str]) -> dict[str, str]:
    """Put together by field what does not fit and what is asked back, as HTML."""
    return {
        place: "<br>".join(each[place] for each in (faults, others) if place in each)
        for place in {**faults, **others}
    }


def said_fault(fault: Fault, language: str) -> str:
    """Return what is amiss as HTML, in the language of the page where we can."""
    text, said = fault
    if not said:
        with force_locale(spoken(language)):
            return str(escape(gettext(text)))
    marked = marks(said, around(language))
    return f"<span{marked}>{escape(text)}</span>" if marked else str(escape(text))


def _insets(
    visit: Visit,
    page: Page,
    evaluation: Evaluation,
    typed: Typed | None,
    errors: Mapping[str, str],
    key: str,
    walk: Walk | None,
) -> dict[str, str | Callable[[View, Turn], str]]:
    walk = walk or visit.walk(evaluation)
    insets: dict[str, str | Callable[[View, Turn], str]] = {
        "action": f"/s/{visit.slug}/pages/{page.key}",
        "token": token(visit),
        "key": f'<input type="hidden" name="key" value="{escape(key)}">' if key else "",
        "progress": _progress(visit, page, walk),
        "summary": summary(visit, page, errors) if errors else _told(visit, page, walk),
        "pager": _pager(visit, page, walk),
    }
    return {**visit.asked.numbers, **insets, **insets_of_questions(visit, page, typed)}


def insets_of_questions(
    visit: Visit, page: Page, typed: Typed | None
) -> dict[str, str | Callable[[View, Turn], str]]:
    """Return what stands on any page: the title, wordings of consents, rosters, sectors."""
    insets: dict[str, str | Callable[[View, Turn], str]] = {
        "title": str(escape(visit.title)),
        "titled": visit.titled,
    }
    for item in page.questions:
        if "consent" in item.osi:
            insets[f"consent {item.name}"] = agreements.wording_html(
                visit, item, lambda address: chrome(visit, "player", address)
            )
        if item.name in visit.asked.rosters:
            insets[f"roster {item.name}"] = lambda view, _turn, name=item.name: roster_html(  # type: ignore[misc]
                visit, view, name, typed
            )
    for item in page.items:
        if question := visit.asked.followers.get(item.name):
            insets[f"sector {item.name}"] = _symbol(visit, question)
    return Lenient(insets)


class Lenient(dict[str, Any]):
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
        icons = visit.memory.icons
        return (
            f'<svg class="sym {sector}" aria-hidden="true"><use href="{icons}#{sector}"/></svg>'
        )

    return draw


def _progress(visit: Visit, page: Page, walk: Walk) -> str:
    part, parts, minutes = walk.part_of(page), len(walk.parts), walk.minutes_from(page)
    state = "saved" if visit.response else ""
    return chrome(visit, "progress", part, parts, minutes, state)


def _pager(visit: Visit, page: Page, walk: Walk) -> str:
    first, last = page.key == walk.keys[0], page.key == walk.keys[-1]
    submitted = visit.response is not None and visit.response.submitted
    return chrome(visit, "pager", first, last, submitted)


def chrome(visit: Visit, part: str, *facts: object) -> str:
    """Return a part of the frame; there are few of each, so all are kept."""

    def write() -> str:
        needs_app()
        with force_locale(spoken(visit.language)):
            return render_template(f"surveys/public/_{part}.html", facts=facts)

    return visit.memory.chrome.get((part, visit.language, *facts), write)


def summary(visit: Visit, page: Page, errors: Mapping[str, str]) -> str:
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


def _told(visit: Visit, page: Page, walk: Walk) -> str:
    """Return, on the first page, who can tell whose answer it is."""
    if page.key != walk.pages[0].key:
        return ""
    return chrome(visit, "kind", visit.place.kind, visit.place.closes)


def token(visit: Visit) -> str:
    """Return the form token of this browser; it is signed once and stays the same."""

    def sign() -> str:
        needs_app()
        return str(generate_csrf())

    if "csrf_token" not in visit.browser:
        sign()  # and lets the browser remember what it is made of
    return visit.memory.tokens.get(visit.browser["csrf_token"], sign)
