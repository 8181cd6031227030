from hypothesis import given
from hypothesis import strategies as st

from surveys.hiding import HIDDEN, PUBLIC, K, batch, parts, several, shown, told

COUNTS = st.lists(st.integers(0, 40), min_size=1, max_size=8)


def test_of_organisations_every_count_is_shown() -> None:
    assert [cell.count for cell in shown([0, 3, 9], 12)] == [0, 3, 9]


def test_counts_below_five_and_one_more_are_hidden_so_that_nobody_can_subtract() -> None:
    *cells, n = parts([14, 12, 3], 29)
    assert [cell.count for cell in cells] == [15, None, None]  # 14, rounded
    assert {cells[1].mark, cells[2].mark} == {HIDDEN}  # which of them is small is not said
    assert n.count == 30


def test_two_small_counts_cover_each_other() -> None:
    *cells, _ = parts([20, 3, 4], 27)
    assert [cell.mark for cell in cells[1:]] != ["", ""]
    assert cells[0].count is None  # 7 of at most 8 would tell both almost exactly


def test_three_small_counts_that_leave_a_doubt_say_that_they_are_small() -> None:
    *cells, _ = parts([20, 2, 3, 1], 26)
    assert [cell.mark for cell in cells] == ["", f"< {K}", f"< {K}", f"< {K}"]


def test_a_few_who_did_not_answer_are_not_betrayed_by_n() -> None:
    *_, n = parts([10, 8], 18, missing=2)
    assert n.count is None


def test_when_everything_is_hidden_the_marks_tell_nothing_either() -> None:
    *cells, n = parts([4, 4], 8)
    assert [cell.mark for cell in cells] == [HIDDEN, HIDDEN]  # two of at most 4 would be 4
    assert n.count == 10
    *_, few = parts([2, 1], 3)
    assert few.mark == f"< {K}"


@given(COUNTS)
def test_what_is_hidden_could_still_be_nobody_or_four(counts: list[int]) -> None:
    *cells, _ = parts(counts, sum(counts))
    hidden = [c for c, cell in zip(counts, cells, strict=True) if cell.count is None]
    assert all(cell.count is None or cell.count >= K for cell in cells)
    if not hidden or len(hidden) == len(counts):
        return
    assert len(hidden) > 1
    assert sum(hidden) >= K
    if max(hidden) < K:  # all known to be small: each may be anything from 0 to 4
        assert sum(hidden) <= (K - 1) * (len(hidden) - 1)


@given(COUNTS, st.integers(0, 60))
def test_of_many_choices_neither_those_who_chose_nor_those_who_did_not_are_few(
    counts: list[int], more: int
) -> None:
    n = max(counts) + more
    for count, cell in zip(counts, several(counts, n), strict=False):
        assert cell.count is None or (count >= K and n - count >= K)


@given(COUNTS, st.integers(0, 60))
def test_what_is_shown_of_persons_differs_by_fives(counts: list[int], more: int) -> None:
    n = max(counts) + more
    for cell in (*parts(counts, sum(counts)), *several(counts, n)):
        assert cell.count is None or (cell.count % K == 0 and 0 <= cell.share <= 1)
    assert all(abs(told(count) - count) <= 2 for count in counts)


def test_figures_about_persons_move_in_steps_of_five() -> None:
    assert [batch(people) for people in (0, 4, 5, 9, 10)] == [0, 0, 5, 5, 10]


def test_everyone_sees_counts_from_ten_on_only() -> None:
    *cells, n = parts([30, 12, 9, 3], 54, k=PUBLIC)
    assert [cell.count for cell in cells] == [30, None, None, None]  # 9 and 3 alone are 12
    assert n.count == 55
    assert [cell.count for cell in parts([30, 12, 5, 5, 0], 52, k=PUBLIC)][:2] == [30, 10]
    assert [cell.count for cell in several([30, 9], 40, k=PUBLIC)] == [30, None, 40]
