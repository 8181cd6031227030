"""The nouns of reading aloud: recordings, and links for those who speak them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from people.models import Owned
from surveys.models import Survey


class Recording(Owned):
    """A text of a survey, spoken in one language; the name of who spoke it is not kept.

    ``text_digest`` tells for which wording it was spoken: it is played with no other. What
    came through a link is played once somebody of the team has heard it.
    """

    __tablename__ = "recording"
    __table_args__ = (UniqueConstraint("survey_id", "language", "key"),)

    survey_id: Mapped[int] = mapped_column(ForeignKey(Survey.id, ondelete="CASCADE"))
    language: Mapped[str]
    key: Mapped[str]
    text_digest: Mapped[str]
    digest: Mapped[str]  # of the sound, in its address
    seconds: Mapped[float]
    spoken: Mapped[date]
    checked: Mapped[date | None]  # by the team; before that nobody else hears it
    link_id: Mapped[int | None] = mapped_column(  # through which it came, unless by the team
        ForeignKey("speaker_link.id", ondelete="SET NULL"), index=True
    )
    sound: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class SpeakerLink(Owned):
    """A link with which somebody without an account speaks the texts of one language.

    Its token is an HMAC of the nonce, so that it can be shown again; a hash recognises it.
    """

    __tablename__ = "speaker_link"

    survey_id: Mapped[int] = mapped_column(
        ForeignKey(Survey.id, ondelete="CASCADE"), index=True
    )
    language: Mapped[str]
    nonce: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    created: Mapped[datetime]
    revoked: Mapped[datetime | None]

    survey: Mapped[Survey] = relationship()
