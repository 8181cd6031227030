"""The formulas that stand beside the measures say what is computed."""

import re
from xml.etree.ElementTree import Element, fromstring

from flask import Flask, get_template_attribute

from networks.analysing import Analysis
from tests.networks.test_finding import a_network

Letters = dict[str, float]


def test_the_formula_of_sector_mixing_gives_the_shares_that_are_shown(app: Flask) -> None:
    analysis = Analysis(a_network("abcdefg", "ab ac bd ce ef", mute="befg"))
    between, within = sides(app, "mixing")
    for mix in analysis.mixing:
        letters: Letters = {f"m{'gg' if mix.one == mix.other else 'gh'}": mix.ties}
        for letter, sector in {"g": mix.one, "h": mix.other}.items():
            there = [node for node in analysis.network.nodes.values() if node.sector == sector]
            letters[f"n{letter}"] = len(there)
            letters[f"u{letter}"] = sum(not node.answered for node in there)
        assert value(within if mix.one == mix.other else between, letters) == mix.density


def sides(app: Flask, key: str) -> list[Element]:
    """Return the fractions to which a formula says that something is equal."""
    with app.test_request_context():
        text = str(get_template_attribute("networks/_formulas.html", "formula")(key))
    found = re.search(r"<math.*</math>", text)
    assert found
    return fromstring(found[0]).findall("./mrow/mfrac")  # noqa: S314 - our own


def value(of: Element, letters: Letters) -> float:
    """Compute products, differences and fractions as they are written."""
    if of.tag == "mn":
        return float(of.text or "")
    if of.tag == "msub":
        return letters["".join(of.itertext())]
    if of.tag == "mfrac":
        above, below = of
        return value(above, letters) / value(below, letters)
    total, product = 0.0, 1.0
    sign = 1
    for part in of:
        if part.tag == "mo":
            if part.text == "−":
                total, product, sign = total + sign * product, 1.0, -1
            continue
        product *= value(part, letters)
    return total + sign * product
