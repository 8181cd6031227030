"""Measures of networks, named and scaled as in networkx, computed by igraph where it is slow.

Every function takes a networkx graph without self-loops and does not look at weights, unless
it says so. Values of nodes come as a dict in the order of the graph. igraph agrees with
networkx to 1e-9 and better; the tests hold that.
"""

from networks.measures.centrality import (
    betweenness,
    closeness,
    degree,
    eigenvector,
    estimated,
    pagerank,
    shares_of_paths,
    strength,
)
from networks.measures.cohesion import (
    average_clustering,
    bridges,
    centralisation,
    components,
    core,
    cut_points,
    density,
    isolates,
    reciprocity,
    reciprocity_of_pairs,
    transitivity,
)
from networks.measures.communities import community, followed, modularity, words_of
from networks.measures.ground import SEED
from networks.measures.holes import constraint, effective_size
from networks.measures.mixing import (
    Shuffled,
    assortativity,
    density_between,
    ei_index,
    ei_shuffled,
    mixing,
)

__all__ = [
    "SEED",
    "Shuffled",
    "assortativity",
    "average_clustering",
    "betweenness",
    "bridges",
    "centralisation",
    "closeness",
    "community",
    "components",
    "constraint",
    "core",
    "cut_points",
    "degree",
    "density",
    "density_between",
    "effective_size",
    "ei_index",
    "ei_shuffled",
    "eigenvector",
    "estimated",
    "followed",
    "isolates",
    "mixing",
    "modularity",
    "pagerank",
    "reciprocity",
    "reciprocity_of_pairs",
    "shares_of_paths",
    "strength",
    "transitivity",
    "words_of",
]
