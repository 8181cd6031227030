"""News of the ideas by mail: leaving an address, taking it back, and what a mail says."""

from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext

from core import clock, jobs, mail, web
from core.addresses import UnusableAddress
from core.db import db
from core.i18n import language
from core.keys import Keyring
from people.models import Naming
from people.naming import display_name
from workshop import joining
from workshop.current import current_participant, stay_with_host
from workshop.following import telling
from workshop.following.following import Course
from workshop.following.saying import OUTCOMES, STATES
from workshop.following.telling import Recipient
from workshop.forms import FollowerForm
from workshop.models import Workshop
from workshop.routes.rooms import bp

PURPOSE = mail.fleeting("ideas")


@bp.get("/w/<code>/follow")
def follow(code: str) -> ResponseReturnValue:
    """Leave an address to which goes what becomes of the ideas."""
    return _leaving(current_participant(code).workshop, FollowerForm())


@bp.post("/w/<code>/follow")
def follow_by_mail(code: str) -> ResponseReturnValue:
    workshop, form = current_participant(code).workshop, FollowerForm()
    stay_with_host(code)
    if not form.validate():
        return _leaving(workshop, form), 422

    try:
        number = telling.follow(
            db.session, keys(), workshop, form.address.data, language(), clock.today()
        )
    except UnusableAddress as refusal:
        form.address.errors = [gettext(refusal.reason)]
        return _leaving(workshop, form), 422
    db.session.commit()
    return web.back(url_for(".follower", code=workshop.code, key=number), "")


@bp.get("/w/<code>/follow/<key>")
def follower(code: str, key: str) -> ResponseReturnValue:
    """What happens to the address, and the way to take it back."""
    workshop = joining.workshop_with(db.session, code)
    if not workshop or not telling.is_following(db.session, workshop, key):
        return render_template("workshop/public/unfollowed.html", is_done=False), 404
    return render_template("workshop/public/follower.html", workshop=workshop, key=key)


@bp.post("/w/<code>/follow/<key>/removal")
def stop_following(code: str, key: str) -> ResponseReturnValue:
    workshop, data = joining.workshop_with(db.session, code), current_app.config["DATA"]
    address = workshop and telling.stop(db.session, data, keys(), workshop, key)
    if not workshop or not address:
        return render_template("workshop/public/unfollowed.html", is_done=False), 404

    mail.forget(db.session, keys(), workshop.project_id, {PURPOSE}, address.__eq__)
    db.session.commit()
    return render_template("workshop/public/unfollowed.html", is_done=True)


@jobs.nightly(hour=3)
def forget_followers() -> None:
    """Delete addresses that were left a year ago."""
    telling.forget_old(db.session, current_app.config["DATA"], clock.today())
    db.session.commit()


def letter(
    workshop: Workshop, found: list[Course], words: str, to: Recipient
) -> tuple[str, str]:
    """Return subject and text in the language of who reads it."""
    with force_locale(to.language):
        news = "\n\n".join(_told(course, to.language) for course in found)
        subject = gettext("News of the ideas from “%(title)s”", title=workshop.title)
        site = current_app.config["PUBLIC_URL"]
        room = site + url_for("workshop.room", code=workshop.code)
        way_out = site + url_for("workshop.follower", code=workshop.code, key=to.number)
        parts = [
            words,
            news,
            gettext("Everything on one page: %(address)s", address=room),
            gettext(
                "You get this mail because you left your address in the workshop. "
                "With this link you take it back: %(address)s",
                address=way_out,
            ),
        ]
        return subject, "\n\n".join(part for part in parts if part)


def _told(course: Course, tongue: str) -> str:
    """Return what is decided on an idea and what became of it, in lines."""
    decision = course.decision
    if not decision or not decision.outcome:
        return course.idea.title
    lines = [f"{course.idea.title}: {gettext(OUTCOMES[decision.outcome])}"]
    if decision.partner:
        lines[0] += f" ({decision.partner.title})"
    if decision.owner:
        who = display_name(decision.owner, Naming.PUBLIC, tongue)
        lines.append(f"{gettext('Taken on by:')} {who}")
    lines += [decision.reason] if decision.reason else []
    lines += [f"{gettext(STATES[note.state])}: {note.text}" for note in course.notes[:1]]
    return "\n".join(lines)


def _leaving(workshop: Workshop, form: FollowerForm) -> str:
    page = "workshop/public/follow.html"
    return render_template(page, workshop=workshop, form=form)


def keys() -> Keyring:
    keyring: Keyring = current_app.extensions["keys"]
    return keyring
