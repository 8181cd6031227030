"""The chart of the account: a bar for every month, above zero or below."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from agency.ventures.budgeting import Liquidity, Month


@dataclass(frozen=True)
class Column:
    """A month in the chart; places are per cent of its width and height."""

    month: Month
    x: float
    y: float
    height: float
    is_below: bool


@dataclass(frozen=True)
class Chart:
    """The columns and the line of zero."""

    columns: Sequence[Column]
    width: float
    zero: float


def chart(liquidity: Liquidity) -> Chart:
    """Draw the account at the end of each month."""
    balances = [each.balance for each in liquidity.months]
    highest, lowest = max(*balances, Decimal(0)), min(*balances, Decimal(0))
    span = highest - lowest or Decimal(1)
    zero = float(100 * highest / span)
    step = 100 / len(balances)
    columns = []
    for number, month in enumerate(liquidity.months):
        height = float(100 * abs(month.balance) / span)
        is_below = month.balance < 0
        y = zero if is_below else zero - height
        x = number * step + step * 0.1
        columns.append(Column(month, round(x, 2), round(y, 2), round(height, 2), is_below))
    return Chart(columns, round(step * 0.8, 2), round(zero, 2))
