"""Labels for formats in which the name is all there is, so that two must not share one."""

from collections.abc import Iterable


def unlike(labels: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return a label for each id, with the id behind it where others are called the same."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    listed = list(labels)
    usual = {label or id for id, label in listed}
    for id, label in listed:
        name = label or id
        while name in taken or (name != (label or id) and name in usual):
            name = f"{name} ({id})"
        taken.add(name)
        found[id] = name
    return found
