from datetime import date
from decimal import Decimal

from agency.ventures.budgeting import Grant, Liquidity, Stream, liquidity
from agency.ventures.drawing import chart
from agency.ventures.models import Subsidy
from agency.ventures.paying import Work

MARCH = date(2026, 3, 1)


def plan(
    *streams: Stream, grants: tuple[Grant, ...] = (), works: tuple[Work, ...] = (),
    opening: int = 0,
) -> Liquidity:  # fmt: skip
    return liquidity(Decimal(opening), MARCH, streams, grants, works, Decimal("0.22"))


def test_the_account_is_added_up_month_by_month() -> None:
    """1,000 € at first; 300 € out each month; a grant in May; 500 € in from June on."""
    found = plan(
        Stream(Decimal(-300), MARCH),
        Stream(Decimal(500), date(2026, 6, 1)),
        grants=(Grant(Decimal(250), date(2026, 5, 20)),),
        opening=1000,
    )
    assert [str(each.balance) for each in found.months[:5]] == [
        "700", "400", "350", "550", "750",
    ]  # fmt: skip
    assert len(found.months) == 24
    assert found.months[-1].month == date(2028, 2, 1)
    assert (found.lowest.month, found.missing) == (date(2026, 5, 1), Decimal(0))
    assert found.break_even == date(2026, 6, 1)


def test_what_is_missing_is_the_lowest_point_below_zero() -> None:
    found = plan(
        Stream(Decimal(-300), MARCH, date(2026, 6, 1)), Stream(Decimal(100), date(2026, 7, 1))
    )
    assert found.below
    assert (found.below.month, found.lowest.month) == (MARCH, date(2026, 6, 1))
    assert found.missing == 1200


def test_it_breaks_even_from_the_last_month_that_lost_money_on() -> None:
    """A good month between bad ones does not count."""
    good = Stream(Decimal(900), date(2026, 4, 1), date(2026, 4, 1))
    found = plan(Stream(Decimal(-300), MARCH), good, Stream(Decimal(300), date(2026, 8, 1)))
    assert found.break_even == date(2026, 8, 1)


def test_without_income_or_with_losses_to_the_end_it_never_breaks_even() -> None:
    assert plan(Stream(Decimal(-300), MARCH), Stream(Decimal(100), MARCH)).break_even is None
    assert plan(grants=(Grant(Decimal(250), MARCH),)).break_even is None
    assert plan().break_even is None
    june = date(2026, 6, 1)  # nothing happens any more afterwards
    ended = plan(Stream(Decimal(-300), MARCH, june), Stream(Decimal(100), MARCH, june))
    assert ended.break_even is None


def test_money_for_wages_carries_only_as_long_as_it_lasts() -> None:
    """A job of 1,950.00 € + 429.00 €; § 16e adds 1,740.38 €, then 1,160.25 €, then nothing."""
    work = Work(Decimal(30), Decimal(15), MARCH, subsidy=Subsidy.E16)
    found = plan(Stream(Decimal(1300), MARCH), works=(work,))
    first, later = found.months[0], found.months[12]
    assert (first.wages, first.subsidies) == (Decimal("2379.00"), Decimal("1740.38"))
    assert first.balance == Decimal("661.38")
    assert later.subsidies == Decimal("1160.25")
    assert found.break_even == MARCH
    assert found.break_even_alone is None


def test_the_chart_stands_on_the_line_of_zero() -> None:
    found = chart(plan(Stream(Decimal(-300), MARCH, date(2026, 6, 1)), opening=600))
    first, *_, last = found.columns
    assert found.zero == 33.33  # from 300 € down to -600 €: a third
    assert not first.is_below
    assert last.is_below
    assert (first.y, first.height) == (0, 33.33)
    assert (last.y, last.height) == (33.33, 66.67)
