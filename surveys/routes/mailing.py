"""Invitations by mail: what is said, a look at it first, and sending as a job.

Neither jobs nor the outbox hold a token: a mail carries the number of its invitation, and
the link is put in when it leaves.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from flask_babel import force_locale, gettext

from core import clock, i18n, jobs, mail, web
from core.addresses import can_be_written_to
from core.db import db
from core.forms import tidy
from core.keys import Keyring
from core.mail import Fate
from people.contacts import Person, contact_of
from surveys.fieldwork import inviting, writing
from surveys.fieldwork.writing import Occasion
from surveys.models import Invitation, Survey
from surveys.questionnaires.understanding import lines

PURPOSE = "invitation"
LANGUAGES = ("de", "en")
SUBJECT, TEXT = 150, 5_000  # characters
PLACE = re.compile(r"\{\{invitation (\d{1,9})\}\}")


@dataclass
class Draft:
    """What a facilitator wants to write to those invited."""

    subject: str
    text: str
    language: str

    @classmethod
    def sent(cls, form: Mapping[str, str]) -> "Draft":
        """Read a draft out of the form in which it was written."""
        return cls(
            tidy(form.get("subject")),
            lines(form.get("text", "")),
            wished_language(form),
        )

    @property
    def faults(self) -> dict[str, str]:
        """Return what is amiss, by field."""
        found = {}
        if not self.subject:
            found["subject"] = gettext("Please write a subject.")
        elif len(self.subject) > SUBJECT:
            found["subject"] = gettext("Please write at most %(num)s characters.", num=SUBJECT)
        if "{link}" not in self.text:
            found["text"] = gettext("The text must contain {link}, where the link will stand.")
        elif len(self.text) > TEXT:
            found["text"] = gettext("Please write at most %(num)s characters.", num=TEXT)
        return found


def wished_language(sent: Mapping[str, str]) -> str:
    """Return the language in which somebody wants to write."""
    wished = sent.get("language", "")
    return wished if wished in LANGUAGES else "de"


def link_of(keys: Keyring, invitation: Invitation) -> str:
    """Return the address behind which an organisation answers."""
    return web.public(f"/i/{inviting.token_of(keys, invitation)}")


def greeting(person: Person, language: str) -> str:
    """Return how a letter begins."""
    if person.greeting:
        return f"{person.greeting},"
    who = person.addressee
    with force_locale(language):
        return str(gettext("Dear %(who)s,", who=who) if who else gettext("Dear all,"))


def proposal(survey: Survey, occasion: Occasion, language: str) -> Draft:
    """Return a draft to begin with, in the name of the project, with the last day if any."""
    title = survey.title.get(language) or next(iter(survey.title.values()), "")
    write = _reminder if occasion is Occasion.REMINDER else _invitation
    with force_locale(language):
        subject, text = write(title)
        paragraphs = [text]
        if survey.closes:
            until = i18n.moment(survey.closes)
            paragraphs.append(str(gettext("You can answer until %(when)s.", when=until)))
        paragraphs.append(str(gettext("Thank you!")))
        sender = current_app.config["OPERATOR_NAME"]
    return Draft(subject, "\n\n".join([*paragraphs, *filter(None, [sender])]), language)


def _invitation(title: str) -> tuple[str, str]:
    text = gettext(
        "{greeting}\n\nwe invite {organisation} to the survey “%(title)s”. Only your consent "
        "and your organisation are needed; you can skip everything else.\n\nYour "
        "link:\n{link}\n\nThe link is for your organisation; several people may use it. With "
        "it you can also say no, and change later who may see your name.",
        title=title,
    )
    return str(gettext("Invitation: %(title)s", title=title)), str(text)


def _reminder(title: str) -> tuple[str, str]:
    text = gettext(
        "{greeting}\n\na while ago we invited {organisation} to the survey “%(title)s”. "
        "We have no answer from you yet, and yours counts: without it a part of the "
        "picture is missing. What was begun is kept; you go on where you "
        "stopped.\n\nYour link:\n{link}\n\nWith it you can also say no, or tell us that "
        "somebody else is in charge; then we do not write again.",
        title=title,
    )
    return str(gettext("Reminder: %(title)s", title=title)), str(text)


def filled(text: str, invitation: Invitation, person: Person, link: str, language: str) -> str:
    """Return the text of one mail; only *link* leads to an invitation, whatever is typed."""
    parts = (
        part.replace("{greeting}", greeting(person, language))
        .replace("{organisation}", invitation.organisation.name)
        .replace("{{", "{ {")
        for part in text.split("{link}")
    )
    return link.join(parts)


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
    """Put the links in when the mail leaves; none leaves without its link."""
    keys: Keyring = current_app.extensions["keys"]
    links: dict[str, str] = {}
    for number in {*PLACE.findall(text)}:
        invitation = db.session.get(Invitation, int(number))
        try:
            links[number] = link_of(keys, invitation) if invitation else ""
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
    return _send(to, draft.subject, text, invitation.project_id)


def _send(to: str, subject: str, text: str, project_id: int) -> bool:
    """Tell whether mail can be sent *to* this address, and then send it."""
    if is_usable := can_be_written_to(to):
        mail.send(to, subject, text, purpose=PURPOSE, project_id=project_id)
    return is_usable
