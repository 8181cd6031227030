"""What two waves tell of a tie, and what they do not."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from networks.changing import Change
from networks.comparing import Comparison
from networks.network import Network, Node
from networks.tying import CLOSE, LOOSE, Nomination, tie

BESIDE = (Path("../shared/data/networks"), Path("../../shared/data/networks"))
PUBLISHED = next((folder for folder in BESIDE if folder.exists()), BESIDE[0])
Said = tuple[str, str] | tuple[str, str, int]
SECTORS = dict.fromkeys("abc", "economy") | dict.fromkeys("def", "society")


def a_wave(
    said: Iterable[Said],
    silent: str = "",
    circle: Iterable[str] = "abcdef",
    strangers: str = "",
) -> Network:
    """A wave in which all of a circle but the silent ones answer."""
    circle = set(circle)
    told = [Nomination(each[0], each[1], strength=(*each, 0)[2]) for each in said]
    heard = circle - set(silent)
    ties = tie(told, heard, {*circle, *strangers})
    named = {code for each in ties for code in (each.a, each.b)}
    nodes = {
        code: Node(
            code, code, code, SECTORS.get(code, ""), answered=code in heard,
            registered=code not in strangers, veils={"en": f"Further organisation {n}"},
        )
        for n, code in enumerate(sorted({*circle, *strangers}), 1)
    }  # fmt: skip
    return Network(
        nodes={code: node for code, node in nodes.items() if code in heard | named},
        ties=ties,
        silent={code: nodes[code] for code in set(silent) - named},
        asked=len(circle),
        answered=len(heard),
    )


def became(before: Network, after: Network) -> dict[str, Change]:
    return {each.a + each.b: each.change for each in Comparison(before, after).pairs}


def test_ties_come_stay_and_go() -> None:
    assert became(a_wave([("a", "b"), ("a", "c")]), a_wave([("b", "a"), ("d", "e")])) == {
        "ab": Change.KEPT,  # although another side names it now
        "ac": Change.LOST,
        "de": Change.NEW,
    }


def test_silence_is_no_loss() -> None:
    before = a_wave([("a", "b"), ("c", "d"), ("d", "c")])
    assert became(before, a_wave([], silent="a")) == {
        "ab": Change.UNHEARD,
        "cd": Change.LOST,
    }
    assert became(before, a_wave([], silent="b"))["ab"] == Change.LOST


def test_one_of_two_who_answers_again_and_is_silent_of_it_makes_a_loss_with_a_doubt() -> None:
    before = a_wave([("a", "b"), ("b", "a"), ("c", "d"), ("d", "c")])
    pairs = {each.a: each for each in Comparison(before, a_wave([], silent="b")).pairs}
    assert (pairs["a"].change, pairs["a"].half) == (Change.LOST, True)
    assert (pairs["c"].change, pairs["c"].half) == (Change.LOST, False)


def test_who_speaks_for_the_first_time_brings_no_new_ties() -> None:
    before = a_wave([], silent="ac")
    after = a_wave([("a", "b"), ("b", "c"), ("a", "d"), ("d", "a")])
    assert became(before, after) == {
        "ab": Change.UNASKED,
        "bc": Change.NEW,
        "ad": Change.NEW,
    }


def test_organisations_of_one_wave_only_are_told_apart() -> None:
    before = a_wave([("a", "b"), ("a", "f")])
    after = a_wave([("a", "b"), ("a", "x")], circle="abcde", strangers="x")
    found = Comparison(before, after)
    assert became(before, after) == {
        "ab": Change.KEPT,
        "af": Change.BEYOND,
        "ax": Change.BEYOND,
    }
    assert found.open == 2
    assert found.shared == set("abcde")


def test_a_wave_and_itself_are_alike() -> None:
    wave = a_wave([("a", "b"), ("b", "a"), ("c", "d"), ("e", "f")])
    found = Comparison(wave, wave)
    assert set(became(wave, wave).values()) == {Change.KEPT}
    assert (found.similarity, found.steady_similarity, found.open) == (1.0, 1.0, 0)
    assert found.ei is not None
    assert (found.ei.change, found.ei.p) == (0.0, 1.0)


def test_who_compares_the_other_way_round_sees_new_where_lost_was() -> None:
    before = a_wave([("a", "b"), ("a", "c"), ("c", "d")], silent="e")
    after = a_wave([("b", "a"), ("d", "e"), ("e", "f")], silent="c")
    there, back = became(before, after), became(after, before)
    turned = {
        Change.NEW: Change.LOST, Change.LOST: Change.NEW,
        Change.UNHEARD: Change.UNASKED, Change.UNASKED: Change.UNHEARD,
    }  # fmt: skip
    assert back == {pair: turned.get(change, change) for pair, change in there.items()}
    assert {*there.values()} == {*Change} - {Change.BEYOND}


def test_similarity_counts_only_what_both_waves_know() -> None:
    before = a_wave([("a", "b"), ("c", "d"), ("e", "f")])
    after = a_wave([("a", "b"), ("c", "f")], silent="e")
    found = Comparison(before, after)
    assert found.similarity == pytest.approx(1 / 3)  # ab; of ab, cd, cf
    assert Comparison(before, a_wave([], silent="abcdef")).similarity is None
    assert Comparison(before, a_wave([], silent="abcdef")).open == 3


def test_ties_become_closer_and_looser() -> None:
    before = a_wave([("a", "b", LOOSE), ("c", "d", CLOSE), ("e", "f"), ("a", "c", LOOSE)])
    after = a_wave([("a", "b", CLOSE), ("c", "d", LOOSE), ("e", "f", CLOSE), ("c", "a", LOOSE)])
    found = Comparison(before, after)
    assert [each.closer for each in found.pairs] == [2, 0, -2, 0]
    assert (found.closer, found.looser) == (1, 1)


def test_ties_become_confirmed() -> None:
    before = a_wave([("a", "b"), ("c", "d"), ("d", "c")])
    after = a_wave([("a", "b"), ("b", "a"), ("c", "d")])
    found = Comparison(before, after)
    assert [each.is_told_otherwise for each in found.pairs] == [True, True]
    assert found.confirmed == 1


def test_churn_is_told_for_every_two_sectors() -> None:
    before = a_wave([("a", "b"), ("a", "d"), ("b", "e")])
    after = a_wave([("a", "b"), ("a", "d"), ("c", "d"), ("e", "f")])
    rows = Comparison(before, after).churn
    assert [(row.one, row.other, row.new, row.kept, row.lost) for row in rows] == [
        ("economy", "society", 1, 1, 1),
        ("economy", "economy", 0, 1, 0),
        ("society", "society", 1, 0, 0),
    ]
    assert [row.turnover for row in rows] == [pytest.approx(2 / 3), 0, 1]


def test_a_lower_response_does_not_thin_the_part_that_answered_twice() -> None:
    said = [("a", "b"), ("b", "a"), ("a", "c"), ("c", "a"), ("d", "e"), ("f", "d"), ("f", "a")]
    before = a_wave(said)
    after = a_wave([each for each in said if each[0] != "f"], silent="f")
    whole, panel = Comparison(before, after).whole, Comparison(before, after).panel
    assert whole[1].ties < whole[0].ties
    assert [each.response for each in whole] == pytest.approx([1, 5 / 6])
    assert panel[0] == panel[1]
    assert (panel[0].organisations, panel[0].ties) == (5, 3)
    assert panel[0].density == pytest.approx(3 / 10)
    assert panel[0].reciprocity == pytest.approx(4 / 5)


def test_what_may_not_be_seen_in_one_wave_is_no_tie_in_either() -> None:
    before, after = a_wave([("a", "b"), ("c", "d")]), a_wave([("c", "d"), ("e", "f")])
    found = Comparison(before, after, {("a", "b"), ("c", "d"), ("b", "c")})
    assert [(each.a, each.change) for each in found.pairs] == [("e", Change.NEW)]
    assert found.left_out == 2
    assert found.whole[0].ties == 0


def test_no_two_strangers_bear_the_same_number() -> None:
    before = a_wave([("a", "x"), ("a", "y")], strangers="xy")
    after = a_wave([("a", "z")], strangers="z")
    nodes = Comparison(before, after).nodes
    called = [nodes[code].called("network", "en") for code in "xyz"]
    assert len({*called}) == 3
    assert called[2] == after.nodes["z"].called("network", "en")


def relations() -> Iterator[tuple[str, list[Said], list[Said], tuple[int, int, int]]]:
    """Two relations between the same, and how many ties are in both, in the one, the other."""
    yield "own", [("a", "b"), ("b", "c")], [("a", "b"), ("a", "c"), ("d", "e")], (1, 1, 2)
    if (PUBLISHED / "flo_marriage_edges.csv").exists():
        # Padgett & Ansell 1993: 20 marriages, 15 partners in business, 8 of them both
        yield "florence", arcs_of("flo_marriage"), arcs_of("flo_business"), (8, 12, 7)


def arcs_of(name: str) -> list[Said]:
    with (PUBLISHED / f"{name}_edges.csv").open(newline="") as file:
        return [(row["source"], row["target"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("before", "after", "known"), [each[1:] for each in relations()])
def test_what_two_relations_have_in_common_is_what_was_published(
    before: list[Said], after: list[Said], known: tuple[int, int, int]
) -> None:
    everyone = {code for each in (*before, *after) for code in each[:2]}
    found = Comparison(a_wave(before, circle=everyone), a_wave(after, circle=everyone))
    kept, lost, new = known
    counted = [found.counts[each] for each in (Change.KEPT, Change.LOST, Change.NEW)]
    assert counted == [kept, lost, new]
    assert found.similarity == pytest.approx(kept / (kept + lost + new))
