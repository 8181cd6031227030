"""What a funding programme pays of a concept: its shares and limits, by the directory."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from agency.funding.models import Programme

NUMBER = r"(\d{1,3}(?:[.,]\d{1,2})?)\s*%"
JOINED = r"\s*(?:(?:aus|vom|von|durch|from|by|of)\s+)?(?:(?:dem|der|the)\s+)?"
ESF = re.compile(rf"{NUMBER}{JOINED}ESF\b", re.IGNORECASE)
LAND = re.compile(rf"{NUMBER}{JOINED}(?:Land|Berlin)\b", re.IGNORECASE)
ALL = Decimal(100)


@dataclass(frozen=True)
class Terms:
    """What is paid, and how much at most; at first that of a Modellprojekt."""

    name: str = ""  # of the programme
    esf: Decimal = Decimal(40)  # per cent; the rest is paid by the Land
    most: Decimal | None = Decimal(300_000)  # euros
    months: int | None = 24
    is_said: bool = False  # the directory says the shares

    @property
    def land(self) -> Decimal:
        return ALL - self.esf

    def to_json(self) -> dict[str, Any]:
        """Return them as plain data."""
        amounts = {"esf": str(self.esf), "most": None if self.most is None else str(self.most)}
        return {**vars(self), **amounts}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Terms":
        """Return the terms that :meth:`to_json` has made plain."""
        most = None if data["most"] is None else Decimal(data["most"])
        return cls(**{**data, "esf": Decimal(data["esf"]), "most": most})


MODEL = Terms()


def terms_of(programme: Programme | None) -> Terms:
    """Return what the directory says; where it tells no shares, those of a Modellprojekt."""
    if programme is None:
        return MODEL
    said = esf_share(f"{programme.note}\n{programme.requirements}")
    esf = Terms.esf if said is None else said
    limits = programme.amount_max, programme.months_max
    return Terms(programme.name, esf, *limits, is_said=said is not None)


def esf_share(text: str) -> Decimal | None:
    """Read how many per cent the ESF+ pays, where the Land pays all the rest."""
    esf, land = ESF.search(text), LAND.search(text)
    if not esf or not land:
        return None
    shares = [Decimal(each[1].replace(",", ".")) for each in (esf, land)]
    return shares[0] if sum(shares) == ALL else None
