"""Money month by month: the account, its lowest point, and when income pays for costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from agency.ventures.paying import Work, cost, months_between

HORIZON = 24  # months
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Stream:
    """The same amount in each month; without an end it goes on."""

    amount: Decimal  # below zero: it goes out
    starts: date
    ends: date | None = None


@dataclass(frozen=True)
class Grant:
    """An amount that is paid once."""

    amount: Decimal
    paid: date


@dataclass(frozen=True)
class Month:
    """What comes in and goes out in a month, and what is left at its end."""

    month: date
    income: Decimal
    grants: Decimal
    subsidies: Decimal
    wages: Decimal
    costs: Decimal
    balance: Decimal

    @property
    def surplus(self) -> Decimal:
        """What running the enterprise leaves over, without grants."""
        return self.income + self.subsidies - self.wages - self.costs

    @property
    def own_surplus(self) -> Decimal:
        """What it leaves over without money for wages from the Jobcenter, too."""
        return self.surplus - self.subsidies


@dataclass(frozen=True)
class Liquidity:
    """The months of a plan."""

    months: Sequence[Month]

    @property
    def lowest(self) -> Month:
        return min(self.months, key=lambda each: each.balance)

    @property
    def highest(self) -> Month:
        return max(self.months, key=lambda each: each.balance)

    @property
    def missing(self) -> Decimal:
        """The money that would keep the account from falling below zero."""
        return max(-self.lowest.balance, NOTHING)

    @property
    def below(self) -> Month | None:
        """The first month that ends below zero."""
        return next((each for each in self.months if each.balance < 0), None)

    @property
    def break_even(self) -> date | None:
        """The month from which on, to the end, income pays for the costs."""
        return self._from([each.surplus for each in self.months])

    @property
    def break_even_alone(self) -> date | None:
        """The month from which on that holds without money for wages."""
        return self._from([each.own_surplus for each in self.months])

    def _from(self, surpluses: Sequence[Decimal]) -> date | None:
        worst = [n for n, surplus in enumerate(surpluses) if surplus < 0]
        first = worst[-1] + 1 if worst else 0
        earns = any(each.income for each in self.months[first:])
        return self.months[first].month if earns else None


def liquidity(
    opening: Decimal,
    begins: date,
    streams: Sequence[Stream],
    grants: Sequence[Grant],
    works: Sequence[Work],
    employer: Decimal,
) -> Liquidity:
    """Return what happens in the account in two years; what was paid before is in it."""
    months: list[Month] = []
    balance = opening
    for number in range(HORIZON):
        month = add_months(begins, number)
        flows = [each.amount for each in streams if _runs(each, month)]
        income = sum((each for each in flows if each > 0), NOTHING)
        costs = -sum((each for each in flows if each < 0), NOTHING)
        due = [each.amount for each in grants if months_between(month, each.paid) == 0]
        paid = [cost(work, month, employer) for work in works]
        given = sum(due, NOTHING)
        wages = sum((each.gross + each.employer for each in paid), NOTHING)
        added = sum((each.subsidy for each in paid), NOTHING)
        balance += income + given + added - wages - costs
        months.append(Month(month, income, given, added, wages, costs, balance))
    return Liquidity(tuple(months))


def add_months(day: date, number: int) -> date:
    """Return the first day of the month so many months later."""
    years, month = divmod(day.month - 1 + number, 12)
    return date(day.year + years, month + 1, 1)


def _runs(stream: Stream, month: date) -> bool:
    begun = months_between(stream.starts, month) >= 0
    return begun and (stream.ends is None or months_between(month, stream.ends) >= 0)
