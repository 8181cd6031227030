"""A card in another language of the room, put there by a person who speaks both."""

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from core.models import insert_once
from workshop.cards.models import Translation, Translator
from workshop.models import Idea, Participant
from workshop.moving import Act, change


class SameLanguage(Refusal):
    reason = message("The card is written in this language already.")


class NotForYou(Refusal):
    reason = message("Cards are translated by their authors, table hosts and the facilitator.")


def translator_of(idea: Idea, viewer: Participant, actor: Participant) -> Translator | None:
    """Return as what *viewer*, who acts for *actor*, may translate *idea*, if at all.

    Where the facilitator reads each card, no author says unread what they wish.
    """
    is_checked = idea.board.is_checked
    if idea.author_id == actor.id and not is_checked:
        return Translator.AUTHOR
    if is_checked and idea.author_id == viewer.id:
        return None
    return Translator.HOST if viewer.is_host else None


def translate(
    session: Session, idea: Idea, by: Translator | None, language: str, title: str, text: str
) -> None:
    """Put *idea* into another language, instead of what stood there.

    :raise NotForYou: when somebody else does it
    :raise SameLanguage: when it is written in this language
    :raise NotNow: while people vote, and when the board is closed
    """
    if by is None:
        raise NotForYou
    if language == idea.language:
        raise SameLanguage
    words = {"title": title, "text": text, "by": by, "is_old": False}
    place = {"idea_id": idea.id, "language": language}
    if not insert_once(session, Translation, project_id=idea.project_id, **place, **words):
        session.execute(update(Translation).filter_by(**place).values(**words))
    change(session, idea.board, Act.TRANSLATE)


def withdraw(session: Session, idea: Idea, by: Translator | None, language: str) -> None:
    """Take a translation away.

    :raise NotForYou: when somebody else does it
    :raise NotNow: while people vote, and when the board is closed
    """
    if by is None:
        raise NotForYou
    session.execute(delete(Translation).filter_by(idea_id=idea.id, language=language))
    change(session, idea.board, Act.TRANSLATE)


def outdate(session: Session, idea: Idea) -> None:
    """Note that what *idea* says was changed after it was translated."""
    session.execute(update(Translation).filter_by(idea_id=idea.id).values(is_old=True))


def translation_of(session: Session, idea: Idea, language: str) -> Translation | None:
    """Return *idea* in *language*, if somebody has translated it."""
    return session.scalar(select(Translation).filter_by(idea_id=idea.id, language=language))
