"""Finding an organisation while somebody types: prefix first, slips and scripts forgiven."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from people.models import Alias, Organisation, Project
from people.names.likeness import words_of
from people.names.scripts import is_other, sound, translated
from people.names.spelling import fold, spellings
from people.names.vocabulary import SHORT_FORMS
from people.naming import names_of, registered

MOST = 8
WHOLE, BEGUN, NEAR = 30, 20, 8  # how much a word counts that fits wholly, begins so, or nearly
LONG = 4  # letters from which a word may hold a slip
KEPT = 8  # projects whose names are kept ready


@dataclass(frozen=True)
class Hit:
    """An organisation of the register, as much as one needs to choose it."""

    id: int
    code: str
    name: str
    sector: str
    locality: str


class Index:
    """The names of a register, prepared for being searched at every letter."""

    def __init__(self, entries: Sequence[tuple[Hit, Sequence[str]]]) -> None:
        self._hits = [hit for hit, _ in entries]
        self._names = [{fold(name) for name in (hit.code, *names)} for hit, names in entries]
        whose: dict[str, set[int]] = {}
        for place, (hit, names) in enumerate(entries):
            for word in {word for name in (hit.code, *names) for word in _index_words(name)}:
                whose.setdefault(word, set()).add(place)
        self._words = sorted(whose)
        self._whose = [whose[word] for word in self._words]
        self._begun: dict[int, dict[str, list[int]]] = {}
        self._sounds: dict[str, list[int]] = {}

    def find(self, words: str, most: int = MOST) -> list[Hit]:
        """List who fits all *words*, the likeliest first."""
        ways = [way for way in _ways(words) if way]
        found: dict[int, float] = {}
        for way in ways:
            for place, how in self._fitting(way, nearly=False).items():
                found[place] = max(how, found.get(place, 0))
        if len(found) < most:
            for way in ways:
                for place, how in self._fitting(way, nearly=True).items():
                    found.setdefault(place, how)
        whole = fold(words)
        ranked = nsmallest(
            most,
            found,
            key=lambda at: (-found[at] - self._bonus(at, whole), self._hits[at].name),
        )
        return [self._hits[place] for place in ranked]

    def _bonus(self, place: int, whole: str) -> int:
        names = self._names[place]
        return 100 if whole in names else 50 * any(name.startswith(whole) for name in names)

    def _fitting(self, way: Sequence[str], *, nearly: bool) -> dict[int, float]:
        """Return who fits every word of one way of reading, and how well."""
        fitting: dict[int, float] | None = None
        for word in way:
            here = dict(self._beginning(word))
            if nearly:
                here = dict(self._near(word)) | here
            if fitting is not None:
                here = {place: fitting[place] + how for place, how in here.items()
                        if place in fitting}  # fmt: skip
            fitting = here
        return fitting or {}

    def _beginning(self, word: str) -> Iterator[tuple[int, float]]:
        """Yield who has a word that begins so; wholly the same comes last and counts."""
        at = bisect_left(self._words, word)
        for number in range(bisect_left(self._words, word + "\U0010ffff"), at, -1):
            how = WHOLE if self._words[number - 1] == word else BEGUN
            yield from ((place, how) for place in self._whose[number - 1])

    def _near(self, word: str) -> Iterator[tuple[int, float]]:
        """Yield who has a word that begins almost so, or sounds so in other letters."""
        if is_other(word):
            for number in self._by_sound().get(sound(word), ()):
                yield from ((place, NEAR) for place in self._whose[number])
        if len(word) < LONG or word.isdecimal():
            return
        slips = 1 if len(word) < 2 * LONG else 2
        for length in (len(word) - 1, len(word), len(word) + 1):
            begun = self._begun_with(length)
            near = process.extract(
                word, list(begun), scorer=OSA.distance, score_cutoff=slips, limit=100
            )
            for form, distance, _ in sorted(near, key=lambda each: -each[1]):
                for number in begun[form]:
                    yield from ((place, NEAR - distance) for place in self._whose[number])

    def _begun_with(self, length: int) -> dict[str, list[int]]:
        """Return the words by their first letters."""
        if length not in self._begun:
            found: dict[str, list[int]] = {}
            for number, word in enumerate(self._words):
                found.setdefault(word[:length], []).append(number)
            self._begun[length] = found
        return self._begun[length]

    def _by_sound(self) -> dict[str, list[int]]:
        if not self._sounds:
            for number, word in enumerate(self._words):
                self._sounds.setdefault(sound(word), []).append(number)
        return self._sounds


def index_of(
    session: Session, project: Project, shelf: MutableMapping[int, tuple[object, Index]]
) -> Index:
    """Return the index of a project's register, made anew when that has changed."""
    state = _state(session, project)
    kept, index = shelf.get(project.id, (None, None))
    if index is None or kept != state:
        entries = [(_hit(each), [*names_of(each)]) for each in registered(session, project)]
        index = Index(entries)
        while len(shelf) >= KEPT:
            shelf.pop(next(iter(shelf)), None)
        shelf[project.id] = state, index
    return index


def _state(session: Session, project: Project) -> object:
    """Return what changes with every name of the register."""
    mine = select(
        func.count(Organisation.id),
        func.sum(Organisation.version),
        func.count(Organisation.deleted),
    ).filter_by(project_id=project.id)
    aliases = select(func.count(Alias.id), func.max(Alias.id)).filter_by(project_id=project.id)
    return tuple(session.execute(mine).one()), tuple(session.execute(aliases).one())


def _hit(each: Organisation) -> Hit:
    return Hit(each.id, each.code, each.name, each.sector, each.locality)


def _index_words(name: str) -> set[str]:
    telling = {word for line in spellings(name) for word in line.split()}
    return telling | {word for word in words_of(name) if len(word) > 1}


def _ways(words: str) -> Iterable[tuple[str, ...]]:
    """Return how words may be read: as typed, written out, in our letters."""
    typed = words_of(words)
    long = [part for word in typed for part in SHORT_FORMS.get(word, word).split()]
    bare = [word.removeprefix("ال") if len(word) > 3 else word for word in typed]
    ours = words_of(translated(words)) if is_other(words) else ()
    return dict.fromkeys((typed, tuple(long), tuple(bare), ours))
