"""The two halves of a page: the counsellor's, and the person's in their language beside it.

Each is written once per version, question and language, and then filled in. What the person
taps are labels of the counsellor's fields, so there is one form and one answer.
"""

from collections.abc import Mapping
from typing import Any

from flask import current_app, render_template, request
from flask_babel import force_locale
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from core import i18n
from core.assets import Assets
from core.languages import spoken_for
from surveys.conversations import asking
from surveys.definition import Choice, Item
from surveys.questionnaires import laying, singly
from surveys.questionnaires.evaluating import Evaluation
from surveys.questionnaires.filling import Sheet, View
from surveys.questionnaires.reading import Fault
from surveys.questionnaires.singly import Step
from surveys.questionnaires.tongues import direction_of, spoken, tag_of
from surveys.responses import agreeing
from surveys.routes import agreements, sheets, talks
from surveys.routes.showing import Insets, both_said, chrome, said_fault
from surveys.routes.talks import Talk
from surveys.routes.visiting import Visit
from surveys.sounds.hearing import SILENT

COUNSELLOR = "surveys/conversations/_counsellor.html"
PERSON = "surveys/public/talk_person.html"
PICTOGRAMS = "pictograms.svg"
PICTURE = ("osi_picture", "picture")  # the column of a list with the picture of each choice
MOST = 99  # choices whose marks conversation.css knows; more are only read aloud
ON_BOTH = ("select_one", "select_multiple")  # types whose answers can be tapped on either half


def show(
    talk: Talk,
    step: Step,
    evaluation: Evaluation,
    walk: list[Step],
    *,
    typed: MultiDict[str, str] | None = None,
    faults: Mapping[str, Fault] | None = None,
    errors: Mapping[str, str] | None = None,
) -> str:
    """Show a page of a conversation."""
    step = singly.here(walk, step) or step
    theirs, mine = talk.visit, talks.for_counsellor(talk.visit)
    said = {place: said_fault(fault, mine.language) for place, fault in (faults or {}).items()}
    said = both_said(said, errors or {})
    filled = []
    for visit, template in ((mine, COUNSELLOR), (theirs, PERSON)):
        insets = Insets(visit, typed)
        insets |= wordings(visit, step, is_noted=visit is theirs)
        language = visit.language
        view = View(evaluation, language, insets, typed=typed, errors=said, within=language)
        filled.append(Markup(_sheet(visit, step, template).fill(view)))  # noqa: S704 - escaped
    number, of = singly.place_of(walk, step)
    return render_template(
        "surveys/conversations/page.html",
        mine=filled[0],
        theirs=filled[1],
        talk=talk,
        step=step,
        number=number,
        of=of,
        first=step.key == walk[0].key,
        last=step.key == walk[-1].key,
        is_amiss=bool(said),
        turned=bool(request.values.get("turned")),
        words=talks.words_for(theirs.language),
        **tongue(theirs.language),
    )


def tongue(person: str) -> dict[str, str]:
    """Return the language of the person, and the one in which we speak to them."""
    return {"person": person, "ours": spoken_for(person)}


def _sheet(visit: Visit, step: Step, template: str) -> Sheet:
    spoken_at = visit.voices.place if template == PERSON else None
    page = (step.key, *(note.name for note in step.notes))
    place = (visit.place.digest, visit.language, page, template, i18n.language(), spoken_at)
    return visit.memory.sheets.get(
        place, lambda: Sheet(written(visit, step, template), visit.asked.cells)
    )


def written(visit: Visit, step: Step, template: str, **more: Any) -> str:
    """Return a half of a page, with the marks of its slots."""
    is_mine = template == COUNSELLOR
    heard = visit.voices if template == PERSON else SILENT
    words = sheets.Words(visit.asked, visit.language, heard, within=visit.language)
    language = i18n.language() if is_mine else spoken_for(visit.language)
    with force_locale(language if is_mine else spoken(visit.language)):
        return render_template(
            template,
            **words.everything(),
            step=step,
            laid_out=laying.laid_out(step.page.items),
            ours=words.attributes(language),
            picture_of=picture_of,
            on_both=bool(step.question and is_on_both(visit, step.question)),
            **more,
        )


def is_on_both(visit: Visit, item: Item) -> bool:
    """Whether a question has choices to tap: no repeat, no register to search, not too many."""
    if item.type not in ON_BOTH or item.name in visit.asked.rosters:
        return False
    return len(laying.choices_of(visit.asked.definition, item)) <= MOST


def picture_of(choice: Choice) -> str:
    """Return the address of the picture of a choice; nothing when there is none."""
    name = next((choice.attributes[each] for each in PICTURE if each in choice.attributes), "")
    assets: Assets = current_app.extensions["assets"]
    drawn = assets.files.get(PICTOGRAMS, b"")
    if not name or f'id="{name}"'.encode() not in drawn:
        return ""
    return f"/static/{assets.version}/{PICTOGRAMS}#{name}"


def wordings(visit: Visit, step: Step, *, is_noted: bool) -> dict[str, str]:
    """Return the wordings of consents; the half of the person says which one stood there."""
    found: dict[str, str] = {}
    for item in step.page.questions:
        if "consent" not in item.osi:
            continue
        consent = asking.meant(visit.asked.definition, item)
        if is_noted:
            found[f"consent {item.name}"] = agreements.wording_html(
                visit, consent, lambda address: chrome(visit, "player", address)
            )
        elif text := agreeing.wording(
            visit.engine, visit.place.project_id, consent, visit.language
        ):
            html = Markup('<p lang="{}" dir="{}">{}</p>')
            found[f"consent {item.name}"] = html.format(
                tag_of(text.language), direction_of(text.language), text.text
            )
    return found
