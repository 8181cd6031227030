"""The register of organisations: adding, changing, removing, and finding again."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import count
from typing import Any

from rapidfuzz import fuzz
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from core.errors import FormUsedTwice, Refusal, message
from core.models import change_as_seen, insert_once, insert_unless_there
from people.models import Alias, Naming, Offering, Organisation, Project, Sector, Side
from people.naming import fold, is_named_for, names_of, registered

NEAR = 84  # of 100: "Sprachbrüke" finds Sprachbrücke, "Buch" does not find Tuch


class CodeTaken(Refusal):
    """A code belongs to one organisation for ever."""

    reason = message("This code belongs to another organisation.")


class IsMerged(Refusal):
    """Who was merged comes back by undoing that."""

    reason = message("This entry was merged. Undo that in the list of what was merged.")


@dataclass(frozen=True)
class Entry:
    """What the register says of an organisation, as somebody types or imports it."""

    name: str
    sector: Sector
    short_name: str = ""
    kind: str = ""
    legal_form: str = ""
    locality: str = ""
    aliases: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filter:
    """What is looked for in the register; what is empty does not matter."""

    q: str = ""
    sector: str = ""
    kind: str = ""
    locality: str = ""
    need: str = ""
    offer: str = ""

    def asked(self) -> dict[str, str]:
        """Return what is looked for, as an address says it."""
        return {name: value for name, value in vars(self).items() if value}

    @classmethod
    def of(cls, arguments: Any) -> "Filter":
        """Read the filter out of an address."""
        return cls(**{part.name: arguments.get(part.name, "") for part in fields(cls)})


def add_organisation(
    session: Session,
    project: Project,
    entry: Entry,
    now: datetime,
    *,
    form_key: str | None = None,
    codes: Iterable[str] = (),
    **more: object,
) -> Organisation:
    """Enter an organisation under the next free code, unless this form has done so before.

    A demo or an archive brings its own *codes* to choose from; *more* are further columns.

    :raise FormUsedTwice: when the same form brings another name
    :raise CodeTaken: when none of the *codes* is free
    """
    columns = {"form_key": form_key, "added": now} | _columns(entry) | more
    for code in codes or free_codes(session, project):
        ours = {"project_id": project.id, "code": code}
        organisation = insert_once(session, Organisation, **ours, **columns)
        if organisation:
            _begin_lists(organisation)
            _fill(organisation, entry)
            return organisation
        earlier = _added_by(session, project, form_key)
        if earlier and earlier.name != entry.name:
            raise FormUsedTwice
        if earlier:
            return earlier
    raise CodeTaken


def add_organisations(
    session: Session, project: Project, entries: Sequence[Entry], now: datetime
) -> list[Organisation]:
    """Enter many at once, in their order, under the next free codes."""
    codes = free_codes(session, project)
    rows = [
        {"project_id": project.id, "code": next(codes), "added": now, **_columns(entry)}
        for entry in entries
    ]
    inserted = insert_unless_there(session, Organisation, rows)
    by_code = {organisation.code: organisation for organisation in inserted}
    added = []
    for row, entry in zip(rows, entries, strict=True):
        organisation = by_code.get(str(row["code"]))  # or else somebody was faster
        if organisation:
            _begin_lists(organisation)
            _fill(organisation, entry)
        added.append(organisation or add_organisation(session, project, entry, now))
    return added


def change_organisation(
    session: Session, organisation: Organisation, entry: Entry, version: int
) -> None:
    """Replace what the register says, if nobody has changed it since *version* was shown.

    :raise ChangedMeanwhile: when somebody has
    """
    change_as_seen(session, organisation, version, **_columns(entry))
    _fill(organisation, entry)


def remove(organisation: Organisation, now: datetime) -> None:
    """Take the organisation out of every list; its code stays its own."""
    organisation.deleted = organisation.deleted or now
    organisation.changed()


def remove_all(session: Session, numbers: Sequence[int], now: datetime) -> None:
    """Take many out of every list; what was removed before keeps its day."""
    there = update(Organisation).where(
        Organisation.id.in_(numbers), Organisation.deleted.is_(None)
    )
    session.execute(there.values(deleted=now, version=Organisation.version + 1))


def bring_back(organisation: Organisation) -> None:
    """Put a removed organisation into the lists again, as it was.

    :raise IsMerged: when it is gone because it is another one
    """
    if organisation.merged_into_id is not None:
        raise IsMerged
    organisation.deleted = None
    organisation.changed()


def removed(session: Session, project: Project) -> list[Organisation]:
    """Return what was removed, the latest first, without what was merged."""
    query = select(Organisation).filter_by(project_id=project.id)
    query = query.where(
        Organisation.deleted.is_not(None), Organisation.merged_into_id.is_(None)
    )
    return list(session.scalars(query.order_by(Organisation.deleted.desc(), Organisation.id)))


def choices_for_roster(session: Session, project: Project) -> list[Organisation]:
    """Return the organisations that a survey offers as partners, by name."""
    return sorted(registered(session, project), key=lambda each: (fold(each.name), each.id))


def search(
    session: Session, project: Project, wanted: Filter, audience: str = Naming.TEAM
) -> list[Organisation]:
    """Return the organisations that fit; those that fit the words best come first.

    Of those whose names *audience* may not see only code, sector and kind are looked at.
    """
    known = choices_for_roster(session, project)
    hidden = {each.id for each in known if not is_named_for(each, audience)}
    listed = sorted(known, key=lambda each: each.id if each.id in hidden else 0)
    found = [each for each in listed if _fits(each, wanted, each.id not in hidden)]
    if not wanted.q:
        return found
    fits = [(closeness(each, wanted.q, by_name=each.id not in hidden), each) for each in found]
    near = [(how, each) for how, each in fits if how >= NEAR]
    return [each for _, each in sorted(near, key=lambda pair: -pair[0])]


def closeness(organisation: Organisation, words: str, *, by_name: bool = True) -> float:
    """Say how well a name, alias or code fits *words*, 0 to 100; one letter may be wrong."""
    wanted = fold(words)
    if wanted == organisation.code.casefold():
        return 100.0
    if not by_name:
        return 0.0
    names = [fold(name) for name in names_of(organisation)]
    if any(wanted in name for name in names):
        return 99.0
    if len(wanted) < 4:
        return 0.0
    long = [name for name in names if len(name) >= len(wanted) - 2]
    return max((fuzz.partial_ratio(wanted, name) for name in long), default=0.0)


def free_codes(session: Session, project: Project) -> Iterator[str]:
    """Yield codes after the highest ever given; what was removed keeps its own."""
    codes = session.scalars(select(Organisation.code).filter_by(project_id=project.id))
    numbers = [int(code[1:]) for code in codes if re.fullmatch(r"O\d{1,9}", code)]
    yield from (f"O{number:02}" for number in count(max(numbers, default=0) + 1))


def entry_of(organisation: Organisation) -> Entry:
    """Return what the register says of an organisation now."""
    return Entry(
        aliases=tuple(alias.name for alias in organisation.aliases),
        needs=terms_of(organisation, Side.NEED),
        offers=terms_of(organisation, Side.OFFER),
        **{name: getattr(organisation, name) for name in COLUMNS},
    )


def terms_of(organisation: Organisation, side: Side) -> tuple[str, ...]:
    """Return the codes of what an organisation needs or offers."""
    return tuple(offering.term for offering in organisation.terms if offering.side == side)


COLUMNS = [
    part.name for part in fields(Entry) if part.name not in {"aliases", "needs", "offers"}
]


def _columns(entry: Entry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in COLUMNS}


def _begin_lists(organisation: Organisation) -> None:
    for part in ("aliases", "terms", "absorbed"):
        set_committed_value(organisation, part, [])  # it is new: nothing to ask for


def _fill(organisation: Organisation, entry: Entry) -> None:
    """Set aliases, needs and offers; what stays keeps its row."""
    ours = {"project_id": organisation.project_id}
    names = list(dict.fromkeys(name for name in entry.aliases if name))
    kept = [alias for alias in organisation.aliases if alias.name in names]
    fresh = set(names) - {alias.name for alias in kept}
    organisation.aliases = kept + [Alias(name=name, **ours) for name in names if name in fresh]

    wanted = dict.fromkeys((Side.NEED, term) for term in entry.needs)
    wanted |= dict.fromkeys((Side.OFFER, term) for term in entry.offers)
    stay = [each for each in organisation.terms if (each.side, each.term) in wanted]
    there = {(each.side, each.term) for each in stay}
    missing = [pair for pair in wanted if pair not in there]
    organisation.terms = stay + [
        Offering(side=side, term=term, **ours) for side, term in missing
    ]


def _added_by(session: Session, project: Project, form_key: str | None) -> Organisation | None:
    if form_key is None:
        return None
    return session.scalar(
        select(Organisation).filter_by(project_id=project.id, form_key=form_key)
    )


def _fits(organisation: Organisation, wanted: Filter, is_named: bool) -> bool:
    if not is_named and (wanted.locality or wanted.need or wanted.offer):
        return False
    return (
        all(
            getattr(wanted, name) in ("", getattr(organisation, name))
            for name in ("sector", "kind", "locality")
        )
        and (not wanted.need or wanted.need in terms_of(organisation, Side.NEED))
        and (not wanted.offer or wanted.offer in terms_of(organisation, Side.OFFER))
    )
