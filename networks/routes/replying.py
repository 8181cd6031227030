"""The page behind the link "You were named": no account, no script, to be changed any time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import clock, limits, logs, web
from core.db import db
from core.errors import message
from core.i18n import language
from networks import replying
from networks.models import NamedLink
from networks.network import network_of, waves
from networks.roster import Roster, roster_of
from networks.tying import Say, Tie
from people import consents
from people.models import Naming, Organisation, Project
from people.naming import decide_naming, display_name
from surveys.definition import Texts, text_in
from surveys.models import Survey
from surveys.reporting import publishing
from surveys.routes.visiting import keys

named = Blueprint("named", __name__)
logs.leave_out(named)
CONFIRM = "confirm"  # "show", with the word that the tie is there
WORDS = {
    CONFIRM: message("Show it: we do work together"),
    Say.SHOW.value: message("Show it"),
    Say.HIDE.value: message("Hide it"),
    Say.WRONG.value: message("That is not right"),
}
NAMINGS = {
    Naming.TEAM: message("Only the project team sees the name"),
    Naming.NETWORK: message("The organisations in the network see the name"),
    Naming.PUBLIC: message("Everyone may see the name"),
}


@dataclass(frozen=True)
class Here:
    """Who opened a link, and what others said of them."""

    link: NamedLink
    project: Project
    survey: Survey
    organisation: Organisation
    roster: Roster
    ties: list[Tie]
    kinds: Mapping[str, Texts]

    def other(self, tie: Tie) -> Organisation:
        code = tie.other(self.organisation.code)
        return next(each for each in self.roster.organisations if each.code == code)

    def word(self, tie: Tie) -> str:
        """Return what they said of a tie so far."""
        said = next((w for w in tie.words if w.source == self.organisation.code), None)
        return "" if said is None else CONFIRM if said.confirms else said.says.value


@named.get("/named/<key>")
def page(key: str) -> ResponseReturnValue:
    """What others said, what may be seen of it, and who may see the name."""
    here = _open(key)
    if request.method == "GET":  # not HEAD, with which mail filters look at links
        replying.opened(db.session, here.link, clock.now())
        db.session.commit()
    return _show(key, here)


@named.post("/named/<key>")
def save(key: str) -> ResponseReturnValue:
    """Keep every word that is new, and who may see the name."""
    here, now = _open(key), clock.now()
    naming = request.form.get("naming", here.organisation.naming)
    said = {each.pair: request.form.get(_field(here, each), "") for each in here.ties}
    if naming not in NAMINGS or not set(said.values()) <= {"", *WORDS}:
        return _show(key, here, gettext("Please choose from what stands there.")), 422

    for each in here.ties:
        word = said[each.pair]
        if word and word != here.word(each):
            ends = here.organisation.id, here.other(each).id
            says = Say.SHOW if word == CONFIRM else Say(word)
            replying.reply(db.session, here.survey, *ends, says, now, confirms=word == CONFIRM)
    before = here.organisation.naming
    decide_naming(db.session, here.organisation, Naming(naming), "", now)
    if before == Naming.PUBLIC != naming:
        publishing.hide_networks(db.session, here.project.id)
    db.session.commit()
    return web.back(
        url_for(".page", key=key), gettext("Saved. You can change it here at any time.")
    )


def _open(key: str) -> Here:
    """Return what a key opens; one that opens nothing is counted, and nowhere."""
    link = replying.link_with(db.session, key)
    here = _here(link) if link else None
    if here is None:
        limits.wrong("named")
        abort(404)
    return here


def _here(link: NamedLink) -> Here | None:
    project = db.session.get_one(Project, link.project_id)
    survey = next((e for e in waves(db.session, project) if e.id == link.survey_id), None)
    roster = roster_of(db.session, project)
    code = roster.code_of.get(link.organisation_id)
    if survey is None or code is None:
        return None
    organisation = next(each for each in roster.organisations if each.code == code)
    network = network_of(db.session, keys(), survey)
    ties = replying.named_ties(network, code)
    ties = [each for each in ties if each.other(code) in roster.kept]
    return Here(link, project, survey, organisation, roster, ties, network.kinds)


def _field(here: Here, tie: Tie) -> str:
    return f"tie-{tie.other(here.organisation.code)}"


def _show(key: str, here: Here, trouble: str = "") -> str:
    typed = request.form if trouble else {}
    return render_template(
        "networks/named.html",
        key=key,
        project=here.project,
        survey_title=text_in(here.survey.title, language(), "de")[0],
        wording=consents.current(db.session, here.project, "naming", language()),
        organisation=here.organisation,
        chosen=typed.get("naming", here.organisation.naming),
        lines=[_line(here, each, typed) for each in here.ties],
        NAMINGS=NAMINGS,
        WORDS=WORDS,
        trouble=trouble,
    )


def _line(here: Here, tie: Tie, typed: Mapping[str, str]) -> dict[str, Any]:
    """Tell of a tie what its other end may learn: never how close the other calls it."""
    other, field = here.other(tie), _field(here, tie)
    account = tie.told_by(other.code)
    kinds = account.kinds if account else ()
    return {
        "name": display_name(other, Naming.NETWORK, language()),
        "field": field,
        "kinds": [text_in(here.kinds[k], language(), "de") for k in kinds if k in here.kinds],
        "is_named": account is not None,
        "is_seen": bool(tie.seen),
        "is_ours": tie.told_by(here.organisation.code) is not None,
        "said": typed.get(field, here.word(tie)),
    }
