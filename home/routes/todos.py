"""What waits for whom: the next things to do, as the overview and the weekly letter tell."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext, ngettext

from home.standing import Standing
from people.models import Role
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


def todos(standing: Standing, role: Role, may: Callable[[str], bool]) -> list[Todo]:
    """List what waits for somebody in this role; *may* tells which pages they open."""
    return [each for each in _waiting(standing, role) if may(each.endpoint)]


def _waiting(standing: Standing, role: Role) -> Iterator[Todo]:
    if role == Role.COUNSELLOR:
        said = gettext("You hold conversations for your provider.")
        more = gettext("Choose the language of the person there, and begin.")
        act = gettext("To my conversations")
        yield Todo("speech", said, more, act, "conversations.index", {})
    if not standing.organisations:
        more = gettext("A list from a spreadsheet will do.")
        act = gettext("Bring in a list")
        yield Todo("users", gettext("The register is empty."), more, act, "register.upload", {})
    yield from _of_survey(standing)
    if number := standing.names_waiting:
        said = ngettext(
            "%(num)s name of a partner is not in the register.",
            "%(num)s names of partners are not in the register.",
            number,
        )
        yield Todo("copy", said, "", gettext("Look at them"), "names.queue", {})
    yield from _of_workshop(standing)
    if standing.turnout.answered and standing.survey:
        title, where = in_my_language(standing.survey.title), {"slug": standing.survey.slug}
        act = gettext("To the results")
        yield Todo(
            "eye", gettext("The answers can be read."), title, act, "surveys.results", where
        )
    if standing.network:
        act = gettext("To the network")
        yield Todo(
            "waypoints", gettext("The network can be read."), "", act, "networks.index", {}
        )


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
