"""Invitations by mail: sending as a job, and what becomes of what was sent.

Neither jobs nor the outbox hold a token: a mail carries the number of its invitation, and
the link is put in when it leaves.
"""

import re
from datetime import datetime

from flask import current_app
from flask_babel import gettext

from core import clock, jobs, mail, web
from core.addresses import can_be_written_to
from core.db import db
from core.keys import Keyring
from core.mail import Fate
from people.contacts import Person, contact_of
from surveys.fieldwork import inviting, writing
from surveys.models import Invitation
from surveys.routes.phrasing import Draft, filled

PURPOSE = "invitation"
PLACE = re.compile(r"\{\{invitation (\d{1,9})\}\}")


def link_of(keys: Keyring, invitation: Invitation) -> str:
    """Return the address behind which an organisation answers."""
    return web.public(f"/i/{inviting.token_of(keys, invitation)}")


@jobs.task
def send_all(
    survey_id: int, ids: list[int], subject: str, text: str, language: str, before: str
) -> None:
    """Put the mails into the outbox, one commit each, so that none lies there twice.

    Whoever gets one counts as written to once it has left the outbox.
    """
    keys: Keyring = current_app.extensions["keys"]
    moment = datetime.fromisoformat(before)
    for number in ids:
        invitation = writing.claim(db.session, survey_id, number, moment, clock.now())
        if invitation is None:
            continue
        person = contact_of(db.session, keys, invitation.organisation)
        link = f"{{{{invitation {invitation.id}}}}}"
        body = filled(text, invitation, person, link, language)
        if _send(person.email, subject, body, invitation.project_id):
            db.session.commit()
        else:
            db.session.rollback()


@mail.filled_in(PURPOSE)
def with_link(text: str) -> str:
    """Put the links in when the mail leaves; none leaves without its link, or in vain."""
    keys: Keyring = current_app.extensions["keys"]
    links: dict[str, str] = {}
    for number in {*PLACE.findall(text)}:
        invitation = db.session.get(Invitation, int(number))
        if invitation is None or writing.is_in_vain(db.session, invitation):
            return ""
        try:
            links[number] = link_of(keys, invitation)
        except inviting.NoLinks:  # anonymous, and closed since
            links[number] = ""
    return PLACE.sub(lambda found: links[found[1]], text) if all(links.values()) else ""


FOLLOWED = {
    Fate.LEFT: writing.left,
    Fate.CALLED_BACK: writing.called_back,
    Fate.REFUSED: writing.came_back,
    Fate.DROPPED: writing.wait_no_more,
    Fate.PICKED_UP: writing.wait,
}


@mail.followed(PURPOSE)
def note_fate(text: str, fate: Fate, moment: datetime) -> None:
    """Note what became of the mail of an invitation."""
    if found := PLACE.search(text):
        FOLLOWED[fate](db.session, int(found[1]), moment)


def send_test(to: str, invitation: Invitation, person: Person, draft: Draft) -> bool:
    """Send to oneself what the first of those invited would get, without their link.

    Tell whether *to* can be written to.
    """
    link = web.public("/i/…")
    text = filled(draft.text, invitation, person, link, draft.language)
    return _send(to, *as_test(draft.subject, text), invitation.project_id)


def as_test(subject: str, text: str) -> tuple[str, str]:
    """Mark a mail as a test, so that nobody takes it for a real one."""
    told = gettext("This is a test. Only you get it, and links to answer lead nowhere.")
    return str(gettext("Test: %(subject)s", subject=subject)), f"{told}\n\n{text}"


def _send(to: str, subject: str, text: str, project_id: int) -> bool:
    """Tell whether mail can be sent *to* this address, and then send it."""
    if is_usable := can_be_written_to(to):
        mail.send(to, subject, text, purpose=PURPOSE, project_id=project_id)
    return is_usable
