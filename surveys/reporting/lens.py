"""The lens: of persons all questions are crossed with one and the same, chosen once.

Tables of A × B, A × C and B × C together can tell exactly how many gave three answers, although
each counts five people in every field. Tables that share one question cannot: of those who
gave one answer to it they tell what they said to each other question, and no more. So whoever
gave two further answers could be as few as nobody, or five more than that.
"""

from sqlalchemy import update
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from surveys.models import Survey


class LensChosen(Refusal):
    reason = message(
        "The question with which all others are crossed has been chosen already, and stays: "
        "other tables beside these could tell what single people said."
    )


def choose(session: Session, survey: Survey, name: str) -> None:
    """Let everything be crossed with the question of that *name*, for good.

    :raise LensChosen: when it is another question already
    """
    free = Survey.lens.is_(None) | (Survey.lens == name)
    query = update(Survey).where(Survey.id == survey.id, free)
    query = query.values(lens=name, version=Survey.version + 1).returning(Survey.id)
    if session.scalar(query, execution_options={"synchronize_session": False}) is None:
        raise LensChosen
    session.refresh(survey)
