"""Communities by the numbers they keep from wave to wave, and what their members share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from networks import measures
from networks.analysing import Analysis
from networks.network import Network, Node
from networks.roster import said_in
from people.models import Project, Side
from people.terms.keeping import taxonomy_of

LEAST = 3  # members who share a word that names their community
DELICATE = {"funding", "funding_advice", "business_advice", "hr_advice", "staff"}  # as needs
Word = tuple[str, str]  # sector, place, term or kind of tie, and its code


@dataclass(frozen=True)
class Circle:
    """A community: its number, the words that name it, and its members."""

    number: int
    words: list[Word]
    members: list[Node]


def circles(
    analysis: Analysis, earlier: Iterable[Analysis], words: Mapping[str, set[Word]]
) -> list[Circle]:
    """List the communities of a wave, the largest first; *earlier* waves the oldest first.

    A community keeps the number it had in the wave before, as far as it lives on. Who stands
    alone is in none.
    """
    numbers: dict[str, int] = {}
    for each in (*earlier, analysis):
        tied = [code for code, degree in each.degree.items() if degree]
        found = {code: each.column("community")[code] for code in tied}
        numbers = measures.followed(found, numbers)
    names = measures.words_of(numbers, words, LEAST)
    nodes = analysis.network.nodes
    found_circles = [
        Circle(number, names[number], [nodes[code] for code in nodes if code in members])
        for number in names
        if (members := {code for code in numbers if numbers[code] == number})
    ]
    return sorted(found_circles, key=lambda circle: (-len(circle.members), circle.number))


def words_of(
    network: Network, terms: Mapping[str, set[str]], audience: str
) -> dict[str, set[Word]]:
    """Return what may be said of each organisation to an audience: nothing of the unnamed."""
    found: dict[str, set[Word]] = {}
    for code, node in network.nodes.items():
        if node.is_named_for(audience):
            known = {("sector", node.sector), ("place", node.locality)}
            known |= {("term", term) for term in terms.get(code, ())}
            found[code] = {word for word in known if word[1]}
    for tie in network.ties:
        for code in {tie.a, tie.b} & found.keys():
            found[code] |= {("kind", kind) for kind in tie.kinds}
    return found


def terms_of(session: Session, project: Project) -> dict[str, set[str]]:
    """Return what organisations offer, and need where it shames nobody, by their codes.

    A term that a project put together with a delicate one, either way, is as delicate.
    """
    delicate = {*map(taxonomy_of(session, project.id).resolve, DELICATE)}
    found: dict[str, set[str]] = {}
    for each in said_in(session, project):
        if each.side == Side.OFFER or each.term not in delicate:
            found.setdefault(each.code, set()).add(each.term)
    return found
