"""The way into a room, for those who have not joined."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import limits
from core.db import db
from workshop import counting, joining
from workshop.forms import JoinForm
from workshop.trees import TREES, free_trees


def way_in(code: str, form: JoinForm) -> ResponseReturnValue:
    """Ask for a name; a code that lets nobody in slows down whoever tries more of them."""
    workshop = joining.open_room_with(db.session, code)
    if not workshop:
        limits.wrong("join")
        page, plain = "workshop/public/closed.html", joining.plain_code(code)
        return render_template(page, code=plain), 404
    trees = [gettext(tree) for tree in TREES]
    page = render_template(
        "workshop/public/way_in.html",
        workshop=workshop,
        form=form,
        trees=free_trees(trees, counting.names_taken(db.session, workshop, trees)),
    )
    return page, 422 if form.errors else 200
