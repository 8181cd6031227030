"""Filling a page in: where one is, what is amiss, which buttons there are."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import current_app, render_template, session, url_for
from flask_babel import force_locale, gettext, ngettext
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape
from werkzeug.datastructures import MultiDict

from surveys.asking import minutes_left, parts_of
from surveys.evaluating import Evaluation
from surveys.filling import Turn, Typed, View
from surveys.paging import Page
from surveys.reading import Fault
from surveys.routes import agreements, sheets
from surveys.routes.rosters import Roster, roster_html
from surveys.routes.visiting import Visit
from surveys.tongues import spoken

ICONS = "icons.svg"


def show(
    visit: Visit,
    page: Page,
    evaluation: Evaluation,
    *,
    typed: MultiDict[str, str] | None = None,
    faults: Mapping[str, Fault] | None = None,
    key: str = "",
    pages: list[Page] | None = None,
) -> str:
    """Fill a page in for this respondent."""
    sheet = sheets.sheet(visit.asked, visit.place.digest, page, visit.language)
    errors = {
        place: said_fault(fault, visit.language) for place, fault in (faults or {}).items()
    }
    view = View(
        evaluation,
        visit.language,
        _insets(visit, page, evaluation, typed, errors, key, pages),
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
    pages: list[Page] | None,
) -> dict[str, str | Callable[[View, Turn], str]]:
    pages = pages or visit.asked.shown(evaluation)
    insets: dict[str, str | Callable[[View, Turn], str]] = {
        "action": f"/s/{visit.slug}/pages/{page.key}",
        "token": token(),
        "key": f'<input type="hidden" name="key" value="{escape(key)}">' if key else "",
        "progress": _progress(visit, page, evaluation, pages),
        "summary": _summary(visit, page, errors) if errors else "",
        "pager": _pager(visit, page, pages),
    }
    for item in page.questions:
        if "consent" in item.osi:
            insets[f"consent {item.name}"] = agreements.wording_html(visit, item)
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
    submitted = visit.response is not None and visit.response.submitted
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
