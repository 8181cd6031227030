"""Findings in sentences: what was found, how, and what it does not tell.

Worded as what organisations give and where room is for more: nobody is shamed by any.
"""

from collections.abc import Callable, Mapping
from typing import Any

from core.errors import message
from networks.wording import Tongue, listed, named
from people.words import SECTORS

Figures = Mapping[str, Any]
SIDES = "one", "other"
LEVELS = {
    "firm": message("The picture is nearly whole."),
    "usual": message("Of the others only what partners say is known."),
    "sketch": message("Read all that follows as a sketch."),
}


def sentence(kind: str, about: str, figures: Figures, t: Tongue) -> str:
    """Say what was found: what matters in the first line, the rest in the second."""
    return SENTENCES[kind](about, figures, t)


def method(kind: str, t: Tongue) -> str:
    """Say how it was found."""
    return t.gettext(METHODS[kind])


def limit(kind: str, t: Tongue) -> str:
    """Say what it does not tell."""
    return t.gettext(LIMITS.get(kind, UNHEARD))


def _answers(_: str, f: Figures, t: Tongue) -> str:
    said = t.gettext(
        "%(answered)s of %(asked)s have answered.", **_only(f, "answered", "asked")
    )
    level = LEVELS[f["level"]]
    return f"{said}\n{t.gettext(level)}"


def _bridge(code: str, f: Figures, t: Tongue) -> str:
    said = t.gettext("%(name)s connects the others.", name=named(code))
    ways = t.gettext(
        "Of 100 shortest ways between others, %(number)s lead over this organisation.",
        number=_of_100(f["value"]),
    )
    return f"{said}\n{ways}{_span(f, _of_100, t)}"


def _span(f: Figures, say: Callable[[float], object], t: Tongue) -> str:
    """Say between what a figure lies, as some did not answer; nothing where all did."""
    if "low" not in f or say(f["low"]) == say(f["high"]):
        return ""
    ends = {"low": say(f["low"]), "high": say(f["high"])}
    return " " + t.gettext("As some did not answer: %(low)s to %(high)s.", **ends)


def _cut(code: str, f: Figures, t: Tongue) -> str:
    said = t.gettext("%(name)s opens the network for others.", name=named(code))
    others = t.ngettext(
        "For %(num)d organisation, every way to the rest leads over it.",
        "For %(num)d organisations, every way to the rest leads over it.",
        f["others"],
    )
    return f"{said}\n{others}"


def _crossing(_: str, f: Figures, t: Tongue) -> str:
    said = t.ngettext(
        "%(crossing)s of %(num)d tie leads across the border of the own sector.",
        "%(crossing)s of %(num)d ties lead across the border of the own sector.",
        f["ties"], crossing=f["crossing"],
    )  # fmt: skip

    def signed(value: float) -> str:
        return t.decimal(value, "+0.00;−0.00")

    more = t.gettext("The sector balance (E–I) is %(index)s.", index=signed(f["index"]))
    by_chance = t.gettext(
        "By chance it would be %(expected)s (p = %(p)s).",
        expected=signed(f["expected"]), p=t.decimal(f["p"], "0.000"),
    )  # fmt: skip
    return f"{said}\n{more}{_span(f, signed, t)} {by_chance}"


def _room(_: str, f: Figures, t: Tongue) -> str:
    one, other = (SECTORS[f[side]] for side in SIDES)
    said = t.gettext(
        "Most room for new ties is between two sectors: %(one)s, %(other)s.",
        one=t.gettext(one), other=t.gettext(other),
    )  # fmt: skip
    figures = _only(f, "ties", "possible")
    more = t.gettext("Of %(possible)s possible ties, %(ties)s exist.", **figures)
    return f"{said}\n{more}"


def _open(_: str, f: Figures, t: Tongue) -> str:
    codes = f["codes"]
    said = t.ngettext(
        "For %(num)d organisation, first ties are still to come: %(names)s.",
        "For %(num)d organisations, first ties are still to come: %(names)s.",
        len(codes), names=listed(t, map(named, codes), 6),
    )  # fmt: skip
    more = t.gettext("They took part and are open for partners.")
    if f["suggested"]:
        known = t.ngettext(
            "For %(num)d of them we know whom to meet.",
            "For %(num)d of them we know whom to meet.",
            f["suggested"],
        )
        more = f"{more} {known}"
    return f"{said}\n{more}"


def _mutual(_: str, f: Figures, t: Tongue) -> str:
    pairs = [
        t.gettext("%(some)s and %(last)s", some=named(a), last=named(b)) for a, b in f["pairs"]
    ]
    said = t.ngettext(
        "%(num)d pair wishes for each other and has no tie yet.",
        "%(num)d pairs wish for each other and have no tie yet.",
        len(pairs),
    )
    return f"{said}\n{'; '.join(pairs[:5])}{' …' if len(pairs) > 5 else '.'}"


def _wished(_: str, f: Figures, t: Tongue) -> str:
    names = listed(t, map(named, f["codes"]))
    said = t.gettext("Most wishes go to %(names)s.", names=names)
    more = t.ngettext(
        "%(num)d organisation would like to work more with it.",
        "%(num)d organisations each would like to work more with it.",
        f["wishes"],
    )
    return f"{said}\n{more}"


def _need(term: str, f: Figures, t: Tongue) -> str:
    what = t.term(term)
    said = t.ngettext(
        "%(num)d organisation looks for this: %(what)s.",
        "%(num)d organisations look for this: %(what)s.",
        f["needs"], what=what,
    )  # fmt: skip
    more = t.ngettext(
        "%(num)d organisation in the network offers it; they do not work together yet.",
        "%(num)d organisations in the network offer it; they do not work together yet.",
        f["offers"],
    )
    return f"{said}\n{more}"


def _density(_: str, f: Figures, t: Tongue) -> str:
    def of_100(value: float) -> str:
        return t.decimal(100 * value, "0.#")

    said = t.gettext("Of 100 possible ties, %(number)s exist.", number=of_100(f["value"]))
    return "\n".join(filter(None, (said, _span(f, of_100, t).strip())))


def _mutuality(_: str, f: Figures, t: Tongue) -> str:
    number = _of_100(f["value"])
    return t.gettext("Of 100 nominations, %(number)s are returned.", number=number)


def _groups(_: str, f: Figures, t: Tongue) -> str:
    said = t.ngettext(
        "%(num)d group works together more closely.",
        "%(num)d groups work together more closely within.",
        f["groups"],
    )
    more = t.gettext(
        "The largest has %(size)s organisations; most ties in it has %(name)s.",
        size=f["size"], name=named(f["middle"]),
    )  # fmt: skip
    return f"{said}\n{more}"


def _of_100(share: float) -> int:
    return round(100 * share)


def _only(figures: Figures, *names: str) -> dict[str, Any]:
    return {name: figures[name] for name in names}


SENTENCES: Mapping[str, Callable[[str, Figures, Tongue], str]] = {
    "answers": _answers, "bridge": _bridge, "cut": _cut, "crossing": _crossing, "room": _room,
    "open": _open, "mutual": _mutual, "wished": _wished, "need": _need, "density": _density,
    "mutuality": _mutuality, "groups": _groups,
}  # fmt: skip
METHODS: Mapping[str, str] = {
    "answers": message("Submitted answers, out of all organisations that were asked."),
    "bridge": message(
        "For every two others we look for the shortest chain of ties between them. Counted is"
        " the share of these chains that lead over an organisation (betweenness: Freeman 1977,"
        " Brandes 2001)."
    ),
    "cut": message(
        "We look whom others could not reach any more without this organisation (cut-points:"
        " Hopcroft & Tarjan 1973)."
    ),
    "crossing": message(
        "Ties between organisations of different sectors. E–I: ties between sectors less ties"
        " within, as a share of all (Krackhardt & Stern 1988); −1: all stay, +1: all lead out."
    ),
    "room": message(
        "Ties per possible pair of the two sectors, so that small sectors count fairly."
    ),
    "open": message("Who has answered, names nobody so far and is named by nobody."),
    "mutual": message("Both chose the other among those they would like to work with more."),
    "wished": message("How many chose this organisation as one to work with more."),
    "need": message(
        "Needs and offers by the terms of the register. Counted is who has no tie with anyone"
        " who offers it."
    ),
    "density": message("Ties as a share of all possible pairs (Wasserman & Faust 1994)."),
    "mutuality": message("The share of nominations returned, among those who both answered."),
    "groups": message(
        "Groups with more ties within than chance would have (Leiden: Traag, Waltman & van Eck"
        " 2019), of three members or more."
    ),
}  # fmt: skip
UNHEARD = message(
    "Ties of those who did not answer are known from their partners only: with more answers"
    " this can change."
)
LIMITS: Mapping[str, str] = {
    "answers": message("Who did not answer may have many ties; we do not know."),
    "open": message("It says nothing of ties outside this network, or of any not asked for."),
    "need": message("It knows the terms, not how much is needed, nor whether it fits."),
    "mutual": message("Wishes are as old as the answers."),
    "wished": message(
        "Wishes are as old as the answers. Who is well known is named more often."
    ),
    "groups": message(
        "Groups are a way to read the ties; at their edges others could be drawn."
    ),
}
