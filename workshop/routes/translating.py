"""Putting cards into other languages of the room: in the room, and by the team."""

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import web
from core.db import db
from core.languages import SPOKEN
from people.current import find
from workshop.cards.models import Translator
from workshop.cards.translating import translate, translator_of, withdraw
from workshop.current import current_actor, find_card
from workshop.forms import TranslationForm
from workshop.models import Workshop
from workshop.routes.checking import staff_card
from workshop.routes.desk import bp as desk
from workshop.routes.reading import card_page, readable
from workshop.routes.rooms import bp


@bp.post("/w/<code>/ideas/<id:idea_id>/translations")
def translate_idea(code: str, idea_id: int) -> ResponseReturnValue:
    (viewer, idea), form = readable(code, idea_id), TranslationForm()
    actor = current_actor(viewer)
    if not form.validate():
        return card_page(viewer, idea, translating=form), 422

    by = translator_of(idea, viewer, actor)
    translate(db.session, idea, by, form.language.data, form.title.data, form.text.data)
    db.session.commit()
    return web.back(_back(code, idea_id), gettext("The translation hangs beside the card."))


@bp.post("/w/<code>/ideas/<id:idea_id>/translations/removal")
def withdraw_translation(code: str, idea_id: int) -> ResponseReturnValue:
    viewer, idea = readable(code, idea_id)
    by = translator_of(idea, viewer, current_actor(viewer))

    withdraw(db.session, idea, by, request.form.get("language", ""))
    db.session.commit()
    return web.back(_back(code, idea_id), gettext("The translation is taken away."))


@desk.post("/<slug>/ideas/<id:idea_id>/translations")
def translate_for_all(slug: str, idea_id: int) -> ResponseReturnValue:
    workshop, form = find(Workshop, slug=slug), TranslationForm()
    idea = find_card(workshop, idea_id)
    if not form.validate():
        return staff_card(workshop, idea, form), 422

    words = form.language.data, form.title.data, form.text.data
    translate(db.session, idea, Translator.TEAM, *words)
    db.session.commit()
    said = gettext("The translation into %(language)s hangs.", language=SPOKEN[words[0]])
    return web.back(url_for(".card", slug=slug, idea_id=idea_id), said)


@desk.post("/<slug>/ideas/<id:idea_id>/translations/removal")
def withdraw_for_all(slug: str, idea_id: int) -> ResponseReturnValue:
    idea = find_card(find(Workshop, slug=slug), idea_id)

    withdraw(db.session, idea, Translator.TEAM, request.form.get("language", ""))
    db.session.commit()
    return web.back(url_for(".card", slug=slug, idea_id=idea_id), gettext("Saved."))


def _back(code: str, idea_id: int) -> str:
    turn = request.args.get("turn", type=int)
    return url_for("workshop.card", code=code, idea_id=idea_id, turn=turn)
