"""The network as a figure to be frozen: its picture and key figures, for every reader."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from babel.numbers import format_decimal, format_percent

from core.errors import message
from networks.analysing import Analysis
from networks.exchange.exporting import export
from networks.layout import Place
from networks.network import Network, Node
from networks.tying import State
from people.models import Naming
from surveys.reporting.figures import MISSING, Figure

Say = Callable[..., str]


def figure(
    analysis: Analysis,
    places: Mapping[str, Place],
    network: Network,
    survey: str,
    language: str,
    say: Say,
    audience: Naming = Naming.NETWORK,
    findings: Sequence[str] = (),
) -> Figure:
    """Return the figure of a network, in words that *say* translates.

    Organisations that did not agree to be named to its *audience* have no name in it; of the
    *findings* it holds those that were released.
    """
    svg = export("svg", analysis, places, audience, language, say).decode()
    limits = [
        say(
            message("%(answered)s of %(asked)s have answered."),
            answered=network.answered, asked=network.asked,
        ),
        say(message("Ties of those who did not answer are known from others only.")),
        say(message("Names stand here only where the organisation agreed.")),
    ]  # fmt: skip
    return Figure(
        title=say(message("Network: %(survey)s"), survey=survey),
        wording=survey,
        language=language,
        n=say(message("n = %(num)s"), num=len(analysis.network.nodes)),
        head=(say(message("Key figure")), say(message("Value"))),
        table=(*_measures(analysis, language, say), *_found(findings, say)),
        limits=tuple(limits),
        svg=svg,
        named=(*_named(analysis.network.nodes.values(), audience, language),),
    )


def _named(nodes: Iterable[Node], audience: Naming, language: str) -> Iterator[tuple[str, str]]:
    """Yield who is named in it, by all that may stand there."""
    for node in nodes:
        if node.is_named_for(audience):
            called = node.called(audience, language), node.called_shortly(audience, language)
            yield from ((node.code, name) for name in dict.fromkeys(called))


def _measures(analysis: Analysis, language: str, say: Say) -> list[tuple[str, str]]:
    shown = [
        (say(message("Organisations")), str(len(analysis.network.nodes))),
        (say(message("Ties")), str(len(analysis.network.ties))),
        (say(message("Density")), str(format_percent(analysis.density, "0.0 %", language))),
        (say(message("Parts")), str(len(analysis.components))),
        (say(message("Mutual")), _share(analysis.reciprocity, language)),
        (say(message("Confirmed")), str(analysis.states[State.CONFIRMED])),
    ]
    index = analysis.ei_index
    told = MISSING if index is None else str(format_decimal(index, "+0.00;−0.00", language))
    return [*shown, (say(message("Sector balance (E–I)")), told)]


def _share(value: float | None, language: str) -> str:
    return MISSING if value is None else str(format_percent(value, "0 %", language))


def _found(findings: Sequence[str], say: Say) -> list[tuple[str, str]]:
    return [(say(message("Finding")), each) for each in findings]
