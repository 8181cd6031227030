"""A questionnaire to take along: what ``static/js/offline`` needs to evaluate it alike.

Texts are there in one language only; what is never named in another text stays at home.
"""

from collections.abc import Iterator, Sequence

from surveys.definition import Choice, Texts, text_in
from surveys.expressions.scripting import Json, to_json
from surveys.expressions.syntax import Call, Node, Reference, Text, UnsupportedError, walk
from surveys.questionnaires.assembling import COLUMNS, REFERENCE, Assembly
from surveys.questionnaires.evaluating import Questionnaire, Roster
from surveys.questionnaires.turns import Cell


def form_to_json(
    questionnaire: Questionnaire, language: str, roster: Roster | None = None
) -> dict[str, Json]:
    """Return all that follows from answers, as plain data.

    :raise UnsupportedError: when the form uses something that only the server can do
    """
    return _Packing(questionnaire.assembly, language, roster or {}).everything()


class _Packing:
    def __init__(self, assembly: Assembly, language: str, roster: Roster) -> None:
        self._assembly = assembly
        self._language = language
        self._roster = roster
        self._named = {*self._names_in_texts(), *self._names_in_calls()}

    def everything(self) -> dict[str, Json]:
        cells = self._assembly.cells
        lists = self._assembly.choices(self._roster)
        places = {name: self._list_of(name) for name in lists}
        return {
            "items": [self._item(cell) for cell in cells.values()],
            "milestones": [cell.name for cell in self._assembly.milestones],
            "choices": places,
            "lists": {
                place: self._choices(
                    [each for same in lists[name].values() for each in same],
                    any(other in self._named for other in places if places[other] == place),
                )
                for name, place in places.items()
            },
        }

    def text(self, texts: Texts) -> tuple[str, str]:
        return text_in(texts, self._language, self._assembly.definition.default_language)

    def _list_of(self, name: str) -> str:
        return (
            f"register {name}" if name in self._roster else self._assembly.cells[name].item.list
        )

    def _choices(self, choices: Sequence[Choice], labelled: bool) -> list[Json]:
        packed: list[Json] = []
        for choice in choices:
            label = self.text(choice.label)[0] if labelled else ""
            one = [choice.name, label, dict(choice.attributes)]
            while one and not one[-1]:
                one.pop()
            packed.append(one)
        return packed

    def _item(self, cell: Cell) -> dict[str, Json]:
        item = cell.item
        packed = {
            "name": item.name, "kind": item.kind, "type": item.type,
            "parent": cell.parent.name if cell.parent else "",
            "repeats": [*cell.repeats], "lasts": cell.lasts, "fixed": item.is_fixed,
            "gated": bool(item.relevant), "appearance": item.appearance,
            "expressions": dict(self._expressions(cell)),
        }  # fmt: skip
        return {name: value for name, value in packed.items() if value}

    def _expressions(self, cell: Cell) -> Iterator[tuple[str, Json]]:
        nodes = self._assembly.expressions(cell.item)
        places = {**COLUMNS, "list": "listed", "default": "default"}
        for column, place in places.items():
            if getattr(cell, place) is None:
                continue
            if column in nodes:
                yield column, to_json(nodes[column])
            else:  # a default that is no expression
                yield column, cell.default(None) if cell.default else ""

    def _names_in_texts(self) -> Iterator[str]:
        definition = self._assembly.definition
        for item in definition.walk():
            for texts in (item.label, item.hint, item.message, item.required_message):
                for text in texts.values():
                    yield from REFERENCE.findall(text)

    def _names_in_calls(self) -> Iterator[str]:
        for node in self._nodes():
            match node:
                case Call("jr:choice-name", (_, Reference(name))):
                    yield name
                case Call("jr:choice-name", (_, Text(value))):
                    yield value.strip()[2:-1].strip()

    def _nodes(self) -> Iterator[Node]:
        for cell in self._assembly.cells.values():
            for tree in self._assembly.expressions(cell.item).values():
                yield from walk(tree)


def is_portable(questionnaire: Questionnaire) -> bool:
    """Whether a form can be answered without the server."""
    try:
        form_to_json(questionnaire, questionnaire.definition.default_language)
    except UnsupportedError:
        return False
    return True
