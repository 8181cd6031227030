"""Picking evidence in a form, without scripts: search, tick, or name a source of one's own."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from flask import request, url_for
from flask_babel import gettext
from wtforms import Field
from wtforms.validators import StopValidation

from agency.evidence import citing
from agency.evidence.collecting import Reader
from agency.evidence.references import KINDS, STATES, Evidence, Kind, Reference
from core import web
from core.forms import tidy
from people.current import current_membership, may_open
from people.models import Naming, Role

FIRST, FOUND, STEP = 5, 20, 50  # of a kind: at once, when searched for, and more each time
LONGEST, FURTHEST = 500, 100_000


class EvidenceField(Field):
    """References picked from what the project can cite; ``data`` is a tuple of them.

    Its template is ``agency/evidence/_picker.html``. Call :meth:`offer` before it is shown
    or validated. While ``is_looking``, the form was sent to search, or to show more of the
    kind ``longer`` than the ``shown``: show it once more.
    """

    data: tuple[Reference, ...]

    def process_data(self, value: Sequence[Reference] | None) -> None:
        self.data = tuple(value or ())
        self.title = self.link = self.words = self.kind = ""
        self.is_looking = False
        self.longer, self.shown = "", 0
        self._before = self.data

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        sent = request.form
        if f"{self.name}-sent" not in sent:
            return
        self.title = tidy(sent.get(f"{self.name}-title"))
        self.link = tidy(sent.get(f"{self.name}-link"))
        self.words = tidy(sent.get(f"{self.name}-words"))[:100]
        self.kind = sent.get(f"{self.name}-kind", "")
        self.longer, _, shown = sent.get(f"{self.name}-more", "").partition(":")
        self.shown = min(int(shown), FURTHEST) if shown.isdecimal() else 0
        self.is_looking = f"{self.name}-look" in sent or bool(self.longer)
        picked = (_read(each) for each in valuelist)
        known = {each: each for each in self._before}
        self.data = tuple(dict.fromkeys(known.get(each, each) for each in picked if each))

    def offer(self, reader: Reader) -> None:
        """Say who picks, of which project."""
        self._reader = reader

    def pre_validate(self, form: Any) -> None:
        """See to it that a source of one's own can be kept."""
        if max(len(self.title), len(self.link)) > LONGEST:
            text = gettext("Please write at most %(num)s characters.", num=LONGEST)
            raise StopValidation(text)
        if self.link and not citing.is_link(self.link):
            text = gettext("Please write the address in full, beginning with https://.")
            raise StopValidation(text)
        if bool(self.title) != bool(self.link):
            raise StopValidation(gettext("A source of your own needs a title and an address."))

    @property
    def chosen(self) -> list[Evidence]:
        """What is ticked, also what is not there any more."""
        return list(citing.resolved(self._reader, self.data).values())

    @property
    def offered(self) -> list[tuple[Kind, list[Evidence], int]]:
        """What else could be ticked: the first of each kind, and how many more there are."""
        kinds = [kind for kind in Kind if kind == self.kind]
        found = citing.citable(self._reader, self.words, kinds)
        rest = [each for each in found if each.reference not in self.data]
        told = [(kind, list(some)) for kind, some in groupby(rest, key=lambda each: each.kind)]
        return [(kind, *self._begun(kind, some)) for kind, some in told]

    def _begun(self, kind: Kind, found: list[Evidence]) -> tuple[list[Evidence], int]:
        """Return as many as are shown, and how many there are besides."""
        most = FOUND if self.words or self.kind else FIRST
        if kind == self.longer:
            most = self.shown + STEP
        return found[:most], max(0, len(found) - most)

    def kept(self, form_key: str, by: str, now: Any) -> tuple[Reference, ...]:
        """Return what was picked as it is to be kept, with the source that was named."""
        reader, picked = self._reader, self.data
        if self.title:
            said = f"source {form_key}"[:60], self.title, self.link, "", by, now
            made = citing.add_source(reader.session, reader.project, *said)
            picked = (*picked, Reference(Kind.SOURCE, str(made.id)))
        return citing.marked(reader, picked, self._before)


def audience_of(role: Role) -> Naming:
    """Return as whose eyes somebody of the staff reads evidence."""
    return Naming.TEAM if role == Role.FACILITATOR else Naming.NETWORK


def address_of(evidence: Evidence) -> str:
    """Return where the person asking can look at it; nothing when they cannot."""
    if evidence.place and may_open(evidence.place[0], current_membership().role):
        return url_for(evidence.place[0], **evidence.place[1])
    return public_address_of(evidence)


def public_address_of(evidence: Evidence) -> str:
    """Return where everyone can look at it; nothing when they cannot."""
    if evidence.public:
        return web.public(url_for(evidence.public[0], **evidence.public[1]))
    return evidence.link


def paper_address_of(evidence: Evidence) -> str:
    """Return where it stands, for a document: where not everyone may look, staff signs in."""
    if evidence.place and not evidence.public:
        return web.public(url_for(evidence.place[0], **evidence.place[1]))
    return public_address_of(evidence)


def words() -> Mapping[str, object]:
    """Return what templates with evidence need."""
    return {"EVIDENCE": KINDS, "EVIDENCE_STATES": STATES, "address_of": address_of}


def _read(text: str) -> Reference | None:
    try:
        return Reference.of(text)
    except ValueError:
        return None
