"""A conversation under way: who talks about what, and where they stand."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import abort
from flask_babel import force_locale, gettext

from core import i18n
from core.db import db
from core.languages import FALLBACK
from surveys.conversations import asking, holding
from surveys.conversations.holding import Draft
from surveys.conversations.models import Conversation
from surveys.questionnaires import singly
from surveys.questionnaires.asking import Asked
from surveys.questionnaires.evaluating import Evaluation
from surveys.questionnaires.singly import Step
from surveys.questionnaires.tongues import spoken
from surveys.responses import sitting
from surveys.responses.sitting import Sitting, Start
from surveys.routes import visiting
from surveys.routes.memory import memory
from surveys.routes.visiting import Visit, visit_by


@dataclass(frozen=True)
class Talk:
    """A conversation, what was said so far, and the pages that it can have."""

    conversation: Conversation
    draft: Draft
    visit: Visit  # in the language of the person
    steps: list[Step]

    @property
    def code(self) -> str:
        return self.conversation.code

    @property
    def response(self) -> Sitting:
        return self.visit.response or abort(404)

    def evaluate(self, answers: Mapping[str, Any] | None = None) -> Evaluation:
        return self.visit.look(self.draft.answers if answers is None else answers)

    def walk(self, evaluation: Evaluation) -> list[Step]:
        return singly.asked(self.steps, evaluation)


def talk_of(conversation: Conversation) -> Talk:
    """Return a conversation as it is stored now, to go on with."""
    slug = conversation.survey.slug
    place = sitting.sitting(db.session, conversation.response_id, slug) or abort(404)
    draft = holding.draft_of(visiting.keys(), conversation)
    place = place._replace(answers=draft.answers)
    visit = visit_in(slug, place, conversation.language)
    return Talk(conversation, draft, visit, steps_of(visit.asked))


def visit_in(slug: str, place: Sitting | Start, language: str) -> Visit:
    """Return the visit of somebody who speaks a language."""
    browser = {"language": language}
    return visit_by(memory(), browser, "", slug, place, db.engine, lambda: db.session)


def steps_of(asked: Asked) -> list[Step]:
    """Return all pages of a conversation; what is said before the yes is none of them."""
    definition = asked.definition
    said = {note.name for note in asking.notes_before(definition)}
    return singly.steps(definition, asking.known_names(definition) | said)


def words_for(language: str) -> dict[str, str]:
    """Return the words on the buttons that both read, for somebody who speaks *language*."""
    with force_locale(spoken(language)):
        return {
            "skip": gettext("Skip"),
            "next": gettext("Continue"),
            "finish": gettext("Finish"),
            "stop": gettext("Stop and delete"),
            "pause": gettext("Pause"),
            "yes": gettext("Yes, begin"),
            "no": gettext("No"),
        }


def for_counsellor(visit: Visit) -> Visit:
    """Return the same visit in the language of the counsellor."""
    offered = visit.asked.offered
    language = i18n.language()
    return replace(visit, language=language if language in offered else FALLBACK)
