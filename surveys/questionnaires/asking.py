"""Asking: a questionnaire ready for use, with the live register behind its rosters.

Versions never change, so what follows from one is worked out once per process and kept
under the digest of the version, with the number of its wording when somebody has corrected
a text or released a language. The register is kept until it changes.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from core.languages import FALLBACK, SPOKEN, name_of, sorting
from core.shelf import Following
from people.models import Organisation, Sector
from surveys.definition import Choice, Definition, Item
from surveys.models import SurveyVersion
from surveys.questionnaires.evaluating import Evaluation, Questionnaire
from surveys.questionnaires.laying import leaves
from surveys.questionnaires.numbering import Numbering
from surveys.questionnaires.paging import Page
from surveys.questionnaires.timing import Effort, effort_of
from surveys.questionnaires.turns import Choices
from surveys.questionnaires.walking import Walk
from surveys.translating import reviewing

Roster = Mapping[str, Sequence[Choice]]
KEPT = 64  # versions, and what follows from one, in the memory of a process
PROFILE = {"org_type": "kind", "legal_form": "legal_form"}  # question: column of the register
FIGURES = {"headcount": "headcount"}  # question: detail of the register
PICKED = re.compile(r"selected-at\(\s*\$\{\s*([^}\s]+)\s*\}")


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation of the register as a roster offers it."""

    id: int
    code: str
    name: str
    short_name: str
    sector: Sector
    locality: str
    choice: Choice


class Asked:
    """A version of a questionnaire and what follows from it for those who ask."""

    def __init__(self, questionnaire: Questionnaire, released: Collection[str] = ()) -> None:
        self.questionnaire = questionnaire
        self.released = released
        self.definition = questionnaire.definition
        self.cells = questionnaire.cells
        self.pages: dict[str, Page] = {page.key: page for page in questionnaire.pages}
        self.items: dict[str, Item] = {item.name: item for item in self.definition.walk()}
        self.rosters = {
            item.name: item.osi["register"]
            for item in self.definition.having("register")
            if item.osi["register"] in ("self", "partners", "wished")
        }
        self._lists: Following[Any, dict[str, Choices]] = Following(KEPT)
        self.rosters_of: Following[Sequence[Partner], dict[int | None, Roster]] = Following(
            KEPT
        )

    @cached_property
    def offered(self) -> dict[str, str]:
        """The languages of the pages by code, each in its own words."""
        codes = dict.fromkeys([*self.definition.languages, *SPOKEN])
        ours = {*reviewing.always_offered(self.definition), *self.released}
        return {code: name_of(code) for code in codes if code and code in ours}

    @cached_property
    def sealed(self) -> Mapping[str, Sequence[str]]:
        """The questions whose answers are contact data, each with the repeats around it."""
        cells = self.cells
        return {item.name: cells[item.name].repeats for item in self.definition.having("pii")}

    @cached_property
    def lasts(self) -> bool:
        """Whether something is calculated once, as by chance, and then stays so."""
        return any(cell.lasts for cell in self.questionnaire.cells.values())

    @cached_property
    def numbers(self) -> Mapping[str, Any]:
        """What fills in the numbers of questions."""
        return Numbering(self.definition).insets(self.cells)

    @cached_property
    def sealed_pages(self) -> set[str]:
        return {
            key
            for key, page in self.pages.items()
            if any(item.name in self.sealed for item in leaves(page.items))
        }

    @cached_property
    def _sealed_decides(self) -> bool:
        inputs = self.questionnaire.assembly.inputs
        others = (item for item in self.items.values() if item.name not in self.sealed)
        return any(self.sealed.keys() & inputs(item) for item in others)

    @cached_property
    def _deciding(self) -> set[str]:
        """What of a document of answers decides which pages are asked: all repeats, too."""
        inputs, cells = self.questionnaire.assembly.inputs, self.questionnaire.cells
        names = {name for item in self.items.values() for name in inputs(item)}
        names |= {name for name, item in self.items.items() if item.kind == "repeat"}
        return {(*cells[name].repeats, name)[0] for name in names}

    def walks_alike(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
        """Whether the same pages are asked after other answers as before."""
        return all(before.get(name) == after.get(name) for name in self._deciding)

    @cached_property
    def moves_sealed(self) -> bool:
        """Whether contact data stand in turns, which move."""
        return any(self.sealed.values())

    def needs_sealed(self, key: str) -> bool:
        """Whether contact data decide on a page, or on which pages are asked."""
        return key in self.sealed_pages or self._sealed_decides

    @cached_property
    def followers(self) -> dict[str, str]:
        """The repeats that have a turn for every choice of a question, and the question."""
        found: dict[str, str] = {}
        for repeat in self.definition.walk():
            if repeat.kind == "repeat" and repeat.count:
                inner = Definition({}, "", "", (), repeat.items).having("tie", "partner")
                picked = (PICKED.search(item.calculation) for item in inner)
                found |= [(repeat.name, each[1]) for each in picked if each]
        return found

    @cached_property
    def efforts(self) -> dict[str, Effort]:
        """How long each page takes."""
        return {key: effort_of(page, self.cells) for key, page in self.pages.items()}

    @cached_property
    def _doors(self) -> list[tuple[Page, list[str] | None, list[tuple[str, str]]]]:
        """For each page: the items one of which must be relevant, or none if it always is;
        and what must be asked in some turn, with the outermost repeat that it stands in.
        """
        cells, doors = self.questionnaire.cells, []
        for page in self.questionnaire.pages:
            plain = [cells[item.name] for item in page.questions]
            gates = [cell.gate.item.name if cell.gate else "" for cell in plain]
            outside = [g for cell, g in zip(plain, gates, strict=True) if not cell.repeats]
            inside = [(cell.repeats[0], cell.item.name) for cell in plain if cell.repeats]
            always = "" in outside
            doors.append((page, None if always else list(dict.fromkeys(outside)), inside))
        return doors

    def shown(self, evaluation: Evaluation) -> list[Page]:
        """Return the pages with something to answer or read; as ``Evaluation.pages``."""
        relevant = evaluation.relevant
        return [
            page
            for page, gates, inside in self._doors
            if gates is None
            or any(map(relevant, gates))
            or any(
                relevant(name, turn)
                for repeat, name in inside
                if evaluation.count(repeat)
                for turn in evaluation.instances(name)
            )
        ]

    def walk(self, evaluation: Evaluation) -> Walk:
        """Return the pages that are asked, and how long they take."""
        pages = self.shown(evaluation)
        return Walk.through(pages, [self.efforts[page.key].of(evaluation) for page in pages])

    def follow(self, before: Mapping[str, Any], after: dict[str, Any]) -> None:
        """Keep what was said of each partner with that partner when the choice changes."""
        for repeat, question in self.followers.items():
            old, new = before.get(question) or [], after.get(question) or []
            if old == new:
                continue
            turns = dict(zip(old, before.get(repeat) or (), strict=False))
            kept = [code for code in old if code in new]
            after[question] = [*kept, *(code for code in new if code not in old)]
            after[repeat] = [turns.get(code, {}) for code in after[question]]

    def drop(self, answers: dict[str, Any], repeat: str, number: int) -> None:
        """Take a turn out of a repeat, and its partner out of the list."""
        turns = list(answers.get(repeat) or ())
        if question := self.followers.get(repeat):
            codes = list(answers.get(question) or ())
            turns += [{}] * (len(codes) - len(turns))
            if number <= len(codes):
                del codes[number - 1]
            answers[question] = codes
        if number <= len(turns):
            del turns[number - 1]
        answers[repeat] = turns

    def evaluate(
        self,
        answers: Mapping[str, Any],
        roster: Roster,
        now: datetime,
        language: str,
    ) -> Evaluation:
        lists = self._lists.get(roster, self.questionnaire.assembly.choices)
        return self.questionnaire.evaluate(answers, lists=lists, now=now, language=language)


_asked: dict[str, Asked] = {}
_registers: WeakKeyDictionary[Engine, dict[int, tuple[int, list[Partner]]]] = (
    WeakKeyDictionary()
)


def asked(session: Callable[[], Session], version_id: int, digest: str) -> Asked:
    """Return a version, compiled; the first who asks in this process waits a moment.

    With more than its own *digest* it is as people have worded it since.
    """
    if digest not in _asked:
        place = session()
        version = place.get_one(SurveyVersion, version_id)
        definition = Definition.from_json(version.definition)
        released: tuple[str, ...] = ()
        if digest != version.digest:
            released = (*reviewing.released(place, version.survey_id),)
            definition = reviewing.worded(place, version.survey_id, definition)
        while len(_asked) >= KEPT:
            _asked.pop(next(iter(_asked)), None)
        _asked[digest] = Asked(Questionnaire(definition), released)
    return _asked[digest]


def partners(
    engine: Engine, session: Callable[[], Session], project_id: int, register: int
) -> list[Partner]:
    """Return the register as rosters offer it; *register* tells whether it has changed."""
    kept = _registers.setdefault(engine, {})
    known, found = kept.get(project_id, (None, []))
    if known != register:
        found = [*_read_register(session(), project_id)]
        kept[project_id] = register, found
    return found


def roster_for(asked: Asked, listed: Sequence[Partner], own: int | None = None) -> Roster:
    """Return what the rosters offer; who was invited answers for *own* organisation only."""
    kept = asked.rosters_of.get(listed, lambda _: {})
    if own not in kept:
        everyone = [partner.choice for partner in listed]
        mine = [partner.choice for partner in listed if partner.id == own]
        kept[own] = {
            name: mine if mine and which == "self" else everyone
            for name, which in asked.rosters.items()
        }
    return kept[own]


def known_of(asked: Asked, organisation: Organisation) -> dict[str, Any]:
    """Return the answers that the register knows already."""
    answers: dict[str, Any] = {
        name: organisation.code for name, which in asked.rosters.items() if which == "self"
    }
    for question, column in PROFILE.items():
        item, value = asked.items.get(question), getattr(organisation, column)
        listed = asked.definition.lists.get(item.list, ()) if item else ()
        if any(choice.name == value for choice in listed):
            answers[question] = value
    for question, detail in FIGURES.items():
        figure = organisation.details.get(detail)
        if question in asked.items and isinstance(figure, int):
            answers[question] = figure
    return answers


def finds(partner: Partner, words: str) -> bool:
    """Whether an organisation has all of the *words* in its names."""
    names = f"{partner.name} {partner.short_name} {partner.code}".casefold()
    return all(word in names for word in words.casefold().split())


def _read_register(session: Session, project_id: int) -> Iterator[Partner]:
    query = select(
        Organisation.id, Organisation.code, Organisation.name, Organisation.short_name,
        Organisation.sector, Organisation.locality,
    ).filter_by(project_id=project_id, deleted=None)  # fmt: skip
    alphabetically = sorting(FALLBACK)
    for row in sorted(session.execute(query), key=lambda each: alphabetically(each.name)):
        attributes = {"sector": row.sector, "ortsteil": row.locality}
        yield Partner(*row, Choice(row.code, {"und": row.name}, attributes))
