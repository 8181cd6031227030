"""What may be shown of figures about persons: small cells, and what would betray them, hide.

A cell is hidden when it counts fewer than k people, and so is its complement. As all cells
of a question add up to a total that is shown, hidden cells must leave a doubt: at least two
of them, k people among them, and each could still be nobody. Where small cells alone do not
leave it, the next larger ones hide with them, and all of them look the same.

What is shown is rounded to fives. So whatever is subtracted from whatever – a look from an
earlier one, a frozen figure from a page, a chart from a table – is nobody, or five and more.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import Refusal, message
from surveys.models import Subject, Survey

K = 5  # people
BATCH = 5  # new answers before figures about persons move
PUBLIC = 10  # people, in what everyone may see
HIDDEN = "–"


class AboutPersons(Refusal):
    reason = message(
        "These answers are about persons. No row leaves the provider who asked them; "
        "the results page shows figures from 5 people on."
    )


def refuse_persons(survey: Survey) -> None:
    """Let nobody come near a single answer of a survey about persons.

    :raise AboutPersons: when it is one
    """
    if survey.subject is Subject.PERSONS:
        raise AboutPersons


@dataclass(frozen=True)
class Cell:
    """A count as it may be shown: *count* and *share*, or the *mark* that stands instead."""

    count: int | None
    share: float = 0.0
    mark: str = ""


def told(count: int) -> int:
    """Return a number of persons as it is told, the nearest multiple of five."""
    return (count + K // 2) // K * K


def shown(counts: Sequence[int], n: int) -> list[Cell]:
    """Show every count as it is."""
    return [Cell(count, count / n if n else 0.0) for count in counts]


def parts(counts: Sequence[int], n: int, missing: int = 0, k: int = K) -> list[Cell]:
    """Show counts that add up to *n*, of persons of whom *missing* more did not answer.

    What counts fewer than *k* is small. The last cell of the answer is the one of *n* itself.
    """
    cells = [*counts, missing] if missing else [*counts]
    small = {place for place, count in enumerate(cells) if count < k}
    hidden = _with_complements(cells, small, k)
    doubt = hidden == small and _in_doubt([cells[place] for place in hidden], True, k)
    mark = f"< {k}" if doubt else HIDDEN
    answers = [
        Cell(None, mark=mark) if place in hidden else _rounded(count, n)
        for place, count in enumerate(cells)
    ]
    return [*answers[: len(counts)], _total(n, bool(missing) and len(counts) in hidden, k)]


def several(counts: Sequence[int], n: int, missing: int = 0, k: int = K) -> list[Cell]:
    """Show counts of which everyone may be in many; each has its own complement.

    The last cell of the answer is the one of *n* itself.
    """
    return [*(_alone(count, n, k) for count in counts), _total(n, 0 < missing < k, k)]


def whole(
    counts: Sequence[int], n: int, missing: int = 0, is_several: bool = False, k: int = K
) -> bool:
    """Whether all counts of a question may be shown as they are: none of them is small.

    Nor is the number of those who did not answer, nor, where everyone may be in several
    counts, that of those who are not in one.
    """
    cells = [*counts, *(n - count for count in counts)] if is_several else [*counts]
    return len(counts) > 1 and min(cells) >= k and (missing == 0 or missing >= k)


def apart(pairs: Sequence[tuple[int, int]]) -> bool:
    """Whether no count differs by a few from what it was, who would then stand out."""
    return all(one == other or abs(one - other) >= K for one, other in pairs)


def batch(people: int) -> int:
    """Return how many of so many people the figures count by now."""
    return people // BATCH * BATCH


def _total(n: int, betrays: bool, k: int) -> Cell:
    if n < k:
        return Cell(None, mark=f"< {k}")
    return Cell(None, mark=HIDDEN) if betrays else _rounded(n, n)


def _rounded(count: int, n: int) -> Cell:
    return Cell(told(count), told(count) / (told(n) or 1))


def _alone(count: int, n: int, k: int) -> Cell:
    if count < k:
        return Cell(None, mark=f"< {k}")
    return Cell(None, mark=HIDDEN) if n - count < k else _rounded(count, n)


def _with_complements(cells: Sequence[int], small: set[int], k: int) -> set[int]:
    hidden = set(small)
    others = sorted((c, place) for place, c in enumerate(cells) if place not in small)
    for _, place in others:
        if not hidden or _in_doubt([cells[each] for each in hidden], hidden == small, k):
            break
        hidden.add(place)
    return hidden


def _in_doubt(counts: Sequence[int], all_small: bool, k: int) -> bool:
    total, most = sum(counts), (k - 1) * (len(counts) - 1)
    return len(counts) > 1 and total >= k and (total <= most or not all_small)
