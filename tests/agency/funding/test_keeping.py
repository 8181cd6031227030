from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from agency.funding import keeping, reminding
from agency.funding.keeping import CheckedMeanwhile, Entry
from core.errors import ChangedMeanwhile, FormUsedTwice
from people.models import Project
from tests.story import NOON

TODAY = date(2026, 11, 30)
SAID = Entry(
    "Kiezfonds",
    themes=("employment", "digital"),
    amount_max=Decimal("20000.00"),
    due="dates",
    deadlines=(date(2027, 3, 1), date(2027, 9, 15)),
    requirements=("Das Bezirksamt stimmt zu.",),
)


def test_what_is_entered_is_kept_as_it_was(session: Session, project: Project) -> None:
    it = keeping.add(session, project, SAID, "Birte", NOON, form_key="a")
    session.commit()
    assert keeping.entry_of(it) == SAID
    assert keeping.from_json(keeping.as_json(SAID)) == SAID
    assert keeping.add(session, project, SAID, "Birte", NOON, form_key="a") is it
    with pytest.raises(FormUsedTwice):
        keeping.add(session, project, Entry("Anderes"), "Birte", NOON, form_key="a")
    twin = keeping.add(session, project, SAID, "Birte", NOON, form_key="b")
    assert (it.code, twin.code) == ("kiezfonds", "kiezfonds-2")


def test_two_who_change_at_once_do_not_overwrite_each_other(
    session: Session, project: Project
) -> None:
    it = keeping.add(session, project, SAID, "Birte", NOON)
    keeping.change(session, it, Entry("Kiezfonds neu"), it.version, "Birte", NOON)
    with pytest.raises(ChangedMeanwhile):
        keeping.change(session, it, SAID, it.version - 1, "Ada", NOON)
    assert it.name == "Kiezfonds neu"


def test_a_check_mark_lasts_180_days_and_can_be_taken_back(
    session: Session, project: Project
) -> None:
    it = keeping.add(session, project, SAID, "Birte", NOON)
    session.commit()
    assert keeping.is_old(it, TODAY)
    keeping.note_checked(it, "Birte", TODAY)
    session.commit()
    assert (it.last_checked, it.checked_by, it.verified) == (TODAY, "Birte", "seen")
    assert not keeping.is_old(it, TODAY + timedelta(days=180))
    assert keeping.is_old(it, TODAY + timedelta(days=181))
    assert keeping.is_old(it, TODAY - timedelta(1))  # no day to come can vouch for it
    with pytest.raises(CheckedMeanwhile):
        keeping.take_check_back(it, "Ada", TODAY)
    keeping.take_check_back(it, "Birte", TODAY)
    assert (it.last_checked, it.checked_by, it.verified) == (None, "", "memory")


def test_the_known_programmes_are_taken_over_once(session: Session, project: Project) -> None:
    assert keeping.take_over(session, project, "Birte", NOON) == 16
    session.commit()
    assert keeping.take_over(session, project, "Birte", NOON) == 0
    programmes = keeping.listed(session, project)
    assert all(keeping.is_old(each, TODAY) for each in programmes)
    assert {each.due for each in programmes} == {""}
    found = keeping.found_in(programmes, q="lsi modell", legal_form="ggmbh")
    assert [(each.code, str(each.amount_max)) for each in found] == [("lsi_c", "300000.00")]


def test_two_who_take_them_over_at_once_enter_each_once(
    session: Session, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping.take_over(session, project, "Birte", NOON)
    monkeypatch.setattr(session, "scalars", lambda *_: [])  # as before the other was done
    assert keeping.take_over(session, project, "Ada", NOON) == 0
    monkeypatch.undo()
    assert len(keeping.listed(session, project)) == 16


def test_the_next_deadline_comes_first_and_the_past_is_past(
    session: Session, project: Project
) -> None:
    keeping.add(session, project, SAID, "Birte", NOON)
    soon = Entry("Bald", due="dates", deadlines=(TODAY - timedelta(1), TODAY))
    keeping.add(session, project, soon, "Birte", NOON)
    keeping.add(session, project, Entry("Unbekannt"), "Birte", NOON)
    keeping.add(session, project, Entry("Immer", due="rolling"), "Birte", NOON)
    programmes = keeping.listed(session, project)
    ahead = reminding.deadlines(programmes, TODAY)
    assert [(each.programme.name, each.days_left(TODAY)) for each in ahead] == [
        ("Bald", 0), ("Kiezfonds", 91), ("Kiezfonds", 289),
    ]  # fmt: skip
    assert [each.name for each in reminding.without_deadline(programmes, TODAY)] == [
        "Unbekannt"
    ]
