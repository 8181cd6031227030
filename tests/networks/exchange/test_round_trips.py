"""What goes out of the house comes back in as it was, as far as the format can hold it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from networks.exchange.dl import AS_ONE_WORD, AS_TYPED
from networks.exchange.exporting import WRITERS
from networks.exchange.labels import unlike
from networks.exchange.plain import PlainNetwork, PlainNode, PlainTie, one_line
from networks.exchange.reading import READERS
from tests.networks.exchange.plainly import HOSTILE, networks, plain

RICH = ["csv", "xlsx", "gexf", "graphml", "kumu"]  # these hold all that we know
ANY = st.booleans().flatmap(networks)


def back(format: str, network: PlainNetwork) -> PlainNetwork:
    return READERS[format](WRITERS[format](network))


def bare(node: PlainNode) -> PlainNode:
    return replace(node, facts={}, place=None)


def without_accounts(tie: PlainTie) -> PlainTie:
    return replace(tie, forth=None, back=None, seen=())


@pytest.mark.parametrize("format", RICH)
@settings(deadline=None, max_examples=25)
@given(network=ANY)
def test_nodes_and_ties_come_back_as_they_were(format: str, network: PlainNetwork) -> None:
    found = back(format, network)
    if format == "kumu":
        labels = unlike((node.id, node.label) for node in network.nodes)
        expected = [replace(bare(node), label=labels[node.id]) for node in network.nodes]
    else:
        expected = [bare(node) for node in network.nodes]
    assert [*found.nodes] == expected
    assert found.ties == network.ties


@settings(deadline=None, max_examples=25)
@given(network=ANY)
def test_pajek_gives_all_back_but_who_said_so(network: PlainNetwork) -> None:
    found = back("pajek", network)
    assert [*found.nodes] == [bare(node) for node in network.nodes]
    assert found.ties == tuple(without_accounts(tie) for tie in network.ties)


def in_dl(network: PlainNetwork) -> dict[str, str]:
    """What the labels come to in DL, where two must not be called the same."""
    words = ((node.id, node.label.translate(AS_ONE_WORD)) for node in network.nodes)
    return {id: one_line(word.translate(AS_TYPED)) for id, word in unlike(words).items()}


@settings(deadline=None, max_examples=25)
@given(network=ANY)
def test_dl_gives_names_and_weights_back(network: PlainNetwork) -> None:
    found, label = back("dl", network), in_dl(network)
    assert [node.label for node in found.nodes] == [*label.values()]
    weights = {(tie.source, tie.target): tie.weight for tie in found.ties}
    expected = {(label[tie.source], label[tie.target]): tie.weight for tie in network.ties}
    if found.directed:
        assert weights == expected
    else:
        assert {frozenset(pair): weight for pair, weight in weights.items()} == {
            frozenset(pair): weight for pair, weight in expected.items()
        }


@pytest.mark.parametrize("format", [*WRITERS])
def test_every_hostile_name_comes_back(format: str) -> None:
    network = plain([*dict.fromkeys(filter(None, map(one_line, HOSTILE)))])
    found = back(format, network)
    labels = {node.label for node in network.nodes}
    if format == "dl":
        assert [node.label for node in found.nodes] == [*in_dl(network).values()]
        same = [one.label for one in found.nodes if one.label in labels]
        assert len(same) > 0.95 * len(labels)
    else:
        assert [node.label for node in found.nodes] == [node.label for node in network.nodes]
    assert len(found.ties) == len(network.ties)


@pytest.mark.parametrize("format", [*WRITERS])
def test_two_organisations_of_one_name_stay_two(format: str) -> None:
    found = back(format, plain(["Radhaus", "Radhaus", "Küche"]))
    assert len(found.nodes) == 3
    assert all(tie.source != tie.target for tie in found.ties)


@pytest.mark.parametrize("format", [*WRITERS])
def test_an_empty_network_is_a_file_too(format: str) -> None:
    assert back(format, PlainNetwork()) == PlainNetwork()


@pytest.mark.parametrize("format", [*WRITERS])
def test_the_same_network_is_the_same_file(format: str) -> None:
    network = plain(["Radhaus", "Küche"])
    assert WRITERS[format](network) == WRITERS[format](network)
