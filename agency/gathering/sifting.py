"""Sifting finds: what a person confirms stands in the register, what not is set aside."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from agency.gathering.finding import Find, Register, keys_now
from agency.gathering.models import ListingSource, Sifted, Sifting
from core.errors import FormUsedTwice, Refusal, message
from core.models import insert_once
from people.listings import keeping
from people.listings.keeping import Entry
from people.listings.models import Listing, Origin
from people.models import Project

LONGEST = 160  # characters of a title


class NothingChosen(Refusal):
    reason = message("Please tick at least one entry first.")


class GoneMeanwhile(Refusal):
    reason = message(
        "What you chose is not there any more: somebody has decided of it, or it was taken "
        "back. Please load the page again."
    )


@dataclass(frozen=True)
class Wish:
    """What somebody decided of a find: so many go into the register, or none."""

    find: Find
    quantity: int = 1
    title: str = ""


def undecided(session: Session, project: Project, found: Sequence[Find]) -> list[Find]:
    """Return the finds of which nobody has decided, and which the register does not hold."""
    register = Register(session, project)
    query = select(Sifted.key).filter_by(project_id=project.id)
    decided = keys_now(session.scalars(query), register.into)
    listed = select(Listing.organisation_id, Listing.side, Listing.term)
    held = set()
    for whose, side, term in session.execute(
        listed.filter_by(project_id=project.id, deleted=None)
    ):
        owner = register[whose]
        held.add((owner.id if owner else None, side, term))
    return [each for each in found if each.key not in decided and each.triple not in held]


def set_aside(
    session: Session, project: Project, found: Sequence[Find]
) -> list[tuple[Sifted, Find]]:
    """List the finds that were set aside and would be proposed otherwise."""
    query = select(Sifted).filter_by(project_id=project.id, listing_id=None)
    register, known = Register(session, project), {each.key: each for each in found}
    rows = session.scalars(query.order_by(Sifted.id.desc())).all()
    current = {row.id: next(iter(keys_now([row.key], register.into))) for row in rows}
    return [(row, known[current[row.id]]) for row in rows if current[row.id] in known]


def confirm(
    session: Session,
    project: Project,
    wishes: Sequence[Wish],
    form_key: str,
    by: str,
    now: datetime,
) -> Sifting:
    """Enter finds in the register, each with its sources; the same form enters once.

    :raise NothingChosen: when there is none
    :raise GoneMeanwhile: when none of them can be decided of any more
    :raise FormUsedTwice: when the same form brings others
    """

    def enter(wish: Wish) -> Listing:
        entry, find = _entry(wish), wish.find
        listing = keeping.add(
            session, project, entry, by, now, source_key=find.key, origin=find.origin
        )
        if listing.deleted:  # it was confirmed before, and that was taken back
            keeping.bring_back(listing)
            session.flush()
            keeping.change(session, listing, entry, listing.version, by, now)
        _keep_sources(session, listing, find)
        return listing

    return _sift(session, project, wishes, enter, form_key, by, now)


def dismiss(
    session: Session,
    project: Project,
    wishes: Sequence[Wish],
    form_key: str,
    by: str,
    now: datetime,
) -> Sifting:
    """Set finds aside: they are not proposed any more, until that is taken back.

    :raise NothingChosen: when there is none
    :raise GoneMeanwhile: when none of them can be decided of any more
    :raise FormUsedTwice: when the same form brings others
    """
    return _sift(session, project, wishes, lambda _wish: None, form_key, by, now)


def undo(session: Session, sifting: Sifting, now: datetime) -> None:
    """Take back a whole act; what it entered leaves the register."""
    for each in sifting.sifted:
        if each.listing_id is not None:
            keeping.remove(session.get_one(Listing, each.listing_id), now)
    session.delete(sifting)
    session.flush()


def propose_again(session: Session, sifted: Sifted) -> None:
    """Let a find that was set aside be proposed again."""
    session.delete(sifted)
    session.flush()


def take_number(
    session: Session, listing: Listing, number: int, version: int, by: str, now: datetime
) -> None:
    """Let a listing say how many people it is by now.

    :raise ChangedMeanwhile: when somebody has changed it since *version* was shown
    """
    entry = keeping.entry_of(listing)
    values = vars(entry) | {"quantity": number}
    keeping.change(session, listing, Entry(**values), version, by, now)


def _sift(
    session: Session,
    project: Project,
    wishes: Sequence[Wish],
    act: Callable[[Wish], Listing | None],
    form_key: str,
    by: str,
    now: datetime,
) -> Sifting:
    ours = {"project_id": project.id}
    earlier = session.scalar(select(Sifting).filter_by(**ours, form_key=form_key))
    if earlier:
        if {each.find.key for each in wishes} - {each.key for each in earlier.sifted}:
            raise FormUsedTwice
        return earlier
    if not wishes:
        raise NothingChosen
    sifting = insert_once(session, Sifting, **ours, form_key=form_key, by=by, at=now)
    if sifting is None:
        return session.scalars(select(Sifting).filter_by(**ours, form_key=form_key)).one()
    done = False
    for wish in wishes:
        row = insert_once(
            session, Sifted, **ours, sifting_id=sifting.id, key=wish.find.key, listing_id=None
        )
        if row is not None:
            listing = act(wish)
            row.listing_id = listing.id if listing else None
            done = True
    if not done:
        raise GoneMeanwhile
    session.flush()
    session.refresh(sifting)
    return sifting


def _entry(wish: Wish) -> Entry:
    find, said = wish.find, wish.find.said
    owner = find.organisation
    return Entry(
        side=find.side,
        people=find.people,
        term=find.term,
        title=wish.title[:LONGEST],
        quantity=wish.quantity,
        locality=said.locality or (owner.locality if owner else ""),
        german=said.german,
        times=said.times,
        requires=said.requires,
        besides=said.besides,
        organisation_id=owner.id if owner else None,
    )


def _keep_sources(session: Session, listing: Listing, find: Find) -> None:
    """Link a listing to where it was said, anew."""
    query = select(ListingSource).filter_by(listing_id=listing.id)
    for old in session.scalars(query):
        session.delete(old)
    for each in find.sources:
        place: Mapping[str, int | None] = (
            {"passage_id": each.passage_id}
            if each.passage_id
            else {"survey_id": each.survey.id}
            if each.origin == Origin.CONVERSATIONS
            else {"response_id": each.response_id}
        )
        session.add(
            ListingSource(
                project_id=listing.project_id, listing_id=listing.id, term=find.term, **place
            )
        )
    session.flush()
