"""What becomes of listings of persons when conversations are corrected, taken back or erased.

A number in the register must not tell of fewer than k people. When so few of those who said
it are left, the listing goes, too. Those of organisations stay, and say that their source is
gone. So do those of persons when all answers of a survey are erased at once, as the last day
on which they are kept is over: nobody stands out then.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from agency.gathering.models import ListingSource
from agency.gathering.stating import chosen
from people.listings.models import Listing
from people.models import Side
from surveys.definition import Definition
from surveys.hiding import K
from surveys.models import Response, SurveyVersion
from surveys.responses import following


@following.when_changed
def _follow(session: Session, response_id: int) -> None:
    """Look once more at the survey of an answer that was corrected or withdrawn."""
    survey_id = session.scalar(select(Response.survey_id).filter_by(id=response_id))
    if survey_id is not None:
        _take_along(session, survey_id, select(Response.id).where(Response.id < 0))


@following.before_erasing
def _leave(session: Session, origin: str, rows: following.Rows) -> None:
    """Let listings go before the answers that they count are erased."""
    if origin != "response_id":
        return
    surveys = select(Response.survey_id).where(Response.id.in_(rows)).distinct()
    for survey_id in session.scalars(surveys).all():
        _take_along(session, survey_id, rows)


def _take_along(session: Session, survey_id: int, rows: following.Rows) -> None:
    """Delete the listings of a survey behind which fewer than k people are left."""
    query = select(ListingSource).filter_by(survey_id=survey_id)
    sources = session.scalars(query).all()
    if not sources or _all_at_once(session, survey_id, rows):
        return
    left = _left(session, survey_id, rows, {each.term for each in sources})
    gone = [each.listing_id for each in sources if left[each.term] < K]
    run = delete(Listing).where(Listing.id.in_(gone))
    session.execute(run.execution_options(synchronize_session=False))


def _all_at_once(session: Session, survey_id: int, rows: following.Rows) -> bool:
    """Tell whether so many are erased together that nobody stands out, and nobody is left."""
    mine = select(Response.id).filter_by(survey_id=survey_id)
    going = session.scalars(mine.where(Response.id.in_(rows)).limit(K)).all()
    stays = session.scalar(mine.where(Response.id.not_in(rows)).limit(1))
    return len(going) == K and stays is None


def _left(
    session: Session, survey_id: int, rows: following.Rows, terms: set[str]
) -> Mapping[str, int]:
    """Count who says each of *terms* once *rows* are gone; no further than to k."""
    people = dict.fromkeys(terms, 0)
    questions: dict[int, list[str]] = {}
    query = select(Response.version_id, Response.answers).filter_by(survey_id=survey_id)
    query = query.where(Response.submitted.is_not(None), Response.id.not_in(rows))
    rows_left = session.execute(query.execution_options(yield_per=500))
    for version_id, answers in rows_left:
        if version_id not in questions:
            version = session.get_one(SurveyVersion, version_id)
            asked = Definition.from_json(version.definition).having("match", Side.NEED)
            questions[version_id] = [item.name for item in asked]
        for term in {*_said(answers, questions[version_id])} & terms:
            people[term] += 1
        if min(people.values()) >= K:
            break
    rows_left.close()
    return people


def _said(answers: Mapping[str, Any], questions: list[str]) -> Iterator[str]:
    for name in questions:
        yield from chosen(answers.get(name))
