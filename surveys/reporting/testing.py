"""The one test that a table may carry, where those asked were drawn at random.

Pearson's chi-square test of independence, without a correction for continuity. It is an
approximation that holds when 5 or more are expected in every field (Cochran 1954).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, exp, fsum, lgamma, log, sqrt

from surveys.kinds import Sample
from surveys.models import Kind, Subject, Survey

ENOUGH = 5  # to be expected in every field


@dataclass(frozen=True)
class Tested:
    """What the test says of a table; without *p* where too few are expected somewhere."""

    n: int
    chi_square: float
    freedom: int
    p: float | None
    few: int  # fields in which fewer than enough are expected
    fields: int


def may_be_tested(survey: Survey) -> bool:
    """Whether a test means something: only of a random sample, and never of persons."""
    drawn = survey.sample == Sample.RANDOM and survey.kind == Kind.IDENTIFIED
    return drawn and survey.subject == Subject.ORGANISATIONS


def independence(counts: Sequence[Sequence[int]]) -> Tested | None:
    """Test whether rows and columns have to do with each other; none of a single row or column.

    Rows and columns in which nobody stands say nothing and are left out.
    """
    rows = [row for row in counts if any(row)]
    columns = [column for column in zip(*rows, strict=True) if any(column)]
    if len(rows) < 2 or len(columns) < 2:
        return None
    down, across = [*map(sum, zip(*columns, strict=True))], [*map(sum, columns)]
    n = sum(across)
    pairs = [
        (column[place], whole * total / n)
        for column, total in zip(columns, across, strict=True)
        for place, whole in enumerate(down)
    ]
    chi_square = sum((seen - expected) ** 2 / expected for seen, expected in pairs)
    freedom, few = (len(down) - 1) * (len(across) - 1), sum(e < ENOUGH for _, e in pairs)
    p = None if few else tail(chi_square, freedom)
    return Tested(n, chi_square, freedom, p, few, len(pairs))


def tail(chi_square: float, freedom: int) -> float:
    """Return how likely so large a value is by chance alone; exact for whole *freedom*."""
    half = chi_square / 2
    if not half:
        return 1.0
    first = freedom % 2 / 2
    steps = (first + step for step in range(freedom // 2))
    terms = [exp(step * log(half) - half - lgamma(step + 1)) for step in steps]
    return min(1.0, fsum([erfc(sqrt(half)) if first else 0.0, *terms]))
