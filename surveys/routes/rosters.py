"""Choosing organisations out of the register: a list, or hits of a search when it is long."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request
from flask_babel import force_locale

from core.errors import message
from people.models import Sector
from surveys.asking import Asked, Partner, finds
from surveys.definition import text_in
from surveys.filling import OUTSIDE, Typed, View
from surveys.tongues import spoken

LISTED = 60  # organisations that are shown at once; of more, only hits
HITS = 12
SECTORS = {
    Sector.ECONOMY: message("Economy"),
    Sector.SOCIETY: message("Society"),
    Sector.POLITICS: message("Politics and administration"),
    Sector.SCIENCE: message("Science"),
}


@dataclass(frozen=True)
class Roster:
    """What a question offers of the register, and what is chosen of it."""

    name: str
    one: bool
    words: str
    chosen: Sequence[str]
    chosen_ones: list[Partner]
    found: list[Partner]
    sectors: dict[Sector, list[Partner]]
    other: str
    by_search: bool
    places: dict[str, str]

    @classmethod
    def of(
        cls, asked: Asked, listed: Sequence[Partner], view: View, name: str, typed: Typed | None
    ) -> "Roster":
        item = asked.items[name]
        offered = {choice.name: choice for choice in view.evaluation.choices(name)}
        here = [partner for partner in listed if partner.code in offered]
        chosen = view.chosen(name, OUTSIDE)
        words = sought(name, typed)
        found = [each for each in here if finds(each, words)]
        shown = [each for each in here if not words or each in found or each.code in chosen]
        fallback = asked.definition.default_language
        other = offered.get("other")
        return cls(
            name=name,
            one=item.type == "select_one",
            words=words,
            chosen=chosen,
            chosen_ones=[each for each in here if each.code in chosen],
            found=found[:HITS] if len(here) > LISTED else found,
            sectors={
                sector: [each for each in shown if each.sector == sector]
                for sector in Sector
                if any(each.sector == sector for each in shown)
            },
            other=text_in(other.label, view.language, fallback)[0] if other else "",
            by_search=len(here) > LISTED,
            places={
                choice.name: text_in(choice.label, view.language, fallback)[0]
                for choice in asked.definition.lists.get("ortsteil", ())
            },
        )


def sought(name: str, typed: Typed | None) -> str:
    """Return what is searched for, in the form or in the address."""
    sent = typed.getlist(f"find={name}") if typed is not None else request.args.getlist("find")
    return sent[0].strip()[:100] if sent else ""


def roster_html(roster: Roster, language: str) -> str:
    with force_locale(spoken(language)):
        return render_template("surveys/public/_roster.html", roster=roster, SECTORS=SECTORS)
