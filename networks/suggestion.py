"""What is suggested: two organisations that should meet, and all that speaks for it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import IntEnum

Terms = Mapping[str, tuple[Collection[str], Collection[str]]]  # what each needs and offers


class Ground(IntEnum):
    """Why two should meet, the best reason first."""

    MUTUAL = 1  # both wish for it
    WISH_FIT = 2  # one wishes for it, and a need meets an offer
    WISH = 3
    FIT = 4
    TIES = 5  # the ties of the others suggest it


@dataclass(frozen=True)
class Fit:
    """One needs what the other offers."""

    needs: str
    offers: str
    term: str


@dataclass(frozen=True)
class Suggestion:
    """Two organisations that should meet, by their codes, and all that speaks for it."""

    a: str
    b: str
    ground: Ground
    score: float  # within its ground, for the order only
    wishers: tuple[str, ...] = ()
    fits: tuple[Fit, ...] = ()
    common: tuple[str, ...] = ()  # partners of both, those closest to both first
    bridging: bool = False
    unheard: tuple[str, ...] = ()  # who of both has not answered

    @property
    def broker(self) -> str:
        """Return who could bring them together, if anybody knows both."""
        return self.common[0] if self.common else ""

    @property
    def pair(self) -> tuple[str, str]:
        return self.a, self.b
