from sqlalchemy.orm import Session

from agency import deciding, planning
from agency.counselling.choosing import BEST, Advice, advise, wanted_by
from agency.matching.explaining import Change
from people.listings.models import For, Listing
from people.models import Project, Side
from tests.agency.gathering.story import PEOPLE
from tests.agency.story import a_listing
from tests.story import NOON


def advice(session: Session, project: Project, **answers: object) -> Advice:
    said = {"consent": "yes", "german": "a1"} | answers
    plan = planning.plans_of(session, project, NOON.date())[For.PERSONS]
    return advise(plan, wanted_by(PEOPLE, said, "buch"))


def course(session: Session, project: Project, title: str, **more: object) -> Listing:
    values = {"term": "language_course", "locality": "buch", "quantity": 3} | more
    return a_listing(session, project, Side.OFFER, title, **values)


def test_the_best_five_come_with_their_reason(session: Session, project: Project) -> None:
    for number in range(6):
        course(session, project, f"Kurs {number}", locality="karow")
    course(session, project, "Kurs nebenan", german="a2")
    found = advice(session, project, needs=["language_course"])
    assert len(found.chances) == BEST
    assert "Kurs nebenan" not in [each.offer.title for each in found.chances]
    assert found.hopes[0].fitting == 7
    best = found.chances[0]
    assert (best.reason.category, best.reason.german) == (1.0, 1.0)
    assert best.reason.km


def test_a_place_that_is_taken_is_no_chance(session: Session, project: Project) -> None:
    offer = course(session, project, "Kurs")
    need = a_listing(session, project, Side.NEED, "Kurs", term="language_course", quantity=3)
    deciding.decide(session, need, offer, 3, "Birte", NOON)
    assert advice(session, project, needs=["language_course"]).chances == []


def test_without_childcare_a_course_is_no_chance_for_a_mother(
    session: Session, project: Project
) -> None:
    course(session, project, "Kurs")
    needs = {"needs": ["language_course"], "kids": "yes_u3"}
    assert advice(session, project, **needs).chances == []
    course(session, project, "Kurs mit Betreuung", requires=("childcare",))
    (chance,) = advice(session, project, **needs).chances
    assert chance.offer.title == "Kurs mit Betreuung"


def test_it_says_what_one_more_step_of_german_would_open(
    session: Session, project: Project
) -> None:
    course(session, project, "Kurs für Fortgeschrittene", german="b1")
    found = advice(session, project, needs=["language_course"])
    assert found.chances == []
    (opening,) = found.hopes[0].openings
    assert (opening.change, opening.what, opening.places) == (Change.GERMAN, "a2", 3)


def test_the_most_urgent_need_comes_first(session: Session, project: Project) -> None:
    for term in ("childcare", "jobs"):
        a_listing(session, project, Side.OFFER, term, term=term, locality="buch")
    found = advice(session, project, needs=["childcare", "jobs"], need_first="jobs")
    assert [each.term for each in found.chances] == ["jobs", "childcare"]
