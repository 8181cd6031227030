"""Why two organisations should meet, in full sentences."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from itertools import groupby
from typing import Any

from networks.suggestion import Fit, Ground, Suggestion
from networks.wording import Tongue, listed, named
from people.words import SECTORS

May = Callable[[str], bool]  # whether the reader may know more of an organisation


def reasons(suggestion: Suggestion, sectors: Mapping[str, str], t: Tongue, may: May) -> str:
    """Tell all that speaks for a pair; what they need only of those the reader may know."""
    a, b = suggestion.pair
    told = [*_wishes(suggestion, t), *_fits(suggestion, t, may)]
    if suggestion.ground == Ground.TIES:
        told.append(_ties(suggestion, t))
    if suggestion.bridging:
        one, other = (t.gettext(SECTORS[sectors[code]]) for code in (a, b))
        told.append(
            t.gettext("They come from two sectors: %(one)s, %(other)s.", one=one, other=other)
        )
    for code in suggestion.unheard:
        told.append(
            t.gettext(
                "%(name)s has not answered; perhaps they know each other already.",
                name=named(code),
            )
        )
    return " ".join(told)


def introducer(suggestion: Suggestion, t: Tongue) -> str:
    """Say who could bring both together."""
    if not suggestion.broker:
        return t.gettext("Nobody in the network works with both. You can introduce them.")
    return t.gettext(
        "%(name)s works with both and could introduce them.", name=named(suggestion.broker)
    )


def to_json(suggestion: Suggestion) -> dict[str, Any]:
    """Return a suggestion as plain data, to be told again in any language."""
    return asdict(suggestion)


def from_json(data: Mapping[str, Any]) -> Suggestion:
    """Return the suggestion that :func:`to_json` has made plain."""
    more = {name: tuple(data[name]) for name in ("wishers", "common", "unheard")}
    fits = tuple(Fit(**fit) for fit in data["fits"])
    return Suggestion(**{**data, **more, "fits": fits, "ground": Ground(data["ground"])})


def _wishes(suggestion: Suggestion, t: Tongue) -> list[str]:
    if len(suggestion.wishers) == 2:
        return [t.gettext("Both wish to work together.")]
    if not suggestion.wishers:
        return []
    one = suggestion.wishers[0]
    other = suggestion.b if one == suggestion.a else suggestion.a
    return [
        t.gettext(
            "%(one)s would like to work with %(other)s.", one=named(one), other=named(other)
        )
    ]


def _fits(suggestion: Suggestion, t: Tongue, may: May) -> list[str]:
    if not suggestion.fits:
        return []
    if not all(may(code) for code in suggestion.pair):
        return [t.gettext("What one needs, the other offers.")]
    told = []
    for (needs, offers), fits in groupby(
        suggestion.fits, key=lambda fit: (fit.needs, fit.offers)
    ):
        what = listed(t, (t.term(fit.term) for fit in fits))
        names = {"needs": named(needs), "offers": named(offers)}
        told.append(
            t.gettext("%(needs)s needs %(what)s; %(offers)s offers it.", what=what, **names)
        )
    return told


def _ties(suggestion: Suggestion, t: Tongue) -> str:
    if not suggestion.common:
        return t.gettext("By their ties and sectors, a tie is more likely here than elsewhere.")
    who = listed(t, map(named, suggestion.common))
    return t.gettext("Both work with %(partners)s, but not with each other.", partners=who)
