from sqlalchemy.orm import Session

from agency.gathering import sifting
from agency.gathering.sifting import Wish
from people.listings.models import For, Origin
from people.models import Project, Side
from people.names.merging import merge
from surveys.interviews import coding
from surveys.interviews.models import Meaning
from surveys.models import Survey
from tests.agency.gathering.story import a_talk, a_wave, an_owner, found, talks
from tests.agency.story import a_listing
from tests.story import NOON
from tests.surveys.example import answer
from tests.surveys.interviews import story as interviews


def test_the_newest_answer_of_an_organisation_counts(
    session: Session, project: Project
) -> None:
    owner = an_owner(session, project)
    first, second = a_wave(session, project), a_wave(session, project, "betriebe-2")
    answer(session, first, {"org_needs": ["rooms"], "offers": ["childcare"]}, owner)
    later = NOON.replace(hour=15)
    answer(session, second, {"org_needs": ["funding"]}, owner, sent=later)
    all_ = found(session, project)
    assert set(all_) == {"need.funding"}
    assert all_["need.funding"].sources[0].survey == second
    assert all_["need.funding"].organisation == owner


def test_offers_are_for_people_and_needs_are_ones_own(
    session: Session, project: Project
) -> None:
    answers = {"org_needs": ["rooms"], "offers": ["childcare", "funding_advice"]}
    answer(session, a_wave(session, project), answers, an_owner(session, project))
    assert {key: each.people for key, each in found(session, project).items()} == {
        "need.rooms": For.ORGANISATIONS,
        "offer.childcare": For.PERSONS,
        "offer.funding_advice": For.ORGANISATIONS,
    }


def test_a_withdrawn_answer_says_nothing(session: Session, project: Project) -> None:
    wave, owner = a_wave(session, project), an_owner(session, project)
    answer(session, wave, {"org_needs": ["rooms"]}, owner, sent=None)
    assert found(session, project) == {}


def test_what_is_ticked_and_marked_is_one_find_with_two_sources(
    session: Session, project: Project
) -> None:
    survey = interviews.asking(session, project)
    owner = interviews.radhaus(session, project)
    answer(session, survey, {"idea": interviews.IDEA}, owner)
    wave = a_wave(session, project)
    answer(session, wave, {"org_needs": ["rooms"]}, owner)

    source = interviews.only(session, survey)
    wish = interviews.wish("rooms", meaning=Meaning.NEED, words="Wir suchen Räume für Kinder")
    coding.mark(session, source, wish, "Birte", "a mark", NOON)
    session.commit()
    (find,) = found(session, project).values()
    assert [each.origin for each in find.sources] == [Origin.ANSWER, Origin.PASSAGE]
    assert find.sources[1].words == "Wir suchen Räume für Kinder"


def test_of_people_there_are_counts_as_the_results_show_them(
    session: Session, project: Project
) -> None:
    survey, provider = talks(session, project), an_owner(session, project)
    for number in range(10):
        needs = ["childcare"] if number < 6 else ["jobs"]
        a_talk(session, survey, provider, f"A{number}-AAA", needs=needs)
    assert found(session, project) == {}  # the four others would stand out
    for number in range(5):
        a_talk(session, survey, provider, f"B{number}-AAA", needs=["jobs"])
    all_ = found(session, project)
    assert {key: each.said.quantity for key, each in all_.items()} == {
        "need.childcare": 5, "need.jobs": 10,
    }  # fmt: skip
    assert all(each.organisation is None for each in all_.values())


def test_what_the_register_holds_is_not_proposed(session: Session, project: Project) -> None:
    owner = an_owner(session, project)
    answer(session, a_wave(session, project), {"org_needs": ["rooms", "funding"]}, owner)
    more = {"people": For.ORGANISATIONS, "term": "rooms", "organisation_id": owner.id}
    a_listing(session, project, Side.NEED, "Ein Raum", **more)
    open_ = sifting.undecided(session, project, [*found(session, project).values()])
    assert [each.term for each in open_] == ["funding"]


def test_what_was_set_aside_stays_so_when_organisations_are_merged(
    session: Session, project: Project
) -> None:
    kept, gone = an_owner(session, project), an_owner(session, project, "O02")
    answer(session, a_wave(session, project), {"org_needs": ["rooms"]}, gone)
    wishes = [Wish(each, 1, "Räume") for each in found(session, project).values()]
    sifting.dismiss(session, project, wishes, "a form", "Birte", NOON)
    merge(session, project, gone, kept, by="Birte", now=NOON)
    all_ = [*found(session, project).values()]
    assert [each.organisation for each in all_] == [kept]
    assert sifting.undecided(session, project, all_) == []
    assert len(sifting.set_aside(session, project, all_)) == 1


def test_a_deleted_survey_says_nothing(session: Session, project: Project) -> None:
    wave: Survey = a_wave(session, project)
    answer(session, wave, {"org_needs": ["rooms"]}, an_owner(session, project))
    wave.deleted = NOON
    session.flush()
    assert found(session, project) == {}
