"""Nothing that was acknowledged is lost, whenever the plug is pulled."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.db import db
from surveys.fieldwork.inviting import token_of
from surveys.fieldwork.starting import latest
from surveys.models import Invitation, Response, Survey
from surveys.questionnaires.evaluating import questionnaire
from tests.crash import SURVEY, Doors, pull_the_plug
from tests.server import Server, serve
from tests.story import NOON
from tests.world import World, a_copy, filled
from workshop.models import Idea, Phase, Workshop
from workshop.stepping import step

__all__ = ["filled"]  # fixture


def test_a_crash_loses_nothing_and_doubles_nothing(filled: Path, tmp_path: Path) -> None:
    with under_load(filled, tmp_path / "world") as (server, doors):
        figures = pull_the_plug(server, doors, 6)  # 50 in bin/bench
    assert figures.cycles == 6
    assert figures.acknowledged > figures.cycles
    assert (figures.lost, figures.doubled, figures.over_budget) == (0, 0, 0)
    assert figures.intact


@contextmanager
def under_load(filled: Path, folder: Path) -> Iterator[tuple[Server, Doors]]:
    """Serve a Werkstatt of which one room collects and another votes."""
    with a_copy(filled, folder) as world:
        doors = open_doors(world)
    with serve(folder, DEMO="0", SECRET_KEY="test" * 10) as server:
        yield server, doors


def open_doors(world: World) -> Doors:
    with world.app.app_context():
        session, keys = db.session, world.app.extensions["keys"]
        collecting = world.workshop()
        voting = session.scalars(select(Workshop).filter_by(slug="anderswo")).one()
        _more_ideas(session, voting)
        step(session, keys, voting.board, Phase.COLLECT, Phase.VOTE, NOON)
        session.commit()
        survey = session.scalars(select(Survey).filter_by(slug=SURVEY)).one()
        answered = session.execute(
            select(Invitation, Response.id)
            .join(Response, Response.invitation_id == Invitation.id)
            .where(Invitation.survey_id == survey.id, Response.submitted.is_not(None))
            .order_by(Invitation.id)
            .limit(4)
        ).all()
        responses = {token_of(keys, invitation): number for invitation, number in answered}
        pages = questionnaire(latest(session, survey)).pages
        page = next(
            page for page in pages if any(item.name == "idea" for item in page.questions)
        )
        ideas = session.scalars(select(Idea.id).filter_by(board_id=voting.board.id)).all()
        return Doors(collecting.code, voting.code, [*ideas], [*responses], responses, page.key)


def _more_ideas(session: Session, workshop: Workshop) -> None:
    first = session.scalars(select(Idea).filter_by(board_id=workshop.board.id)).one()
    for number in range(5):
        session.add(
            Idea(project_id=first.project_id, board_id=first.board_id, title=f"Idee {number}",
                 challenge_id=first.challenge_id, author_id=first.author_id,
                 form_key=str(number))
        )  # fmt: skip
