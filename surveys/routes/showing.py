"""Filling a page in: where one is, what is amiss, which buttons there are."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from flask import render_template
from flask_babel import force_locale, gettext, ngettext
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape
from werkzeug.datastructures import MultiDict

from surveys.definition import Item
from surveys.questionnaires import filling
from surveys.questionnaires.evaluating import Evaluation
from surveys.questionnaires.filling import Ready, Sheet, Typed, View, Woven
from surveys.questionnaires.paging import Page
from surveys.questionnaires.reading import Fault
from surveys.questionnaires.slots import Turn
from surveys.questionnaires.stretching import FRAME
from surveys.questionnaires.tongues import around, marks, spoken
from surveys.questionnaires.walking import Walk
from surveys.routes import agreements, sheets
from surveys.routes.memory import needs_app
from surveys.routes.rosters import roster_html
from surveys.routes.visiting import Visit

Inset = str | Callable[[View, Turn], str | Woven]


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
    errors = {
        place: said_fault(fault, visit.language) for place, fault in (faults or {}).items()
    }
    around = Frame(visit, page, walk or visit.walk(evaluation), typed, errors, key)
    around |= insets
    view = View(evaluation, visit.language, around, typed=typed, errors=errors)
    return _sheet(visit, page).fill(view)


def weave(visit: Visit, page: Page, evaluation: Evaluation, walk: Walk) -> Woven:
    """Fill a page in on which nothing is amiss, piece by piece."""
    view = View(evaluation, visit.language, Frame(visit, page, walk))
    return filling.weave(_framed(visit, page, walk), view)


def _framed(visit: Visit, page: Page, walk: Walk) -> list[Ready]:
    """Return the page as all see it who stand at the same place of the survey."""
    place = (
        visit.place.digest, visit.language, page.key, visit.voices.place, visit.slug,
        visit.named, visit.place.kind, visit.place.closes,
        *_progressed(visit, page, walk), *_ends(visit, page, walk),
    )  # fmt: skip

    def frame() -> list[Ready]:
        around = Frame(visit, page, walk)
        return _sheet(visit, page).within({name: around[name] for name in FRAME})

    return visit.memory.framed.get(place, frame)


def _sheet(visit: Visit, page: Page) -> Sheet:
    kept, digest = visit.memory, visit.place.digest
    return sheets.sheet(kept, visit.asked, digest, page, visit.language, voices=visit.voices)


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


class Insets(dict[str, Any]):
    """What stands beside the answers on any page, worked out when a sheet asks for it.

    Some stand in a few repeats only; elsewhere there is nothing in their place.
    """

    def __init__(self, visit: Visit, typed: Typed | None = None) -> None:
        super().__init__()
        self.visit = visit
        self.typed = typed

    def __missing__(self, name: str) -> Inset:
        kind, _, of = name.partition(" ")
        made = self[name] = self.make(kind, of)
        return made

    def make(self, kind: str, of: str) -> Inset:
        match kind:
            case "title":
                return str(escape(self.visit.title))
            case "titled":
                return self.visit.titled
            case "consent" if "consent" in self.visit.asked.items[of].osi:
                return self._consent(self.visit.asked.items[of])
            case "roster" if of in self.visit.asked.rosters:
                return partial(roster_html, self.visit, of, self.typed)  # no circle with itself
            case "sector":
                question = self.visit.asked.followers.get(of)
                return _symbol(self.visit, question) if question else ""
        return ""

    def _consent(self, item: Item) -> str:
        return agreements.wording_html(
            self.visit, item, lambda address: chrome(self.visit, "player", address)
        )


class Frame(Insets):
    """What stands on a page of a survey around its questions, and their numbers."""

    def __init__(
        self,
        visit: Visit,
        page: Page,
        walk: Walk,
        typed: Typed | None = None,
        errors: Mapping[str, str] = MappingProxyType({}),
        key: str = "",
    ) -> None:
        super().__init__(visit, typed)
        self.page = page
        self.walk = walk
        self.errors = errors
        self.key = key

    def make(self, kind: str, of: str) -> Inset:
        visit, page, walk = self.visit, self.page, self.walk
        match kind:
            case "code":
                code: Inset = visit.asked.numbers.get(of, "")
                return code
            case "action":
                return f"/s/{visit.slug}/pages/{page.key}"
            case "token":
                return token(visit)
            case "key" if self.key:
                return f'<input type="hidden" name="key" value="{escape(self.key)}">'
            case "progress":
                return chrome(visit, "progress", *_progressed(visit, page, walk))
            case "summary" if self.errors:
                return summary(visit, page, self.errors)
            case "summary":
                return _told(visit, page, walk)
            case "pager":
                return chrome(visit, "pager", *_ends(visit, page, walk))
        return super().make(kind, of)


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


def _progressed(visit: Visit, page: Page, walk: Walk) -> tuple[object, ...]:
    """Return the part that a page stands in, of how many, and the minutes that are left."""
    state = "saved" if visit.response else ""
    return walk.part_of(page), len(walk.parts), walk.minutes_from(page), state


def _ends(visit: Visit, page: Page, walk: Walk) -> tuple[bool, bool, bool]:
    """Return whether a page is the first or the last, and whether all was sent before."""
    submitted = visit.response is not None and visit.response.submitted
    return page.key == walk.pages[0].key, page.key == walk.pages[-1].key, submitted


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
