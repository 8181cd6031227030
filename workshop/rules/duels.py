"""Pairs: how many people put one option before another."""

from workshop.rules.profile import Number, Profile

Matrix = list[list[Number]]


def duels(profile: Profile) -> Matrix:
    """Return for each pair, by place, how many put the first before the second.

    Whoever is named nowhere on a ballot stands behind all who are, and equal to one another.
    """
    place = {option: number for number, option in enumerate(profile.ids)}
    if profile.duels is not None:
        table: Matrix = [[0] * len(place) for _ in place]
        for (one, other), votes in profile.duels.items():
            table[place[one]][place[other]] = votes
        return table
    counted = [[0] * len(place) for _ in place]
    for ballot in profile.collapsed:
        rest = set(range(len(place)))
        for rank in ballot.order:
            named = [place[option] for option in rank]
            rest.difference_update(named)
            for row in (counted[one] for one in named):
                for behind in rest:
                    row[behind] += ballot.weight
    return [list(row) for row in counted]
