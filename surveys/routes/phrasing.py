"""What is said in invitations, reminders and letters, and what is filled in for each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app
from flask_babel import force_locale, gettext

from core import i18n
from core.db import db
from core.forms import tidy
from core.languages import FALLBACK, SPOKEN, nearest
from people.contacts import Person
from surveys.definition import text_in, titles_of
from surveys.fieldwork import phrasing, starting
from surveys.fieldwork.writing import Occasion
from surveys.models import Invitation, Survey
from surveys.questionnaires.tongues import spoken
from surveys.questionnaires.understanding import lines
from surveys.routes import standard_words

LANGUAGES = (*SPOKEN,)
SUBJECT, TEXT = 150, 5_000  # characters
PLACE = re.compile(r"\{\w+\}")
PLACES = ("{greeting}", "{name}", "{organisation}", "{link}", "{closes}")


@dataclass
class Draft:
    """What a facilitator wants to write to those invited."""

    subject: str
    text: str
    language: str

    @classmethod
    def sent(cls, form: Mapping[str, str], survey: Survey) -> "Draft":
        """Read a draft out of the form in which it was written."""
        return cls(
            tidy(form.get("subject")),
            lines(form.get("text", "")),
            wished_language(form, survey),
        )

    def faults(self, survey: Survey) -> dict[str, str]:
        """Return what is amiss, by field."""
        found = {}
        unknown = [each for each in PLACE.findall(self.text) if each not in PLACES]
        if not self.subject:
            found["subject"] = gettext("Please write a subject.")
        elif len(self.subject) > SUBJECT:
            found["subject"] = gettext("Please write at most %(num)s characters.", num=SUBJECT)
        if "{link}" not in self.text:
            found["text"] = gettext("The text must contain {link}, where the link will stand.")
        elif len(self.text) > TEXT:
            found["text"] = gettext("Please write at most %(num)s characters.", num=TEXT)
        elif unknown:
            found["text"] = gettext("%(place)s is filled in by nobody.", place=unknown[0])
        elif "{closes}" in self.text and not survey.closes:
            found["text"] = gettext(
                "The survey has no last day yet: lay it down, or take {closes} out."
            )
        return found


def wished_language(sent: Mapping[str, str], survey: Survey) -> str:
    """Return the language in which somebody wants to write."""
    wished = sent.get("language", "")
    return wished if wished in LANGUAGES else language_of(survey)


def language_of(survey: Survey) -> str:
    """Return the language in which we write where none is known of the recipient."""
    asked_in = starting.latest(db.session, survey).default_language
    return nearest(asked_in, LANGUAGES) or FALLBACK


def language_for(person: Person | None, otherwise: str) -> str:
    """Return the language in which we write to somebody."""
    known = person.language if person else ""
    return known if known in LANGUAGES else otherwise


def greeting(person: Person, language: str) -> str:
    """Return how a letter begins."""
    if person.greeting:
        return f"{person.greeting},"
    who = person.addressee
    with force_locale(spoken(language)):
        return standard_words.salutation(who)


def standard(survey: Survey, occasion: Occasion, language: str) -> Draft:
    """Return the words to begin with, in the name of the project, with the last day if any."""
    titles = titles_of(survey.title, starting.latest(db.session, survey))
    title = text_in(titles, language, FALLBACK)[0]
    with force_locale(spoken(language)):
        subject, *paragraphs = standard_words.paragraphs(occasion, title, bool(survey.closes))
        sender = "" if occasion is Occasion.LETTER else current_app.config["OPERATOR_NAME"]
    return Draft(subject, "\n\n".join([*paragraphs, *filter(None, [sender])]), language)


def chosen(survey: Survey, occasion: Occasion, language: str) -> Draft:
    """Return the words of the team for an occasion, or the standard ones."""
    own = phrasing.own_words(db.session, survey, occasion, language)
    return Draft(*own, language) if own else standard(survey, occasion, language)


def is_own(survey: Survey, occasion: Occasion, language: str) -> bool:
    """Tell whether the team has put words of its own."""
    return phrasing.own_words(db.session, survey, occasion, language) is not None


def choose(survey: Survey, occasion: Occasion, draft: Draft) -> None:
    """Let these be the words of the team; the standard ones are not stored."""
    if draft == standard(survey, occasion, draft.language):
        phrasing.go_back(db.session, survey, occasion, draft.language)
    else:
        words = (draft.subject, draft.text)
        phrasing.choose(db.session, survey, occasion, draft.language, words)


def filled(text: str, invitation: Invitation, person: Person, link: str, language: str) -> str:
    """Return the text for one; only *link* leads to an invitation, whatever is typed."""
    parts = parts_of(text, invitation, person, language)
    return link.join(part.replace("{{", "{ {") for part in parts)


def parts_of(text: str, invitation: Invitation, person: Person, language: str) -> list[str]:
    """Return what stands before, between and after the links, filled in for one."""
    closes = invitation.survey.closes
    with force_locale(spoken(language)):
        values = {
            "{greeting}": greeting(person, language),
            "{organisation}": invitation.organisation.name,
            "{name}": person.addressee or invitation.organisation.name,
            "{closes}": i18n.moment(closes) if closes else "…",
        }
    return [
        PLACE.sub(lambda found: values.get(found[0], found[0]), part)
        for part in text.split("{link}")
    ]
