"""The words of a concept as their reader may see them.

A text may hold ``[[O17]]`` for the name of an organisation, and ``[[passage:7]]`` for what
is cited. Both come in last: who takes a name or a quote back is in no page, no edition and
no export any more. A name that somebody typed all the same is put out of sight for those
who may not read it.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from sqlalchemy import select

from agency.concepts.sections import Content, Part
from agency.evidence import citing
from agency.evidence.collecting import Reader
from agency.evidence.references import Evidence, Reference
from people.models import Organisation
from people.names.merging import merged
from people.naming import PLACES, fold, is_named_for, names_of, registered
from people.words import LOCALITIES

LIVE = re.compile(r"\[\[([^\[\]]{1,200})\]\]")
SHORTEST = 4  # letters; what is shorter is a word in too many texts
GONE = "[…]"


class Phrasing:
    """What one *reader* is told of one *content*."""

    def __init__(self, reader: Reader, content: Content) -> None:
        self.reader = reader
        self.content = content

    def said(self, text: str) -> str:
        """Return a text with what is live in it, and without names that may not be read."""
        return self.without_names(LIVE.sub(self._live, text))

    def called(self, part: Part) -> str:
        """Return what a part is called in a list: its text, or else whom it is about."""
        return self.said(part.text) or self.partner(part.organisation_id)

    def partner(self, organisation_id: int | None) -> str:
        """Return the name of an organisation by consent; of one that is gone nothing."""
        found = self._partner(organisation_id)
        return self.reader.called(found) if found else ""

    def is_named(self, organisation_id: int | None) -> bool:
        """Tell whether everyone may read the name of an organisation."""
        found = self._partner(organisation_id)
        return found is not None and is_named_for(found, "public")

    def evidence(self, part: Part) -> list[Evidence]:
        """Return what a part rests on, and what has become of it."""
        return [self.resolved[each] for each in part.evidence]

    def unnamed_in(self, text: str) -> list[str]:
        """List the names that stand in a text although not everyone may read them."""
        found = self._outside.findall(text) if self._outside else []
        return list(dict.fromkeys(map(_together, found)))

    @cached_property
    def resolved(self) -> Mapping[Reference, Evidence]:
        """What each reference is, those in the text too."""
        inline = [
            reference
            for part in self.content.parts
            for said in (part.text, *part.facts.values())
            for found in LIVE.findall(said)
            if (reference := _reference(found))
        ]
        found = citing.resolved(self.reader, [*self.content.references, *inline])
        return {
            reference: replace(each, label=self.without_names(each.label))
            for reference, each in found.items()
        }

    def _live(self, found: re.Match[str]) -> str:
        if reference := _reference(found[1]):
            evidence = self.resolved.get(reference)
            return evidence.label if evidence and evidence.label else GONE
        known = self._by_code.get(found[1])
        return self.reader.called(known) if known else GONE

    def _partner(self, organisation_id: int | None) -> Organisation | None:
        number = organisation_id or 0
        return self._by_id.get(self._merged.get(number, number))

    def without_names(self, text: str) -> str:
        """Return a text that stands beside the concept, without names that may not be read."""
        mask = None if self.reader.is_team else self._mask(self.reader.audience)
        if mask is None:
            return text
        names = self._hidden(self.reader.audience)

        def hide(found: re.Match[str]) -> str:
            return self.reader.called(names[fold(_together(found[1]))])

        return mask.sub(hide, text)

    @cached_property
    def _outside(self) -> re.Pattern[str] | None:
        return self._mask("public")

    def _mask(self, audience: str) -> re.Pattern[str] | None:
        names = self._hidden(audience)
        spelt = {n for each in names.values() for n in _spelt(each) if fold(n) in names}
        if not spelt:
            return None
        longest = sorted(map(_pattern, spelt), key=len, reverse=True)
        return re.compile(rf"(?<!\w)({'|'.join(longest)})s?(?!\w)", re.IGNORECASE)

    def _hidden(self, audience: str) -> Mapping[str, Organisation]:
        """Return by their names the organisations that *audience* may not know by name."""
        named = {
            fold(name)
            for each in self._registered
            if is_named_for(each, audience)
            for name in _spelt(each)
        }
        return {
            fold(name): each
            for each in self._everyone
            if not is_named_for(each, audience)
            for name in _spelt(each)
            if len(name) >= SHORTEST and fold(name) not in named | _PLACES
        }

    @cached_property
    def _registered(self) -> list[Organisation]:
        return registered(self.reader.session, self.reader.project)

    @cached_property
    def _everyone(self) -> list[Organisation]:
        """All of the register, and those that were deleted and are nobody else."""
        gone = select(Organisation).filter_by(project_id=self.reader.project.id)
        gone = gone.where(Organisation.deleted.is_not(None))
        gone = gone.where(Organisation.merged_into_id.is_(None))
        return [*self._registered, *self.reader.session.scalars(gone)]

    @cached_property
    def _by_id(self) -> Mapping[int, Organisation]:
        return {each.id: each for each in self._registered}

    @cached_property
    def _by_code(self) -> Mapping[str, Organisation]:
        return {each.code: each for each in self._registered}

    @cached_property
    def _merged(self) -> Mapping[int, int]:
        return merged(self.reader.session, self.reader.project)


def _spelt(organisation: Organisation) -> list[str]:
    return [name for each in names_of(organisation) if (name := _together(each))]


def _pattern(name: str) -> str:
    """Return what finds a name also where a line ends within it."""
    return r"\s+".join(map(re.escape, name.split()))


def _together(text: str) -> str:
    return " ".join(text.split())


def _reference(text: str) -> Reference | None:
    try:
        return Reference.of(text)
    except ValueError:
        return None


_PLACES = PLACES | {fold(name) for name in LOCALITIES.values()}
