import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import numpy as np
import pytest

from surveys.counting import pieces
from surveys.counting.coding import Coder
from surveys.counting.columns import NOTHING

MARKS = ('"', "\\", '": ', ', "', "}", "{", '{"a": ', "x", "ä", ", ", "\n", "[", "]", "1", "\0")
NAMES = ("a", "b", "c", "d}", 'q"q', "b\\s", "e: f", "g, h", "", '{"a', 'x, "y', "größe")


def text(chance: Random) -> str:
    return "".join(
        chance.choices(MARKS, k=chance.randrange(30 if chance.random() < 0.1 else 5))
    )


def an_answer(chance: Random, depth: int = 0) -> Any:
    def deeper() -> Iterator[Any]:
        return (an_answer(chance, depth + 1) for _ in range(chance.randrange(3)))

    kinds: list[Callable[[], Any]] = [
        lambda: None,
        lambda: text(chance),
        lambda: text(chance),
        lambda: chance.choice([7, 1.5, float("nan")]),
        lambda: [text(chance) for _ in range(chance.randrange(3))],
        lambda: {text(chance): each for each in deeper()},
        lambda: [*deeper()],
    ]
    return chance.choice(kinds if depth < 2 else kinds[:5])()


def kept(answer: Any) -> object:
    """What is kept of an answer: nothing of places, and of what lies deeper only that it is."""
    if isinstance(answer, dict) or answer in ("", []):
        return None
    if isinstance(answer, list):
        return tuple(str(each) if isinstance(each, list | dict) else each for each in answer)
    return answer


def as_text(chance: Random, document: dict[str, Any]) -> str:
    compact = (",", ":") if chance.random() < 0.1 else None
    return json.dumps(document, ensure_ascii=chance.random() < 0.5, separators=compact)


@pytest.mark.parametrize("seed", range(8))
def test_whatever_people_write_each_answer_stays_with_its_question(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - chance
    documents = [
        {name: an_answer(chance) for name in chance.sample(NAMES, chance.randrange(len(NAMES)))}
        for _ in range(200)
    ]
    coder, texts = Coder(NAMES, {}), [as_text(chance, each) for each in documents]
    for start in range(0, len(texts), 60):
        coder.read(texts[start : start + 60])
    columns = coder.columns()
    for name in NAMES:
        column = columns[name]
        found = [column.said[code] for code in column.codes]
        wanted = [kept(document.get(name)) for document in documents]
        assert [*map(repr, found)] == [*map(repr, wanted)]  # NaN is not equal to itself


def test_pieces_are_told_apart_however_many_there_are() -> None:
    texts = [json.dumps({"a": f"Antwort {n}", "b": n % 7}) for n in range(40_000)]
    coder = Coder(["a", "b"], {})
    for start in range(0, len(texts), 400):
        coder.read(texts[start : start + 400])
    columns = coder.columns()
    said = columns["a"].said
    assert [said[code] for code in columns["a"].codes] == [
        f"Antwort {n}" for n in range(40_000)
    ]
    assert len(columns["b"].said) == 8


def test_what_is_no_answer_has_the_number_nothing() -> None:
    coder = Coder(["a"], {})
    coder.read([json.dumps({"a": each}) for each in NOTHING] + ["{}"])
    assert coder.columns()["a"].codes.tolist() == [0, 0, 0, 0]
    assert Coder(["a"], {}).columns()["a"].codes.tolist() == []


@pytest.mark.parametrize("seed", range(20))
def test_answers_that_differ_in_the_same_bits_stay_apart(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of all factors once took these for the same: their differences cancelled out."""
    factor = Random(seed).getrandbits(64) | 1  # noqa: S311 - chance
    monkeypatch.setattr(pieces, "FACTOR", np.uint64(factor))
    answers = ["xxxxxx!xxx!xxx!xxx", "xxxxxxaxxxaxxxaxxx"]
    coder = Coder(["a"], {})
    coder.read([json.dumps({"a": answer}) for answer in answers])
    column = coder.columns()["a"]
    assert [column.said[code] for code in column.codes] == answers
