"""The nouns of networks: what is kept beside what the surveys tell."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from networks.tying import Holds as Holds
from networks.tying import Say as Say
from networks.tying import Source as Source
from people.models import Naming, Organisation, Owned
from surveys.models import Survey


class RecordedTie(Owned):
    """A tie that somebody saw elsewhere than in a survey; the database keeps each once.

    *a* is who it comes from where it has a direction, else the one with the smaller id.
    """

    __tablename__ = "recorded_tie"
    __table_args__ = (
        UniqueConstraint("project_id", "source", "a_id", "b_id", "about", "kind"),
        CheckConstraint("a_id <> b_id", name="two"),
        CheckConstraint("strength BETWEEN 0 AND 3", name="strength"),
    )

    a_id: Mapped[int] = mapped_column(
        ForeignKey(Organisation.id, ondelete="CASCADE"), index=True
    )
    b_id: Mapped[int] = mapped_column(
        ForeignKey(Organisation.id, ondelete="CASCADE"), index=True
    )
    source: Mapped[Source]
    about: Mapped[str] = mapped_column(default="")  # where exactly: a title, a file
    kind: Mapped[str] = mapped_column(default="")
    strength: Mapped[int] = mapped_column(default=0)
    is_directed: Mapped[bool] = mapped_column(default=False)
    seen: Mapped[date]
    by: Mapped[str] = mapped_column(default="")
    removed: Mapped[datetime | None]  # it counts no more, until undone


class Verdict(Owned):
    """What a facilitator chose for a contradicted tie of a wave; the last word counts."""

    __tablename__ = "tie_verdict"
    __table_args__ = (
        UniqueConstraint("survey_id", "a_id", "b_id"),
        CheckConstraint("a_id < b_id", name="order"),
    )

    survey_id: Mapped[int] = mapped_column(ForeignKey(Survey.id, ondelete="CASCADE"))
    a_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id, ondelete="CASCADE"))
    b_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id, ondelete="CASCADE"))
    holds: Mapped[Holds]
    reason: Mapped[str] = mapped_column(default="")
    by: Mapped[str]
    at: Mapped[datetime]


class Reply(Owned):
    """What an organisation that was named says of one tie; the last word counts."""

    __tablename__ = "tie_reply"
    __table_args__ = (UniqueConstraint("survey_id", "organisation_id", "other_id"),)

    survey_id: Mapped[int] = mapped_column(ForeignKey(Survey.id, ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey(Organisation.id, ondelete="CASCADE")
    )
    other_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id, ondelete="CASCADE"))
    says: Mapped[Say]
    confirms: Mapped[bool] = mapped_column(default=False)  # with "show": the tie is there
    at: Mapped[datetime]


class NamedLink(Owned):
    """The link "You were named" of an organisation.

    Its key is an HMAC of the nonce under the key "named", made again whenever a letter is
    written; only its hash is kept to recognise it.
    """

    __tablename__ = "named_link"
    __table_args__ = (UniqueConstraint("survey_id", "organisation_id"),)

    survey_id: Mapped[int] = mapped_column(ForeignKey(Survey.id, ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey(Organisation.id, ondelete="CASCADE")
    )
    nonce: Mapped[str]
    key_hash: Mapped[str] = mapped_column(unique=True)
    made: Mapped[datetime]
    opened: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship()


class Fate(StrEnum):
    """What a facilitator decided of a finding."""

    RELEASED = "released"
    DROPPED = "dropped"


class Finding(Owned):
    """A finding in words that a facilitator released or dropped; others are drafts."""

    __tablename__ = "finding"
    __table_args__ = (UniqueConstraint("survey_id", "key"),)

    survey_id: Mapped[int] = mapped_column(ForeignKey(Survey.id, ondelete="CASCADE"))
    key: Mapped[str]  # which sentence, and about whom
    fate: Mapped[Fate]
    words: Mapped[dict[str, Any]] = mapped_column(JSON)  # by language, with codes for names
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)  # value, range, response rate
    by: Mapped[str]
    at: Mapped[datetime]


class Stage(StrEnum):
    """How far an introduction of two organisations has come."""

    PLANNED = "planned"  # on the agenda of the next network meeting
    MET = "met"
    WORKING = "working"  # they work together since
    NOTHING = "nothing"  # nothing came of it
    NO = "no"  # it does not fit


class Introduction(Owned):
    """Two organisations that should meet, why, and what came of it."""

    __tablename__ = "introduction"
    __table_args__ = (
        UniqueConstraint("project_id", "a_id", "b_id"),
        CheckConstraint("a_id < b_id", name="order"),
    )

    a_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id, ondelete="CASCADE"))
    b_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id, ondelete="CASCADE"))
    broker_id: Mapped[int | None] = mapped_column(  # who could bring them together
        ForeignKey(Organisation.id, ondelete="SET NULL")
    )
    survey_id: Mapped[int | None] = mapped_column(ForeignKey(Survey.id, ondelete="SET NULL"))
    stage: Mapped[Stage]
    reason: Mapped[dict[str, Any]] = mapped_column(JSON)  # the suggestion, as plain data
    outcome: Mapped[str] = mapped_column(default="")
    by: Mapped[str]
    at: Mapped[datetime]


class SharedView(Owned):
    """A view of a network that whoever has its link may see; only a hash of its key is kept."""

    __tablename__ = "shared_view"
    __table_args__ = (UniqueConstraint("project_id", "form_key"),)

    survey_id: Mapped[int] = mapped_column(ForeignKey(Survey.id, ondelete="CASCADE"))
    key_hash: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str] = mapped_column(default="")
    view: Mapped[dict[str, Any]] = mapped_column(JSON)  # what an address says of a selection
    naming: Mapped[Naming]  # whose names stand in it: the network's or the public ones
    made: Mapped[datetime]
    ended: Mapped[datetime | None]
    by: Mapped[str]
    form_key: Mapped[str]


class Placement(Owned):
    """Where everyone stands in the picture of a wave, so that they stay there."""

    __tablename__ = "network_placement"

    survey_id: Mapped[int] = mapped_column(
        ForeignKey(Survey.id, ondelete="CASCADE"), unique=True
    )
    graph: Mapped[str]  # a digest of the ties that were laid out
    places: Mapped[dict[str, list[float]]] = mapped_column(JSON)  # in 1000 x 760, by code


class NetworkImport(Owned):
    """A network out of a file on its way into a project, and afterwards the way back."""

    __tablename__ = "network_import"
    __table_args__ = (UniqueConstraint("project_id", "form_key"),)

    filename: Mapped[str]
    form_key: Mapped[str]
    seen: Mapped[date]  # the day for which the file says who works with whom
    by: Mapped[str]
    created: Mapped[datetime] = mapped_column(index=True)
    network: Mapped[dict[str, Any]] = mapped_column(JSON)  # empty once it is taken over
    taken: Mapped[datetime | None]
    undone: Mapped[datetime | None]
    added: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # what to take back
