"""The workshops of the demo: one whose dots are counted, and one that is collecting."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.keys import Keyring
from demo.composing import table
from people.models import Project, Sector
from workshop import joining, posting, preparing
from workshop.models import Board, Idea, Participant, Phase, Workshop
from workshop.stepping import step
from workshop.voting.marking import vote
from workshop.voting.opening import key_of

EVENING = datetime.fromisoformat("2025-12-04T16:00:00+00:00")
NEXT = datetime.fromisoformat("2026-11-20T16:00:00+00:00")
FIRST_CARDS = 6  # hang in the workshop that is collecting


def load_workshops(session: Session, keys: Keyring, project: Project) -> None:
    """Hold the workshop of 4 December, and open the next one."""
    past = _prepare(session, project, "campus-buch", "Ideenwerkstatt Campus Buch", EVENING)
    people = _let_in(session, keys, past, EVENING)
    ideas = _post(session, past, people)
    board = past.board
    step(session, keys, board, Phase.COLLECT, Phase.VOTE, EVENING)
    for row in table("votes"):
        voter, dots = people[row["participant"]], int(row["dots"])
        vote(session, keys, board, voter, key_of(ideas[row["idea"]]), dots)
    step(session, keys, board, Phase.VOTE, Phase.RESULT, EVENING)
    preparing.open_room(session, past, False)

    coming = _prepare(session, project, "werkstatt-2", "Zweite Ideenwerkstatt", NEXT)
    _post(session, coming, _let_in(session, keys, coming, NEXT), FIRST_CARDS)


def _prepare(
    session: Session, project: Project, slug: str, title: str, now: datetime
) -> Workshop:
    questions = [row["question"] for row in table("challenges")]
    workshop = preparing.prepare(session, project, f"demo {slug}", slug, title, questions, now)
    preparing.open_room(session, workshop, True)
    return workshop


def _let_in(
    session: Session, keys: Keyring, workshop: Workshop, now: datetime
) -> Mapping[str, Participant]:
    people = {}
    for row in table("participants"):
        key = joining.join(
            session, keys, workshop, row["id"], now, row["pseudonym"], Sector(row["sector"])
        )
        found = joining.participant_with(session, keys, workshop.code, key)
        assert found is not None  # noqa: S101 - has just come in
        people[row["id"]] = found
    return people


def _post(
    session: Session,
    workshop: Workshop,
    people: Mapping[str, Participant],
    most: int | None = None,
) -> Mapping[str, Idea]:
    board = session.scalars(select(Board).filter_by(workshop_id=workshop.id)).one()
    challenges = {f"C{each.position + 1}": each for each in board.challenges}
    cards = table("ideas")
    if most:  # spread over the challenges
        cards = cards[:: len(cards) // most][:most]
    return {
        row["id"]: posting.post_idea(
            session, challenges[row["challenge"]], board, people[row["author"]],
            row["id"], row["title"], row["text"],
        )
        for row in cards
    }  # fmt: skip
