"""Paper at the facilitator's desk: printing ballots, typing them, walls and cards."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext

from core import qr, web
from core.db import db
from core.languages import SPOKEN, locale_of
from people.current import find
from workshop.models import Workshop
from workshop.paper import numbering, places, printing, typing
from workshop.routes import scribing
from workshop.routes.desk import bp
from workshop.routes.forms import PrintForm
from workshop.routes.scribing import desk_of_staff, keys
from workshop.voting.results import options_of
from workshop.voting.saying import rule_of


@bp.get("/<slug>/papers")
def papers(slug: str) -> ResponseReturnValue:
    return scribing.papers_page(desk_of_staff(find(Workshop, slug=slug)))


@bp.post("/<slug>/papers")
def type_paper(slug: str) -> ResponseReturnValue:
    return scribing.type_paper(desk_of_staff(find(Workshop, slug=slug)))


@bp.post("/<slug>/papers/stack")
def print_papers(slug: str) -> ResponseReturnValue:
    """Take new numbers, and show them on sheets to be printed."""
    desk, form = desk_of_staff(find(Workshop, slug=slug)), PrintForm()
    round = desk.round
    if not round or not form.validate():
        said = gettext(
            "Please say how many ballots: 1 to %(most)s.", most=printing.MOST_AT_ONCE
        )
        return web.back(desk.url("papers"), said)

    numbers = printing.print_more(db.session, round, form.before.data or 0, form.more.data or 0)
    db.session.commit()
    ends = {"first": numbers[0], "last": numbers[-1]}
    language = request.form.get("language", "")
    return redirect(desk.url("printed_papers", **ends, language=language), 303)


@bp.get("/<slug>/papers/print")
def printed_papers(slug: str) -> ResponseReturnValue:
    """Ballots that have their numbers already, as sheets, in a language of the room."""
    desk = desk_of_staff(find(Workshop, slug=slug))
    round = desk.round
    if not round:
        return web.back(desk.url("papers"), gettext("No vote is open."))
    most = printing.printed(db.session, round)
    last = min(request.args.get("last", most, type=int), most)
    first = max(1, request.args.get("first", 1, type=int), last - printing.MOST_AT_ONCE + 1)
    sheets = [
        (numbering.name_of(keys(), round, n), numbering.receipt_on(keys(), round, n))
        for n in range(first, last + 1)
    ]
    with force_locale(_wished()):
        return render_template(
            "workshop/paper/ballots.html",
            workshop=desk.workshop,
            board=desk.board,
            round=round,
            sheets=sheets,
            options=[*options_of(round).values()],
            rule=rule_of(round),
            back=desk.url("papers"),
        )


@bp.get("/<slug>/papers/differing")
def differing(slug: str) -> ResponseReturnValue:
    return scribing.differing(desk_of_staff(find(Workshop, slug=slug)))


@bp.post("/<slug>/papers/differing")
def agree(slug: str) -> ResponseReturnValue:
    return scribing.agree(desk_of_staff(find(Workshop, slug=slug)))


@bp.post("/<slug>/papers/removal")
def take_out_paper(slug: str) -> ResponseReturnValue:
    """Forget a ballot that should not count, so that it can be typed anew."""
    desk = desk_of_staff(find(Workshop, slug=slug))
    round = desk.round
    typed = request.form.get("name", "")
    number = numbering.number_of(keys(), round, typed) if round else None
    if not round or number is None:
        said = gettext("No ballot of this vote has this number.")
        return web.back(desk.url("papers"), said)

    typing.take_out(db.session, keys(), desk.board, round, number)
    db.session.commit()
    name = numbering.name_of(keys(), round, number)
    said = gettext("Ballot %(name)s is taken out. It may be typed anew.", name=name)
    return web.back(desk.url("papers"), said)


@bp.get("/<slug>/count")
def before_count(slug: str) -> ResponseReturnValue:
    """Ask once whether to count while paper ballots wait for a second person."""
    desk = desk_of_staff(find(Workshop, slug=slug))
    round = desk.round
    if not round:
        return redirect(url_for(".workshop", slug=slug), 303)
    waiting, _ = typing.standing(db.session, round)
    facts = {"workshop": desk.workshop, "waiting": waiting}
    return render_template("workshop/before_count.html", **facts)


@bp.get("/<slug>/wall")
def wall(slug: str) -> ResponseReturnValue:
    return scribing.wall_page(desk_of_staff(find(Workshop, slug=slug)))


@bp.post("/<slug>/wall")
def count_wall(slug: str) -> ResponseReturnValue:
    return scribing.count_wall(desk_of_staff(find(Workshop, slug=slug)))


@bp.get("/<slug>/paper-cards")
def paper_cards(slug: str) -> ResponseReturnValue:
    return scribing.cards_page(desk_of_staff(find(Workshop, slug=slug)))


@bp.post("/<slug>/paper-cards")
def hang_paper_cards(slug: str) -> ResponseReturnValue:
    return scribing.hang_cards(desk_of_staff(find(Workshop, slug=slug)))


@bp.get("/<slug>/places")
def place_cards(slug: str) -> ResponseReturnValue:
    workshop = find(Workshop, slug=slug)
    facts = {"workshop": workshop, "spoken": SPOKEN, "is_loopback": web.only_here()}
    return render_template("workshop/places.html", **facts)


@bp.get("/<slug>/places/print")
def printed_places(slug: str) -> ResponseReturnValue:
    """A card for each place, to be printed before the evening."""
    workshop = find(Workshop, slug=slug)
    last = min(request.args.get("last", 20, type=int), places.MOST)
    first = max(1, request.args.get("first", 1, type=int))
    cards = []
    for number in range(first, last + 1):
        card = places.card_of(keys(), workshop, number)
        address = web.public(url_for("workshop.place", code=workshop.code, card=card))
        cards.append((number, address, qr.square(address)))
    facts = {"workshop": workshop, "cards": cards, "back": url_for(".place_cards", slug=slug)}
    with force_locale(_wished()):
        return render_template("workshop/paper/places.html", **facts)


def _wished() -> str:
    """Return the language in which something is to be printed."""
    language = request.args.get("language", "")
    return locale_of(language if language in SPOKEN else "de")
