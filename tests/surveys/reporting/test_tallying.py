from collections import Counter
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.reporting.tallying import chosen, count_choices, histogram, numbers_in, spread

NUMBERS = st.lists(
    st.one_of(
        st.integers(-10_000, 10_000_000),
        st.floats(-1e6, 1e9, allow_nan=False).map(lambda number: round(number, 3)),
    ),
    min_size=1,
    max_size=60,
)


def test_choices_are_counted_by_people_not_by_mentions() -> None:
    values = Counter([("a", "b", "a"), ("b",), "a", None, "", ()])
    assert count_choices(values, ["a", "b", "c"]) == [2, 2, 0]


def test_one_choice_is_a_list_of_one() -> None:
    assert chosen("a") == ["a"]
    assert chosen(3) == ["3"]
    assert chosen(None) == []


@given(st.lists(st.sampled_from("abcd"), max_size=50))
def test_the_bars_of_a_question_with_one_answer_add_up_to_n(values: list[str]) -> None:
    assert sum(count_choices(Counter(values), "abcd")) == len(values)


def test_the_spread_of_a_small_sample_is_as_counted_by_hand() -> None:
    found = spread(numbers_in(Counter([3, "1", 2, 10, "", None, "many", float("inf")])))
    assert found
    assert (found.n, found.lower, found.median, found.upper) == (4, 1.75, 2.5, 4.75)


@given(NUMBERS)
def test_the_median_is_that_of_the_library(numbers: list[float]) -> None:
    found = spread(numbers_in(Counter(numbers)))
    assert found
    assert found.median == pytest.approx(median(numbers))


@given(NUMBERS)
def test_every_number_lies_in_exactly_one_bin_and_bins_are_few(numbers: list[float]) -> None:
    bins = histogram(numbers_in(Counter(numbers)))
    assert sum(each.count for each in bins) == len(numbers)
    assert len(bins) <= 30
    for each in bins:
        assert each.count == sum(each.low <= number < each.high for number in numbers)


def test_small_numbers_have_a_bin_each() -> None:
    bins = histogram([(0, 1), (1, 2), (4, 1)])
    assert [(each.low, each.last, each.count) for each in bins] == [
        (0, 0, 1), (1, 1, 2), (2, 2, 0), (3, 3, 0), (4, 4, 1),
    ]  # fmt: skip


def test_few_large_enterprises_do_not_press_all_others_into_one_bin() -> None:
    bins = histogram([(each, 1) for each in (2, 3, 4, 6, 8, 9, 12, 15, 2000)])
    assert max(each.count for each in bins) <= 4
