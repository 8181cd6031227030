"""How far the texts of a questionnaire are in each language."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from surveys.definition import Definition
from surveys.translating.models import Translation
from surveys.translating.texts import Wording, drafts_of, mark, wordings


class Standing(StrEnum):
    """How far a text is in a language."""

    MISSING = "missing"
    DRAFT = "draft"
    OUTDATED = "outdated"
    CHECKED = "checked"


@dataclass(frozen=True)
class Reviewed:
    """A text beside the one it translates, and who has looked at it."""

    wording: Wording
    source: str
    given: str  # by the questionnaire
    text: str
    standing: Standing
    row: Translation | None = None

    @property
    def key(self) -> str:
        return self.wording.key

    @property
    def seen(self) -> str:
        """By what somebody who changes the text tells what they saw."""
        return seen(self.source, self.given, self.row)

    @property
    def checked(self) -> tuple[str, date] | None:
        row = self.row
        is_told = row and row.checked_by and row.checked_on
        return (row.checked_by, row.checked_on) if row and is_told else None  # type: ignore[return-value]


@dataclass(frozen=True)
class Coverage:
    """How many texts of a language stand where."""

    language: str
    counts: Mapping[Standing, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def there(self) -> int:
        return self.total - self.counts[Standing.MISSING]

    @property
    def open(self) -> int:
        """How many nobody has checked as they are."""
        return self.total - self.counts[Standing.CHECKED]

    @property
    def is_sound(self) -> bool:
        return not self.open

    def share(self, *standings: Standing) -> float:
        """Return how much of all is there, from 0 to 100."""
        return 100 * sum(self.counts[each] for each in standings) / (self.total or 1)


def reviewed(
    definition: Definition,
    texts: Iterable[Wording],
    rows: Mapping[str, Translation],
    language: str,
) -> Iterator[Reviewed]:
    """Yield the *texts* of *definition* in a language, with the *rows* by key over them."""
    is_draft = language in drafts_of(definition)
    for wording in texts:
        source = wording.source(definition.default_language)
        given = wording.texts.get(language, "")
        row = rows.get(wording.key)
        if not source or (wording.is_name and not row):
            continue
        if row is None:
            standing = Standing.DRAFT if is_draft else Standing.CHECKED
            text = given
        else:
            text, standing = _laid(row, source, given)
        if not text:
            standing = Standing.MISSING
        yield Reviewed(wording, source, given, text, standing, row)


def seen(source: str, given: str, row: Translation | None) -> str:
    """Return the mark of a text beside its source, with what somebody made of it."""
    return mark(source, given, *((row.text, row.checked_by or "") if row else ()))


def holds(row: Translation, source: str, given: str) -> bool:
    """Whether the texts that a correction was made beside are those of today."""
    return row.source == mark(source) and (row.given == mark(given) or row.text == given)


def corrections(
    definition: Definition, rows: Iterable[Translation]
) -> dict[str, dict[str, str]]:
    """Return what is laid over *definition*: by key and language."""
    known = {each.key: each for each in wordings(definition)}
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        if wording := known.get(row.key):
            given = wording.texts.get(row.language, "")
            text, _ = _laid(row, wording.source(definition.default_language), given)
            if text != given:
                found.setdefault(row.key, {})[row.language] = text
    return found


def coverage(language: str, texts: Sequence[Reviewed]) -> Coverage:
    counts = Counter(each.standing for each in texts)
    return Coverage(language, {standing: counts[standing] for standing in Standing})


def _laid(row: Translation, source: str, given: str) -> tuple[str, Standing]:
    """Return the text that counts. What the form says by now is newer than a correction that
    was made beside other texts; where it says nothing, an old text is better than none.
    """
    if holds(row, source, given):
        return row.text, Standing.CHECKED if row.checked_by else Standing.DRAFT
    return given or row.text, Standing.OUTDATED
