"""The weekly letter: wished for on the overview, written on Monday mornings."""

from flask import current_app, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext, ngettext

from core import clock, jobs, mail, web
from core.addresses import can_be_written_to
from core.db import db
from home import timing, weekly
from home.routes.pages import desk
from home.routes.todos import todos
from home.standing import Standing
from people.current import current_project, current_staff, may_open, open_to
from people.models import Membership, Naming, Project, Role
from surveys.questionnaires.tongues import spoken
from surveys.routes.visiting import keys

MONDAY = 0


@desk.post("/weekly")
@open_to(*Role)
def begin_weekly() -> ResponseReturnValue:
    """Get a letter every week."""
    weekly.begin(db.session, current_project(), current_staff())
    db.session.commit()
    said = gettext("A letter comes every Monday to the address of your account.")
    if not current_app.config["SMTP_URL"]:
        said = gettext("A letter is put into the outbox every Monday: there is no mail server.")
    return web.back(url_for(".overview"), said)


@desk.post("/weekly/removal")
@open_to(*Role)
def end_weekly() -> ResponseReturnValue:
    weekly.end(db.session, current_project(), current_staff())
    db.session.commit()
    return web.back(url_for(".overview"), gettext("No weekly letter comes any more."))


@jobs.nightly(hour=7)
def write_weekly() -> None:
    """Write to everyone who wants it, on Mondays."""
    if clock.today().weekday() != MONDAY:
        return
    for member, project in weekly.readers(db.session):
        with force_locale(spoken(member.user.language)):
            subject = gettext("This week: %(project)s", project=project.name)
            text = letter(member, project)
        if can_be_written_to(member.user.email):
            to = member.user.email, str(subject), text
            mail.send(*to, purpose="weekly", project_id=project.id)
            db.session.commit()


def letter(member: Membership, project: Project) -> str:
    """Return the letter for somebody, in the language under way: counts, never names."""
    audience = Naming.TEAM if member.role == Role.FACILITATOR else Naming.NETWORK
    standing = Standing(db.session, keys(), project, audience)

    def may(endpoint: str) -> bool:
        return may_open(endpoint, member.role)

    waiting = todos(standing, member, may, clock.now())
    parts = [_when(project), _arrived(project)]
    if waiting:
        lines = [f"– {each.sentence}" for each in waiting]
        parts.append("\n".join([gettext("This waits for you:"), *lines]))
    parts.append(web.public(f"/p/{project.slug}"))
    parts.append(gettext("You can end this letter on the overview of the project."))
    return "\n\n".join(str(part) for part in parts if part)


def _when(project: Project) -> str:
    plan = timing.plan_of(db.session, project, clock.today())
    if not plan or not 0 < plan.week <= plan.weeks:
        return ""
    return str(gettext("Week %(week)s of %(weeks)s.", week=plan.week, weeks=plan.weeks))


def _arrived(project: Project) -> str:
    """Say in lines what is new; nothing is said of what is not."""
    count = weekly.arrived(db.session, project, clock.now())
    new = [
        ngettext("%(num)d new answer", "%(num)d new answers", count["answers"]),
        ngettext(
            "%(num)d new organisation in the register",
            "%(num)d new organisations in the register",
            count["organisations"],
        ),
        ngettext(
            "%(num)d need or offer entered or changed",
            "%(num)d needs and offers entered or changed",
            count["listings"],
        ),
        ngettext("%(num)d new workshop", "%(num)d new workshops", count["workshops"]),
    ]
    lines = [f"– {said}" for said, number in zip(new, count.values(), strict=True) if number]
    if not lines:
        return str(gettext("Nothing new has come in during the last seven days."))
    return "\n".join([gettext("New in the last seven days:"), *lines])
