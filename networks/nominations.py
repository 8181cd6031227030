"""Read out of responses who named whom, wherever a questionnaire asks for it.

What a question means is told by our own columns (``osi::register``, ``osi::tie``), never by
its name. Every submitted response of an organisation with a leading one is read: where they
agree they are one account, where they differ the leading one speaks (``networks.tying``).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.keys import Keyring
from networks.roster import Roster
from networks.tying import CLOSE, UNSAID, Nomination, Voice, Wish
from people.naming import normalise
from surveys.definition import Choice, Definition, Item
from surveys.models import Mention, Response, Survey, SurveyVersion

Parts = Mapping[str, Item]  # of a tie: partner, kind, strength, …
Assigned = Mapping[tuple[int, str, int], int | None]  # response, question, turn: who, or none
KEY = "strangers"
DIGITS = 12  # hexadecimal, of the code of a stranger


@dataclass(frozen=True)
class Stranger:
    """An organisation that somebody named and the register does not know."""

    code: str
    name: str
    sector: str


@dataclass(frozen=True)
class Told:
    """All that the responses to a survey tell of a network."""

    nominations: list[Nomination]
    wishes: list[Wish]
    respondents: set[str]
    strangers: dict[str, Stranger]
    voices: dict[str, Voice]  # of who has answered
    kinds: dict[str, Mapping[str, str]]  # of ties: what each is called, by language


class Form:
    """The questions of one definition that are about ties."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.weights = {name: _weights(found) for name, found in definition.lists.items()}
        self.partners = definition.having("register", "partners")
        self.wished = definition.having("register", "wished")
        self.repeats = [
            item
            for item in definition.walk()
            if item.kind == "repeat" and "partner" in _parts(item)
        ]
        self.parts = {repeat.name: _parts(repeat) for repeat in self.repeats}
        inside = {each.name for repeat in self.repeats for each in _walk(repeat)}
        reasons = definition.having("tie", "why")
        self.why = [item for item in reasons if item.name not in inside]

    @property
    def asks_for_ties(self) -> bool:
        return bool(self.partners or self.repeats)

    def kinds(self) -> dict[str, Mapping[str, str]]:
        """Return what each kind of tie is called, by language."""
        lists = [self.definition.lists.get(item.list, ()) for item in self.having("kind")]
        return {choice.name: choice.label for choices in lists for choice in choices}

    def having(self, part: str) -> list[Item]:
        return self.definition.having("tie", part)

    def strength(self, item: Item, answer: object) -> int:
        """Return where an answer stands between loose and close."""
        weights = self.weights.get(item.list, {})
        if answer is None or str(answer) not in weights:
            return UNSAID
        top = max(CLOSE, *weights.values())
        return max(1, round(weights[str(answer)] * CLOSE / top))


def told_in(session: Session, keys: Keyring, survey: Survey, roster: Roster) -> Told:
    """Read the responses to *survey* of those on the *roster*."""
    forms = _forms(session, survey)
    reader = _Reader(roster, _assigned(session, survey), lambda name: _code(keys, survey, name))
    voices: dict[str, Voice] = {}
    for source, responses in _answers(session, survey, roster):
        leading = responses[0]
        speaking = [
            each
            for each in responses
            if each is leading or forms[each.version_id].asks_for_ties
        ]
        voices[source] = Voice(tuple(each.id for each in speaking), leading.chosen)
        for each in speaking:
            reader.read(source, each, forms[each.version_id], leads=each is leading)
    kinds = {code: names for form in forms.values() for code, names in form.kinds().items()}
    found = reader.nominations, reader.wishes, set(voices), reader.strangers
    return Told(*found, voices, kinds)


class _Reader:
    """Collects what one response after the other tells."""

    def __init__(
        self, roster: Roster, assigned: Assigned, code_of: Callable[[str], str]
    ) -> None:
        self._roster = roster
        self._assigned = assigned
        self._code_of = code_of  # a name that the register does not know
        self.nominations: list[Nomination] = []
        self.wishes: list[Wish] = []
        self.strangers: dict[str, Stranger] = {}

    def read(self, source: str, response: Response, form: Form, *, leads: bool) -> None:
        answers, code_of = response.answers, self._roster.code
        partners = [code for item in form.partners for code in _several(answers, item)]
        number = response.id
        said = [Nomination(source, code_of(code), answer=number) for code in partners]
        for repeat in form.repeats:
            parts = form.parts[repeat.name]
            turns = answers.get(repeat.name) or []
            for place, turn in enumerate(turns):
                assigned = self._said(response.id, place + 1, parts)
                if assigned is None:
                    continue
                target = assigned or self._target(turn, parts) or _nth(partners, place, parts)
                if target:
                    ends = source, code_of(target)
                    said.append(_nomination(*ends, turn, parts, form, response.id))
        self.nominations += said
        if not leads:
            return
        why = " ".join(str(answers[item.name]) for item in form.why if answers.get(item.name))
        self.wishes += [
            Wish(source, code_of(code), why)
            for item in form.wished
            for code in _several(answers, item)
        ]

    def _said(self, response_id: int, turn: int, parts: Parts) -> str | None:
        """Return whom a name in words means, as a facilitator said; None: no organisation."""
        item = parts.get("partner")
        whose = self._assigned.get((response_id, item.name if item else "", turn), 0)
        return None if whose is None else self._roster.code_of.get(whose, "")

    def _target(self, turn: Mapping[str, Any], parts: Parts) -> str:
        item = parts.get("partner")
        named = str(turn.get(item.name) or "").strip() if item else ""
        if not item or not named or "register" not in item.osi:
            return named
        return self._roster.called(named) or self._stranger(named, turn, parts)

    def _stranger(self, name: str, turn: Mapping[str, Any], parts: Parts) -> str:
        """Note an organisation that the register does not know, whoever names it first."""
        code = self._code_of(name)
        asked = parts.get("sector")
        sector = str(turn.get(asked.name) or "") if asked else ""
        if code not in self.strangers or not self.strangers[code].sector:
            self.strangers[code] = Stranger(code, name, sector)
        return code


def _code(keys: Keyring, survey: Survey, name: str) -> str:
    """Return a code that is the same in every wave, and that nobody can work out.

    It stands in addresses and files; a plain digest would tell whoever guesses a name.
    """
    known = f"{survey.project_id} {normalise(name) or name}"
    return f"new-{keys.hash(KEY, known)[:DIGITS]}"


def _answers(
    session: Session, survey: Survey, roster: Roster
) -> Iterator[tuple[str, list[Response]]]:
    """Yield the submitted responses of each organisation, the leading one first.

    Of merged entries each brings a leading one: that a facilitator chose goes before, else
    that of the entry which was kept.
    """
    query = select(Response).filter_by(survey_id=survey.id).order_by(Response.id)
    found: dict[str, list[Response]] = {}
    for response in session.scalars(query.where(Response.submitted.is_not(None))):
        if code := roster.code_of.get(response.organisation_id or 0):
            found.setdefault(code, []).append(response)
    for code, responses in found.items():
        responses.sort(
            key=lambda each: (
                not each.leading, not each.chosen, not roster.is_kept(each.organisation_id),
            )
        )  # fmt: skip
        if responses[0].leading:
            yield code, responses


def _assigned(session: Session, survey: Survey) -> Assigned:
    is_decided = Mention.organisation_id.is_not(None) | Mention.is_none
    query = select(Mention).where(Mention.survey_id == survey.id, is_decided)
    return {
        (each.response_id, each.question, each.instance): each.organisation_id
        for each in session.scalars(query)
    }


def _nomination(
    source: str, target: str, turn: Mapping[str, Any], parts: Parts, form: Form, answer: int
) -> Nomination:
    kind, strength, future = (parts.get(part) for part in ("kind", "strength", "future"))
    return Nomination(
        source,
        target,
        kinds=tuple(_several(turn, kind)) if kind else (),
        strength=form.strength(strength, turn.get(strength.name)) if strength else UNSAID,
        future=str(turn.get(future.name) or "") if future else "",
        answer=answer,
    )


def _nth(partners: list[str], number: int, parts: Parts) -> str:
    """Return the partner a turn is about when the document does not say so itself."""
    item = parts.get("partner")
    calculated = item is not None and item.kind == "calculate"
    return partners[number] if calculated and number < len(partners) else ""


def _forms(session: Session, survey: Survey) -> dict[int, Form]:
    query = select(SurveyVersion).filter_by(survey_id=survey.id)
    versions = session.scalars(query.order_by(SurveyVersion.number))
    return {each.id: Form(Definition.from_json(each.definition)) for each in versions}


def _parts(repeat: Item) -> Parts:
    """Return the questions of a repeat by the part of a tie that each asks for."""
    found: dict[str, Item] = {}
    for item in _walk(repeat):
        if part := item.osi.get("tie"):
            found.setdefault(part, item)
    return found


def _walk(item: Item) -> Iterator[Item]:
    for each in item.items:
        yield each
        yield from _walk(each)


def _several(answers: Mapping[str, Any], item: Item) -> list[str]:
    """Return an answer as a list, whether one or several could be chosen."""
    answer = answers.get(item.name) or []
    return [str(each) for each in answer] if isinstance(answer, list) else [str(answer)]


def _weights(choices: tuple[Choice, ...]) -> dict[str, int]:
    """Return how strong each choice of a list is: as its column says, else by its place."""
    said = {each.name: each.attributes.get("weight", "") for each in choices}
    if said and all(weight.strip().isdecimal() for weight in said.values()):
        return {name: int(weight) for name, weight in said.items()}
    return {each.name: place for place, each in enumerate(choices, 1)}
