from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from agency.funding.checking import Answers, Reason, State, check, check_all, mark_of
from agency.funding.keeping import Entry
from agency.funding.models import Programme
from tests.story import NOON

TODAY = date(2026, 11, 30)
FULL = Entry(
    "Kiezfonds",
    kind="grant",
    eligible=("ev", "ggmbh"),
    area="berlin",
    themes=("employment", "inclusion"),
    amount_max=Decimal(20_000),
    months_min=6,
    months_max=12,
    rate=Decimal(90),
    due="rolling",
    cumulation="limited",
    excludes=("lottery",),
    source="Richtlinie 3.1",
)
RADHAUS = Answers(
    legal_form="ggmbh",
    place="pankow",
    themes=("employment",),
    amount=Decimal(18_000),
    own=Decimal(2_000),
    months=12,
    gets=(),
)


def a_programme(entry: Entry, **more: object) -> Programme:
    values = {"code": "kiez", "by": "Birte", "at": NOON, "checked_by": "", **more}
    return Programme(**entry.columns, **values)


def reasons(entry: Entry, answers: Answers) -> tuple[Reason, ...]:
    return check(a_programme(entry), answers, TODAY).reasons


def state(entry: Entry, answers: Answers) -> State:
    return check(a_programme(entry), answers, TODAY).state


def test_what_meets_every_rule_fits_and_each_rule_says_so() -> None:
    found = reasons(FULL, RADHAUS)
    assert {each.state for each in found} == {State.YES}
    assert len(found) == 8
    assert {each.source for each in found} == {"Richtlinie 3.1"}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"legal_form": "gmbh"}, State.NO),
        ({"legal_form": ""}, State.OPEN),
        ({"legal_form": "none"}, State.OPEN),
        ({"place": "de"}, State.NO),
        ({"place": "elsewhere"}, State.NO),
        ({"place": "berlin"}, State.YES),
        ({"place": ""}, State.OPEN),
        ({"themes": ("culture",)}, State.NO),
        ({"themes": ()}, State.OPEN),
        ({"amount": Decimal(20_000), "own": Decimal(2_223)}, State.YES),
        ({"amount": Decimal(20_001), "own": Decimal(9_000)}, State.NO),
        ({"amount": None}, State.OPEN),
        ({"own": Decimal(1_999)}, State.NO),
        ({"own": None}, State.OPEN),
        ({"months": 5}, State.NO),
        ({"months": 6}, State.YES),
        ({"months": 13}, State.NO),
        ({"months": None}, State.OPEN),
        ({"gets": ("lottery", "eu")}, State.NO),
        ({"gets": ("eu",)}, State.YES),
        ({"gets": None}, State.OPEN),
    ],
)
def test_one_answer_decides(answers: dict[str, object], expected: State) -> None:
    assert state(FULL, replace(RADHAUS, **answers)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "unknown",
    [
        {"eligible": ()},
        {"area": ""},
        {"themes": ()},
        {"amount_max": None},
        {"months_max": None},
        {"rate": None},
        {"due": ""},
        {"cumulation": "", "excludes": ()},
        {"cumulation": "limited", "excludes": ()},
    ],
)
def test_what_the_directory_does_not_know_stays_open(unknown: dict[str, object]) -> None:
    entry = replace(FULL, **unknown)  # type: ignore[arg-type]
    answers = replace(RADHAUS, gets=("eu",))
    assert state(FULL, answers) == State.YES
    assert [each.state for each in reasons(entry, answers)].count(State.OPEN) == 1


def test_own_funds_that_are_missing_are_counted() -> None:
    (missing,) = (
        each
        for each in reasons(FULL, replace(RADHAUS, own=Decimal(0)))
        if each.state == State.NO
    )
    assert missing.values == {"percent": Decimal(10), "euro": Decimal(2_000)}
    odd = replace(RADHAUS, amount=Decimal(10_000))  # a tenth of all is 1,111.11 €
    assert state(FULL, replace(odd, own=Decimal("1111.12"))) == State.YES
    assert state(FULL, replace(odd, own=Decimal("1111.11"))) == State.NO


def test_deadlines_past_ahead_and_after_the_beginning() -> None:
    days = (date(2026, 9, 15), date(2027, 3, 1))
    entry = replace(FULL, due="dates", deadlines=days)
    assert state(entry, RADHAUS) == State.YES
    assert state(entry, replace(RADHAUS, start=date(2027, 2, 28))) == State.OPEN
    assert state(replace(entry, deadlines=days[:1]), RADHAUS) == State.OPEN
    assert state(replace(entry, deadlines=(TODAY,)), RADHAUS) == State.YES


def test_people_are_asked_for_only_where_the_law_does_and_it_is_named() -> None:
    entry = replace(FULL, kind="wage_subsidy", conditions=("age25", "benefits6of7"))
    told = reasons(entry, replace(RADHAUS, people={"age25": "yes", "benefits6of7": "no"}))
    law = {each.state: each.source for each in told if "rule" in each.values}
    assert law == {State.YES: "§ 16i SGB II", State.NO: "§ 16i SGB II"}
    assert state(entry, RADHAUS) == State.OPEN


def test_a_requirement_is_open_until_somebody_says_it_is_met_in_these_words() -> None:
    entry = replace(FULL, requirements=("Das Bezirksamt stimmt zu.",))
    assert state(entry, RADHAUS) == State.OPEN
    met = frozenset({mark_of("kiez", "Das Bezirksamt stimmt zu.")})
    assert state(entry, replace(RADHAUS, met=met)) == State.YES
    changed = replace(entry, requirements=("Der Senat stimmt zu.",))
    assert state(changed, replace(RADHAUS, met=met)) == State.OPEN


def test_a_cooperative_may_be_non_profit() -> None:
    entry = replace(FULL, eligible=("ev", "eg_np"))
    assert state(entry, replace(RADHAUS, legal_form="eg")) == State.OPEN


def test_the_useful_comes_first_and_what_is_unchecked_after_it() -> None:
    entries = {
        "no": replace(FULL, area="pankow", themes=("culture",)),
        "open": replace(FULL, due=""),
        "unchecked": FULL,
        "fits": FULL,
    }
    programmes = [
        a_programme(entry, code=code, last_checked=TODAY if code != "unchecked" else None)
        for code, entry in entries.items()
    ]
    found = check_all(programmes, RADHAUS, TODAY)
    assert [each.code for each in found] == ["fits", "unchecked", "open", "no"]
    assert Counter(each.is_old for each in found) == {False: 3, True: 1}
