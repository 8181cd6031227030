"""What each measure means, in plain words, with where it comes from and how far it goes."""

from dataclasses import dataclass

from core.errors import message

PERCENT, COUNT, DECIMAL, SIGNED = "0.0 %", "0.#", "0.00", "+0.00;−0.00"


@dataclass(frozen=True)
class Explained:
    """A measure for readers: its name, what it tells, and what it does not."""

    key: str
    title: str
    plain: str
    limits: str
    span: str
    source: str
    digits: str = DECIMAL


EACH = (
    Explained(
        "degree",
        message("Ties"),
        message("How many other organisations someone works with."),
        message("Many ties are not better ties: who has few may have just the right ones."),
        message("From 0 to the number of all others."),
        "Freeman 1979",
        COUNT,
    ),
    Explained(
        "strength",
        message("Strength of the ties"),
        message("All ties added up: a loose one counts 1, a regular one 2, a close one 3."),
        message("Where nobody said how close a tie is, it counts as loose."),
        message("From 0 to three times the number of all others."),
        "Barrat, Barthélemy, Pastor-Satorras & Vespignani 2004",
        COUNT,
    ),
    Explained(
        "in_degree",
        message("Named by others"),
        message("How many others name someone as a partner."),
        message("Large and well-known houses are named more often, whatever they do."),
        message("From 0 to the number of all others."),
        "Wasserman & Faust 1994, ch. 4",
        COUNT,
    ),
    Explained(
        "betweenness",
        message("Bridge value"),
        message("How many of the shortest ways between others lead over someone."),
        message("News also travel on longer ways. A bridge has much work, not only influence."),
        message("From 0 (no way) to 1 (all ways)."),
        "Freeman 1977; Brandes 2001",
    ),
    Explained(
        "closeness",
        message("Closeness"),
        message("In how few steps someone reaches all others."),
        message(
            "In a small network everyone is near to everyone: small differences say little."
        ),
        message("From 0 (reaches nobody) to 1 (works with everyone)."),
        "Wasserman & Faust 1994, p. 200",
    ),
    Explained(
        "eigenvector",
        message("Well-connected partners"),
        message("Whether someone works with those who themselves have many ties."),
        message("It only tells of the largest part; elsewhere it is 0."),
        message("From 0 to 1; the squares of all values add up to 1."),
        "Bonacich 1972",
    ),
    Explained(
        "pagerank",
        message("Chance to be met"),
        message(
            "How often someone is met who walks from partner to partner without a plan and "
            "begins anew now and then."
        ),
        message(
            "In a network without direction it says nearly the same as the number of ties."
        ),
        message("Between 0 and 1; all values add up to 1."),
        "Brin & Page 1998",
        "0.000",
    ),
    Explained(
        "constraint",
        message("Tied in"),
        message(
            "How far someone's partners work with each other, too. Who has a low value "
            "connects circles that do not know each other."
        ),
        message("A high value is no fault: who is tied in closely can trust and is trusted."),
        message("Near 0 (free) to a little above 1 (tied in); not defined without a partner."),
        "Burt 1992, 2004",
    ),
    Explained(
        "effective_size",
        message("Different partners"),
        message("How many partners someone has who do not stand for one another."),
        message("It counts who works with whom, not how different their work is."),
        message("From 1 to the number of partners; not defined without a partner."),
        "Burt 1992; Borgatti 1997",
        "0.0",
    ),
    Explained(
        "core",
        message("Core"),
        message(
            "In which layer someone stands: in layer 3, each has three partners in the same "
            "layer or further inside."
        ),
        message("The core is where many know each other. New ideas often come from outside."),
        message("From 0 (outside) inwards."),
        "Seidman 1983",
        COUNT,
    ),
)
WHOLE = (
    Explained(
        "density",
        message("Density"),
        message("How many of all possible ties there are."),
        message("The more organisations, the lower it must be: compare only equal sizes."),
        message("From 0 to 1; shown as a share of 100."),
        "Wasserman & Faust 1994, ch. 4",
        PERCENT,
    ),
    Explained(
        "components",
        message("Parts"),
        message(
            "Into how many parts the network falls. Within a part, everyone reaches everyone."
        ),
        message("Who has not answered could connect two parts without our knowing."),
        message("From 1 to the number of organisations."),
        "Wasserman & Faust 1994, ch. 4",
        COUNT,
    ),
    Explained(
        "cut_points",
        message("Hinges"),
        message("Organisations without which the network would fall into more parts."),
        message("A hinge is a reason to build a second way, not a weakness of anyone."),
        message("From 0 to the number of organisations less two."),
        "Hopcroft & Tarjan 1973",
        COUNT,
    ),
    Explained(
        "bridges",
        message("Single threads"),
        message("Ties without which the network would fall into more parts."),
        message("Only the ties that were told count; others may hold, too."),
        message("From 0 to the number of organisations less one."),
        "Hopcroft & Tarjan 1973",
        COUNT,
    ),
    Explained(
        "reciprocity",
        message("Mutual"),
        message("How many nominations are returned, among those who answered."),
        message("Who forgets a partner is not unfriendly: lists are long, and people differ."),
        message("From 0 to 1; shown as a share of 100."),
        "Wasserman & Faust 1994, ch. 13",
        PERCENT,
    ),
    Explained(
        "transitivity",
        message("Closed triangles"),
        message("How often two partners of an organisation work with each other, too."),
        message("Much of it means trust, and that news go round in circles."),
        message("From 0 to 1; shown as a share of 100."),
        "Newman, Strogatz & Watts 2001",
        PERCENT,
    ),
    Explained(
        "centralisation",
        message("Centralisation"),
        message("How far the network hangs on one organisation."),
        message("It does not say who that is, and not whether it is good."),
        message("From 0 (all alike, as in a ring) to 1 (all over one, as in a star)."),
        "Freeman 1979",
        PERCENT,
    ),
    Explained(
        "ei_index",
        message("Sector balance (E–I)"),
        message("Whether more ties lead out of the own sector or stay inside."),
        message(
            "Small sectors must look outside. So beside it stands what chance gives: the "
            "sectors dealt out anew a thousand times."
        ),
        message("From −1 (all stay inside) to +1 (all lead out)."),
        "Krackhardt & Stern 1988",
        SIGNED,
    ),
    Explained(
        "assortativity",
        message("Like with like"),
        message("Whether organisations of a sector work with each other more than by chance."),
        message("It knows of sectors only, not of tasks or places."),
        message("From below 0 (rather with others) over 0 (as by chance) to 1 (only alike)."),
        "Newman 2003",
        SIGNED,
    ),
    Explained(
        "mixing",
        message("Which sectors meet"),
        message("How many ties lie between every two sectors, and how many there could be."),
        message("With few organisations in a sector, one tie more or less changes much."),
        message("Each share from 0 to 100 of 100 possible ties."),
        "Wasserman & Faust 1994, ch. 10",
        PERCENT,
    ),
    Explained(
        "community",
        message("Communities"),
        message("Circles in which organisations work with each other more than with others."),
        message(
            "The borders are drawn by a computation; a few ties more, and they run elsewhere. "
            "A community is called what many of its members share."
        ),
        message("Each organisation is in exactly one."),
        "Traag, Waltman & van Eck 2019; Newman & Girvan 2004",
        COUNT,
    ),
)
ALL = (*EACH, *WHOLE)
BY_KEY = {each.key: each for each in ALL}
LOWEST_FIRST = ("constraint",)
