"""Who may have which money: every rule of a programme against what somebody answers.

What the directory does not know, or nobody has answered, is never guessed: it stays open.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_UP, Decimal
from enum import StrEnum
from zlib import crc32

from agency.funding.keeping import Entry, entry_of, is_old
from agency.funding.models import Programme
from agency.funding.words import AREAS, CONDITIONS, FORMS, LAW, MONEY, RULES, THEMES
from core.errors import message

ALL = Decimal(100)
PART_OF_WAGES = ("wage_subsidy", "service")  # how much it is follows from something else


class State(StrEnum):
    """What a rule says, and what all rules of a programme say together."""

    YES = "yes"
    OPEN = "open"
    NO = "no"


@dataclass(frozen=True)
class Answers:
    """What is known of who asks and of what they plan; what is empty is not known."""

    legal_form: str = ""
    place: str = ""  # the smallest of the areas that holds it, or "elsewhere"
    themes: tuple[str, ...] = ()
    amount: Decimal | None = None  # wanted
    own: Decimal | None = None  # own money beside it
    months: int | None = None
    start: date | None = None
    gets: tuple[str, ...] | None = None  # for the same purpose already; none: ()
    people: Mapping[str, str] = field(default_factory=dict)  # by condition: yes or no
    met: frozenset[str] = frozenset()  # requirements that somebody says are met


@dataclass(frozen=True)
class Reason:
    """A sentence of a rule: a message, what fills it, and where the rule stands.

    The values are named by what they are: euro, percent, day, number, text; a tuple of
    messages is a list of words.
    """

    state: State
    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    source: str = ""
    mark: str = ""  # by which a requirement is said to be met


@dataclass(frozen=True)
class Result:
    """What a programme says to the answers, and why."""

    code: str
    name: str
    funder: str
    kind: str
    source: str
    reasons: tuple[Reason, ...]
    is_old: bool

    @property
    def state(self) -> State:
        states = {each.state for each in self.reasons}
        return next((each for each in (State.NO, State.OPEN) if each in states), State.YES)

    def of(self, state: State) -> list[Reason]:
        return [each for each in self.reasons if each.state == state]


def check_all(programmes: Iterable[Programme], answers: Answers, today: date) -> list[Result]:
    """Check every programme; the most useful come first."""
    results = [check(each, answers, today) for each in programmes]
    order = [State.YES, State.OPEN, State.NO]
    return sorted(
        results,
        key=lambda each: (
            order.index(each.state), len(each.of(State.NO)), len(each.of(State.OPEN)),
            each.is_old, each.name,
        ),
    )  # fmt: skip


def check(programme: Programme, answers: Answers, today: date) -> Result:
    """Let every rule of a programme speak."""
    entry = entry_of(programme)
    reasons = [each for rule in RULE_BOOK for each in rule(entry, answers, today)]
    reasons += _requirements(entry, answers, programme.code)
    sourced = tuple(
        each if each.source else replace(each, source=entry.source) for each in reasons
    )
    return Result(
        programme.code,
        programme.name,
        programme.funder,
        programme.kind,
        entry.source,
        sourced,
        is_old(programme, today),
    )


def mark_of(code: str, requirement: str) -> str:
    """Return by what a requirement is named: when its words change, it is another one."""
    return f"{code}.{crc32(requirement.encode()):08x}"


def _yes(text: str, **values: object) -> Reason:
    return Reason(State.YES, text, values)


def _open(text: str, **values: object) -> Reason:
    return Reason(State.OPEN, text, values)


def _no(text: str, **values: object) -> Reason:
    return Reason(State.NO, text, values)


def _legal_form(entry: Entry, answers: Answers, _today: date) -> Iterator[Reason]:
    forms = tuple(FORMS[each] for each in entry.eligible if each in FORMS)
    mine = answers.legal_form
    named = (FORMS[mine],) if mine in FORMS else ()
    if not forms:
        yield _open(message("Who may apply is not known. Please ask the funder."))
    elif mine in entry.eligible:
        yield _yes(message("%(words)s: may apply."), words=named)
    elif not mine:
        yield _open(message("Your legal form is one of these: %(words)s."), words=forms)
    elif mine == "none":
        yield _open(message("You found it first, as one of these: %(words)s."), words=forms)
    elif mine == "eg" and "eg_np" in entry.eligible:
        yield _open(message("Your cooperative is non-profit."))
    else:
        text = message("%(mine)s: may not apply. Only these may: %(words)s.")
        yield _no(text, mine=named, words=forms)


def _area(entry: Entry, answers: Answers, _today: date) -> Iterator[Reason]:
    order = [*AREAS]
    if entry.area not in order:
        yield _open(message("For which area it is meant is not known. Please ask the funder."))
        return
    words = (AREAS[entry.area],)
    if not answers.place:
        yield _open(message("You work in this area: %(words)s."), words=words)
    elif answers.place in order[: order.index(entry.area) + 1]:
        yield _yes(message("The place fits: %(words)s."), words=words)
    else:
        yield _no(message("It is meant for another area: %(words)s."), words=words)


def _theme(entry: Entry, answers: Answers, _today: date) -> Iterator[Reason]:
    words = tuple(THEMES[each] for each in entry.themes if each in THEMES)
    shared = tuple(THEMES[each] for each in answers.themes if each in entry.themes)
    if not words:
        yield _open(message("For which themes it is meant is not known."))
    elif not answers.themes:
        yield _open(message("It is about one of these themes: %(words)s."), words=words)
    elif shared:
        yield _yes(message("The theme fits: %(words)s."), words=shared)
    else:
        yield _no(message("It is meant for other themes: %(words)s."), words=words)


def _amount(entry: Entry, answers: Answers, _today: date) -> Iterator[Reason]:
    if entry.kind in PART_OF_WAGES:
        return
    least, most, wanted = entry.amount_min, entry.amount_max, answers.amount
    if least is not None and wanted is not None and wanted < least:
        yield _no(message("It gives %(euro)s and more; you want less."), euro=least)
    elif most is not None and wanted is not None and wanted > most:
        text = message("It gives at most %(euro)s; you want %(euro_wanted)s.")
        yield _no(text, euro=most, euro_wanted=wanted)
    elif most is None:
        yield _open(message("How much it gives at most is not known. Please ask the funder."))
    elif wanted is None:
        yield _open(message("You want no more than %(euro)s."), euro=most)
    else:
        yield _yes(message("The amount fits: it gives up to %(euro)s."), euro=most)


def _months(entry: Entry, answers: Answers, _today: date) -> Iterator[Reason]:
    least, most, wanted = entry.months_min, entry.months_max, answers.months
    if entry.kind == "service":
        return
    if least is not None and wanted is not None and wanted < least:
        yield _no(message("It lasts %(number)s months or more; you plan less."), number=least)
    elif most is not None and wanted is not None and wanted > most:
        text = message("It lasts at most %(number)s months; you plan %(number_wanted)s.")
        yield _no(text, number=most, number_wanted=wanted)
    elif most is None:
        yield _open(message("How long it lasts at most is not known. Please ask the funder."))
    elif wanted is None and least is not None:
        text = message("You plan %(number_least)s to %(number)s months.")
        yield _open(text, number_least=least, number=most)
    elif wanted is None:
        yield _open(message("You plan no more than %(number)s months."), number=most)
    else:
        yield _yes(message("The time fits: up to %(number)s months."), number=most)


def _own_funds(entry: Entry, answers: Answers, _today: date) -> Iterator[Reason]:
    if entry.kind in (*PART_OF_WAGES, "loan"):
        return
    if entry.rate is None and entry.own_funds is None:
        yield _open(message("How much you must pay yourself is not known."))
        return
    rest = ALL - entry.rate if entry.rate is not None else Decimal(0)
    share = max(rest, entry.own_funds or Decimal(0))
    if not share:
        yield _yes(message("It can pay everything: no own funds are needed."))
    elif answers.amount is None or answers.own is None:
        yield _open(message("You bring at least %(percent)s of own funds."), percent=share)
    else:
        needed = answers.amount * share / (ALL - share)
        if answers.own >= needed:
            text = message("Your own funds are enough: %(percent)s are needed.")
            yield _yes(text, percent=share)
        else:
            text = message("It needs %(percent)s of own funds. With %(euro)s it would fit.")
            yield _no(text, percent=share, euro=needed.quantize(Decimal(1), ROUND_UP))


def _deadline(entry: Entry, answers: Answers, today: date) -> Iterator[Reason]:
    ahead = [day for day in entry.deadlines if day >= today]
    if entry.due == "rolling":
        yield _yes(message("You can apply at any time."))
    elif entry.due != "dates" or not entry.deadlines:
        yield _open(message("Whether there is a deadline is not known. Please ask the funder."))
    elif not ahead:
        text = message("The last known deadline was on %(day)s. Please ask for the next one.")
        yield _open(text, day=max(entry.deadlines))
    elif answers.start and answers.start < min(ahead):
        text = message("You begin later: the next deadline is on %(day)s.")
        yield _open(text, day=min(ahead))
    else:
        yield _yes(message("You can apply until %(day)s."), day=min(ahead))


def _cumulation(entry: Entry, answers: Answers, _today: date) -> Iterator[Reason]:
    gets, rule = answers.gets, entry.cumulation
    excluded = entry.excludes if rule == "limited" else tuple(MONEY)
    if rule == "free" or gets == ():
        yield _yes(message("No other money stands in the way."))
        return
    clash = tuple(MONEY[each] for each in gets or () if each in excluded)
    words = clash or tuple(MONEY[each] for each in excluded if each in MONEY)
    if not rule or (rule == "limited" and not excluded):
        text = message("Whether it may be combined with other money is not known.")
        yield _open(text)
    elif gets is None and rule == "none":
        yield _open(message("You get no other money for the same purpose."))
    elif gets is None:
        yield _open(
            message("You get none of this for the same purpose: %(words)s."), words=words
        )
    elif clash:
        yield _no(message("It may not be combined with what you get: %(words)s."), words=clash)
    else:
        yield _yes(message("It may be combined with what you get."))


def _people(entry: Entry, answers: Answers, _today: date) -> Iterator[Reason]:
    for code in entry.conditions:
        if code in CONDITIONS:
            said = answers.people.get(code, "")
            state = {"yes": State.YES, "no": State.NO}.get(said, State.OPEN)
            text = {
                State.YES: message("You say: %(rule)s."),
                State.NO: message("It asks that %(rule)s; you say no."),
                State.OPEN: message("It asks that %(rule)s."),
            }[state]
            yield Reason(state, text, {"rule": (RULES[code],)}, LAW[code])


def _requirements(entry: Entry, answers: Answers, code: str) -> Iterator[Reason]:
    for text in entry.requirements:
        mark = mark_of(code, text)
        state = State.YES if mark in answers.met else State.OPEN
        yield Reason(state, "%(text)s", {"text": text}, mark=mark)


RULE_BOOK: tuple[Callable[[Entry, Answers, date], Iterator[Reason]], ...] = (
    _legal_form, _area, _theme, _amount, _months, _own_funds, _deadline, _cumulation, _people,
)  # fmt: skip
