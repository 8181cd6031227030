"""Cards as a reader sees them: in their language where somebody has translated them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.languages import nearest
from workshop.cards.models import Comment, Picture, Translation, Translator
from workshop.models import Idea


@dataclass(frozen=True)
class Words:
    """What a card says in one language."""

    language: str  # empty where nobody knows
    title: str
    text: str
    by: Translator | None = None  # who translated it
    is_old: bool = False  # the card was changed since


@dataclass(frozen=True)
class Card:
    """An idea with all that hangs on it; ``original`` where it is shown in translation."""

    idea: Idea
    words: Words
    original: Words | None
    others: Sequence[Words]  # all translations
    comments: int
    picture: Picture | None


def cards_of(session: Session, ideas: Sequence[Idea], reader: str) -> Mapping[int, Card]:
    """Return *ideas* by their number, as somebody reads them who speaks *reader*."""
    numbers = [idea.id for idea in ideas]
    translated, comments = _translations(session, numbers), _comments(session, numbers)
    found = select(Picture).where(Picture.idea_id.in_(numbers))
    pictures = {picture.idea_id: picture for picture in session.scalars(found)}
    return {
        idea.id: _card(
            idea, translated[idea.id], reader, comments.get(idea.id, 0), pictures.get(idea.id)
        )
        for idea in ideas
    }


def card_of(session: Session, idea: Idea, reader: str) -> Card:
    """Return one idea as somebody reads it who speaks *reader*."""
    return cards_of(session, [idea], reader)[idea.id]


def _card(
    idea: Idea, others: Sequence[Words], reader: str, comments: int, picture: Picture | None
) -> Card:
    own = Words(idea.language, idea.title, idea.text)
    there = {each.language: each for each in [*others, own]}
    shown = there.get(nearest(reader, (*there,)) or "", own)
    original = None if shown is own else own
    return Card(idea, shown, original, others, comments, picture)


def _translations(session: Session, numbers: Collection[int]) -> Mapping[int, list[Words]]:
    query = select(Translation).where(Translation.idea_id.in_(numbers)).order_by(Translation.id)
    found: dict[int, list[Words]] = defaultdict(list)
    for row in session.scalars(query):
        words = Words(row.language, row.title, row.text, row.by, row.is_old)
        found[row.idea_id].append(words)
    return found


def _comments(session: Session, numbers: Collection[int]) -> Mapping[int, int]:
    query = select(Comment.idea_id, func.count()).where(Comment.idea_id.in_(numbers))
    query = query.where(~Comment.taken_down, ~Comment.taken_back).group_by(Comment.idea_id)
    return dict(session.execute(query).all())
