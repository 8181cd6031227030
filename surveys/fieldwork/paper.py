"""Answers on paper: whose sheet it is, and what was typed of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from core.errors import Refusal, message
from people.models import Organisation
from surveys.fieldwork.inviting import Invited, Step
from surveys.models import Channel, Kind, Response, Subject, Survey


class NotOnPaper(Refusal):
    reason = message(
        "Sheets are typed for surveys of organisations only, and not for anonymous ones: "
        "whoever types a sheet sees whose it is."
    )


class WhoseSheet(Refusal):
    reason = message("Nobody invited has this code or name. Please look at the sheet again.")


class SeveralFit(Refusal):
    reason = message("Several of those invited are called so. Please type the code instead.")


class AnsweredAlready(Refusal):
    reason = message(
        "They have answered already. If you type this sheet as well, both are kept, and the "
        "first one counts until you choose the other."
    )


def takes_paper(survey: Survey) -> bool:
    """Whether sheets of *survey* can be typed by the team."""
    return survey.kind != Kind.ANONYMOUS and survey.subject == Subject.ORGANISATIONS


def owner_of(typed: str, invited: Iterable[Invited]) -> Invited | None:
    """Return who among those invited is meant by a code or a name; nobody if none is typed.

    :raise WhoseSheet: when it is nobody
    :raise SeveralFit: when it could be more than one
    """
    words = typed.strip().casefold()
    if not words:
        return None
    known = [*invited]
    fitting = [each for each in known if each.organisation.code.casefold() == words]
    fitting = fitting or [each for each in known if words in _names(each.organisation)]
    fitting = fitting or [each for each in known if words in each.organisation.name.casefold()]
    if not fitting:
        raise WhoseSheet
    if len(fitting) > 1:
        raise SeveralFit
    return fitting[0]


def not_answered_yet(owner: Invited) -> None:
    """:raise AnsweredAlready: when an answer of theirs is there"""
    if owner.step == Step.ANSWERED:
        raise AnsweredAlready


def typed_sheets(session: Session, survey: Survey) -> Sequence[Response]:
    """List the responses that came on paper, the last one first."""
    mine = select(Response).filter_by(survey_id=survey.id, channel=Channel.PAPER)
    mine = mine.options(joinedload(Response.organisation)).order_by(Response.id.desc())
    return session.scalars(mine).all()


def typed_since(sheets: Iterable[Response], moment: datetime) -> int:
    """Count the sheets that were finished since *moment*; to correct one is not to type it."""
    return sum(sheet.submitted is not None and sheet.submitted >= moment for sheet in sheets)


def _names(organisation: Organisation) -> set[str]:
    return {organisation.name.casefold(), organisation.short_name.casefold()} - {""}
