"""What need not be asked in a conversation, as the counsellor's desk knows it."""

from dataclasses import replace
from typing import Any

from surveys.definition import Definition, Item
from surveys.models import Kind, Subject, Survey
from surveys.questionnaires import singly

CONSENTS = ("conversation", "survey")  # purposes without which nothing is stored
PROVIDER, CODE, LANGUAGE = "provider", "token", "conv_language"  # names of questions
KNOWN = {PROVIDER, CODE, LANGUAGE}


def consent_of(definition: Definition) -> Item | None:
    """Return the question whether somebody takes part."""
    found = (item for each in CONSENTS for item in definition.having("consent", each))
    return next(found, None)


def is_talked_about(survey: Survey, definition: Definition) -> bool:
    """Whether counsellors ask this in conversations, so that nobody needs a link."""
    if survey.subject != Subject.PERSONS or survey.kind == Kind.ANONYMOUS:
        return False
    return bool([*definition.having("consent", CONSENTS[0])])


def yes_to(definition: Definition, item: Item) -> str:
    """Return the answer that is a yes."""
    names = [choice.name for choice in definition.lists.get(item.list, ())]
    return "yes" if "yes" in names or not names else names[0]


def notes_before(definition: Definition) -> list[Item]:
    """Return the notes of the form before the consent: a guide to the counsellor."""
    consent = consent_of(definition)
    return singly.notes_before(definition, consent.name) if consent else []


def later_consents(definition: Definition) -> list[Item]:
    """List what else is asked for, each at its place."""
    first = consent_of(definition)
    items = [*definition.having("consent"), *definition.having("wall", "permission")]
    return [item for item in items if item is not first]


def meant(definition: Definition, item: Item) -> Item:
    """Return a consent as it is meant here: nobody but the provider can get in touch.

    A form that asks for contact data itself means the team.
    """
    if item.osi.get("consent") != "callback" or definition.having("pii"):
        return item
    return replace(item, osi={**item.osi, "consent": "approach"})


def known_names(definition: Definition) -> set[str]:
    """Return the questions that are not asked: the consent, and what is known already."""
    consent = consent_of(definition)
    names = {consent.name} if consent else set()
    return names | {item.name for item in definition.walk() if item.name in KNOWN}


def known_answers(definition: Definition, provider: str, language: str) -> dict[str, Any]:
    """Return the answers that are known; the code stands beside the answers, not in them."""
    answers: dict[str, Any] = {}
    if consent := consent_of(definition):
        answers[consent.name] = yes_to(definition, consent)
    for item in definition.walk():
        offered = {choice.name for choice in definition.lists.get(item.list, ())}
        wish = {PROVIDER: provider, LANGUAGE: language}.get(item.name)
        if wish in offered:
            answers[item.name] = wish
        elif wish and "other" in offered:
            answers[item.name] = "other"
    return answers
