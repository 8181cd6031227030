"""A conversation on paper: German and the person's language side by side, with pictures.

Each copy has a code of its own, in its corner and on the strip that the person takes along;
there is no field for a name.
"""

from collections.abc import Mapping

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext

from core.db import db
from people.current import current_membership
from surveys.conversations import asking, coding
from surveys.definition import Item
from surveys.questionnaires import laying, singly
from surveys.questionnaires.tongues import direction_of, spoken, tag_of
from surveys.responses import agreeing
from surveys.routes import talks
from surveys.routes.conversations import bp, counsellors, current_provider
from surveys.routes.halves import picture_of
from surveys.routes.printing import PaperWords
from surveys.routes.visiting import Visit
from surveys.routes.welcoming import visit_about

MOST = 20  # copies that are printed at once
FEW = 6  # choices that stand in two columns; more stand in three


@bp.get("/paper/<slug>/<language>")
@counsellors
def paper(slug: str, language: str) -> ResponseReturnValue:
    """The conversation to be held with a pen, in as many copies as are asked for."""
    current_provider()
    theirs = visit_about(slug, language)
    ours, definition = talks.for_counsellor(theirs), theirs.asked.definition
    copies = max(1, min(request.args.get("copies", 1, type=int), MOST))
    consent = asking.consent_of(definition)
    sides = [Side(ours)] if ours.language == language else [Side(ours), Side(theirs)]
    return render_template(
        "surveys/conversations/paper.html",
        slug=slug,
        codes=[coding.draw() for _ in range(copies)],
        sides=sides,
        steps=talks.steps_of(theirs.asked),
        consent=consent,
        notes=asking.notes_before(definition),
        provider=current_membership().provider,
        picture_of=picture_of,
        questions_of=_questions,
        few=FEW,
    )


class Side(PaperWords):
    """One of the two languages of a sheet, and our own words in it."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit.asked.definition, visit.language, visit.titles)
        self.rosters = visit.asked.rosters
        self.tag = tag_of(visit.language)
        self.direction = direction_of(visit.language)
        self.ours = spoken(visit.language)
        self.ours_tag = tag_of(self.ours)
        self.ours_direction = direction_of(self.ours)
        consent = asking.consent_of(self.definition)
        project_id = visit.place.project_id
        self.wording = consent and agreeing.wording(
            db.session, project_id, consent, visit.language
        )
        with force_locale(self.ours):
            self.words = _words()

    def rule(self, item: Item) -> str:
        with force_locale(self.ours):
            return super().rule(item)


def _words() -> Mapping[str, str]:
    """Say what stands on every sheet, in the language of the moment."""
    return {
        "free": gettext("Taking part is voluntary."),
        "skip": gettext("You can leave out every question."),
        "stop": gettext("You can stop at any time. Then the sheet is torn up."),
        "take": gettext("Would you like to take part?"),
        "yes": gettext("Yes"),
        "no": gettext("No"),
        "several": gettext("Several are possible."),
        "number": gettext("Write the number of an answer to the question before."),
        "code": gettext("Your code"),
        "centre": gettext("Your advice centre:"),
        "delete": gettext(
            "Your advice centre can delete everything when you tell it this code."
        ),
    }


def _questions(step: singly.Step) -> list[Item]:
    """List what a page asks: one question, or those of a repeat, once."""
    item = step.question
    if item is None:
        return []
    return [*laying.leaves(item.items)] if item.kind == "repeat" else [item]
