"""Entries whose source says otherwise by now: they stay, or go, with one press."""

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from agency.gathering import rechecking, sifting
from agency.routes.area import needs
from core import clock, web
from core.db import db
from people.current import find
from people.listings import keeping
from people.listings.models import Listing


@needs.post("/proposals/sources/<any(keep, removal):act>")
def look_again(act: str) -> ResponseReturnValue:
    """Let all entries stay, or go, that rest on one source."""
    some = _entries()
    if not some:
        raise sifting.NothingChosen

    if act == "keep":
        rechecking.keep(db.session, some, clock.now())
        said = ngettext("%(num)d entry stays.", "%(num)d entries stay.", len(some))
    else:
        rechecking.remove(db.session, some, clock.now())
        said = ngettext("%(num)d entry is deleted.", "%(num)d entries are deleted.", len(some))
    db.session.commit()
    undo = url_for(".ask_again", act=act, entry=[each.id for each in some])
    return web.back(url_for(".proposals"), said, undo=undo)


@needs.post("/proposals/sources/<any(keep, removal):act>/undoing")
def ask_again(act: str) -> ResponseReturnValue:
    """Take back that entries stay, or that they went."""
    some = _entries()
    if act == "keep":
        rechecking.keep(db.session, some, None)
    else:
        for each in some:
            keeping.bring_back(each)
    db.session.commit()
    return web.back(url_for(".proposals"), gettext("Open again."))


def _entries() -> list[Listing]:
    """Return the entries of the project that are meant, each once."""
    numbers = request.values.getlist("entry", web.row_id)
    return [find(Listing, id=each) for each in dict.fromkeys(numbers)]
