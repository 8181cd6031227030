"""What one document of answers says of needs and offers, by the column ``osi::match``."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from people.listings.keeping import Beside
from people.models import Side
from people.words import LOCALITIES
from surveys.definition import Definition, Item, Texts

STAFF = "staff"  # the term of people whom an organisation looks for
CHILDCARE = "childcare"
LEVELS = {"c": "c1"}  # as forms call a level, and as the register does
NO = ("", "no", "skip")  # answers that ask for no childcare
MOST = 100_000


@dataclass(frozen=True)
class Statement:
    """That a term is needed or offered, and what else was said of it."""

    side: Side
    term: str
    question: str
    quantity: int | None = None  # places or people; nothing: not said, or of all together
    german: str = ""
    times: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    besides: Mapping[str, Beside] = field(default_factory=dict)  # of what it requires
    locality: str = ""  # where, if that was said
    first: bool = False  # what they need most
    together: int | None = None  # places in all that is offered
    details: tuple[Texts, ...] = ()  # what choices of the form are called


def statements(definition: Definition, answers: Mapping[str, Any]) -> list[Statement]:
    """List what *answers* say, each term once for each side."""
    found: dict[tuple[Side, str], Statement] = {}
    said = _Said(definition, answers)
    for each in (*_vacancies(said), *_listed(said)):
        found.setdefault((each.side, each.term), each)
    return list(found.values())


def asks_for(definition: Definition, side: Side) -> bool:
    """Tell whether a form asks for needs, or for offers."""
    marks = (side, "vacancy") if side == Side.NEED else (side,)
    return any(definition.having("match", mark) for mark in marks)


def chosen(value: object) -> list[str]:
    """Return the names of the choices in an answer, each once."""
    if isinstance(value, list | tuple):
        return list(dict.fromkeys(str(each) for each in value))
    return [str(value)] if isinstance(value, str) and value else []


class _Said:
    """The answers to questions by their marks; a long form is walked through once."""

    def __init__(self, definition: Definition, answers: Mapping[str, Any]) -> None:
        self.definition, self.answers = definition, answers
        self._marked: dict[str, list[Item]] = {}
        for item in definition.having("match"):
            self._marked.setdefault(item.osi["match"], []).append(item)

    def asking(self, mark: str) -> list[Item]:
        return self._marked.get(mark, [])

    def __getitem__(self, mark: str) -> Any:
        """Return the first answer to a question with a mark."""
        values = (self.answers.get(item.name) for item in self.asking(mark))
        return next((value for value in values if value not in (None, "", [])), None)


def _listed(said: _Said) -> Iterator[Statement]:
    """Yield what was ticked in the lists of needs and offers."""
    for side in Side:
        first = said[f"{side}.first"]
        amount = _number(said[f"{side}.quantity"])
        more = {
            "german": _level(said[f"{side}.german"]),
            "times": tuple(chosen(said[f"{side}.time"])),
            "locality": _place(said[f"{side}.place"]),
        }
        own = Beside(
            _place(said[f"{side}.childcare.place"]),
            tuple(chosen(said[f"{side}.childcare.time"])),
        )
        needs_care = said[f"{side}.childcare"] not in (None, *NO)
        for item in said.asking(side):
            terms = chosen(said.answers.get(item.name))
            for term in terms:
                alone = len(terms) == 1
                care = needs_care and term != CHILDCARE
                at = more | _said_of(own) if term == CHILDCARE else more
                yield Statement(
                    side, term, item.name,
                    quantity=amount if alone else None,
                    together=None if alone else amount,
                    first=term == first or (alone and side == Side.NEED),
                    requires=(CHILDCARE,) if care else (),
                    besides={CHILDCARE: own} if care and own else {},
                    **at,
                )  # fmt: skip


def _vacancies(said: _Said) -> Iterator[Statement]:
    """Yield places to work as a need of staff, with the trades that are looked for."""
    for item in said.asking("vacancy"):
        if trades := chosen(said.answers.get(item.name)):
            yield Statement(
                Side.NEED, STAFF, item.name,
                quantity=_number(said["vacancy.quantity"]),
                first=said["need.first"] == STAFF,
                german=_level(said["vacancy.min_german"]),
                details=tuple(_labels(said.definition, item, trades)),
            )  # fmt: skip


def _labels(definition: Definition, item: Item, names: list[str]) -> Iterator[Texts]:
    listed = {choice.name: choice.label for choice in definition.lists.get(item.list, ())}
    return (listed[name] for name in names if listed.get(name))


def _said_of(own: Beside) -> dict[str, object]:
    """Return what was said of childcare itself, as far as anything was."""
    return {name: value for name, value in vars(own).items() if value}


def _place(value: object) -> str:
    """Return the code of a locality; what is none is left to the register to say."""
    return value if isinstance(value, str) and value in LOCALITIES else ""


def _level(value: object) -> str:
    said = str(value or "")
    return "" if said in NO else LEVELS.get(said, said)


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and 1 <= value <= MOST else None
