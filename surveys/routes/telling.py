"""Asking back when a free text may tell who somebody is: a question, never a ban."""

from collections.abc import Iterator
from typing import Any

from flask import request
from flask_babel import gettext
from markupsafe import Markup, escape

from core.errors import message
from surveys.questionnaires.freetexts import free_texts
from surveys.questionnaires.reading import Reading
from surveys.questionnaires.recognising import Find, Sort, finds
from surveys.questionnaires.singly import Step
from surveys.routes.talks import Talk

KEEP = "keep="  # begins the names of boxes: this may stay
QUESTIONS = {
    Sort.PHONE: message("Perhaps this is a phone number. Leave it out?"),
    Sort.MAIL: message("Perhaps this is a mail address. Leave it out?"),
    Sort.NUMBER: message("Perhaps this is a file number. Leave it out?"),
    Sort.DAY: message("Perhaps this is a day of birth. Leave it out?"),
    Sort.ADDRESS: message("Perhaps this is an address. Leave it out?"),
    Sort.NAME: message("Perhaps this is a name. Leave it out?"),
}


def found_in(talk: Talk, step: Step, reading: Reading) -> dict[str, str]:
    """Return by field, as HTML, what should be asked about texts that are new on a page."""
    errors: dict[str, str] = {}
    before = dict(_texts(step.page.items, talk.draft.answers))
    for place, text in _texts(step.page.items, reading.answers):
        if text == before.get(place) or request.form.get(f"{KEEP}{place}"):
            continue
        if found := finds(text):
            errors[place] = asked_back(place, text, found)
    return errors


def kept_in(talk: Talk, step: Step, reading: Reading) -> dict[str, str]:
    """Return the same for texts that may stay, so that this is said again with the page."""
    return {
        place: asked_back(place, text, found, may_stay=True)
        for place, text in _texts(step.page.items, reading.answers)
        if request.form.get(f"{KEEP}{place}") and (found := finds(text))
    }


def asked_back(place: str, text: str, found: list[Find], *, may_stay: bool = False) -> str:
    """Return the question, the text with what was found marked, and a box to let it stay."""
    questions = [gettext(QUESTIONS[sort]) for sort in dict.fromkeys(f.sort for f in found)]
    return str(
        Markup(
            '{} <q class="found" dir="auto">{}</q> <label class="choice">'
            '<input type="checkbox" name="{}{}" value="1"{}> {}</label>'
        ).format(
            " ".join(questions),
            marked(text, found),
            KEEP,
            place,
            Markup(" checked") if may_stay else "",
            gettext("This can stay as it is"),
        )
    )


def marked(text: str, found: list[Find]) -> Markup:
    """Return a text in which all that was found is marked."""
    html, at = Markup(), 0
    for each in found:
        html += escape(text[at : each.begins])
        html += Markup("<mark>{}</mark>").format(text[each.begins : each.ends])
        at = each.ends
    return html + escape(text[at:])


def _texts(items: Any, document: Any) -> Iterator[tuple[str, str]]:
    for place, within, item in free_texts(items, document):
        yield place, within[item.name]
