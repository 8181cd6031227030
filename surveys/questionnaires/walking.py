"""The walk through a questionnaire: the pages that somebody is asked, and what is left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from surveys.questionnaires.paging import Page


@dataclass(frozen=True, slots=True)
class Walk:
    """Pages in order, the names of the parts they stand in, and the seconds from each on."""

    pages: Sequence[Page]
    parts: Sequence[str]
    left: Sequence[float]
    places: Mapping[str, int]  # by the keys of the pages

    @classmethod
    def through(cls, pages: Sequence[Page], seconds: Sequence[float]) -> "Walk":
        parts = dict.fromkeys(_part_of(page) for page in pages)
        left = [*accumulate(reversed(seconds))]
        places = {page.key: place for place, page in enumerate(pages)}
        return cls(pages, [*parts], left[::-1], places)

    @property
    def keys(self) -> list[str]:
        return [*self.places]

    def minutes_from(self, page: Page) -> int:
        """About how many minutes it takes from a page on; of none of these, the least."""
        place = self.places.get(page.key)
        return 1 if place is None else max(1, round(self.left[place] / 60))

    def part_of(self, page: Page) -> int:
        """Which part a page stands in, from 0."""
        part = _part_of(page)
        return self.parts.index(part) if part in self.parts else 0


def _part_of(page: Page) -> str:
    return page.part.name if page.part else ""
