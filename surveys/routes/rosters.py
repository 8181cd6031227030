"""Choosing organisations out of the register: a list, or hits of a search when it is long."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from flask import has_request_context, render_template, request
from flask_babel import force_locale

from core.errors import message
from people.models import Sector
from surveys.definition import Texts
from surveys.questionnaires.asking import Partner, finds
from surveys.questionnaires.filling import Sheet, Typed, View, Woven
from surveys.questionnaires.slots import OUTSIDE, Turn
from surveys.questionnaires.tongues import spoken
from surveys.routes import sheets
from surveys.routes.memory import needs_app
from surveys.routes.visiting import Visit

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
    """What a question offers of the register, for all who are asked it, or to a search.

    What is offered to and chosen by one person is filled in later.
    """

    name: str
    one: bool
    words: str
    listed: Sequence[Partner]
    found: Sequence[Partner]
    sectors: Mapping[Sector, Sequence[Partner]]
    other: Texts
    by_search: bool
    places: Mapping[str, Texts]

    @classmethod
    def of(
        cls, visit: Visit, listed: Sequence[Partner], name: str, words: str, chosen: Set[str]
    ) -> "Roster":
        item, lists = visit.asked.items[name], visit.asked.definition.lists
        found = [each for each in listed if finds(each, words)] if words else []
        shown = [each for each in listed if not words or each in found or each.code in chosen]
        others = [each.label for each in lists.get(item.list, ()) if each.name == "other"]
        return cls(
            name=name,
            one=item.type == "select_one",
            words=words,
            listed=listed,
            found=[each for each in found if each.code not in chosen][:HITS],
            sectors={
                sector: members
                for sector in Sector
                if (members := [each for each in shown if each.sector == sector])
            },
            other=others[0] if others else {},
            by_search=len(visit.listed) > LISTED,
            places={each.name: each.label for each in lists.get("ortsteil", ())},
        )


def sought(name: str, typed: Typed | None) -> str:
    """Return what is searched for, in the form or in the address."""
    if typed is not None:
        sent = typed.getlist(f"find={name}")
    else:
        sent = request.args.getlist("find") if has_request_context() else []
    return sent[0].strip()[:100] if sent else ""


def roster_html(visit: Visit, name: str, typed: Typed | None, view: View, _turn: Turn) -> Woven:
    """Fill in a roster; without a search it is written once for everybody."""
    words, place = sought(name, typed), visit.place
    if words:
        offered, chosen = view.offered(name, OUTSIDE), {*view.chosen(name, OUTSIDE)}
        listed = [partner for partner in visit.listed if partner.code in offered]
        return _written(visit, listed, name, words, chosen).weave(view)
    key = (place.digest, visit.language, name, place.project_id, place.register)
    sheet = visit.memory.sheets.get(key, lambda: _written(visit, visit.listed, name))
    woven = sheet.weave(view)
    return woven if visit.asked.items[name].type == "select_one" else [b"".join(woven)]


def _written(
    visit: Visit,
    listed: Sequence[Partner],
    name: str,
    words: str = "",
    chosen: Set[str] = frozenset(),
) -> Sheet:
    roster = Roster.of(visit, listed, name, words, chosen)
    return Sheet(_html(visit, roster), visit.asked.cells)


def roster_to_take_along(visit: Visit, name: str) -> str:
    """Return all that a roster offers, with the marks of its slots; nothing can be sought."""
    roster = Roster.of(visit, visit.listed, name, "", frozenset())
    return _html(visit, replace(roster, by_search=False))


def _html(visit: Visit, roster: Roster) -> str:
    needs_app()
    said = sheets.Words(visit.asked, visit.language)
    with force_locale(spoken(visit.language)):
        return render_template(
            "surveys/public/_roster.html", roster=roster, SECTORS=SECTORS, **said.everything()
        )
