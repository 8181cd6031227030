"""Checking a form that was read: every expression, every list, every translation."""

from collections import Counter
from collections.abc import Mapping

from core.errors import message
from surveys.definition import Definition, Item
from surveys.exchange.findings import Findings, Level
from surveys.expressions import patterns
from surveys.expressions.syntax import (
    Call,
    ExpressionError,
    Node,
    Path,
    Text,
    UnsupportedError,
    walk,
)
from surveys.questionnaires.assembling import REFERENCE, Assembly
from surveys.translating.texts import wordings

COLUMN = {"count": "repeat_count"}


class Checks:
    """All checks of one form; *rows* tells where each item stands."""

    def __init__(
        self, definition: Definition, rows: Mapping[str, int], findings: Findings
    ) -> None:
        self._definition = definition
        self._assembly = Assembly(definition)
        self._rows = rows
        self._findings = findings

    def run(self) -> None:
        for problem in self._assembly.problems:
            is_missing = isinstance(problem.error, UnsupportedError)
            level = Level.UNSUPPORTED if is_missing else Level.ERROR
            self._say(level, problem.item, problem.column, problem.error)
        for item in self._definition.walk():
            self._check(item)
        self._check_translations()
        self._check_amount()

    def _check(self, item: Item) -> None:
        if self._lacks_choices(item):
            self._add(
                Level.ERROR,
                message("There is no list of choices named %(list)s."),
                item,
                "type",
                list=item.list,
            )
        if item.kind in ("group", "repeat") and not item.items:
            self._add(Level.NOTE, message("This group is empty."), item, "type")
        if "randomize" in item.parameters.lower():
            text = message("Choices are not shuffled; they stay in their order.")
            self._add(Level.UNSUPPORTED, text, item, "parameters")
        self._check_words(item)
        for column, node in self._assembly.expressions(item).items():
            self._check_expression(item, column, node)

    def _lacks_choices(self, item: Item) -> bool:
        from_answers = item.list.startswith("${")
        return bool(item.list) and not from_answers and item.list not in self._definition.lists

    def _check_words(self, item: Item) -> None:
        """Every ``${name}`` within labels and hints must lead somewhere."""
        for texts in (item.label, item.hint, item.message):
            for name in {each for text in texts.values() for each in REFERENCE.findall(text)}:
                if name not in self._assembly.cells:
                    text = message("There is no question named ${%(name)s}.")
                    self._add(Level.ERROR, text, item, "label", name=name)

    def _check_expression(self, item: Item, column: str, node: Node) -> None:
        for each in walk(node):
            match each:
                case Call("regex", (_, Text(form))):
                    self._check_pattern(item, column, form)
                case Path((word,)) if word not in (".", ".."):
                    self._check_word(item, column, word)

    def _check_pattern(self, item: Item, column: str, form: str) -> None:
        try:
            patterns.pattern(form)
        except UnsupportedError as error:
            self._say(Level.UNSUPPORTED, item, column, error)

    def _check_word(self, item: Item, column: str, word: str) -> None:
        """A bare word is a column of the choices in a filter, and elsewhere a slip."""
        if column != "choice_filter":
            text = message(
                "The word %(word)s stands without quotes or ${} and counts as empty."
            )
            self._add(Level.NOTE, text, item, column, word=word)
            return
        choices = self._definition.lists.get(item.list, ())
        columns = {"name"}.union(*(choice.attributes for choice in choices))
        if choices and word not in columns:
            text = message("No choice of the list %(list)s has the column %(word)s.")
            self._add(Level.NOTE, text, item, column, list=item.list, word=word)

    def _check_translations(self) -> None:
        missing: Counter[str] = Counter()
        for each in wordings(self._definition):
            if each.column != "title" and not each.is_name:
                missing.update(
                    code for code in self._definition.languages if not each.texts.get(code)
                )
        for code, number in missing.items():
            text = message("Texts missing in the language %(language)s: %(number)s.")
            self._findings.add(Level.NOTE, text, language=code, number=number)

    def _check_amount(self) -> None:
        if not any(item.kind == "question" for item in self._definition.walk()):
            self._findings.add(Level.ERROR, message("The form asks no question."), "survey")

    def _say(self, level: Level, item: Item, column: str, error: ExpressionError) -> None:
        self._add(level, error.message, item, column, **error.values)

    def _add(self, level: Level, text: str, item: Item, column: str, **values: object) -> None:
        row = self._rows.get(item.name)
        self._findings.add(level, text, "survey", row, COLUMN.get(column, column), **values)
