"""The nouns of people: projects, staff and their roles, and the register of organisations."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.models import Row, Versioned


class Sector(StrEnum):
    """The four sectors of social innovation; each has a colour and a shape."""

    ECONOMY = "economy"
    SOCIETY = "society"
    POLITICS = "politics"
    SCIENCE = "science"


class Role(StrEnum):
    """What someone of the staff may do in a project."""

    FACILITATOR = "facilitator"  # everything
    COUNSELLOR = "counsellor"  # conversations of one provider
    ADVISER = "adviser"  # cases of the agency
    PANEL = "panel"  # the social audit
    TASK_FORCE = "task_force"  # reads results and networks


class Naming(StrEnum):
    """Who may see the name of an organisation in a network."""

    TEAM = "team"
    NETWORK = "network"
    PUBLIC = "public"


class Project(Versioned):
    """An undertaking with people, boards and surveys of its own; it shares nothing."""

    __tablename__ = "project"

    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    created: Mapped[datetime]
    is_demo: Mapped[bool] = mapped_column(default=False)
    form_key: Mapped[str | None] = mapped_column(unique=True)  # of the form that began it


class Owned(Row):
    """A row that belongs to a project and is found only by the people in it."""

    __abstract__ = True

    project_id: Mapped[int] = mapped_column(
        ForeignKey(Project.id, ondelete="CASCADE"), index=True, sort_order=-1
    )


class User(Row):
    """An account of the staff; respondents and participants have none.

    The columns and their names are those that Flask-Security asks for.
    """

    __tablename__ = "user"

    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    confirmed_at: Mapped[datetime | None]
    tf_primary_method: Mapped[str | None]
    tf_totp_secret: Mapped[str | None]
    tf_counter: Mapped[int | None]  # of the last one-time code: none counts twice
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(JSON)
    is_administrator: Mapped[bool] = mapped_column(default=False)  # may begin projects
    language: Mapped[str] = mapped_column(default="de")

    @property
    def called(self) -> str:
        """The name by which others know who did something."""
        return self.name or self.email


class Membership(Owned):
    """The role of someone of the staff in a project."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("project_id", "user_id"),)

    user_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), index=True)
    role: Mapped[Role]
    provider_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)
    provider: Mapped["Organisation | None"] = relationship()


class Organisation(Owned, Versioned):
    """An entry of the register; its code is stable and never changes.

    ``details`` holds what the register only shows: headcount, volunteers, refugees_employed
    (persons), inc_public … inc_other (per cent of income), inc_expiring_pct (of it, within
    twelve months), lat, lon (degrees).
    """

    __tablename__ = "organisation"
    __table_args__ = (
        UniqueConstraint("project_id", "code"),
        UniqueConstraint("project_id", "form_key"),
        CheckConstraint("merged_into_id IS NULL OR deleted IS NOT NULL", name="merged_is_gone"),
        CheckConstraint("merged_into_id <> id", name="merged_elsewhere"),
        Index("ix_organisation_register", "project_id", "version"),  # asked with every page
    )

    code: Mapped[str]
    name: Mapped[str]
    short_name: Mapped[str]
    kind: Mapped[str] = mapped_column(default="")  # as in the list org_type
    sector: Mapped[Sector]
    legal_form: Mapped[str] = mapped_column(default="")
    locality: Mapped[str] = mapped_column(default="")  # Ortsteil
    naming: Mapped[Naming] = mapped_column(default=Naming.TEAM)
    own_naming: Mapped[Naming | None]  # its own word, while others are merged into it
    in_task_force: Mapped[bool] = mapped_column(default=False)
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    added: Mapped[datetime]
    deleted: Mapped[datetime | None]  # gone from every list, until undone
    merged_into_id: Mapped[int | None] = mapped_column(  # the same one; then deleted, too
        ForeignKey("organisation.id", ondelete="SET NULL"), index=True
    )
    form_key: Mapped[str | None]  # of the form that added it

    aliases: Mapped[list["Alias"]] = relationship(
        cascade="all, delete-orphan", order_by="Alias.id"
    )
    terms: Mapped[list["Offering"]] = relationship(
        cascade="all, delete-orphan", order_by="Offering.id"
    )
    absorbed: Mapped[list["Organisation"]] = relationship(  # entries that are this one, too
        viewonly=True, order_by="Organisation.id"
    )


class Alias(Owned):
    """Another name by which people know an organisation."""

    __tablename__ = "alias"

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey(Organisation.id, ondelete="CASCADE"), index=True
    )
    name: Mapped[str]


class Side(StrEnum):
    """Whether something is needed or offered."""

    NEED = "need"
    OFFER = "offer"


class Offering(Owned):
    """A term of the taxonomy that an organisation needs or offers."""

    __tablename__ = "offering"
    __table_args__ = (UniqueConstraint("organisation_id", "side", "term"),)

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey(Organisation.id, ondelete="CASCADE"), index=True
    )
    side: Mapped[Side]
    term: Mapped[str]  # a code in people/taxonomy.json


class NamingDecision(Owned):
    """Who allowed or withdrew the name of an organisation, and when."""

    __tablename__ = "naming_decision"

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey(Organisation.id, ondelete="CASCADE"), index=True
    )
    naming: Mapped[Naming]
    by: Mapped[str]  # the person of the staff, or nothing when it was the organisation
    at: Mapped[datetime]


class TaskForceMember(Owned):
    """Someone in the task force, for an organisation of the register or another one."""

    __tablename__ = "task_force_member"
    __table_args__ = (UniqueConstraint("project_id", "form_key"),)

    name: Mapped[str] = mapped_column(default="")
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey(Organisation.id, ondelete="SET NULL"), index=True
    )
    affiliation: Mapped[str] = mapped_column(default="")  # of those not in the register
    sector: Mapped[Sector]
    form_key: Mapped[str]

    organisation: Mapped[Organisation | None] = relationship(lazy="joined")


class ImportDraft(Owned):
    """An address list on its way into the register, and for a day the way back.

    ``sealed`` holds the rows of the file, and after the import what it replaced.
    """

    __tablename__ = "import_draft"
    __table_args__ = (UniqueConstraint("project_id", "form_key"),)

    filename: Mapped[str]
    form_key: Mapped[str]
    created: Mapped[datetime] = mapped_column(index=True)
    sealed: Mapped[str]
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    imported: Mapped[datetime | None]
    undone: Mapped[datetime | None]
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class Contact(Owned):
    """The person to write to in an organisation: sealed, and kept apart from the register."""

    __tablename__ = "contact"

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey(Organisation.id, ondelete="CASCADE"), unique=True
    )
    sealed: Mapped[str]  # JSON: salutation, name, email, phone, address, language


class ConsentText(Owned):
    """The wording of a consent in one language; a new wording is a new version."""

    __tablename__ = "consent_text"
    __table_args__ = (UniqueConstraint("project_id", "purpose", "language", "number"),)

    purpose: Mapped[str]  # one of people.consents
    language: Mapped[str]
    number: Mapped[int]
    text: Mapped[str]
    since: Mapped[datetime]


class StaffInvitation(Owned):
    """A link with which someone becomes staff of a project; only a hash of its key is kept."""

    __tablename__ = "staff_invitation"

    key_hash: Mapped[str] = mapped_column(unique=True)
    role: Mapped[Role]
    email: Mapped[str] = mapped_column(default="")
    provider_id: Mapped[int | None] = mapped_column(ForeignKey(Organisation.id))
    created: Mapped[datetime]
    expires: Mapped[datetime]
    used: Mapped[datetime | None]

    provider: Mapped[Organisation | None] = relationship()


class StaffSession(Row):
    """A browser in which someone of the staff is signed in, so that it can be signed out."""

    __tablename__ = "staff_session"

    user_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), index=True)
    key_hash: Mapped[str] = mapped_column(unique=True)
    begun: Mapped[datetime]
    seen: Mapped[datetime]
    device: Mapped[str] = mapped_column(default="")


class SignInKey(Row):
    """A link with which someone of the staff signs in once; only a hash of its key is kept."""

    __tablename__ = "sign_in_key"

    user_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), index=True)
    key_hash: Mapped[str] = mapped_column(unique=True)
    expires: Mapped[datetime] = mapped_column(index=True)
    used: Mapped[datetime | None]


class SignInTry(Row):
    """How often somebody has tried to get in under a name, and when they last did."""

    __tablename__ = "sign_in_try"

    name_hash: Mapped[str] = mapped_column(unique=True)
    count: Mapped[int]
    last: Mapped[datetime] = mapped_column(index=True)
