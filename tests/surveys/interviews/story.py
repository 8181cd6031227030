"""A survey with a free question, and one who was asked whether answers may be quoted."""

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from people.models import Organisation, Project
from people.naming import registered
from surveys.definition import Choice, Definition
from surveys.interviews.coding import Source, Wish
from surveys.interviews.listing import texts
from surveys.interviews.models import Meaning
from surveys.models import Survey
from tests.story import an_organisation
from tests.surveys.counted import answers_of
from tests.surveys.example import ENTERPRISES, a_survey, question

QUESTION = "idea"
YES_NO = (Choice("yes", {"de": "Ja", "en": "Yes"}), Choice("no", {"de": "Nein", "en": "No"}))
QUOTE = question(
    "quote", "select_one", "Dürfen wir Sie zitieren?", "May we quote you?", list="yn",
    osi={"consent": "quote"},
)  # fmt: skip
ASKING = replace(
    ENTERPRISES,
    items=(*ENTERPRISES.items, QUOTE),
    lists={**ENTERPRISES.lists, "yn": YES_NO},
)
IDEA = "Wir suchen Räume für Kinder. Und wir haben eine Küche, die abends leer steht."


def asking(session: Session, project: Project) -> Survey:
    """A survey that asks whether answers may be quoted."""
    return a_survey(session, project, ASKING)


def radhaus(session: Session, project: Project) -> Organisation:
    known = {each.code: each for each in registered(session, project)}
    if "O1" not in known:
        known["O1"] = an_organisation(project, "O1", "Radhaus Buch", kind="provider")
        session.add(known["O1"])
        session.flush()
    return known["O1"]


def written(session: Session, survey: Survey, form: Definition = ASKING) -> list[Source]:
    """Everything that was written freely."""
    rows = answers_of(session, survey).table.numbers
    return texts(session, survey, form, rows, form.item(QUESTION))


def only(session: Session, survey: Survey) -> Source:
    (source,) = written(session, survey)
    return source


def wish(term: str = "language_cafe", **more: Any) -> Wish:
    return Wish(term, **more)


def marks(source: Source) -> list[tuple[Meaning, str]]:
    """What is marked in a text, with its words."""
    return [(each.meaning, source.text[each.begins : each.ends]) for each in source.passages]
