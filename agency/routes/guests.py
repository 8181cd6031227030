"""Whom to invite to a meeting, the mails to them, and who came."""

import re
from collections.abc import Sequence

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, format_time, gettext, ngettext

from agency.meetings import inviting
from agency.meetings.models import Guest, Meeting
from agency.routes.meetings import desk, meeting_of, show
from core import clock, mail, web
from core.addresses import can_be_written_to
from core.db import db
from core.forms import tidy
from core.keys import Keyring
from people import balancing
from people.contacts import Person, contacts_of
from people.current import current_project, find
from people.models import Organisation, Sector
from people.naming import organisation_called, registered

PURPOSE = "meeting"
PLACE = re.compile(r"\{\{guest (\d{1,9})\}\}")
MOST = 999  # people of one organisation


@desk.post("/<id:number>/guests")
def invite(number: int) -> ResponseReturnValue:
    """Put organisations on the list of guests; nobody is written to yet."""
    it, project = meeting_of(number), current_project()
    known, typed = registered(db.session, project), tidy(request.form.get("organisation"))
    whom = request.form.get("whom", "")
    chosen = _chosen(known, whom)
    if typed:
        one = organisation_called(known, typed)
        if one is None:
            trouble = gettext("No organisation of the register has this name.")
            return show(it, trouble_of_guests=trouble, guest_typed=typed), 422
        chosen = [one]
    elif not chosen:
        trouble = gettext("Please choose whom to invite.")
        return show(it, trouble_of_guests=trouble), 422

    added = inviting.invite(db.session, _keys(), it, chosen)
    db.session.commit()
    said = ngettext("%(num)d guest more is listed.", "%(num)d guests more are listed.", added)
    return _back(it, said)


@desk.post("/<id:number>/guests/<id:guest_id>/removal")
def uninvite(number: int, guest_id: int) -> ResponseReturnValue:
    it = meeting_of(number)
    guest = find(Guest, id=guest_id, meeting_id=it.id)

    inviting.uninvite(db.session, guest)
    db.session.commit()
    return _back(it, gettext("This organisation is not on the list any more."))


@desk.post("/<id:number>/attendance")
def note_attendance(number: int) -> ResponseReturnValue:
    """Note how many of each guest came; an empty field is not noted."""
    it, came = meeting_of(number), {}
    for each in it.guests:
        if f"came-{each.id}" not in request.form:
            continue  # it was not shown, as somebody searched
        typed = request.form[f"came-{each.id}"].strip()
        is_number = typed.isascii() and typed.isdecimal() and len(typed) < 10
        if typed and not (is_number and int(typed) <= MOST):
            trouble = gettext("How many came is a number up to 999.")
            return show(it, trouble_of_guests=trouble, came_typed=request.form), 422
        came[each.id] = int(typed) if typed else None

    inviting.note_attendance(db.session, came)
    db.session.commit()
    return _back(it, gettext("Saved."))


@desk.get("/<id:number>/letters")
def letters(number: int) -> ResponseReturnValue:
    """The mail as guests will read it, who gets it, and links for all others."""
    it = meeting_of(number)
    people = _people(it)
    return render_template(
        "agency/meetings/letters.html",
        it=it,
        subject=subject_of(it),
        text=text_of(it, Person(), web.public("/m/…")),
        waiting=_waiting(it, people),
        others=[
            (each, web.public(url_for("invited.page", key=inviting.key_of(_keys(), each))))
            for each in it.guests
            if not can_be_written_to(people.get(each.organisation_id, Person()).email)
        ],
        written=sum(each.written is not None for each in it.guests),
        unreachable=web.only_here(),
        resting=not current_app.config["SMTP_URL"],
    )


@desk.post("/<id:number>/letters")
def send_letters(number: int) -> ResponseReturnValue:
    """Write to every guest with an address who was not written to before, once."""
    it, now = meeting_of(number), clock.now()
    people, sent = _people(it), 0
    for each in _waiting(it, people):
        if inviting.claim(db.session, each, now):
            person = people[each.organisation_id]
            text = text_of(it, person, f"{{{{guest {each.id}}}}}")
            to = person.email, subject_of(it), text
            mail.send(*to, purpose=PURPOSE, project_id=it.project_id)
            sent += 1
    db.session.commit()
    if current_app.config["SMTP_URL"]:
        said = ngettext("%(num)d mail is on its way.", "%(num)d mails are on their way.", sent)
    else:
        said = ngettext(
            "%(num)d mail waits in the outbox.", "%(num)d mails wait in the outbox.", sent
        )
    return web.back(url_for(".letters", number=it.id), said)


@mail.filled_in(PURPOSE)
def with_link(text: str) -> str:
    """Put the link in when the mail leaves; to whom is not a guest any more none leaves."""
    links: dict[str, str] = {}
    for number in {*PLACE.findall(text)}:
        guest = db.session.get(Guest, int(number))
        links[number] = web.public(f"/m/{inviting.key_of(_keys(), guest)}") if guest else ""
    return PLACE.sub(lambda found: links[found[1]], text) if all(links.values()) else ""


def subject_of(it: Meeting) -> str:
    day = format_date(it.begins, "long")
    return str(gettext("%(title)s on %(day)s", title=it.title, day=day))


def text_of(it: Meeting, person: Person, link: str) -> str:
    """Return the words of the mail to somebody."""
    when = f"{format_date(it.begins, 'full')}, {format_time(it.begins, 'short')}"
    agenda = [f"– {each.title}" for each in it.items if each.title]
    parts = [
        f"{person.greeting}," if person.greeting else gettext("Hello,"),
        gettext("you are invited: %(title)s", title=it.title),
        f"{when}\n{it.place}".strip(),
        it.invitation,
        "\n".join([gettext("On the agenda:"), *agenda]) if agenda else "",
        gettext("Will you come? You can say so here, without an account:") + f"\n{link}",
    ]
    return "\n\n".join(str(part) for part in parts if part)


def _chosen(known: Sequence[Organisation], whom: str) -> list[Organisation]:
    if whom == "task_force":
        seats = balancing.members(db.session, current_project())
        seated = {each.organisation_id for each in seats}
        return [each for each in known if each.id in seated or each.in_task_force]
    if whom in {*Sector}:
        return [each for each in known if each.sector == whom]
    return list(known) if whom == "all" else []


def _people(it: Meeting) -> dict[int, Person]:
    return contacts_of(db.session, _keys(), [each.organisation for each in it.guests])


def _waiting(it: Meeting, people: dict[int, Person]) -> list[Guest]:
    """List the guests who can be written to and have not been."""
    return [
        each
        for each in it.guests
        if not each.written
        and can_be_written_to(people.get(each.organisation_id, Person()).email)
    ]


def _keys() -> Keyring:
    keys: Keyring = current_app.extensions["keys"]
    return keys


def _back(it: Meeting, said: str) -> ResponseReturnValue:
    return web.back(url_for(".meeting", number=it.id, _anchor="guests"), said)
