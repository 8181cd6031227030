"""The list of meetings, and planning one."""

from collections.abc import Iterator
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext, ngettext

from agency.areas import Area, add_area
from agency.meetings import holding, inviting, noting, pairing
from agency.meetings.forms import KINDS, ItemForm, MeetingForm, ResolutionForm, TieForm
from agency.meetings.models import Kind, Meeting
from agency.routes.agency import area_blueprint
from core import clock, web
from core.db import db
from core.errors import ChangedMeanwhile, message
from core.forms import tidy
from core.ical import Entry, register_feed
from networks.staff_words import STAGES
from people.current import (
    current_membership,
    current_project,
    current_staff,
    find,
    may_open,
    open_to,
)
from people.models import Membership, Organisation, Project, Role
from people.naming import registered

FEW = 12  # guests whom a page shows without a press
ANSWERS = {
    "yes": message("come"),
    "none": message("have not answered"),
    "no": message("cannot come"),
}
desk = area_blueprint("meetings", __name__, "/meetings")
add_area(
    Area(
        40,
        "meetings.index",
        lazy_gettext("Meetings"),
        lazy_gettext("Network meetings and the task force: invite, hold, write down."),
        holding.has_any,
    )
)


@desk.get("")
@open_to(Role.TASK_FORCE)
def index() -> ResponseReturnValue:
    """What comes, what was, and what is still to be done."""
    project, now = current_project(), clock.now()
    is_team = current_membership().role == Role.FACILITATOR
    found = holding.meetings(db.session, project, _kind_for(current_membership()))
    coming = [each for each in found if holding.ends(each) >= now]
    return render_template(
        "agency/meetings/index.html",
        coming=coming[::-1],
        past=[each for each in found if each not in coming],
        todo=[
            each
            for each in noting.open_resolutions(db.session, project)
            if each.meeting_id in {meeting.id for meeting in found}
        ],
        titles={each.id: each.title for each in found},
        waiting=len(pairing.Pairs(db.session, project).waiting),
        is_team=is_team,
        today=clock.today(),
        KINDS=KINDS,
    )


@desk.get("/new")
def new_meeting() -> ResponseReturnValue:
    return render_template("agency/meetings/form.html", form=MeetingForm(), it=None)


@desk.post("")
def add_meeting() -> ResponseReturnValue:
    form = MeetingForm()
    if not form.validate():
        return render_template("agency/meetings/form.html", form=form, it=None), 422

    said, by = form.plan(), current_staff().called
    meeting = holding.plan(db.session, current_project(), said, by, form.key.data)
    db.session.commit()
    return web.back(_page_of(meeting), gettext("The meeting is planned."))


@desk.get("/<id:number>")
@open_to(Role.TASK_FORCE)
def meeting(number: int) -> ResponseReturnValue:
    """All there is of a meeting; printed, it is the invitation or the minutes."""
    return show(meeting_of(number))


@desk.get("/<id:number>/edit")
def edit_meeting(number: int) -> ResponseReturnValue:
    it = meeting_of(number)
    return render_template("agency/meetings/form.html", form=MeetingForm.of(it), it=it)


@desk.post("/<id:number>")
def change_meeting(number: int) -> ResponseReturnValue:
    it, form = meeting_of(number), MeetingForm()
    if not form.validate():
        return render_template("agency/meetings/form.html", form=form, it=it), 422

    try:
        holding.change(db.session, it, form.plan(), form.version.data or 0)
    except ChangedMeanwhile as refusal:
        db.session.rollback()
        db.session.refresh(it)
        form.version.data, form.version.raw_data = it.version, None
        form.form_errors = [gettext(refusal.reason)]
        return render_template("agency/meetings/form.html", form=form, it=it), 409
    db.session.commit()
    return web.back(_page_of(it), gettext("The meeting is changed."))


@desk.post("/<id:number>/removal")
def remove_meeting(number: int) -> ResponseReturnValue:
    it = meeting_of(number)

    it.deleted = clock.now()
    db.session.commit()
    undo = url_for(".bring_back", number=it.id)
    return web.back(url_for(".index"), gettext("The meeting is deleted."), undo=undo)


@desk.post("/<id:number>/return")
def bring_back(number: int) -> ResponseReturnValue:
    it = find(Meeting, id=number)

    it.deleted = None
    db.session.commit()
    said = gettext("The meeting is there again.")
    if twice := pairing.Pairs(db.session, current_project()).twice(it):
        said += " " + ngettext(
            "%(num)d pair stands on another agenda, too, meanwhile.",
            "%(num)d pairs stand on another agenda, too, meanwhile.",
            len(twice),
        )
    return web.back(_page_of(it), said)


@register_feed
def feed(session: Any, reader: Membership) -> Iterator[Entry]:
    """Tell a calendar program of the meetings that its owner may read, and of no guest."""
    if not may_open("meetings.meeting", reader.role):
        return
    project = session.get_one(Project, reader.project_id)
    for each in holding.meetings(session, project, _kind_for(reader)):
        if holding.ends(each) >= clock.now():
            yield entry_of(each)


def entry_of(it: Meeting) -> Entry:
    """Return a meeting as a calendar program shows it."""
    return Entry(
        uid=f"meeting-{it.id}",
        title=it.title,
        begins=it.begins,
        ends=holding.ends(it),
        place=it.place,
        note=it.invitation,
    )


def _kind_for(member: Membership) -> Kind | None:
    """Return which meetings somebody reads: the team all, the task force its own ones."""
    return None if member.role == Role.FACILITATOR else Kind.TASK_FORCE


def meeting_of(number: int) -> Meeting:
    """Return a meeting that whoever asks may read; the task force reads its own ones."""
    kind = _kind_for(current_membership())
    mine = {"kind": kind} if kind else {}
    return find(Meeting, id=number, deleted=None, **mine)


def show(
    it: Meeting,
    item: ItemForm | None = None,
    resolution: ResolutionForm | None = None,
    tie: TieForm | None = None,
    **more: object,
) -> str:
    """Return the page of a meeting, with forms as they were typed."""
    project = current_project()
    names = {each.id: each for each in registered(db.session, project)}
    pairs = pairing.Pairs(db.session, project)
    words = tidy(request.args.get("guest"))[:100]
    answer = next((each for each in ANSWERS if each == request.args.get("answer")), "")
    return render_template(
        "agency/meetings/meeting.html",
        it=it,
        ends=holding.ends(it),
        is_over=holding.ends(it) < clock.now(),
        is_team=current_membership().role == Role.FACILITATOR,
        names=names,
        guests=inviting.found(it, words, answer),
        guest_words=words,
        guest_answer=answer,
        ANSWERS=ANSWERS,
        few=FEW,
        ties=noting.ties_of(db.session, it),
        waiting=len(pairs.waiting),
        elsewhere=pairs.elsewhere(it),
        twice=pairs.twice(it),
        item=item or ItemForm(formdata=None),
        resolution=resolution or ResolutionForm(formdata=None),
        tie=tie or tie_form(it, fresh=True),
        STAGES=STAGES,
        KINDS=KINDS,
        **more,
    )


def tie_form(it: Meeting, *, fresh: bool = False) -> TieForm:
    """Return the form for a new tie; who came stands first."""
    form = TieForm(formdata=None) if fresh else TieForm()
    came = [each.organisation for each in it.guests if each.came]
    others = [each for each in registered(db.session, current_project()) if each not in came]
    form.offer([*_sorted(came), *_sorted(others)])
    return form


def _sorted(some: list[Organisation]) -> list[Organisation]:
    return sorted(some, key=lambda each: each.name.casefold())


def _page_of(it: Meeting) -> str:
    return url_for(".meeting", number=it.id)
