"""Receipts: one's own answers in words, to keep."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from surveys.definition import Item, Texts, text_in
from surveys.questionnaires.asking import Asked
from surveys.questionnaires.evaluating import Evaluation
from surveys.questionnaires.laying import split_code
from surveys.questionnaires.slots import OUTSIDE, Turn


@dataclass(frozen=True)
class Line:
    """A question and what was answered; texts and the language they are in."""

    question: tuple[str, str]
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Section:
    """What was answered on a page: its heading, its key, and the answers."""

    heading: tuple[str, str]
    page: str
    lines: tuple[Line, ...]


def receipt(
    asked: Asked, evaluation: Evaluation, language: str, titles: Texts
) -> list[Section]:
    """Return everything that was answered, in the order of the form; *titles* are its own."""
    found: list[Section] = []
    for page in evaluation.pages():
        lines = tuple(_lines(page.items, asked, evaluation, language, OUTSIDE))
        if not lines:
            continue
        texts = page.part.label if page.part else titles
        title, said = text_in(texts, language, asked.definition.default_language)
        heading = ("" if "${" in title else split_code(title)[1], said)
        if found and found[-1].heading == heading:
            merged = found.pop()
            found.append(Section(heading, merged.page, merged.lines + lines))
        else:
            found.append(Section(heading, page.key, lines))
    return found


def as_text(title: str, sections: Sequence[Section]) -> str:
    """Return a receipt as plain text."""
    blocks = [title]
    for section in sections:
        lines = [f"== {section.heading[0]} =="] if section.heading[0] else []
        for line in section.lines:
            lines.append(line.question[0])
            lines += [f"  – {text}" for text, _ in line.answers]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _lines(
    items: Sequence[Item], asked: Asked, evaluation: Evaluation, language: str, turn: Turn
) -> Iterator[Line]:
    for item in items:
        if not evaluation.relevant(item.name, turn):
            continue
        if item.kind == "group":
            yield from _about(item, asked, evaluation, language, turn)
        elif item.kind == "repeat":
            for number in range(1, evaluation.count(item.name, turn) + 1):
                yield from _lines(item.items, asked, evaluation, language, (*turn, number))
        elif item.kind == "question" and (
            answers := answers_in(item, evaluation, language, turn)
        ):
            text, said = evaluation.label(item, language, turn)
            yield Line((split_code(text)[1], said), answers)


def _about(
    item: Item, asked: Asked, evaluation: Evaluation, language: str, turn: Turn
) -> Iterator[Line]:
    lines = [*_lines(item.items, asked, evaluation, language, turn)]
    if lines and turn and item.label:  # of which partner this is said
        text, said = evaluation.label(item, language, turn)
        yield Line((text, said), ())
    yield from lines


def answers_in(
    item: Item, evaluation: Evaluation, language: str, turn: Turn
) -> tuple[tuple[str, str], ...]:
    """Return what was answered to a question in words, each with its language if known."""
    value = evaluation.value(item.name, turn)
    if value is None or item.kind != "question":
        return ()
    values = value if isinstance(value, list) else [value]
    if item.type not in ("select_one", "select_multiple", "rank"):
        return tuple((str(each), "") for each in values)
    fallback = evaluation.questionnaire.definition.default_language
    offered = {choice.name: choice.label for choice in evaluation.choices(item.name, turn)}
    return tuple(
        text_in(offered[each], language, fallback) for each in values if each in offered
    )
