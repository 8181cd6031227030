"""The way into a room, for those who have not joined."""

from collections.abc import Sequence

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import limits
from core.db import db
from workshop import counting, joining
from workshop.forms import JoinForm
from workshop.models import Workshop
from workshop.trees import TREES, free_trees


def way_in(code: str, form: JoinForm) -> ResponseReturnValue:
    """Ask for a name; a code that lets nobody in slows down whoever tries more of them."""
    workshop = joining.open_room_with(db.session, code)
    if not workshop:
        limits.wrong("join")
        page, plain = "workshop/public/closed.html", joining.plain_code(code)
        return render_template(page, code=plain), 404
    trees = [gettext(tree) for tree in TREES]
    free = free_trees(trees, counting.trees_borne(db.session, workshop.id, trees))
    return page_of(workshop, form, free), 422 if form.errors else 200


def page_of(workshop: Workshop, form: JoinForm, trees: Sequence[str]) -> str:
    """Render the page on which people take a name, or one of some *trees*."""
    page = "workshop/public/way_in.html"
    return render_template(page, workshop=workshop, form=form, trees=trees)
