"""Who sees what of a case.

That an organisation is advised, by whom and on what, everybody who advises may know: so
nobody does it twice. What was said in a case is read by who has it or is to have it, and by
those who facilitate. Counsellors see the cases of their own provider and no others.
"""

from agency.cases.models import Case, Handover
from people.models import Membership, Role


def is_free(case: Case) -> bool:
    """Tell whether nobody has the case yet."""
    return case.owner_id is None and case.provider_id is None


def has(case: Case, member: Membership) -> bool:
    """Tell whether a case is in the hands of *member*."""
    return member.id == case.owner_id or _is_provider(member, case.provider_id)


def is_for(handover: Handover | None, member: Membership) -> bool:
    """Tell whether it is *member* who is to answer."""
    if handover is None:
        return False
    return member.id == handover.to_id or _is_provider(member, handover.to_provider_id)


def may_see(case: Case, handover: Handover | None, member: Membership) -> bool:
    """Tell whether *member* may know that there is this case."""
    return member.role != Role.COUNSELLOR or has(case, member) or is_for(handover, member)


def may_read(case: Case, handover: Handover | None, member: Membership) -> bool:
    """Tell whether *member* reads what was said in a case."""
    return may_act(case, member) or is_for(handover, member)


def may_act(case: Case, member: Membership) -> bool:
    """Tell whether *member* works on a case: notes, arranges, hands over, closes."""
    if member.role == Role.FACILITATOR or has(case, member):
        return True
    return member.role == Role.ADVISER and is_free(case)


def _is_provider(member: Membership, provider_id: int | None) -> bool:
    if member.role != Role.COUNSELLOR or member.provider_id is None:
        return False
    return member.provider_id == provider_id
