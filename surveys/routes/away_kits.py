"""What a device takes along so that conversations go on without network.

It holds both halves of every question and the pages around them, cut open at the slots that
a device fills, in every language in which a survey is offered, and says which recordings can
be heard there and how large they are. Nothing of a person is in it.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from types import SimpleNamespace
from typing import Any

import brotli
import orjson
from flask import render_template
from flask_babel import force_locale, gettext
from markupsafe import Markup

from core import i18n
from core.db import db
from people.models import Organisation
from surveys.conversations import asking, holding
from surveys.models import Survey
from surveys.odk import receiving
from surveys.questionnaires import recognising
from surveys.questionnaires.portable import is_portable
from surveys.questionnaires.singly import Step
from surveys.questionnaires.slots import slot
from surveys.questionnaires.tongues import direction_of, name_of, spoken, tag_of
from surveys.responses import sitting
from surveys.responses.sitting import Start
from surveys.routes import halves, sheets, talks, telling, welcoming, wording
from surveys.routes import kits as public_kits
from surveys.routes.memory import Kit
from surveys.routes.rosters import roster_to_take_along
from surveys.routes.visiting import Visit
from surveys.sounds import keeping

FORMAT = 2  # to be raised when a device reads kits otherwise; as static/js/away/kits.js
EITHER = (False, True)
SOUND = re.compile(r"/sound/(\w+)\.m4a")
CODE = Markup(slot("inset", "code"))  # noqa: S704 - filled in on the device
NOBODY: dict[str, Any] = {
    "csrf_token": lambda: "",
    "get_flashed_messages": lambda **_: (),
}  # a kit holds nothing of the browser that asks for it


def kits(project_id: int, provider: Organisation) -> dict[str, tuple[Kit, str]]:
    """Return the kits of all surveys about which one can talk, and their versions."""
    found = {}
    for survey in holding.surveys_for(db.session, project_id):
        start = sitting.start(db.engine, survey.slug)
        visit = _visit(survey, start, "") if start else None
        if start and visit and is_portable(visit.asked.questionnaire):
            number = str(receiving.number_of_version(db.session, start.version_id))
            found[survey.slug] = _kit(survey, start, visit, number, provider), number
    return found


def _visit(survey: Survey, start: Start, language: str) -> Visit:
    return talks.visit_in(survey.slug, start, language)


def _kit(
    survey: Survey, start: Start, visit: Visit, number: str, provider: Organisation
) -> Kit:
    steps, offered = talks.steps_of(visit.asked), visit.asked.offered
    theirs = {code: _visit(survey, start, code) for code in offered}
    wordings = {code: _wordings(each, steps, True) for code, each in theirs.items()}
    first = {code: _first(each) for code, each in theirs.items()}
    told = (provider.id, provider.name, visit.title, repr(wordings), repr(first))
    facts = (
        "away", FORMAT, start.digest, i18n.language(), start.project_id, start.register,
        start.sounds,
    )  # fmt: skip

    def pack() -> Kit:
        sizes = keeping.sizes(db.session, survey.id)
        plain = orjson.dumps({
            "format": FORMAT, "slug": survey.slug, "version": number,
            "title": wording.in_my_language(survey.title), "steps": [*map(_step, steps)],
            "offered": {
                code: [name_of(code), tag_of(code), direction_of(code)] for code in offered
            },
            "mine": _mine(visit, steps),
            "theirs": {
                code: _heard(_theirs(each, steps, wordings[code], provider), sizes)
                for code, each in theirs.items()
            },
        })  # fmt: skip
        return Kit(plain, brotli.compress(plain, quality=6), sha256(plain).hexdigest()[:16])

    return visit.memory.kits.get((facts, told), pack)


def _first(visit: Visit) -> object:
    """Return the wording that stands beside the first yes."""
    item = asking.consent_of(visit.asked.definition)
    return item and welcoming.wording_of(visit, item)


def _step(step: Step) -> dict[str, Any]:
    return {
        "key": step.key,
        "question": step.question.name if step.question else "",
        "items": [public_kits.tree(item) for item in step.page.items],
        "notes": [note.name for note in step.notes],
    }


def _mine(visit: Visit, steps: list[Step]) -> dict[str, Any]:
    mine = talks.for_counsellor(visit)
    words = sheets.Words(mine.asked, mine.language, within=mine.language)
    notes = {
        note.name: render_template(
            "surveys/conversations/_note.html", **words.everything(), note=note
        )
        for step in steps
        for note in step.notes
    }
    return {
        **_half(mine, steps, halves.COUNSELLOR, _wordings(mine, steps, False)),
        "notes": notes,
        **_asking_back(),
    }


def _asking_back() -> dict[str, Any]:
    """Return what it takes to ask back when a free text may tell who somebody is."""
    return {
        **recognising.rules_for_browsers(),
        "asks": {str(sort): gettext(question) for sort, question in telling.QUESTIONS.items()},
        "stays": gettext("This can stay as it is"),
    }


def _theirs(
    visit: Visit, steps: list[Step], wordings: Mapping[str, str], provider: Organisation
) -> dict[str, Any]:
    definition = visit.asked.definition
    consent = asking.consent_of(definition)
    return {
        **_half(visit, steps, halves.PERSON, wordings),
        "known": asking.known_answers(definition, provider.code, visit.language),
        "consent": consent.name if consent else "",
        "defaults": [item.name for item in visit.asked.items.values() if item.default],
        "pages": _pages(visit, provider),
    }


def _heard(kit: dict[str, Any], sizes: Mapping[str, int]) -> dict[str, Any]:
    """Return a kit with the recordings that can be heard on its pages, and their bytes."""
    said = [*kit["halves"].values(), *kit["pages"].values(), *kit["insets"].values()]
    found = dict.fromkeys(digest for html in said for digest in SOUND.findall(html))
    return {**kit, "sounds": {each: sizes[each] for each in found if each in sizes}}


def _half(
    visit: Visit, steps: list[Step], template: str, wordings: Mapping[str, str]
) -> dict[str, Any]:
    with force_locale(spoken(visit.language)):
        texts = public_kits.texts_of(visit)
    return {
        **public_kits.survey_of(visit),
        **texts,
        "within": visit.language,
        "rosters": {name: roster_to_take_along(visit, name) for name in visit.asked.rosters},
        "insets": {"title": visit.titled, "titled": visit.titled, **wordings},
        "halves": {
            step.key: halves.written(visit, replace(step, notes=()), template, along=True)
            for step in steps
        },
    }


def _wordings(visit: Visit, steps: list[Step], is_noted: bool) -> dict[str, str]:
    found: dict[str, str] = {}
    for step in steps:
        found |= halves.wordings(visit, step, is_noted=is_noted)
    return {name: str(html) for name, html in found.items()}


def _pages(visit: Visit, provider: Organisation) -> dict[str, str]:
    """Return the pages around the halves, as they are with network."""
    person = visit.language
    facts = {"code": CODE, "provider": provider, **halves.tongue(person), **NOBODY}
    conversation = SimpleNamespace(code=CODE, draft="", language=person)

    def both(name: str, theirs: str, **more: Any) -> str:
        with force_locale(spoken(person)):
            said = Markup(render_template(f"surveys/public/{theirs}.html", **facts))  # noqa: S704 - our own template
        return render_template(
            f"surveys/conversations/{name}.html", **facts, theirs=said,
            conversation=conversation, **more,
        )  # fmt: skip

    with force_locale(spoken(person)):
        recoded = render_template("surveys/public/talk_recoded.html", **facts)
    frames = {
        f"frame {asks:d}{last:d}": _frame(visit, asks, last)
        for asks in EITHER
        for last in EITHER
    }
    before = {
        f"before {missing:d}": welcoming.page_before(visit, "", missing=missing, **NOBODY)
        for missing in EITHER
    }
    return {
        **frames,
        **before,
        "card": both("card", "talk_end"),
        "deletion": both("deletion", "talk_deletion"),
        "declined": both("declined", "talk_declined"),
        "recoded": recoded,
        "place": gettext(
            "Question %(number)s of %(of)s",
            number=slot("inset", "number"),
            of=slot("inset", "of"),
        ),
    }


def _frame(visit: Visit, asks: bool, last: bool) -> str:
    return render_template(
        "surveys/conversations/page.html",
        mine=Markup(slot("inset", "mine")),  # noqa: S704 - filled in on the device
        theirs=Markup(slot("inset", "theirs")),  # noqa: S704 - filled in on the device
        talk=SimpleNamespace(code=CODE),
        step=SimpleNamespace(question=asks, key="page"),
        number=1, of=1, first=False, last=last, is_amiss=True, turned=False,
        words=talks.words_for(visit.language),
        **halves.tongue(visit.language),
        **NOBODY,
    )  # fmt: skip
