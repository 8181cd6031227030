"""Putting cards into other languages of the room."""

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import web
from core.clock import now
from core.db import db
from workshop import timing
from workshop.cards.translating import translate, translator_of, withdraw
from workshop.current import current_actor
from workshop.forms import TranslationForm
from workshop.routes.reading import card_page, in_work
from workshop.routes.rooms import bp


@bp.post("/w/<code>/ideas/<id:idea_id>/translations")
def translate_idea(code: str, idea_id: int) -> ResponseReturnValue:
    (viewer, idea), form = in_work(code, idea_id), TranslationForm()
    actor = current_actor(viewer)
    if not form.validate():
        return card_page(viewer, idea, translating=form), 422

    timing.check(db.session, idea.board, now())
    by = translator_of(idea, viewer, actor)
    translate(db.session, idea, by, form.language.data, form.title.data, form.text.data)
    db.session.commit()
    return web.back(_back(code, idea_id), gettext("The translation hangs beside the card."))


@bp.post("/w/<code>/ideas/<id:idea_id>/translations/removal")
def withdraw_translation(code: str, idea_id: int) -> ResponseReturnValue:
    viewer, idea = in_work(code, idea_id)
    by = translator_of(idea, viewer, current_actor(viewer))

    withdraw(db.session, idea, by, request.form.get("language", ""))
    db.session.commit()
    return web.back(_back(code, idea_id), gettext("The translation is taken away."))


def _back(code: str, idea_id: int) -> str:
    turn = request.args.get("turn", type=web.row_id)
    return url_for("workshop.card", code=code, idea_id=idea_id, turn=turn)
