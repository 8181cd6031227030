"""Answers in memory, as figures count them, and as tests read them."""

import json
from collections.abc import Mapping, Sequence

import numpy as np
from sqlalchemy.orm import Session

from surveys.counting.coding import Coder
from surveys.counting.columns import LANGUAGE, VERSION, Rows, Table
from surveys.counting.shelf import Answers, Shelf
from surveys.models import Survey


def a_table(
    documents: Sequence[Mapping[str, object]],
    languages: Sequence[str] = (),
    organisations: Sequence[int] = (),
    versions: Sequence[int] = (),
) -> Table:
    """The table of these answers, all of which lead."""
    names = {name: None for each in documents for name in each}
    coder = Coder(names, {}, [LANGUAGE, VERSION])
    coder.read([json.dumps(each) for each in documents])
    number = len(documents)
    coder.note(LANGUAGE, languages or ["de"] * number)
    coder.note(VERSION, versions or [1] * number)
    zeros = np.zeros(number, np.int64)
    owners = np.array(organisations, np.int64) if organisations else zeros
    rows = Rows(np.arange(number), zeros, owners, np.ones(number, bool), zeros, zeros)
    return Table(rows, coder.columns())


def answers_of(session: Session, survey: Survey, shelf: Shelf | None = None) -> Answers:
    """The answers of a survey as a page would look at them."""
    found = (Shelf() if shelf is None else shelf).answers(session, survey)
    assert found
    return found


def documents(table: Table) -> list[dict[str, object]]:
    """What each of these rows answers, as far as it is kept."""
    columns = {name: table.column(name) for name in table.columns if name[0] != "\0"}
    return [
        {
            name: column.said[column.codes[place]]
            for name, column in columns.items()
            if column.codes[place]
        }
        for place in range(len(table))
    ]
