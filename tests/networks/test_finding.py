import json
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import force_locale

from networks.analysing import Analysis
from networks.finding import Found, find
from networks.network import Network, Node
from networks.routes.speaking import Spoken
from networks.saying import SENTENCES, limit, method, sentence
from networks.suggesting import suggest
from networks.suggestion import Terms
from networks.tying import Nomination, State, Tie, Wish
from networks.wording import plain

SHAMING = (
    "allein", "arm", "ausgeschlossen", "außenseiter", "defizit", "einsam", "fehlende beziehung",
    "isolier", "letzte", "mangel", "niedrigste", "nur am rand", "rand des", "schlecht",
    "schwach", "schwäch", "verlier", "versag", "wenigsten",
    "alone", "fail", "isolat", "lack", "last", "lonel", "lowest", "outsider", "poor",
    "weak", "worst",
)  # fmt: skip
TERMS: Terms = {
    "a": (["rooms"], []), "b": (["rooms"], []), "e": ([], ["rooms"]), "f": ([], ["rooms"]),
}  # fmt: skip


def a_network(people: str, ties: str, wishes: str = "", mute: str = "") -> Network:
    """Organisations as letters, in turn of two sectors; those who are *mute* did not answer."""
    nodes = {
        code: Node(code, f"<{code}>", code, "economy" if n % 2 else "society",
                   answered=code not in mute)
        for n, code in enumerate(people)
    }  # fmt: skip
    both = [
        Tie(
            pair[0], pair[1], State.UNKNOWN if {*pair} & {*mute} else State.CONFIRMED,
            forth=Nomination(pair[0], pair[1]),
        )
        for pair in ties.split()
    ]  # fmt: skip
    wished = [Wish(pair[0], pair[1]) for pair in wishes.split()]
    return Network(nodes, both, wished, {}, len(people), len(people) - len(mute))


def found_in(network: Network, terms: Terms | None = None) -> dict[str, Found]:
    suggestions = suggest(network, terms or {})
    return {each.key: each for each in find(Analysis(network), suggestions, terms or {})}


@pytest.fixture
def rich() -> Network:
    """Two groups that c and d connect; g has answered and has no tie, h has not answered."""
    ties = "ab ac bc cd de df ef eh"
    return a_network("abcdefgh", ties, "ae ea be fa ga", mute="h")


@pytest.fixture(params=["de", "en"])
def tongue(request: pytest.FixtureRequest, app: Flask) -> Iterator[Spoken]:
    with app.test_request_context(), force_locale(request.param):
        yield Spoken()


def told(found: Found, tongue: Spoken) -> str:
    return plain(sentence(found.kind, found.about, found.figures, tongue), lambda c: f"<{c}>")


def test_a_rich_network_has_every_kind_of_finding(rich: Network) -> None:
    kinds = {each.kind for each in found_in(rich, TERMS).values()}
    assert kinds >= SENTENCES.keys() - {"room"}


def test_what_is_found_is_what_is_there(rich: Network) -> None:
    found = found_in(rich, TERMS)
    assert found["answers"].figures == {"answered": 7, "asked": 8, "level": "firm"}
    assert found["cut:d"].figures == {"others": 3}
    assert found["open"].figures["codes"] == ["g"]
    assert found["mutual"].figures == {"pairs": [["a", "e"]]}
    assert found["wished"].figures == {"codes": ["a"], "wishes": 3}
    assert found["need:rooms"].figures == {"needs": 2, "offers": 2}
    assert found["groups"].figures["groups"] == 2
    assert found["crossing"].figures["ties"] == 8


def test_a_finding_survives_being_stored(rich: Network) -> None:
    for each in found_in(rich, TERMS).values():
        assert json.loads(json.dumps(dict(each.figures))) == each.figures


def test_who_did_not_answer_is_never_named_as_without_ties() -> None:
    network = a_network("abcd", "ab", mute="cd")
    assert "open" not in found_in(network)
    one = a_network("abcd", "ab", mute="c")
    assert found_in(one)["open"].figures["codes"] == ["d"]


def test_ties_that_are_recorded_are_no_room_for_more(rich: Network) -> None:
    for pair in ("ae", "ce", "bf"):
        rich.recorded.append(Tie(pair[0], pair[1], State.RECORDED))
    assert "mutual" not in found_in(rich)
    assert "need:rooms" not in found_in(rich, TERMS)
    assert found_in(rich)["open"].figures["codes"] == ["g"]
    rich.recorded.append(Tie("b", "g", State.RECORDED))
    assert "open" not in found_in(rich)


def test_half_of_the_answers_make_a_sketch() -> None:
    levels = [
        found_in(a_network("abcdef", "ab", mute=mute))["answers"].figures["level"]
        for mute in ("", "cd", "cdef")
    ]
    assert levels == ["firm", "usual", "sketch"]


def test_a_figure_has_a_range_only_where_somebody_keeps_silent(rich: Network) -> None:
    whole = found_in(a_network("abcde", "ab ac bd"))
    assert not any("low" in each.figures for each in whole.values())
    part, analysis = found_in(rich), Analysis(rich)
    for kind, (low, _, high) in {
        "bridge": analysis.range_of("betweenness")["d"],
        "crossing": analysis.range_of_whole("ei_index") or (0, 0, 0),
        "density": analysis.range_of_whole("density") or (0, 0, 0),
    }.items():
        figures = next(each.figures for each in part.values() if each.kind == kind)
        assert (figures["low"], figures["high"]) == (round(low, 4), round(high, 4)), kind
        assert low < high, kind


def test_chance_stands_beside_the_sector_balance(rich: Network) -> None:
    figures, chance = found_in(rich)["crossing"].figures, Analysis(rich).ei_shuffled
    assert chance
    assert (figures["expected"], figures["p"]) == (
        round(chance.expected, 4),
        round(chance.p, 4),
    )


def test_findings_without_ranges_draw_nothing(rich: Network) -> None:
    analysis = Analysis(rich)
    plain_ones = find(analysis, [], {}, with_ranges=False)
    assert not any("low" in each.figures for each in plain_ones)
    assert "silence" not in vars(analysis)


def test_needs_are_found_only_where_no_partner_offers_it() -> None:
    near = a_network("abef", "ae be af bf")
    assert "need:rooms" not in found_in(near, TERMS)


def test_a_range_and_a_chance_are_told_where_they_are_known(
    rich: Network, tongue: Spoken
) -> None:
    span = {"low": 0.1, "high": 0.3}
    bridge = Found("bridge", {"value": 0.2} | span, "d")
    assert re.search(r"10 \w+ 30", told(bridge, tongue))
    same = Found("bridge", {"value": 0.2, "low": 0.201, "high": 0.202}, "d")
    assert not re.search(r"20 \w+ 20", told(same, tongue))
    assert re.search(r"10 \w+ 30", told(Found("density", {"value": 0.2} | span), tongue))
    known = {"crossing": 1, "ties": 2, "index": 0.0, "expected": 0.25, "p": 0.041} | span
    words = told(Found("crossing", known), tongue)
    assert re.search(r"p = 0[.,]041", words)
    assert re.search(r"\+0[.,]10 \w+ \+0[.,]30", words)


def test_a_network_without_answers_says_nothing() -> None:
    assert find(Analysis(Network({}, [])), [], {}) == []


def test_no_sentence_shames_anybody(rich: Network, tongue: Spoken) -> None:
    few = a_network("abcd", "", mute="d")
    room = Found("room", {"ties": 1, "possible": 9, "one": "economy", "other": "science"})
    found = [*found_in(rich, TERMS).values(), *found_in(few).values(), room]
    assert {each.kind for each in found} == SENTENCES.keys()
    for each in found:
        words = told(each, tongue).casefold()
        assert "%(" not in words
        for shaming in SHAMING:
            assert not re.search(rf"\b{shaming}", words), (shaming, words)
        for more in (method(each.kind, tongue), limit(each.kind, tongue)):
            assert more.endswith(".")


def test_every_sentence_is_told_in_german(app: Flask, rich: Network) -> None:
    with app.test_request_context():
        english, german = (told_all(rich, code) for code in ("en", "de"))
    assert all(one != other for one, other in zip(english, german, strict=True))


def told_all(network: Network, language: str) -> list[str]:
    with force_locale(language):
        return [told(each, Spoken()) for each in found_in(network, TERMS).values()]


def test_sectors_of_which_nobody_answered_had_no_chance_to_be_told() -> None:
    sectors = {"P1": "politics", "P2": "politics", "S1": "science", "E1": "economy"}
    nodes = {
        code: Node(code, code, code, sector, answered=code == "E1")
        for code, sector in sectors.items()
    }
    found = {(mix.one, mix.other): mix.possible for mix in Analysis(Network(nodes, [])).mixing}
    assert found["politics", "science"] == 0
    assert found["politics", "politics"] == 0
    assert found["economy", "politics"] == 2
