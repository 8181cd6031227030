"""The wording of a consent beside its question, and noting that it stood there."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import request
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from core.db import db
from surveys.definition import Item
from surveys.questionnaires.tongues import direction_of, tag_of
from surveys.questionnaires.wordings import key_of_consent
from surveys.responses import agreeing
from surveys.responses.agreeing import Wording
from surveys.routes.visiting import Visit


def wording_html(
    visit: Visit, item: Item, player: Callable[[str], str] | None = None
) -> Markup:
    """Return the wording in force, a field that says which one it is, and how it is heard."""
    place, consent = visit.place, item.osi["consent"]

    def write() -> str:
        text = agreeing.wording(visit.engine, place.project_id, item, visit.language)
        if text is None:
            return ""
        address = visit.voices.of(key_of_consent(consent), text.text, text.language)
        return _written(item.name, text, player(address) if player and address else "")

    kept = (
        place.digest, place.project_id, place.newest_wording, item.name, visit.language,
        player is None, visit.voices.place,
    )  # fmt: skip
    return Markup(visit.memory.chrome.get(kept, write))  # noqa: S704 - escaped


def _written(name: str, text: Wording, heard: str) -> str:
    return Markup(
        '<p class="wording" lang="{}" dir="{}">{}</p>{}'
        '<input type="hidden" name="agreed={}" value="{}">'
    ).format(
        tag_of(text.language), direction_of(text.language), text.text,
        Markup(heard), name, text.id,  # noqa: S704 - our own template
    )  # fmt: skip


def note(
    visit: Visit,
    response_id: int | str,
    items: Sequence[Item],
    answers: Mapping[str, Any],
    form: MultiDict[str, str] | None = None,
) -> None:
    """Note which wordings stood on the page that was sent; of nobody who is anonymous."""
    if isinstance(response_id, str):
        return
    texts = shown(items, answers, request.form if form is None else form)
    if texts:
        agreeing.note_agreements(db.session, visit.place.project_id, response_id, texts)


def are_noted(
    visit: Visit, response_id: int | str, items: Sequence[Item], answers: Mapping[str, Any],
    form: MultiDict[str, str],
) -> bool:  # fmt: skip
    """Whether there is nothing new to note."""
    texts = shown(items, answers, form)
    if not texts or isinstance(response_id, str):
        return True
    noted = agreeing.noted(visit.engine, response_id)
    return all(noted.get(question) == text_id for question, text_id in texts.items())


def shown(
    items: Sequence[Item], answers: Mapping[str, Any], form: MultiDict[str, str]
) -> dict[str, int | None]:
    """Return the number of the wording beside each consent; none where nobody agrees."""
    return {
        item.name: form.get(f"agreed={item.name}", type=int)
        if answers.get(item.name) not in (None, "no")
        else None
        for item in items
        if "consent" in item.osi
    }
