"""The nouns of translating: what people corrected and checked, and what they released."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.models import Row
from surveys.models import Survey


class Translation(Row):
    """A text of a questionnaire in another language, as somebody corrected or checked it.

    ``source`` and ``given`` are marks of the text it translates, and of the one that stood
    in the form then: when they change, the text waits for somebody to look at it again.
    """

    __tablename__ = "translation"
    __table_args__ = (UniqueConstraint("survey_id", "language", "key"),)

    survey_id: Mapped[int] = mapped_column(ForeignKey(Survey.id, ondelete="CASCADE"))
    language: Mapped[str]
    key: Mapped[str]
    text: Mapped[str]
    source: Mapped[str]
    given: Mapped[str]
    checked_by: Mapped[str | None]
    checked_on: Mapped[date | None]


class Release(Row):
    """That respondents are offered a survey in a language."""

    __tablename__ = "language_release"
    __table_args__ = (UniqueConstraint("survey_id", "language"),)

    survey_id: Mapped[int] = mapped_column(ForeignKey(Survey.id, ondelete="CASCADE"))
    language: Mapped[str]
    by: Mapped[str]
    day: Mapped[date]
