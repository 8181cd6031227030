"""Majority Judgment: the option whose median grade is best.

M. Balinski and R. Laraki, "Majority Judgment" (MIT Press, 2010). Among equal medians one
median grade each is taken away, again and again, until they differ (the majority-value). Who
gives an option no grade gives it 0, or the lowest where grades go below.
"""

from collections.abc import Sequence

from workshop.rules.profile import Number, Outcome, Profile, TooLarge
from workshop.rules.ties import best

MOST = 20_000_000


def by_majority_judgment(profile: Profile, seats: int, order: Sequence[str]) -> Outcome:
    """Compare the majority-values; the score shown is the median grade.

    :raise TooLarge: when there are more grades than can be laid out side by side
    """
    if profile.voters * len(profile.ids) > MOST:
        raise TooLarge
    grades: dict[str, list[Number]] = {option: [] for option in profile.ids}
    for ballot in profile.ballots:
        for option, grade in ballot.points.items():
            grades[option] += [grade] * ballot.weight
    lowest = min((0, *(grade for given in grades.values() for grade in given)))
    values = {
        option: majority_value([*given, *[lowest] * (profile.voters - len(given))])
        for option, given in grades.items()
    }
    return best(values, seats, order, shown=lambda value: value[0] if value else 0)


def majority_value(grades: Sequence[Number]) -> tuple[Number, ...]:
    """Return the lower median, then that of the grades without it, and so on."""
    ranked = sorted(grades)
    below, above = (len(ranked) - 1) // 2, (len(ranked) - 1) // 2 + 1
    value = []
    while below >= 0 or above < len(ranked):
        left = below + 1 + len(ranked) - above
        if below >= 0 and (left - 1) // 2 <= below:
            value.append(ranked[below])
            below -= 1
        else:
            value.append(ranked[above])
            above += 1
    return tuple(value)
