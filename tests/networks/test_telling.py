"""What is said of a measure where there is little to measure."""

import pytest

from networks.analysing import Analysis
from networks.telling import sentence
from tests.networks.test_finding import a_network


@pytest.mark.parametrize("measure", ["constraint", "effective_size"])
def test_what_is_not_defined_without_a_partner_is_not_said_to_be_nought(measure: str) -> None:
    alone = Analysis(a_network("abc", ""))
    assert sentence(alone, measure) == ("It is not defined here.", {})


def test_what_is_nought_for_everyone_is_said_to_be() -> None:
    alone = Analysis(a_network("abc", ""))
    for measure in ("degree", "betweenness", "in_degree"):
        assert sentence(alone, measure) == ("It is 0 for everyone here.", {})
