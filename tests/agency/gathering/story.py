"""Organisations that answer, somebody who marks, and people who talk to counsellors."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from agency.gathering import finding
from agency.gathering.finding import Find
from people.models import Organisation, Project
from surveys.conversations.models import Conversation
from surveys.counting.shelf import Shelf
from surveys.definition import Definition
from surveys.models import Channel, Response, Subject, Survey
from tests.story import an_organisation
from tests.surveys.answers import a_survey, instrument
from tests.surveys.example import answer

ENTERPRISES, PEOPLE = instrument("enterprise_survey"), instrument("refugee_conversation")
FOUND = "/p/buch/needs/proposals"


def an_owner(session: Session, project: Project, code: str = "O01") -> Organisation:
    owner = an_organisation(project, code, f"Radhaus {code}", locality="buch")
    session.add(owner)
    session.flush()
    return owner


def a_wave(session: Session, project: Project, slug: str = "betriebe") -> Survey:
    """A survey of organisations with the whole form."""
    return a_survey(session, project, ENTERPRISES, slug, released=["de"])


def talks(session: Session, project: Project, slug: str = "gespraeche") -> Survey:
    return a_survey(session, project, PEOPLE, slug, subject=Subject.PERSONS, released=["de"])


def a_talk(
    session: Session, survey: Survey, provider: Organisation, code: str, **answers: Any
) -> Response:
    """A conversation that was handed in."""
    said = {"consent": "yes", "needs": ["childcare"]} | answers
    response = answer(session, survey, said, channel=Channel.COUNSELLOR)
    session.add(
        Conversation(
            project_id=survey.project_id, survey_id=survey.id, response_id=response.id,
            provider_id=provider.id, code=code, month=date(2025, 11, 1), language="ar",
        )
    )  # fmt: skip
    session.commit()
    return response


def found(session: Session, project: Project) -> dict[str, Find]:
    """All that was said, by whom and what."""
    shelf = Shelf()
    all_ = finding.finds(session, project, lambda survey: shelf.answers(session, survey))
    return {each.key.partition(".")[2]: each for each in all_}


def asking(definition: Definition, **marks: str) -> Definition:
    """The same form, with more questions that carry these marks."""
    form: dict[str, Any] = definition.to_json()
    more = [
        {"kind": "question", "name": name, "type": "text", "osi": {"match": mark}}
        for name, mark in marks.items()
    ]
    return Definition.from_json(form | {"items": [*form["items"], *more]})
