"""The calendar: a week or a month, as a grid or as a list, and what a program may read."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from agency.areas import Area, add_area
from agency.calendar import viewing
from agency.calendar.models import Kind, Slot
from agency.calendar.occupying import day_of
from agency.calendar.viewing import View
from agency.calendar.words import KINDS, STATES
from agency.routes import feed_words
from agency.routes.agency import area_blueprint
from core import clock
from core.db import db
from core.i18n import language
from core.ical import Entry, register_feed
from people.current import current_membership, current_project, open_to
from people.models import Membership, Naming, Organisation, Role
from people.naming import display_name, registered
from people.words import LOCALITIES

calendar = area_blueprint("calendar", __name__, "/calendar")
EVERYONE = open_to(Role.ADVISER, Role.COUNSELLOR, Role.TASK_FORCE)
EDITORS = open_to(Role.ADVISER, Role.COUNSELLOR)
add_area(
    Area(
        20,
        "calendar.dates",
        lazy_gettext("Calendar"),
        lazy_gettext("Rooms and courses of all providers, and which places are free."),
        used=viewing.has_any,
    )
)


@calendar.context_processor
def _words() -> dict[str, object]:
    return {
        "KINDS": KINDS,
        "STATES": STATES,
        "LOCALITIES": LOCALITIES,
        "may_edit": may_edit,
        "called": lambda organisation: called(organisation, current_membership()),
        "may_enter": lambda: current_membership().role != Role.TASK_FORCE,
        "day_of": day_of,
        "today": clock.today(),
        "zone": clock.ZONE,
    }


@calendar.get("")
@EVERYONE
def dates() -> ResponseReturnValue:
    """What takes place in a week or a month, of all or of one room or provider."""
    view, project = asked(), current_project()
    slots = viewing.slots_in(
        db.session, project, view, lambda each: called(each, current_membership())
    )
    rooms = viewing.rooms_of(db.session, project)
    return render_template(
        "agency/calendar/dates.html",
        view=view,
        slots=slots,
        days=viewing.by_day(slots, view.days),
        lines=viewing.by_room(slots, [x for x in rooms if view.room in (0, x.id)], view.days),
        rooms=rooms,
        providers={
            each.id: called(each, current_membership())
            for each in registered(db.session, project)
        },
        used=viewing.has_any(db.session, project),
    )


def asked() -> View:
    """Read an address; what means nothing is left out."""
    args = request.args
    try:
        day = date.fromisoformat(args.get("day", ""))
    except ValueError:
        day = clock.today()
    return View(
        day=min(max(day, viewing.EARLIEST), viewing.LATEST),
        view=viewing.MONTH if args.get("view") == viewing.MONTH else viewing.WEEK,
        show=viewing.LIST if args.get("show") == viewing.LIST else viewing.GRID,
        q=args.get("q", "")[:100],
        kind=next((each for each in Kind if each == args.get("kind")), ""),
        room=_number("room"),
        provider=_number("provider"),
        free="free" in args,
    )


def _number(name: str) -> int:
    number = request.args.get(name, 0, int)
    return number if 0 <= number < 2**31 else 0


def may_edit(organisation_id: int) -> bool:
    """Tell whether the one asking enters what this organisation offers."""
    member = current_membership()
    if member.role == Role.COUNSELLOR:
        return member.provider_id == organisation_id
    return member.role != Role.TASK_FORCE


def mine_only(organisation_id: int) -> None:
    """Let nobody change what is another provider's."""
    if not may_edit(organisation_id):
        abort(403)


def organisations() -> list[Organisation]:
    """Return for whom the one asking enters something: counsellors for their own provider."""
    return [each for each in registered(db.session, current_project()) if may_edit(each.id)]


@register_feed
def feed(session: Any, reader: Membership) -> Iterator[Entry]:
    """Tell a calendar program what is to come; all roles that have a link may read it."""
    for slot in viewing.coming(session, reader.project_id, clock.now()):
        yield entry_of(slot, reader)


def called(organisation: Organisation, member: Membership) -> str:
    """Return the name of an organisation as *member* may know it."""
    audience = Naming.NETWORK if member.role == Role.TASK_FORCE else Naming.TEAM
    return display_name(organisation, audience, language())


def entry_of(slot: Slot, reader: Membership) -> Entry:
    it = slot.occasion
    said: list[Any] = [called(it.organisation, reader), it.note]
    if it.left is not None:
        said.insert(1, feed_words.free(it.left))
    title = feed_words.cancelled(it.title) if slot.cancelled else it.title
    return Entry(
        uid=f"slot-{it.id}-{slot.starts:%Y%m%d%H%M}",
        title=title,
        begins=slot.starts,
        ends=slot.ends,
        place=it.room.name if it.room else it.elsewhere,
        note="\n".join(filter(None, said)),
        changed=it.at,
        is_cancelled=slot.cancelled,
    )
