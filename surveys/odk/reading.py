"""Reading what Collect sends: the XML of a filled form becomes fields, as a page sends them.

So what comes from a tablet is understood and checked by the code that reads pages.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core import xml
from core.errors import Refusal, message
from core.xml import Node
from surveys.definition import Definition, Item
from surveys.odk.forming import WORDINGS, names_a_file, number_in
from surveys.questionnaires.asking import Asked
from surveys.questionnaires.evaluating import Evaluation
from surveys.questionnaires.reading import read
from surveys.questionnaires.slots import OUTSIDE, Turn, field_of
from surveys.questionnaires.turns import MOST_TURNS
from surveys.responses import sealing

LONGEST_ID = 249
MOST_LOOKS = 40  # as one answer opens the next; more steps has no form


class NotReadable(Refusal):
    reason = message("This is not a form that ODK Collect has filled in.")


@dataclass(frozen=True)
class Sent:
    """A filled form as it was sent: which one it is, and what is in it."""

    form: str
    version: str
    instance: str
    replaces: str  # the instance of which it is a changed copy, if it is one
    root: Node = field(repr=False)

    @property
    def wordings(self) -> list[int]:
        """The numbers of the wordings of consents that stood in the form."""
        node = self.root.first(WORDINGS)
        numbers = map(number_in, node.text.split()) if node else ()
        return [number for number in numbers if number]


def sent(data: bytes) -> Sent:
    """Return what a document says of itself.

    :raise NotReadable: when it is no filled form
    """
    try:
        root = xml.read(data)
    except xml.NotXml as error:
        raise NotReadable from error
    meta = root.first("meta") or Node("meta", {})
    instance = _text(meta, "instanceID") or root.attributes.get("instanceID", "").strip()
    if not root.attributes.get("id") or not 0 < len(instance) <= LONGEST_ID:
        raise NotReadable
    version = root.attributes.get("version", "")
    return Sent(root.attributes["id"], version, instance, _text(meta, "deprecatedID"), root)


@dataclass
class Fields:
    """A filled form as fields with the texts in them."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    skeleton: dict[str, Any] = field(default_factory=dict)  # a turn for each one sent
    files: dict[str, str] = field(default_factory=dict)  # by field, the name of the file

    def getlist(self, name: str, /) -> list[str]:
        return self.texts.get(name, [])


def fields_of(definition: Definition, root: Node) -> Fields:
    """Return what was answered, by the fields that a page would have."""
    found = Fields()
    _read_items(definition.items, [root], OUTSIDE, found, found.skeleton)
    return found


def answers_of(
    asked: Asked, fields: Fields, evaluate: Any
) -> tuple[dict[str, Any], Evaluation, list[str]]:
    """Return the answers with contact data in them, how they look, and what fits nowhere.

    Some questions are asked only after others are answered, so it looks several times.
    """
    items, whole = asked.definition.items, dict(fields.skeleton)
    for _ in range(MOST_LOOKS):
        evaluation: Evaluation = evaluate(whole)
        reading = read(items, fields, evaluation, whole)
        after = sealing.with_unsealed(reading.answers, reading.sealed, asked.sealed)
        if after == whole:
            break
        whole = after
    lost = [*reading.faults, *_lost(asked, fields, evaluation)]
    return whole, evaluation, list(dict.fromkeys(lost))


def _lost(asked: Asked, fields: Fields, evaluation: Evaluation) -> Iterator[str]:
    """List the fields with a choice that this survey does not offer."""
    for place, texts in fields.texts.items():
        name, *numbers = place.partition("=")[0].split(":")
        item, turn = asked.items[name], tuple(map(int, numbers))
        if not item.list or item.is_fixed or not evaluation.relevant(name, turn):
            continue
        kept = evaluation.value(name, turn)
        many = [str(each) for each in kept] if isinstance(kept, list) else [str(kept)]
        if "=" not in place and not {*texts} <= {*many}:
            yield place


def _read_items(
    items: Sequence[Item],
    nodes: Sequence[Node],
    turn: Turn,
    found: Fields,
    document: dict[str, Any],
) -> None:
    for item in items:
        mine = [node for parent in nodes for node in parent.all(item.name)]
        if item.kind == "group":
            _read_items(item.items, mine, turn, found, document)
        elif item.kind == "repeat":
            turns: list[dict[str, Any]] = [{} for _ in mine[:MOST_TURNS]]
            for place, (node, each) in enumerate(zip(mine, turns, strict=False), 1):
                _read_items(item.items, [node], (*turn, place), found, each)
            document[item.name] = turns
        elif text := next((node.text for node in mine if node.text), ""):
            _read_one(item, field_of(item.name, turn), text, found)


def _read_one(item: Item, place: str, text: str, found: Fields) -> None:
    if names_a_file(item):
        found.files[place] = text
    elif item.type == "rank":
        for number, choice in enumerate(text.split(), 1):
            found.texts[f"{place}={choice}"] = [str(number)]
    elif item.type == "select_multiple":
        found.texts[place] = text.split()
    elif item.kind == "question":
        found.texts[place] = [_as_typed(item, text)]


def _as_typed(item: Item, text: str) -> str:
    """Return a time as people type it: without seconds and the zone of the device."""
    shortest: Mapping[str, int] = {"date": 10, "time": 5, "datetime": 16}
    return text[: shortest.get(item.type, len(text))]


def _text(node: Node, name: str) -> str:
    child = node.first(name)
    return child.text if child else ""
