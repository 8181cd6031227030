from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from agency.concepts import checking, differing, keeping, reckoning, writing
from agency.concepts.models import Concept, Section
from agency.concepts.phrasing import Phrasing
from agency.concepts.reckoning import Budget, read_euros
from agency.concepts.scheduling import month_after, schedule
from agency.concepts.sections import Content, Part
from agency.concepts.terms import esf_share
from agency.concepts.writing import Draft, Frame
from agency.evidence.collecting import Reader
from agency.evidence.references import Kind, Reference
from agency.funding import keeping as directory
from core.errors import ChangedMeanwhile, FormUsedTwice
from core.keys import Keyring
from people.listings import keeping as listings
from people.models import Naming, Organisation, Project, Side
from tests.agency.concepts.story import a_concept, an_entry
from tests.agency.story import a_listing
from tests.story import NOON, an_organisation


@pytest.fixture
def concept(session: Session, project: Project) -> Concept:
    return a_concept(session, project)


@pytest.fixture
def radhaus(session: Session, project: Project) -> Organisation:
    found = an_organisation(project, "O17", "Radhaus Buch gGmbH", kind="provider")
    session.add(found)
    session.flush()
    return found


def costing(*amounts: str, months: int = 24, **shares: Decimal) -> Budget:
    parts = [
        Part(number, Section.BUDGET, "", {"kind": "staff", "year": "1", "amount": amount})
        for number, amount in enumerate(amounts)
    ]
    money = shares.get("esf"), shares.get("land")
    return Budget(Content("Räder", None, months, *money, tuple(parts)))


def phrased(
    session: Session, project: Project, concept: Concept, audience: Naming = Naming.TEAM
) -> Phrasing:
    return Phrasing(Reader(session, project, audience), writing.content(session, concept))


def sentences(budget: Budget) -> list[str]:
    return [each.sentence for each in budget.broken()]


def test_both_shares_are_the_costs_to_the_cent() -> None:
    for cents in range(1, 400):
        budget = costing(str(Decimal(cents) / 100))
        assert budget.esf_due + budget.land_due == budget.total
        assert abs(budget.esf_due - budget.total * 40 / 100) <= Decimal("0.005")
        assert sentences(budget) == []


def test_a_cent_too_much_is_told() -> None:
    assert sentences(costing("300000.00")) == []
    assert sentences(costing("300000.00", "0.01")) == [reckoning.TOO_MUCH]
    assert sentences(costing("100.00", months=25)) == [reckoning.TOO_LONG]


def test_a_share_that_is_off_by_a_cent_is_told_with_what_is_due() -> None:
    budget = costing("1000.00", esf=Decimal("400.01"), land=Decimal("599.99"))
    assert sentences(budget) == [reckoning.ESF_IS_OFF, reckoning.LAND_IS_OFF]
    assert next(iter(budget.broken())).values["due"] == Decimal("400.00")
    budget = costing("1000.00", esf=Decimal("400.00"), land=Decimal("600.01"))
    assert sentences(budget) == [reckoning.LAND_IS_OFF, reckoning.SUM_IS_OFF]


def test_what_is_planned_for_after_the_end_is_told() -> None:
    parts = (Part(1, Section.BUDGET, "", {"kind": "staff", "year": "2", "amount": "5"}),)
    budget = Budget(Content("Räder", None, 12, None, None, parts))
    assert sentences(budget) == [reckoning.NO_SUCH_YEAR]
    assert budget.years == [1, 2]


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("12.500,50", "12500.50"),
        ("12500.5", "12500.50"),
        ("12.500", "12500.00"),
        ("12 500 €", "12500.00"),
        ("0,01", "0.01"),
        ("12,500", "12500.00"),  # as the English page says
        ("€12,500.50", "12500.50"),
        ("800 EUR", "800.00"),
    ],
)
def test_money_is_read_as_people_write_it(typed: str, amount: str) -> None:
    assert read_euros(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["viel", "-5", "1,2,3", "1e5", "NaN", "9999999999"])
def test_what_is_no_money_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        read_euros(typed)


def test_two_who_change_the_same_sentence_lose_nothing(
    session: Session, concept: Concept
) -> None:
    entry = an_entry(session, concept, Section.PROBLEM, "Es fehlt eine Halle.")
    writing.change(session, entry, Draft(Section.PROBLEM, "Eine Halle fehlt."), 1, "A", NOON)
    with pytest.raises(ChangedMeanwhile):
        writing.change(session, entry, Draft(Section.PROBLEM, "Zwei."), 1, "B", NOON)
    assert entry.text == "Eine Halle fehlt."
    with pytest.raises(ChangedMeanwhile):
        writing.frame(session, concept, Frame("Anders"), 7)


def test_a_form_adds_once(session: Session, concept: Concept) -> None:
    made = [an_entry(session, concept, Section.RISKS, "Zu wenig Räder") for _ in range(2)]
    assert made[0].id == made[1].id
    with pytest.raises(FormUsedTwice):
        writing.add(session, concept, made[0].form_key, Draft(Section.RISKS, "Neu"), "A", NOON)
    dear = Draft(Section.RISKS, "Zu wenig Räder", {"remedy": "Sammeln"})
    with pytest.raises(FormUsedTwice):  # nothing of it may get lost without a word
        writing.add(session, concept, made[0].form_key, dear, "A", NOON)


def test_who_saves_what_somebody_else_has_deleted_keeps_it(
    session: Session, concept: Concept
) -> None:
    entry = an_entry(session, concept, Section.PROBLEM, "Es fehlt eine Halle.")
    writing.remove(entry, NOON)
    session.flush()
    session.refresh(entry)
    mine = Draft(Section.PROBLEM, "Es fehlen zwei.")
    with pytest.raises(ChangedMeanwhile):
        writing.change(session, entry, mine, 1, "B", NOON)
    writing.change(session, entry, mine, entry.version, "B", NOON)
    assert [each.text for each in writing.content(session, concept).parts] == [mine.text]


def test_an_entry_moves_up_until_it_is_first(session: Session, concept: Concept) -> None:
    one, two = (an_entry(session, concept, Section.RISKS, text) for text in ("1", "2"))
    for _ in range(2):
        writing.move_up(session, two)
        session.flush()
    parts = writing.content(session, concept).of(Section.RISKS)
    assert [part.id for part in parts] == [two.id, one.id]
    writing.move_up(session, one)
    session.flush()
    assert writing.content(session, concept).of(Section.RISKS)[0].id == one.id


def test_what_rests_on_nothing_or_on_what_is_gone_is_marked(
    session: Session, project: Project, concept: Concept
) -> None:
    need = a_listing(session, project, Side.NEED, "Ein Ort zum Nähen")
    bare = an_entry(session, concept, Section.PROBLEM, "Das weiß jeder.")
    proven = an_entry(
        session, concept, Section.PROBLEM, "Es fehlt Platz.", Reference(Kind.GAP, "N1")
    )
    unproven = checking.standing(phrased(session, project, concept)).unproven
    assert [(each.part and each.part.id, each.open) for each in unproven] == [
        (bare.id, checking.NOT_PROVEN)
    ]
    listings.remove(need, NOON)
    session.flush()
    unproven = checking.standing(phrased(session, project, concept)).unproven
    assert (proven.id, checking.PROOF_GONE) in [
        (each.part and each.part.id, each.open) for each in unproven
    ]


def test_an_empty_concept_lacks_every_section(
    session: Session, project: Project, concept: Concept
) -> None:
    standing = checking.standing(phrased(session, project, concept))
    assert {e.section for e in standing.open if e.open == checking.EMPTY} == {*Section}
    assert standing.done == 1  # nothing is spent, so no rule of the budget is broken


@pytest.mark.parametrize(
    "text",
    [
        "Mit [[O17]] in Buch.", "Mit Radhaus Buch gGmbH.", "mit RADHAUS BUCH GGMBH",
        "Mit Radhaus\nBuch gGmbH.", "Mit Radhaus Buch\N{NO-BREAK SPACE}gGmbH.",
    ],
)  # fmt: skip
def test_outside_the_team_no_name_is_read_without_consent(
    session: Session, project: Project, concept: Concept, radhaus: Organisation, text: str
) -> None:
    an_entry(session, concept, Section.PARTNERS, text, organisation_id=radhaus.id)

    def told() -> str:
        phrasing = phrased(session, project, concept, Naming.PUBLIC)
        (part,) = phrasing.content.parts
        said = f"{phrasing.partner(part.organisation_id)} {phrasing.said(part.text)}"
        return " ".join(said.split())

    assert "radhaus" not in told().casefold()
    assert told().count("Organisation 17 (Träger)") == 2
    radhaus.naming = Naming.PUBLIC
    session.flush()
    assert told().casefold().count("radhaus buch ggmbh") == 2


def test_a_genitive_names_somebody_too(
    session: Session, project: Project, concept: Concept, radhaus: Organisation
) -> None:
    radhaus.short_name = "Radhaus"
    session.flush()
    phrasing = phrased(session, project, concept, Naming.PUBLIC)
    assert phrasing.said("Radhaus’ Ruf") == "Organisation 17 (Träger)’ Ruf"
    radhaus.short_name = "Neustart"
    session.flush()
    phrasing = phrased(session, project, concept, Naming.PUBLIC)
    assert "Neustart" not in phrasing.said("Neustarts Werkstatt")
    assert phrasing.unnamed_in("Neustarts Werkstatt") == ["Neustart"]
    assert phrasing.said("Ein Neustartknopf") == "Ein Neustartknopf"


def test_a_name_that_is_withdrawn_leaves_old_versions_too(
    session: Session, project: Project, concept: Concept, radhaus: Organisation, keys: Keyring
) -> None:
    radhaus.naming = Naming.PUBLIC
    an_entry(session, concept, Section.PROBLEM, "[[O17]] sucht Platz.")
    content = writing.content(session, concept)
    edition = keeping.keep(session, keys, concept, content, "form", "", "Birte", NOON)
    radhaus.naming = Naming.TEAM
    session.flush()
    kept = keeping.content_of(edition)
    phrasing = Phrasing(Reader(session, project, Naming.PUBLIC), kept)
    assert phrasing.said(kept.parts[0].text) == "Organisation 17 (Träger) sucht Platz."
    assert "Radhaus" not in str(edition.content)


def test_the_team_is_told_of_a_name_typed_without_consent(
    session: Session, project: Project, concept: Concept, radhaus: Organisation
) -> None:
    an_entry(session, concept, Section.PROBLEM, "Radhaus Buch gGmbH sucht Platz.")
    found = checking.standing(phrased(session, project, concept)).open
    assert checking.NAME_TYPED in [each.open for each in found]


def test_a_version_stays_and_tells_what_has_changed(
    session: Session, concept: Concept, keys: Keyring
) -> None:
    entry = an_entry(session, concept, Section.PROBLEM, "Es fehlt eine Halle in Buch.")
    before = writing.content(session, concept)
    edition = keeping.keep(session, keys, concept, before, "form", "", "Birte", NOON)
    assert keeping.content_of(edition) == before
    change = Draft(Section.PROBLEM, "Es fehlen zwei Hallen in Buch.")
    writing.change(session, entry, change, 1, "Birte", NOON)
    an_entry(session, concept, Section.RISKS, "Zu teuer")
    found = differing.differences(before, writing.content(session, concept))
    assert [each.change for each in found[Section.RISKS]] == [differing.Change.ADDED]
    (changed,) = found[Section.PROBLEM]
    told = [(each.kind, each.words) for each in changed.stretches]
    assert ("removed", "eine") in told and ("added", "zwei") in told
    assert "".join(w for kind, w in told if kind != "added") == "Es fehlt eine Halle in Buch."
    assert "".join(w for kind, w in told if kind != "removed") == change.text


def test_comments_close_with_the_next_version(
    session: Session, concept: Concept, keys: Keyring
) -> None:
    content = writing.content(session, concept)
    first = keeping.keep(session, keys, concept, content, "one", "", "Birte", NOON)
    assert keeping.edition_with(session, keeping.key_of(keys, first)) is None
    keeping.open_to_partners(first, NOON)
    session.flush()
    assert keeping.edition_with(session, keeping.key_of(keys, first)) is first
    keeping.comment(session, first, "word", None, "Frau Y", "Gut", NOON)
    second = keeping.keep(session, keys, concept, content, "two", "", "Birte", NOON)
    session.refresh(first)
    assert (second.number, keeping.is_open(first)) == (2, False)
    with pytest.raises(keeping.NoCommentsNow):
        keeping.comment(session, first, "more", None, "Frau Y", "Doch nicht", NOON)


def test_the_timetable_holds_what_lasts_longest() -> None:
    parts = (
        Part(1, Section.MEASURES, "Kurse", {"begins": "3", "ends": "26"}),
        Part(2, Section.TIMETABLE, "Eröffnung", {"month": "4"}),
    )
    content = Content("Räder", date(2027, 11, 1), 24, None, None, parts)
    plan = schedule(Phrasing(Reader(None, None, Naming.TEAM), content))  # type: ignore[arg-type]
    assert (plan.months, [each.label for each in plan.spans]) == (26, ["Kurse", "Eröffnung"])
    assert (plan.day(3), plan.share(1)) == (date(2028, 1, 1), 0)
    assert month_after(date(2027, 12, 1), 1) == date(2028, 1, 1)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Finanziert zu 40 % aus dem ESF+ und zu 60 % vom Land Berlin.", "40"),
        ("37,5% ESF+, 62,5% Land", "37.5"),
        ("40 % ESF+", None),
        ("40 % ESF+, 50 % Land", None),
        ("Das Land gibt 60 %.", None),
    ],
)
def test_shares_are_read_where_the_directory_says_both(text: str, share: str | None) -> None:
    assert esf_share(text) == (share and Decimal(share))


def test_a_concept_is_reckoned_by_the_programme_that_is_chosen(
    session: Session, project: Project, concept: Concept
) -> None:
    entry = directory.Entry("Halbe", note="50 % ESF+, 50 % Land", amount_max=Decimal(900))
    directory.add(session, project, entry, "Birte", NOON, code="half")
    amount = "1000.01"
    an_entry(session, concept, Section.BUDGET, "R", kind="rooms", year="1", amount=amount)
    assert sentences(Budget(writing.content(session, concept))) == []
    writing.frame(session, concept, Frame("Räder", programme="half"), concept.version)
    session.flush()
    content = writing.content(session, concept)
    assert content == Content.from_json(content.to_json())
    budget = Budget(content)
    assert (budget.esf, budget.land) == (Decimal("500.01"), Decimal("500.00"))
    assert sentences(budget) == [reckoning.TOO_MUCH]
