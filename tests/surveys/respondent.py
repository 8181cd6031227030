"""Somebody who answers any questionnaire at random, page by page, to the end."""

from collections.abc import Iterator
from random import Random
from typing import Any

from surveys.definition import Item
from surveys.questionnaires.evaluating import Evaluation, Questionnaire
from surveys.questionnaires.paging import Page
from tests.story import NOON

Answers = dict[str, Any]


class Respondent:
    """Answers with a seed; sometimes leaves a question out that is not required."""

    def __init__(self, form: Questionnaire, seed: int, language: str = "") -> None:
        self.form = form
        self.language = language or form.definition.default_language
        self.answers: Answers = {}
        self.seen: list[Page] = []
        self._random = Random(seed)  # noqa: S311 - chance, not secrecy

    def look(self) -> Evaluation:
        return self.form.evaluate(self.answers, now=NOON, language=self.language)

    def answer_all(self) -> Answers:
        """Answer page after page; what is shown on a page stays the same while it is filled."""
        while page := self._next():
            before = self.look()
            shown = self._shown(before, page)
            for _ in page.questions:
                self._fill(page.items, self.answers, (), self.look())
            assert self._shown(self.look(), page) == shown
            self.answers = self.look().settled()
            self.seen.append(page)
        return self.look().document()

    def _next(self) -> Page | None:
        """The first page not seen yet after the last one."""
        seen = {page.key for page in self.seen}
        return next((page for page in self.look().pages() if page.key not in seen), None)

    def _shown(self, evaluation: Evaluation, page: Page) -> list[Any]:
        def seen(item: Item, turn: tuple[int, ...]) -> tuple[Any, ...]:
            names = [choice.name for choice in evaluation.choices(item.name, turn)]
            return item.name, turn, names, evaluation.label(item, self.language, turn)

        return [
            seen(item, turn)
            for item in page.questions
            for turn in evaluation.instances(item.name)
            if evaluation.relevant(item.name, turn)
        ]

    def _fill(
        self, items: tuple[Item, ...], answers: Answers, turn: tuple[int, ...], now: Evaluation
    ) -> None:
        for item in items:
            if item.kind == "group":
                self._fill(item.items, answers, turn, now)
            elif item.kind == "repeat":
                turns = answers.setdefault(item.name, [])
                number = now.count(item.name, turn)
                turns.extend({} for _ in range(number - len(turns)))
                for place in range(number):
                    self._fill(item.items, turns[place], (*turn, place + 1), now)
            elif self._asks(item, answers, turn, now):
                answers[item.name] = self._answer(item, turn, now)
                if self.form.evaluate(self.answers, now=NOON).violation(item.name, turn):
                    del answers[item.name]  # then nothing, or something else next time

    def _asks(
        self, item: Item, answers: Answers, turn: tuple[int, ...], now: Evaluation
    ) -> bool:
        asked = item.kind == "question" and not item.calculation
        return asked and item.name not in answers and now.relevant(item.name, turn)

    def _answer(self, item: Item, turn: tuple[int, ...], now: Evaluation) -> Any:
        names = [choice.name for choice in now.choices(item.name, turn)]
        chance = self._random
        match item.type:
            case "integer" | "range":
                return chance.choice([0, 1, 2, 5, 17, 18, 40, 99])
            case "decimal":
                return chance.choice([0.0, 0.5, 12.25])
            case "date":
                return chance.choice(["1980-05-17", "2024-02-29", NOON.date().isoformat()])
            case "time":
                return "14:30"
            case "datetime":
                return "2026-11-02T14:30:00"
            case "geopoint":
                return "52.63 13.49"
            case "acknowledge":
                return "OK"
            case "select_one":
                return chance.choice(names) if names else None
            case "select_multiple":
                return chance.sample(names, chance.randint(0, min(3, len(names))))
            case "rank":
                return chance.sample(names, len(names))
        return chance.choice(["", "Amal", "K7-RQ2", "amal@example.org", "03/2024"])


def texts(evaluation: Evaluation, language: str) -> Iterator[tuple[str, str]]:
    """Every text that a respondent may read, and the language it is in."""
    for item in evaluation.questionnaire.definition.walk():
        for turn in evaluation.instances(item.name):
            yield evaluation.label(item, language, turn)
            yield evaluation.hint(item, language, turn)
            yield evaluation.message(item, language, turn)
            for choice in evaluation.choices(item.name, turn):
                yield evaluation.text(item, choice.label, language, turn)
