"""After handing in: the receipt, corrections, and the word on being named."""

from collections.abc import Sequence

from flask import Blueprint, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import logs, mail, web
from core.db import db
from core.downloading import download
from people.models import Naming
from surveys.definition import Item
from surveys.models import Kind
from surveys.questionnaires.laying import choices_of
from surveys.reporting import publishing
from surveys.responses import erasing, naming, pausing, wishing
from surveys.responses.receipts import as_text, receipt
from surveys.routes import agreements, sealing_off, sheets, visiting
from surveys.routes.visiting import Visit, framed, is_open, unseal, visit, visit_of

bp = Blueprint("receiving", __name__)
logs.leave_out(bp)
TO_RESPONDENTS = ("circular", "results")  # purposes of mails


@bp.get("/s/<slug>/receipt")
def show(slug: str) -> ResponseReturnValue:
    """One's own answers, to keep; and the ways to change them."""
    here = _handed_in(slug)
    if here is None:
        return redirect(url_for("answering.survey", slug=slug), 303)
    if here.place.kind == Kind.ANONYMOUS:  # nothing else leads back from another browser
        return card(slug)
    return page(here)


@bp.get("/s/<slug>/receipt.txt")
def text(slug: str) -> ResponseReturnValue:
    """The receipt as a file."""
    here = _handed_in(slug) or abort(404)
    unseal(here)
    sections = receipt(here.asked, here.evaluate(here.answers), here.language, here.titles)
    return download(as_text(here.title, sections), "txt", slug)


@bp.post("/s/<slug>/card")
def card(slug: str) -> ResponseReturnValue:
    """The words with which one comes back to what one has handed in."""
    here = _handed_in(slug) or abort(404)
    found = pausing.card_for(db.session, visiting.keys(), _number(here))
    db.session.commit()
    return page(here, pausing.words_of(found, here.language))


@bp.post("/s/<slug>/withdrawal")
def withdraw(slug: str) -> ResponseReturnValue:
    """Take back what one has handed in: it is a draft again."""
    here = _handed_in(slug) or abort(404)

    erasing.withdraw(db.session, here.response or abort(404), here.now)
    db.session.commit()
    return web.back(
        url_for("answering.survey", slug=slug),
        gettext(
            "Your answers do not count any more. You can hand them in again, or delete them."
        ),
    )


@bp.get("/s/<slug>/deletion")
def ask(slug: str) -> ResponseReturnValue:
    """Ask once before everything is gone."""
    here = visit(slug)
    if here.response is None:
        return redirect(url_for("answering.survey", slug=slug), 303)
    return framed("surveys/public/deletion.html", here, gone=False)


@bp.post("/s/<slug>/deletion")
def delete(slug: str) -> ResponseReturnValue:
    """Delete one's answers, for good."""
    here = visit(slug)
    erase(here, visiting.wished(slug))
    visiting.forget(slug)
    return framed("surveys/public/deletion.html", here, gone=True)


def erase(here: Visit, wish: str) -> None:
    """Delete a response and all that follows from it, also the *wish* to hear the results."""
    if here.response is None:
        return
    data, survey_id = current_app.config["DATA"], here.place.survey_id
    _forget_mails(here, wish)
    wishing.give_up(db.session, data, survey_id, wish)
    erasing.erase(db.session, data, here.response, here.now)
    db.session.commit()
    sealing_off.scour.later()


def _forget_mails(here: Visit, wish: str) -> None:
    """Delete the mails that went, or wait to go, to the addresses that this person left."""
    unseal(here)
    keys, survey_id = visiting.keys(), here.place.survey_id
    left = {each.strip().casefold() for each in here.sealed.values()}

    def is_theirs(to: str) -> bool:
        return to.casefold() in left or wishing.number_of(keys, survey_id, to) == wish

    mail.forget(db.session, keys, here.place.project_id, TO_RESPONDENTS, is_theirs)


@bp.post("/s/<slug>/another")
def another(slug: str) -> ResponseReturnValue:
    """Let this browser forget the response, so that somebody else can answer."""
    visiting.forget(slug)
    return redirect(url_for("answering.survey", slug=slug), 303)


@bp.get("/s/<slug>/naming/<token>")
def consent(slug: str, token: str) -> ResponseReturnValue:
    """Who may see the name of one's organisation; to be changed at any time."""
    here = _by_token(slug, token)
    return framed(
        "surveys/public/naming.html",
        here,
        item=(item := _naming_item(here) or abort(404)),
        wording=agreements.wording_html(here, item),
        token=token,
        words=sheets.Words(here.asked, here.language),
        choices=choices_of(here.asked.definition, _naming_item(here) or abort(404)),
        chosen=naming.naming_of(db.session, here.response or abort(404)),
    )


@bp.post("/s/<slug>/naming/<token>")
def decide(slug: str, token: str) -> ResponseReturnValue:
    here = _by_token(slug, token)
    wish = request.form.get("naming", "")
    if wish not in [*Naming]:
        abort(422)

    response, item = here.response or abort(404), _naming_item(here)
    naming.change(db.session, response, item, Naming(wish), here.now)
    if item is not None:
        agreements.note(here, response.id, [item], {item.name: wish})
    if wish != Naming.PUBLIC:
        publishing.hide_networks(db.session, here.place.project_id)
    db.session.commit()
    return web.back(
        url_for(".consent", slug=slug, token=token), gettext("Your choice is saved.")
    )


def page(here: Visit, card: Sequence[str] = (), typed: str = "", trouble: str = "") -> str:
    """The receipt; with the words of a card, or with what was amiss with an address."""
    unseal(here)
    survey, wish = visiting.survey_of(here), visiting.wished(here.slug)
    return framed(
        "surveys/public/receipt.html",
        here,
        sections=receipt(here.asked, here.evaluate(here.answers), here.language, here.titles),
        open=is_open(here),
        naming=_naming_link(here),
        words=sheets.Words(here.asked, here.language),
        card=card,
        said=visiting.said(here, "thanks"),
        is_published=publishing.is_readable(db.session, survey),
        is_wished=bool(wish) and wishing.is_wished(db.session, survey.id, wish),
        results=web.public(f"/s/{here.slug}/results").partition("://")[2],
        typed=typed,
        trouble=trouble,
        address=web.public("/r").partition("://")[2],
    )


def _number(here: Visit) -> int | str:
    return here.response.id if here.response else abort(404)


def _handed_in(slug: str) -> Visit | None:
    here = visit(slug)
    return here if here.response and here.response.submitted else None


def _by_token(slug: str, token: str) -> Visit:
    place = naming.response_with(db.session, visiting.keys(), slug, token) or abort(404)
    return visit_of(slug, place)


def _naming_item(here: Visit) -> Item | None:
    return next(iter(here.asked.definition.having("consent", "naming")), None)


def _naming_link(here: Visit) -> str:
    if here.response is None or here.response.organisation_id is None:
        return ""
    if _naming_item(here) is None:
        return ""
    token = naming.token_of(visiting.keys(), here.response)
    return url_for(".consent", slug=here.slug, token=token)
