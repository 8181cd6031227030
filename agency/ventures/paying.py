"""What a job costs, and what the Jobcenter may add: minimum wage, § 16e and § 16i SGB II.

Whole months count, from the month of the first day on; every amount is rounded to the cent.
"""

import json
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

from agency.ventures.models import Subsidy

CENT = Decimal("0.01")
WEEKS = Decimal(13) / 3  # in a month
FLAT = Decimal("0.19")  # of the employer's share in a subsidy, without unemployment insurance
RATES: dict[Subsidy, tuple[int, ...]] = {  # per cent, year by year
    Subsidy.NONE: (),
    Subsidy.E16: (75, 50),
    Subsidy.I16: (100, 100, 90, 80, 70),
}


@dataclass(frozen=True)
class Wage:
    """The statutory minimum wage from a day on, and where that is written."""

    since: date
    hourly: Decimal
    is_verified: bool
    source: str


@dataclass(frozen=True)
class Work:
    """As much of a job as decides what it costs."""

    hours: Decimal  # in a week
    wage: Decimal  # for an hour, as agreed
    starts: date
    ends: date | None = None
    subsidy: Subsidy = Subsidy.NONE
    is_collective: bool = False


@dataclass(frozen=True)
class Cost:
    """What a job costs in a month."""

    gross: Decimal
    employer: Decimal  # its share in social insurance, and levies
    subsidy: Decimal

    @property
    def net(self) -> Decimal:
        return self.gross + self.employer - self.subsidy


@dataclass(frozen=True)
class Applicant:
    """As much of somebody as decides which subsidy there is; it is asked and not kept."""

    is_25: bool
    years_on_benefits: int  # of the last seven
    years_unemployed: int


@cache
def minimum_wages() -> tuple[Wage, ...]:
    """Return the minimum wage by date, the oldest first."""
    table = json.loads((Path(__file__).parent / "minimum_wage.json").read_text())
    return tuple(
        Wage(
            date.fromisoformat(row["since"]),
            Decimal(row["hourly"]),
            row["verified"],
            row["source"],
        )
        for row in table["steps"]
    )


def minimum_on(day: date) -> Wage:
    """Return the minimum wage of a day: before the table its first, after it its last."""
    first, *later = minimum_wages()
    return next((each for each in reversed(later) if each.since <= day), first)


def cost(work: Work, month: date, employer: Decimal) -> Cost:
    """Return what a job costs in a month; the wage rises with the minimum wage."""
    ran = months_between(work.starts, month)
    if ran < 0 or (work.ends and month > work.ends):
        return Cost(Decimal(0), Decimal(0), Decimal(0))
    least = minimum_on(month).hourly
    hourly = max(work.wage, least)
    gross = cents(hourly * work.hours * WEEKS)
    share = cents(gross * employer)
    base = hourly if work.is_collective or work.subsidy == Subsidy.E16 else least
    added = cents(base * work.hours * WEEKS * (1 + FLAT) * rate(work.subsidy, ran) / 100)
    return Cost(gross, share, min(added, gross + share))


def subsidised(work: Work, employer: Decimal) -> list[tuple[int, Cost]]:
    """List, for each year of a subsidy, its rate and what a month then costs."""
    first = work.starts.replace(day=1)
    starts = [first.replace(year=first.year + year) for year in range(len(RATES[work.subsidy]))]
    return [
        (rate(work.subsidy, 12 * year), cost(work, month, employer))
        for year, month in enumerate(starts)
    ]


def rate(subsidy: Subsidy, months: int) -> int:
    """Return how many per cent the Jobcenter adds after so many months."""
    rates = RATES[subsidy]
    return rates[months // 12] if months // 12 < len(rates) else 0


def missing_for(subsidy: Subsidy, person: Applicant) -> list[str]:
    """Name the conditions of a subsidy that somebody does not meet."""
    asked = {
        Subsidy.NONE: {},
        Subsidy.E16: {"unemployed": person.years_unemployed >= 2},
        Subsidy.I16: {"age": person.is_25, "benefits": person.years_on_benefits >= 6},
    }[subsidy]
    return [name for name, holds in asked.items() if not holds]


def months_between(start: date, month: date) -> int:
    """Count the months from that of one day to that of another."""
    return (month.year - start.year) * 12 + month.month - start.month


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)
