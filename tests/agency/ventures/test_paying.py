from datetime import date
from decimal import Decimal

import pytest

from agency.ventures.models import Subsidy
from agency.ventures.paying import (
    Applicant,
    Cost,
    Work,
    cost,
    minimum_on,
    minimum_wages,
    missing_for,
    subsidised,
)

SHARE = Decimal("0.22")


def paid(gross: str, employer: str, subsidy: str = "0") -> Cost:
    return Cost(Decimal(gross), Decimal(employer), Decimal(subsidy))


def test_a_job_costs_its_hours_and_the_share_of_the_employer() -> None:
    """30 h × 13 ÷ 3 = 130 h; × 15.00 € = 1,950.00 €; 22 % of it = 429.00 €."""
    work = Work(Decimal(30), Decimal(15), date(2026, 5, 4))
    found = cost(work, date(2026, 5, 1), SHARE)
    assert found == paid("1950.00", "429.00")
    assert found.net == Decimal("2379.00")


def test_every_amount_is_rounded_to_the_cent() -> None:
    """19.5 h × 13 ÷ 3 = 84.5 h; × 14.63 € = 1,236.235 €; 22 % of 1,236.24 € = 271.9728 €."""
    work = Work(Decimal("19.5"), Decimal("14.63"), date(2027, 1, 1))
    assert cost(work, date(2027, 1, 1), SHARE) == paid("1236.24", "271.97")


def test_a_job_costs_nothing_before_it_begins_and_after_it_ended() -> None:
    work = Work(Decimal(30), Decimal(15), date(2026, 5, 31), date(2026, 8, 15))
    months = [date(2026, number, 1) for number in range(4, 10)]
    assert [bool(cost(work, month, SHARE).gross) for month in months] == [
        False, True, True, True, True, False,
    ]  # fmt: skip


def test_a_wage_rises_with_the_minimum_wage() -> None:
    work = Work(Decimal(30), Decimal("13.90"), date(2026, 1, 1))
    assert cost(work, date(2026, 12, 1), SHARE).gross == Decimal("1807.00")
    assert cost(work, date(2027, 1, 1), SHARE).gross == Decimal("1898.00")  # 130 h × 14.60 €


def test_paragraph_16i_pays_by_the_minimum_wage_for_five_years() -> None:
    """130 h × 14.60 € × 1.19 = 2,258.62 €; of it 100, 100, 90, 80 and 70 per cent."""
    work = Work(Decimal(30), Decimal(16), date(2027, 2, 1), subsidy=Subsidy.I16)
    years = subsidised(work, SHARE)
    assert [rate for rate, _cost in years] == [100, 100, 90, 80, 70]
    assert [str(each.subsidy) for _rate, each in years] == [
        "2258.62", "2258.62", "2032.76", "1806.90", "1581.03",
    ]  # fmt: skip
    assert years[0][1].net == Decimal("278.98")  # 2,080.00 € + 457.60 € - 2,258.62 €
    assert cost(work, date(2032, 1, 1), SHARE).subsidy == Decimal("1581.03")
    assert cost(work, date(2032, 2, 1), SHARE).subsidy == 0


def test_with_a_collective_agreement_16i_follows_its_wage() -> None:
    work = Work(Decimal(30), Decimal(16), date(2027, 2, 1), None, Subsidy.I16, True)
    assert cost(work, date(2027, 2, 1), SHARE).subsidy == Decimal("2475.20")  # 2,080 € × 1.19


def test_paragraph_16e_pays_by_the_wage_for_two_years() -> None:
    """2,080.00 € × 1.19 = 2,475.20 €; three quarters of it, then one half."""
    work = Work(Decimal(30), Decimal(16), date(2027, 2, 15), subsidy=Subsidy.E16)
    assert [(rate, str(each.subsidy)) for rate, each in subsidised(work, SHARE)] == [
        (75, "1856.40"), (50, "1237.60"),
    ]  # fmt: skip
    assert cost(work, date(2029, 2, 1), SHARE).subsidy == 0


def test_a_subsidy_is_never_more_than_the_job_costs() -> None:
    work = Work(Decimal(30), Decimal("14.60"), date(2027, 2, 1), subsidy=Subsidy.I16)
    assert cost(work, date(2027, 2, 1), Decimal(0)).net == 0


@pytest.mark.parametrize(
    ("person", "e16", "i16"),
    [
        (Applicant(True, 6, 6), [], []),
        (Applicant(True, 5, 5), [], ["benefits"]),  # came five years ago
        (Applicant(False, 6, 2), [], ["age"]),
        (Applicant(True, 1, 1), ["unemployed"], ["benefits"]),
    ],
)
def test_it_is_said_what_somebody_lacks_for_a_subsidy(
    person: Applicant, e16: list[str], i16: list[str]
) -> None:
    assert missing_for(Subsidy.E16, person) == e16
    assert missing_for(Subsidy.I16, person) == i16
    assert missing_for(Subsidy.NONE, person) == []


def test_the_minimum_wage_is_that_of_the_day() -> None:
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2027, 6, 1), date(2040, 1, 1)]
    assert [str(minimum_on(day).hourly) for day in days] == ["12.82", "13.90", "14.60", "14.60"]
    since = [each.since for each in minimum_wages()]
    assert since == sorted(since)
    assert all(each.source for each in minimum_wages())
