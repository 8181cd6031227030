"""Trees of the city, offered as names to those who would rather not give their own."""

import random
from collections.abc import Collection

from core.errors import message

TREES = [
    message("Maple"), message("Birch"), message("Beech"), message("Oak"),
    message("Alder"), message("Ash"), message("Spruce"), message("Hazel"),
    message("Elder"), message("Chestnut"), message("Pine"), message("Cherry"),
    message("Larch"), message("Linden"), message("Mulberry"), message("Walnut"),
    message("Olive"), message("Poplar"), message("Plane"), message("Robinia"),
    message("Fir"), message("Elm"), message("Willow"), message("Cedar"),
]  # fmt: skip


def free_trees(names: list[str], taken: Collection[str], number: int = 4) -> list[str]:
    """Choose a few of *names* that nobody has yet, or of all when all are taken."""
    free = [name for name in names if name not in taken] or names
    return sorted(random.sample(free, min(number, len(free))))
