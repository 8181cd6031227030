"""What waits for whom: the next things to do, as the overview and the weekly letter tell."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from flask_babel import format_date, gettext, ngettext

from agency.meetings.models import Kind
from core.clock import ZONE
from home.standing import Standing
from people.models import Membership, Role
from surveys.models import State
from surveys.routes.wording import in_my_language


@dataclass(frozen=True)
class Todo:
    """Something that waits: what it is, and where it is done."""

    icon: str
    sentence: str
    more: str
    act: str  # what the button says
    endpoint: str
    where: Mapping[str, object]  # the values of its address


def todos(
    standing: Standing, member: Membership, may: Callable[[str], bool], now: datetime
) -> list[Todo]:
    """List what waits for *member*; *may* tells which pages they open."""
    found = chain(
        _for_counsellor(member),
        _of_agency(standing, member, now),
        _of_register(standing),
        _of_survey(standing),
        _of_names(standing),
        _of_workshop(standing),
    )
    return [each for each in found if may(each.endpoint)]


def to_read(standing: Standing, may: Callable[[str], bool]) -> list[Todo]:
    """List what there is to read; it waits for nobody."""
    return [each for each in _to_read(standing) if may(each.endpoint)]


def _for_counsellor(member: Membership) -> Iterator[Todo]:
    if member.role == Role.COUNSELLOR:
        said = gettext("You hold conversations for your provider.")
        more = gettext("Choose the language of the person there, and begin.")
        act = gettext("To my conversations")
        yield Todo("speech", said, more, act, "conversations.index", {})


def _of_agency(standing: Standing, member: Membership, now: datetime) -> Iterator[Todo]:
    if number := standing.cases_for(member, now):
        said = ngettext(
            "%(num)s advice case waits for your yes.",
            "%(num)s advice cases wait for your yes.",
            number,
        )
        yield Todo("handshake", said, "", gettext("Look at them"), "advice.queue", {})
    if late := standing.overdue(now.astimezone(ZONE).date()):
        said = ngettext(
            "%(num)s resolution is overdue.", "%(num)s resolutions are overdue.", late
        )
        yield Todo("timer", said, "", gettext("Look at them"), "meetings.index", {})
    if meeting := standing.next_meeting(now, _kind_for(member)):
        day = format_date(meeting.begins, "long")
        said = gettext("%(title)s on %(day)s", title=meeting.title, day=day)
        where = {"number": meeting.id}
        yield Todo("calendar", said, "", gettext("To the meeting"), "meetings.meeting", where)
    for each in standing.deadlines(now.astimezone(ZONE).date()):
        day, name = format_date(each.day, "long"), each.programme.name
        said = gettext("Apply by %(day)s: %(name)s", day=day, name=name)
        act, where = gettext("To the programme"), {"programme_id": each.programme.id}
        yield Todo("calendar", said, "", act, "funding.programme", where)


def _kind_for(member: Membership) -> Kind | None:
    """Return of which meetings somebody hears: the team of all, others of the task force's."""
    return None if member.role == Role.FACILITATOR else Kind.TASK_FORCE


def _of_register(standing: Standing) -> Iterator[Todo]:
    if not standing.organisations:
        more = gettext("A list from a spreadsheet will do.")
        act = gettext("Bring in a list")
        yield Todo("users", gettext("The register is empty."), more, act, "register.upload", {})


def _of_names(standing: Standing) -> Iterator[Todo]:
    if number := standing.names_waiting:
        said = ngettext(
            "%(num)s name of a partner is not in the register.",
            "%(num)s names of partners are not in the register.",
            number,
        )
        yield Todo("copy", said, "", gettext("Look at them"), "names.queue", {})


def _to_read(standing: Standing) -> Iterator[Todo]:
    if standing.turnout.answered and standing.survey:
        title, where = in_my_language(standing.survey.title), {"slug": standing.survey.slug}
        said = gettext("The results of the survey")
        yield Todo("eye", said, title, "", "surveys.results", where)
    if standing.network:
        said = gettext("The network, with its findings")
        yield Todo("waypoints", said, "", "", "networks.index", {})


def _of_survey(standing: Standing) -> Iterator[Todo]:
    survey, turnout = standing.survey, standing.turnout
    if not survey:
        if standing.organisations:
            said = gettext("There is no survey yet.")
            more = gettext("Take one of the two questionnaires, or one of your own.")
            yield Todo("list", said, more, gettext("Begin a survey"), "surveys.new", {})
        return
    title, where = in_my_language(survey.title), {"slug": survey.slug}
    if survey.state == State.DRAFT:
        said = gettext("The survey is not open yet.")
        yield Todo("list", said, "", gettext("Look at it"), "surveys.survey", where)
    elif survey.state == State.OPEN and not turnout.invited:
        said = gettext("Nobody has been invited to the survey.")
        yield Todo("mail", said, "", gettext("Invite"), "invitations.index", where)
    elif survey.state == State.OPEN and turnout.missing:
        said = ngettext(
            "%(num)s organisation has not answered yet.",
            "%(num)s organisations have not answered yet.",
            turnout.missing,
        )
        yield Todo("mail", said, title, gettext("Look who"), "invitations.index", where)


def _of_workshop(standing: Standing) -> Iterator[Todo]:
    workshop = standing.workshop
    if not workshop:
        said, act = gettext("There is no idea workshop yet."), gettext("Prepare a workshop")
        yield Todo("lightbulb", said, "", act, "workshops.new", {})
    elif workshop.is_open:
        said = gettext("The room of “%(title)s” is open.", title=workshop.title)
        more, where = gettext("Code: %(code)s", code=workshop.code), {"slug": workshop.slug}
        yield Todo("lightbulb", said, more, gettext("To the room"), "workshops.workshop", where)
