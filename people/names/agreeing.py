"""How widely an organisation may be named when several entries of the register are one."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from people.models import Naming, NamingDecision, Organisation
from people.names.models import Merge

AUDIENCES = [Naming.TEAM, Naming.NETWORK, Naming.PUBLIC]  # each wider than the one before


def narrowest(words: Iterable[Naming]) -> Naming:
    """Return the word that lets the fewest see a name."""
    return min(words, key=AUDIENCES.index)


def agree(session: Session, organisation: Organisation) -> None:
    """Let it be named as narrowly as any of its entries says, and so on up the chain.

    What the organisation said itself after it was merged outweighs what was said before.
    """
    session.flush()
    own = organisation.own_naming or organisation.naming
    spoke = _spoke(session, [organisation])
    merges = session.execute(
        select(Merge.at, Organisation)
        .join(Organisation, Merge.gone_id == Organisation.id)
        .where(Merge.kept_id == organisation.id, Merge.undone.is_(None))
    ).all()
    older = [
        gone.naming
        for at, gone in merges
        if not (spoke and spoke > at and spoke > (_spoke(session, _all_of(gone)) or at))
    ]
    organisation.naming = narrowest([own, *older])
    organisation.own_naming = own if merges else None
    if organisation.merged_into_id is not None:
        agree(session, session.get_one(Organisation, organisation.merged_into_id))


def _all_of(organisation: Organisation) -> list[Organisation]:
    """List an entry and all that were merged into it, however long ago."""
    return [organisation, *(e for each in organisation.absorbed for e in _all_of(each))]


def _spoke(session: Session, entries: Iterable[Organisation]) -> datetime | None:
    """Return when somebody last said who may see the name of one of the entries."""
    ours = NamingDecision.organisation_id.in_([each.id for each in entries])
    query = select(func.max(NamingDecision.at)).where(ours)
    found: datetime | None = session.scalar(query)
    return found
