"""What it costs to read results: a survey of 20 questions, from 1,000 answers to a million."""

import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import combinations, pairwise
from math import log
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import orjson
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Text, cast, insert, select

from app import create_app
from core.db import db
from core.models import Base
from people.models import Organisation, Role, Sector
from surveys.counting.columns import Column, Table
from surveys.counting.shelf import Shelf
from surveys.definition import Choice, Definition, Item
from surveys.fieldwork.starting import begin_survey, open_survey, versions_of
from surveys.models import Channel, Response, Subject, Survey
from surveys.reporting import crossing
from surveys.reporting.results import Reading
from tests.story import NOON, a_member, a_project, a_user, browser_of

ORGANISATIONS, BATCH = 2_000, 10_000
ONE, SEVERAL, NUMBER = range(14), range(3), range(3)
CHOICES = (3, 4, 5, 6, 8)
LISTS = {
    str(size): tuple(Choice(f"c{n}", {"de": f"Antwort {n}"}) for n in range(size))
    for size in CHOICES
}


def bench_reading() -> Iterator[tuple[str, float]]:
    """Yield figures by name: seconds and milliseconds of CPU, ratios, exponents."""
    first: dict[int, float] = {}
    for size in (1_000, 10_000, 100_000):
        with _survey(size) as (app, browser, path):
            first[size], again, bare = _page(app, browser, path)
            if size == 10_000:
                yield "crossing", 1000 * max(_crossings(app))
            if size == 100_000:
                yield "first look", first[size]
                yield "beside bare", first[size] / bare
                yield "again", 1000 * again
                yield "again, others writing", 1000 * _while_others_write(app, browser, path)
                yield "one more", _after_one_more(app, browser, path)
                counting = _countings(app)
    yield "growth of reading", _exponent(first)
    yield "growth of counting", _exponent(counting)


def _page(app: Flask, browser: FlaskClient, path: str) -> tuple[float, float, float]:
    """Return what the page takes at first and again, and a bare reading of its rows."""
    firsts, agains, bares = [], [], []
    for _ in range(3):
        bares.append(_cpu(lambda: _bare(app)))
        app.extensions["answers"] = Shelf()
        firsts.append(_cpu(lambda: browser.get(path)))
        agains += [_cpu(lambda: browser.get(path)) for _ in range(3)]
    return median(firsts), median(agains), median(bares)


def _bare(app: Flask) -> None:
    """Read all rows and what is in them, and do nothing with it."""
    query = select(Response.id, cast(Response.answers, Text))
    with app.app_context(), db.engine.connect() as connection:
        rows: Any = connection.connection.driver_connection
        for _, text in rows.execute(str(query)):
            orjson.loads(text)


def _while_others_write(app: Flask, browser: FlaskClient, path: str) -> float:
    """Return what the page takes when something was committed that is no answer."""
    taken = []
    for number in range(5):
        with app.app_context():
            db.session.add(a_project(f"other{number}"))
            db.session.commit()
        taken.append(_cpu(lambda: browser.get(path)))
    return median(taken)


def _after_one_more(app: Flask, browser: FlaskClient, path: str) -> float:
    taken = []
    for number in range(3):
        with app.app_context():
            survey = db.session.scalars(select(Survey)).one()
            db.session.execute(insert(Response), [_response(survey, 10**7 + number, None)])
            db.session.commit()
        taken.append(_cpu(lambda: browser.get(path)))
    return median(taken)


def _crossings(app: Flask) -> Iterator[float]:
    """Yield what each pair of fields takes."""
    with app.app_context():
        reading, fields = _fields(app)
        for one, other in combinations(fields.values(), 2):
            cross = partial(crossing.cross, reading.rows, one, other)
            yield median(_cpu(cross) for _ in range(3))


def _countings(app: Flask) -> dict[int, float]:
    """Return what all charts and a table take when nothing is left to be read."""
    found = {}
    with app.app_context():
        reading, fields = _fields(app)
        for times in (1, 10):
            table = _repeated(reading.rows, times)
            large = replace(reading, rows=table)

            def count(large: Reading = large) -> None:
                for _ in large.parts():
                    pass
                crossing.cross(large.rows, fields["one0"], fields["several0"])

            found[len(table)] = median(_cpu(count) for _ in range(5))
    return found


def _fields(app: Flask) -> tuple[Reading, dict[str, crossing.Field]]:
    survey = db.session.scalars(select(Survey)).one()
    answers = Shelf().answers(db.session, survey)
    assert answers is not None  # noqa: S101 - it asks something
    reading = Reading(answers.questions.definition, answers.table, survey.subject, "de")
    sectors = {each: str(list(Sector)[each % 4]) for each in range(ORGANISATIONS + 1)}
    names = {str(each): reading.text({"de": str(each)}) for each in Sector}
    return reading, crossing.fields(reading, lambda: sectors, names)


def _repeated(table: Table, times: int) -> Table:
    rows = type(table.rows)(*(np.tile(array, times) for array in vars(table.rows).values()))
    columns = {
        name: Column(np.tile(column.codes, times), column.said)
        for name, column in table.columns.items()
    }
    return Table(rows, columns)


def _exponent(taken: Mapping[int, float]) -> float:
    """Return the largest exponent by which cost grows from one size to the next."""
    return max(
        log(slow / fast) / log(many / few)
        for (few, fast), (many, slow) in pairwise(sorted(taken.items()))
    )


def _cpu(act: Callable[[], object]) -> float:
    begun = time.process_time()
    act()
    return time.process_time() - begun


@contextmanager
def _survey(size: int) -> Iterator[tuple[Flask, FlaskClient, str]]:
    """Make a survey with so many answers, and somebody who reads them all."""
    with TemporaryDirectory() as folder:
        address = f"sqlite:///{Path(folder, 'bench.db')}"
        app = create_app(DATABASE_URL=address, DATA=Path(folder, "data"), SECRET_KEY="bench")  # noqa: S106
        with app.app_context():
            Base.metadata.create_all(db.engine)
            user, slug = _fill(size)
            browser = browser_of(user, app)
        browser.get("/legal/imprint")
        yield app, browser, f"/p/bench/surveys/{slug}/results?all=1"
        with app.app_context():
            db.engine.dispose()


def _fill(size: int) -> tuple[Any, str]:
    project, user = a_project("bench"), a_user("Ada")
    db.session.add_all([project, user])
    db.session.flush()
    db.session.add(a_member(project, user, Role.FACILITATOR))
    db.session.execute(
        insert(Organisation),
        [
            {
                "project_id": project.id, "code": f"O{n}", "name": f"Haus {n}",
                "short_name": f"Haus {n}", "sector": list(Sector)[n % 4], "added": NOON,
            }
            for n in range(ORGANISATIONS)
        ],
    )  # fmt: skip
    survey = begin_survey(
        db.session, project, _definition(), "k", title="", subject=Subject.ORGANISATIONS,
        now=NOON,
    )  # fmt: skip
    open_survey(db.session, survey, NOON)
    db.session.flush()
    version = versions_of(db.session, survey)[-1].id
    for start in range(0, size, BATCH):
        numbers = range(start, min(start + BATCH, size))
        db.session.execute(insert(Response), [_response(survey, n, version) for n in numbers])
    db.session.commit()
    return user, survey.slug


def _response(survey: Survey, number: int, version: int | None) -> dict[str, object]:
    chance = random.Random(number)  # noqa: S311 - chance
    when = NOON + timedelta(seconds=number)
    return {
        "project_id": survey.project_id, "survey_id": survey.id, "kind": survey.kind,
        "version_id": version or versions_of(db.session, survey)[-1].id,
        "organisation_id": number % ORGANISATIONS + 1, "key_hash": str(number),
        "channel": Channel.LINK, "language": "de", "leading": number < ORGANISATIONS,
        "begun": when - timedelta(seconds=chance.randrange(120, 2400)), "saved": when,
        "submitted": when, "revision": 0, "page": "", "answers": _document(chance),
    }  # fmt: skip


def _document(chance: random.Random) -> dict[str, object]:
    one = {
        f"one{n}": f"c{int(chance.random() ** 1.5 * CHOICES[n % 5])}"
        for n in ONE
        if chance.random() < 0.95
    }
    several = {
        f"several{n}": [f"c{each}" for each in range(6) if chance.random() < 0.4]
        for n in SEVERAL
    }
    small, skewed = chance.randrange(1, 12), int(chance.lognormvariate(3, 1))
    numbers = {"number0": small, "number1": skewed, "number2": chance.randrange(100)}
    return one | several | numbers


def _definition() -> Definition:
    def question(name: str, kind: Any, choices: int | str = "") -> Item:
        return Item("question", name, kind, {"de": f"Frage {name}"}, list=str(choices))

    items = (
        *(question(f"one{n}", "select_one", CHOICES[n % 5]) for n in ONE),
        *(question(f"several{n}", "select_multiple", 6) for n in SEVERAL),
        *(question(f"number{n}", "integer") for n in NUMBER),
    )
    return Definition({"de": "Groß"}, "bench", "de", ("de",), items, LISTS)


if __name__ == "__main__":
    for name, figure in bench_reading():
        print(f"{name}: {figure:.3f}", flush=True)
