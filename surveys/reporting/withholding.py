"""Names in frozen figures: outside the team, those that may be read now.

A figure stays as it was. Whoever takes a name back takes it out of what others see of it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from html import unescape
from xml.sax.saxutils import escape

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from people.models import Naming, Organisation
from people.naming import is_named_for, veil
from surveys.reporting.figures import Figure

CUT = "…"  # where a label was too long for a picture
SHORTEST = 3  # letters of a label that was cut
BETWEEN = re.compile(r">([^<>]+)<")  # what is read in a picture


def as_of_now(session: Session, project_id: int, figure: Figure, audience: Naming) -> Figure:
    """Return a frozen figure with the names that *audience* may see today."""
    if audience == Naming.TEAM:
        return figure
    everyone = select(Organisation).filter_by(project_id=project_id)
    known = list(session.scalars(everyone.options(selectinload(Organisation.aliases))))
    veils = _veils(known, figure, audience)
    return _said(figure, Names(veils, _shown(known, audience))) if veils else figure


class Names:
    """The names that stand for somebody, and what stands instead of those withheld."""

    def __init__(self, veils: Mapping[str, str], shown: Iterable[str]) -> None:
        others = {*shown}
        self._veils = {name: text for name, text in veils.items() if name not in others}
        longest_first = sorted({*self._veils, *others}, key=len, reverse=True)
        names = "|".join(map(re.escape, longest_first))
        self._known = re.compile(rf"(?<!\w)(?:{names})(?!\w)")

    def said(self, text: str) -> str:
        """Return a text without the names that are withheld."""
        return self._known.sub(lambda found: self._veils.get(found[0], found[0]), text)

    def label(self, text: str) -> str:
        """Return the label of a picture, which may be cut."""
        start = text.removesuffix(CUT)
        if start != text and len(start) >= SHORTEST:
            for name, instead in self._veils.items():
                if name.startswith(start):
                    return _short(instead)
        whole = self._veils.get(text)
        return _short(whole) if whole else self.said(text)


def _said(figure: Figure, names: Names) -> Figure:
    def drawn(found: re.Match[str]) -> str:
        return f">{escape(names.label(unescape(found[1])))}<"

    def all_of(texts: Iterable[str], say: Callable[[str], str] = names.said) -> tuple[str, ...]:
        return tuple(say(text) for text in texts)

    return replace(
        figure,
        head=all_of(figure.head),
        table=tuple(all_of(row) for row in figure.table),
        drawn=tuple(replace(row, label=names.said(row.label)) for row in figure.drawn),
        key=tuple((names.said(text), shade) for text, shade in figure.key),
        filters=all_of(figure.filters),
        svg=BETWEEN.sub(drawn, figure.svg),
        named=(),
    )


def _veils(known: Iterable[Organisation], figure: Figure, audience: Naming) -> dict[str, str]:
    """Return what stands instead of the names of those who may not be named (any more)."""
    veils: dict[str, str] = {}
    by_code = {each.code: each for each in known}
    for each in by_code.values():
        if _is_withheld(each, audience):
            instead = veil(each.code, each.kind, figure.language)
            veils |= dict.fromkeys(_names(each), instead)
    for code, name in figure.named:  # as they were called then
        now = by_code.get(code)
        if now is None or _is_withheld(now, audience):
            veils[name] = veil(code, now.kind if now else "", figure.language)
    return veils


def _shown(known: Iterable[Organisation], audience: Naming) -> set[str]:
    return {name for each in known if not _is_withheld(each, audience) for name in _names(each)}


def _is_withheld(organisation: Organisation, audience: Naming) -> bool:
    return bool(organisation.deleted) or not is_named_for(organisation, audience)


def _names(organisation: Organisation) -> Iterator[str]:
    aliases = (alias.name for alias in organisation.aliases)
    for name in (organisation.name, organisation.short_name, *aliases):
        if name:
            yield " ".join(name.split())


def _short(text: str) -> str:
    return text.partition(" (")[0]
