"""Replying: who was named by others says by link what may be seen of it, and what is wrong."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from core.keys import Keyring
from core.links import hash_of, key_from, new_link
from core.models import insert_once
from networks.models import NamedLink, Reply, Say
from networks.network import Network
from networks.roster import Roster
from networks.tying import Tie
from people.models import Naming, Organisation
from people.naming import fold
from surveys.models import Survey
from surveys.reporting import publishing

KEY = "named"


def waiting(network: Network, roster: Roster) -> list[Organisation]:
    """List those of the register whom others named and who agreed to no name, by name."""
    named = {code for code in roster.kept if named_ties(network, code)}
    found = [
        each
        for each in roster.organisations
        if each.code in named and each.naming == Naming.TEAM
    ]
    return sorted(found, key=lambda each: (fold(each.name), each.id))


def named_ties(network: Network, code: str) -> list[Tie]:
    """List the ties of an organisation that others named or that were seen elsewhere."""
    known = {each.pair: each for each in (*network.recorded, *network.apart, *network.ties)}
    return [
        each
        for each in known.values()
        if code in each.pair and (each.seen or each.told_by(each.other(code)))
    ]


def make_links(
    session: Session,
    keys: Keyring,
    survey: Survey,
    organisations: Iterable[Organisation],
    now: datetime,
) -> int:
    """Give each organisation its link; who has one keeps it. Return how many are new."""
    made = 0
    for organisation in organisations:
        fresh = insert_once(
            session, NamedLink, project_id=survey.project_id, survey_id=survey.id,
            organisation_id=organisation.id, made=now, **new_link(keys, KEY),
        )  # fmt: skip
        made += fresh is not None
    return made


def key_of(keys: Keyring, link: NamedLink) -> str:
    """Return the key that stands in the address of a link."""
    return key_from(keys, KEY, link.nonce)


def link_with(session: Session, key: str) -> NamedLink | None:
    """Return the link with a key, if there is one."""
    return session.scalar(select(NamedLink).filter_by(key_hash=hash_of(key)))


def links_of(session: Session, survey: Survey) -> Mapping[int, NamedLink]:
    """Return the links of *survey* by the numbers of their organisations."""
    query = select(NamedLink).filter_by(survey_id=survey.id)
    return {each.organisation_id: each for each in session.scalars(query)}


def withdraw(session: Session, link: NamedLink) -> None:
    """Let a link lead nowhere; what was said with it stays."""
    session.execute(delete(NamedLink).filter_by(id=link.id))


def opened(session: Session, link: NamedLink, now: datetime) -> None:
    """Note that somebody opened a link for the first time."""
    if link.opened is None:
        unseen = update(NamedLink).filter_by(id=link.id, opened=None)
        session.execute(unseen.values(opened=now))


def reply(
    session: Session,
    survey: Survey,
    organisation_id: int,
    other_id: int,
    says: Say,
    now: datetime,
    *,
    confirms: bool = False,
) -> None:
    """Note what an organisation says of a tie; its later word replaces this one.

    What everyone could see of networks is taken back where it says to hide.
    """
    place = {
        "survey_id": survey.id, "organisation_id": organisation_id, "other_id": other_id,
    }  # fmt: skip
    confirms = confirms and says == Say.SHOW
    word = {"says": says, "confirms": confirms, "at": now}
    if not insert_once(session, Reply, project_id=survey.project_id, **place, **word):
        session.execute(update(Reply).filter_by(**place).values(**word))
    if says != Say.SHOW:
        publishing.hide_networks(session, survey.project_id)
