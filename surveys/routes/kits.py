"""The kit: what a device takes along so that a survey goes on without network.

It holds the pages of one version in one language, cut open at the same slots, the form with
its expressions as trees, and every text that may be needed. Nothing of a person is in it.
"""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

import brotli
import orjson
from flask import Response, render_template, request
from flask_babel import force_locale, gettext, ngettext
from markupsafe import Markup, escape

from core.headers import HEADERS
from surveys.definition import Item
from surveys.questionnaires import reading, understanding
from surveys.questionnaires.laying import limits_of
from surveys.questionnaires.numbering import Numbering
from surveys.questionnaires.paging import Page
from surveys.questionnaires.portable import form_to_json, is_portable
from surveys.questionnaires.slots import slot
from surveys.questionnaires.tongues import around, direction_of, spoken, tag_of
from surveys.routes import agreements, kit_words, sheets
from surveys.routes.memory import Kit
from surveys.routes.rosters import roster_to_take_along
from surveys.routes.showing import chrome
from surveys.routes.visiting import Visit

SAID = (
    understanding.WHOLE, understanding.NUMBER, understanding.DATE, understanding.TIME,
    understanding.PLACE, understanding.SHORTER, reading.RANKED, reading.ANSWER,
    reading.CHOOSE, reading.OTHERWISE,
)  # fmt: skip
FORMAT = 3  # of kits, to be raised when a device reads them otherwise; as offline/store.js
COUNTED = 20  # up to this number every count has its own words
MINUTES = 90
EITHER = (False, True)


def kit(visit: Visit) -> Kit | None:
    """Return the kit for this visit; none when a form needs the server."""
    if not is_portable(visit.asked.questionnaire):
        return None
    place = visit.place
    wordings = {
        item.name: str(agreements.wording_html(visit, item))
        for item in visit.asked.definition.having("consent")
    }
    own = getattr(place, "invitation_id", None) and getattr(place, "organisation_id", None)
    told = (place.kind, place.closes, visit.title, tuple(wordings.items()))
    facts = (place.digest, visit.language, visit.slug, place.project_id, place.register, own)
    return visit.memory.kits.get((facts, told), lambda: _packed(visit, wordings))


def _packed(visit: Visit, wordings: Mapping[str, str]) -> Kit:
    with force_locale(spoken(visit.language)):
        plain = orjson.dumps({**survey_of(visit), **_pages(visit, wordings), **texts_of(visit)})
    return Kit(plain, brotli.compress(plain), sha256(plain).hexdigest()[:16])


def survey_of(visit: Visit) -> dict[str, Any]:
    """Return what it takes to go through a form in one language."""
    asked, language, closes = visit.asked, visit.language, visit.place.closes
    return {
        "format": FORMAT,
        "slug": visit.slug,
        "version": visit.place.digest,
        "language": language,
        "within": around(language),
        "form": form_to_json(asked.questionnaire, language, visit.roster),
        "fields": {
            item.name: field for item in asked.items.values() if (field := _field(item))
        },
        "followers": asked.followers,
        "sectors": {each.code: each.sector for each in visit.listed},
        "icons": visit.memory.icons,
        "headers": HEADERS,
        "anonymous": visit.place.kind == "anonymous",
        "closes": closes and closes.isoformat(),
        "tongues": {
            code: [tag_of(code), direction_of(code)] for code in asked.definition.languages
        },
    }


def _field(item: Item) -> dict[str, Any]:
    """Return what it takes to read an answer."""
    limits = [*limits_of(item)[:2]] if item.type == "range" else None
    field = {
        "pii": "pii" in item.osi, "default": bool(item.default), "limits": limits,
        "required": bool(item.required),
    }  # fmt: skip
    return {name: value for name, value in field.items() if value}


def _pages(visit: Visit, wordings: Mapping[str, str]) -> dict[str, Any]:
    asked = visit.asked
    first = visit.asked.questionnaire.pages[0]
    return {
        "pages": [_page(visit, page) for page in asked.pages.values()],
        "parts": [*dict.fromkeys(_part(page) for page in asked.pages.values())],
        "insets": {
            "title": str(escape(visit.title)),
            "titled": visit.titled,
            **{f"consent {name}": html for name, html in wordings.items()},
        },
        "codes": Numbering(asked.definition).counted(),
        "rosters": {name: roster_to_take_along(visit, name) for name in asked.rosters},
        "kind": {first.key: chrome(visit, "kind", visit.place.kind, visit.place.closes)},
        "progress": _progress(visit),
        "pager": {
            f"{first:d}{last:d}{sent:d}": chrome(visit, "pager", first, last, sent)
            for first in EITHER
            for last in EITHER
            for sent in EITHER
        },
        "summary": _summary(visit),
        "frame": _frame(visit),
    }


def _page(visit: Visit, page: Page) -> dict[str, Any]:
    effort = visit.asked.efforts[page.key]
    return {
        "key": page.key,
        "part": _part(page),
        "items": [tree(item) for item in page.items],
        "html": sheets.written(visit.asked, page, visit.language),
        "effort": [effort.seconds, effort.perhaps, effort.repeat],
    }


def _part(page: Page) -> str:
    return page.part.name if page.part else ""


def tree(item: Item) -> Any:
    """Return the name of an item, and of those within it."""
    return [item.name, *map(tree, item.items)] if item.items else item.name


def _progress(visit: Visit) -> dict[str, Any]:
    """Return where one is, for each number of parts, with a slot for the time that is left."""
    parts = {_part(page) for page in visit.asked.pages.values()}
    written = {
        saved: {
            str(total): [
                chrome(visit, "progress", part, total, 1, saved) for part in range(total)
            ]
            for total in range(1, len(parts) + 1)
        }
        for saved in ("saved", "kept")
    }
    left = [
        ngettext("about one minute left", "about %(num)s minutes left", number)
        for number in range(1, MINUTES + 1)
    ]
    return {"at": written["saved"], "kept": written["kept"], "left": left}


def _summary(visit: Visit) -> dict[str, Any]:
    link = {"to": _inset("to"), "label": "", "text": _inset("text")}
    labelled = {**link, "label": _inset("label")}
    words = sheets.Words(visit.asked, visit.language)
    items = visit.asked.items.values()
    titles = [
        ngettext(
            "One answer is missing or does not fit",
            "%(num)s answers are missing or do not fit",
            number,
        )
        for number in range(1, COUNTED + 1)
    ]
    html = [
        render_template("surveys/public/_summary.html", title=_inset("title"), links=[each])
        for each in (link, labelled)
    ]
    labels = {
        item.name: str(words.said(item, "label"))
        for item in items
        if item.kind == "question" and "${" not in str(item.label)
    }
    return {"titles": titles, "plain": html[0], "labelled": html[1], "labels": labels}


def _inset(name: str) -> Markup:
    return Markup(slot("inset", name))  # noqa: S704 - replaced later


def _frame(visit: Visit) -> str:
    """Return a page around a few words, as those that say that answers wait for network."""
    html = render_template(
        "surveys/public/offline.html",
        survey_title=visit.titled,
        title=_inset("title"),
        text=_inset("text"),
        more=_inset("more"),
    )
    return sheets.in_tongue(html, around(visit.language))


def texts_of(visit: Visit) -> dict[str, Any]:
    """Return the texts that are said only now and then."""
    return {
        "said": {text: gettext(text) for text in SAID},
        "words": kit_words.words(COUNTED),
        "texts": {item.name: said for item in visit.asked.items.values() if (said := dict(
            _own_texts(visit, item)
        ))},
    }  # fmt: skip


def _own_texts(visit: Visit, item: Item) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the texts of an item that are said only now and then, and their languages."""
    words = sheets.Words(visit.asked, visit.language)
    for column in ("message", "required_message"):
        if any(getattr(item, column).values()):
            yield column, words.text(getattr(item, column))
    for column in ("label", "hint"):
        if any("${" in text for text in getattr(item, column).values()):
            yield column, words.text(getattr(item, column))


def handed_out(kit: Kit) -> Response:
    """Return a kit as small as the device can read it; it was packed once."""
    is_small = bool(request.accept_encodings.quality("br"))
    answer = Response(kit.small if is_small else kit.plain, mimetype="application/json")
    if is_small:
        answer.headers["Content-Encoding"] = "br"
    return answer
