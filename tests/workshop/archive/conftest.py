"""The evening that goes into a file is the one that is followed up."""

import io
from datetime import date

import pytest
from PIL import Image
from sqlalchemy.orm import Session

from people.models import Project
from tests.story import NOON, an_organisation
from tests.workshop.following.conftest import counted, deciding, developing
from workshop.archive.writing import write
from workshop.cards.models import Comment, Picture, Translation, Translator
from workshop.cards.picturing import drawn
from workshop.following.deciding import Verdict, decide
from workshop.following.following import keep_outlook, note
from workshop.following.models import Outcome, State
from workshop.models import Board, Idea

__all__ = ["counted", "deciding", "developing"]


def a_photo() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(file, "JPEG")
    return file.getvalue()


@pytest.fixture
def packed(session: Session, developing: Board, sewing: Idea, bikes: Idea) -> bytes:
    """The evening in a file."""
    owner = an_organisation(
        session.get_one(Project, developing.project_id), "O17", "Nadel e.V."
    )
    session.add(owner)
    decide(session, sewing, Verdict(Outcome.ADOPTED, owner=owner), "Birte", NOON)
    decide(session, bikes, Verdict(Outcome.MERGED, partner=sewing), "Birte", NOON)
    day = date(2026, 12, 1)
    note(session, sewing, "n", "Birte", NOON, state=State.BEGUN, text="A room", day=day)
    keep_outlook(session, developing.workshop, ahead="May", contact="Birte", questions="?")
    hung = {"project_id": sewing.project_id, "idea_id": sewing.id}
    session.add(Picture(**hung, description="A machine", **drawn(a_photo())))
    session.add(Translation(**hung, language="ar", title="ورشة", by=Translator.TEAM))
    said = {"author_id": sewing.author_id, "form_key": "c", "text": "I have thread"}
    session.add(Comment(**hung, **said))
    session.commit()
    return write(session, developing.workshop)
