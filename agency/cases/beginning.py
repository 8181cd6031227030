"""Beginning a case: from a need that is listed, or by hand; twice only knowingly."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from agency.cases.history import happened
from agency.cases.models import Case, Event, Kind
from core.errors import FormUsedTwice, Refusal, message
from core.models import insert_once
from people.listings.models import For, Listing
from people.models import Membership, Organisation, Project, Side
from people.names.merging import merged

KIND_OF = {
    "funding": Kind.FUNDING,
    "funding_advice": Kind.FUNDING,
    "staff": Kind.STAFF,
    "hr_advice": Kind.STAFF,
    "language_support": Kind.STAFF,
    "mentoring": Kind.STAFF,
    "recognition_advice": Kind.STAFF,
    "business_advice": Kind.BUSINESS,
    "sales_channels": Kind.BUSINESS,
    "impact_measurement": Kind.BUSINESS,
    "business_network": Kind.BUSINESS,
}


class BegunAlready(Refusal):
    """The organisation is advised on the same need already, or was; *case* is the first."""

    reason = message("There is a case for this need of this organisation already: %(code)s.")

    def __init__(self, case: Case) -> None:
        super().__init__(code=case.code)
        self.case = case


class NotOfAnOrganisation(Refusal):
    reason = message("Advice is for organisations: this need has none in the register.")


@dataclass(frozen=True)
class Need:
    """What whom is to be advised on."""

    organisation: Organisation
    term: str
    title: str
    listing_id: int | None = None

    @property
    def kind(self) -> Kind:
        return KIND_OF.get(self.term, Kind.OTHER)


def need_of(session: Session, project: Project, listing: Listing) -> Need:
    """Return what a listing says, of the organisation as it goes by now.

    :raise NotOfAnOrganisation: when no organisation of the register needs it
    """
    owner_id = listing.organisation_id or 0
    owner_id = merged(session, project).get(owner_id, owner_id)
    owner = session.get(Organisation, owner_id)
    if owner is None or owner.deleted or (listing.side, listing.people) != OF_ORGANISATIONS:
        raise NotOfAnOrganisation
    return Need(owner, listing.term, listing.title, listing.id)


OF_ORGANISATIONS = (Side.NEED, For.ORGANISATIONS)


def begin(
    session: Session,
    project: Project,
    need: Need,
    by: str,
    now: datetime,
    *,
    form_key: str | None = None,
    text: str = "",
    again: str = "",
    owner: Membership | None = None,
) -> Case:
    """Begin a case under the next number, unless this form has; *owner* has it at once.

    :raise BegunAlready: when there is one for the same need, and no reason for another
    :raise FormUsedTwice: when the same form brings something else
    """
    who = {"organisation_id": need.organisation.id, "term": need.term}
    columns = who | {
        "project_id": project.id, "kind": need.kind, "title": need.title, "again": again,
        "listing_id": need.listing_id, "owner_id": owner.id if owner else None,
        "begun": now, "moved": now, "form_key": form_key,
    }  # fmt: skip
    last = select(func.max(Case.number)).filter_by(project_id=project.id)
    turns = select(func.max(Case.turn)).filter_by(**who)
    while True:
        if sent := _sent(session, project, form_key):
            if any(getattr(sent, name) != columns[name] for name in (*who, "title")):
                raise FormUsedTwice
            return sent
        number, turn = (session.scalar(query) or 0 for query in (last, turns))
        first = earlier(session, project, need.organisation, need.term)  # after the turn:
        if first and not again:  # who began meanwhile is seen here, or has taken the turn
            raise BegunAlready(first)
        made = insert_once(session, Case, number=number + 1, turn=turn + 1, **columns)
        if made:
            happened(session, made, Event.BEGUN, by, now, text=text)
            if owner:
                happened(session, made, Event.TAKEN, by, now, whom=owner.user.called or by)
            return made


def earlier(
    session: Session, project: Project, organisation: Organisation, term: str
) -> Case | None:
    """Return the first case of an organisation's need, also of an entry merged into it."""
    ids = [organisation.id]
    ids += [gone for gone, kept in merged(session, project).items() if kept == organisation.id]
    query = select(Case).where(Case.organisation_id.in_(ids), Case.deleted.is_(None))
    return session.scalar(query.filter_by(term=term).order_by(Case.turn, Case.id).limit(1))


def waiting_needs(session: Session, project: Project, today: date) -> Sequence[Listing]:
    """List the needs of organisations of which no case has begun yet, the oldest first."""
    query = select(Listing).filter_by(project_id=project.id, deleted=None, met=None)
    query = query.filter_by(side=Side.NEED, people=For.ORGANISATIONS)
    valid = or_(Listing.valid_until.is_(None), Listing.valid_until >= today)
    begun = select(Case.id).where(Case.listing_id == Listing.id, Case.deleted.is_(None))
    query = query.join(Listing.organisation).options(joinedload(Listing.organisation))
    query = query.where(valid, Organisation.deleted.is_(None), ~begun.exists())
    return session.scalars(query.order_by(Listing.at, Listing.number)).all()


def _sent(session: Session, project: Project, form_key: str | None) -> Case | None:
    if form_key is None:
        return None
    return session.scalar(select(Case).filter_by(project_id=project.id, form_key=form_key))
