"""Stable pairs where both sides rank, such as interns and firms.

Deferred acceptance with people proposing (Gale & Shapley 1962; hospitals and residents:
Roth 1984): the result is stable, and no stable one is better for anyone who proposes.
"""

from collections.abc import Mapping, Sequence


def stable_pairs(
    wishes: Mapping[str, Sequence[str]],
    rankings: Mapping[str, Sequence[str]],
    places: Mapping[str, int],
) -> dict[str, str]:
    """Return the place of each person who gets one.

    *wishes* ranks places for each person, *rankings* people for each place, the best first;
    whoever is not ranked is not acceptable. A place takes as many as *places* say, else one.
    """
    order = {
        place: {who: n for n, who in enumerate(ranks)} for place, ranks in rankings.items()
    }
    asked = dict.fromkeys(wishes, 0)
    taken: dict[str, list[str]] = {place: [] for place in rankings}
    waiting = sorted(wishes, reverse=True)
    while waiting:
        who = waiting.pop()
        if asked[who] >= len(wishes[who]):
            continue
        place = wishes[who][asked[who]]
        asked[who] += 1
        ranks = order.get(place, {})
        if who not in ranks:
            waiting.append(who)
            continue
        taken[place].append(who)
        if len(taken[place]) > places.get(place, 1):
            last = max(taken[place], key=ranks.__getitem__)
            taken[place].remove(last)
            waiting.append(last)
    return {who: place for place, people in taken.items() for who in people}


def blocking_pairs(
    wishes: Mapping[str, Sequence[str]],
    rankings: Mapping[str, Sequence[str]],
    places: Mapping[str, int],
    pairs: Mapping[str, str],
) -> list[tuple[str, str]]:
    """List person and place who would both rather have each other than what they have."""
    inside: dict[str, list[str]] = {place: [] for place in rankings}
    for who, place in pairs.items():
        inside[place].append(who)
    found = []
    for who, wish in wishes.items():
        reached = wish.index(pairs[who]) if who in pairs else len(wish)
        for place in wish[:reached]:
            ranks = list(rankings.get(place, ()))
            if who not in ranks:
                continue
            has_room = len(inside[place]) < places.get(place, 1)
            mine = ranks.index(who)
            if has_room or any(ranks.index(other) > mine for other in inside[place]):
                found.append((who, place))
    return found
