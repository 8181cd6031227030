"""What people require besides decides what helps them, and when."""

from dataclasses import replace

from agency.matching.allocating import allocate
from agency.matching.explaining import Change, Opening, openings
from agency.matching.fitting import Fit, Wanted, fit

MORNING, EVENING = frozenset(["t_morning"]), frozenset(["t_evening"])
NEED = Wanted("N1", "sewing_workshop", 6, times=MORNING, requires=("childcare",))


def opened(found: Fit) -> list[Opening]:
    return openings(found, allocate(found), 0)


def test_childcare_at_another_time_than_the_course_serves_nobody() -> None:
    need = replace(NEED, times=MORNING | EVENING)
    course = Wanted("F1", "sewing_workshop", 6, times=EVENING)
    care = Wanted("F2", "childcare", 6, times=MORNING)
    assert allocate(fit([need], [course, care])).served == [0]
    assert allocate(fit([need], [course, replace(care, times=EVENING)])).served == [6]


def test_another_time_is_promised_only_where_there_is_childcare_then() -> None:
    course = Wanted("F1", "sewing_workshop", 6, times=EVENING)
    care = Wanted("F2", "childcare", 2, times=EVENING)
    assert opened(fit([NEED], [course, care])) == [Opening(Change.TIME, 2, "t_evening")]
    found = opened(fit([NEED], [course, replace(care, times=MORNING)]))
    assert found == [Opening(Change.PLACES, 6, "sewing_workshop")]


def test_nothing_is_said_only_where_nobody_offers_it() -> None:
    need = replace(NEED, requires=())
    full = Wanted("F1", "sewing_workshop", 0, times=EVENING)
    assert opened(fit([need], [full]))[0].change is Change.PLACES
    assert opened(fit([need], [replace(full, term="jobs")]))[0].change is Change.NOTHING


def test_places_of_a_refused_pair_are_not_free_for_it() -> None:
    course = Wanted("F1", "sewing_workshop", 6, times=MORNING)
    found = fit([NEED], [course])
    found.holds[0, 0] = False
    assert opened(found) == [Opening(Change.PLACES, 6, "sewing_workshop")]
