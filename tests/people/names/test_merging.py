from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from core.errors import Refusal
from people.models import Alias, Naming, Organisation, Project
from people.names import merging
from people.names.models import Merge
from people.naming import decide_naming, find_same, registered
from people.register import IsMerged, bring_back, removed
from tests.story import NOON, an_organisation, at_once

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def entries(session: Session, project: Project) -> list[Organisation]:
    """Two spellings of the AWO, and two other organisations."""
    names = ["AWO Kreisverband Pankow e.V.", "Haus der Wohlfahrt", "Radhaus", "Lotus"]
    made = [an_organisation(project, f"O{n}", name) for n, name in enumerate(names, 1)]
    made[1].aliases = [Alias(project_id=project.id, name="Wohlfahrtshaus")]
    session.add_all(made)
    session.commit()
    return made


def merge(session: Session, gone: Organisation, kept: Organisation) -> Merge:
    project = session.get_one(Project, gone.project_id)
    return merging.merge(session, project, gone, kept, by="Birte", now=NOON)


def undo(session: Session, done: Merge) -> None:
    merging.undo(session, done, by="Tarik", now=LATER)


def seen(organisation: Organisation) -> Naming:
    return organisation.naming


def rows(session: Session) -> list[dict[str, object]]:
    """All that the register says, but for the counters of versions."""
    session.flush()
    session.expire_all()
    columns = [each.key for each in inspect(Organisation).column_attrs if each.key != "version"]
    found = session.scalars(select(Organisation).order_by(Organisation.id))
    return [{column: getattr(each, column) for column in columns} for each in found]


def test_who_is_merged_vanishes_and_the_other_answers_to_its_names(
    session: Session, project: Project, entries: Sequence[Organisation]
) -> None:
    awo, house, *others = entries
    merge(session, house, awo)
    assert registered(session, project) == [awo, *others]
    for name in ("Haus der Wohlfahrt", "Wohlfahrtshaus", "AWO Pankow"):
        assert find_same(session, project, name) is awo
    assert merging.merged(session, project) == {house.id: awo.id}
    assert removed(session, project) == []


def test_taking_it_back_leaves_everything_as_it_was(
    session: Session, project: Project, entries: Sequence[Organisation]
) -> None:
    awo, house, *_ = entries
    before = rows(session)
    done = merge(session, house, awo)
    assert rows(session) != before
    undo(session, done)
    assert rows(session) == before
    assert find_same(session, project, "Wohlfahrtshaus") is house
    assert (done.undone, done.undone_by) == (LATER, "Tarik")
    undo(session, done)  # twice is once
    assert rows(session) == before


def test_a_chain_of_merges_leads_to_its_end(
    session: Session, project: Project, entries: Sequence[Organisation]
) -> None:
    awo, house, bikes, lotus = entries
    first = merge(session, lotus, bikes)
    merge(session, bikes, house)
    merge(session, house, awo)
    assert merging.merged(session, project) == dict.fromkeys(
        (lotus.id, bikes.id, house.id), awo.id
    )
    assert find_same(session, project, "Lotus") is awo
    undo(session, first)  # from the middle: the others stay together
    assert merging.merged(session, project) == {bikes.id: awo.id, house.id: awo.id}
    assert registered(session, project) == [awo, lotus]


def test_the_log_tells_all_that_was_merged_and_taken_back(
    session: Session, project: Project, elsewhere: Project, entries: Sequence[Organisation]
) -> None:
    awo, house, bikes, _ = entries
    first = merge(session, house, awo)
    undo(session, first)
    second = merge(session, bikes, awo)
    assert merging.merges(session, project) == [second, first]
    assert (second.by, second.at, second.undone) == ("Birte", NOON, None)
    assert merging.merges(session, elsewhere) == []


def test_saying_it_twice_is_saying_it_once(
    session: Session, project: Project, entries: Sequence[Organisation]
) -> None:
    awo, house, *_ = entries
    assert merge(session, house, awo) is merge(session, house, awo)
    assert len(merging.merges(session, project)) == 1


def test_what_makes_no_sense_is_refused(
    session: Session, project: Project, elsewhere: Project, entries: Sequence[Organisation]
) -> None:
    awo, house, bikes, lotus = entries
    foreign, gone = an_organisation(elsewhere, "X1", "Fremd"), lotus
    session.add(foreign)
    gone.deleted = NOON
    session.commit()
    merge(session, house, awo)
    before = rows(session)
    for one, other in [
        (awo, awo), (awo, house), (house, bikes), (bikes, house), (bikes, gone),
        (gone, bikes), (foreign, awo), (awo, foreign),
    ]:  # fmt: skip
        with pytest.raises(Refusal):
            merging.merge(session, project, one, other, by="Birte", now=NOON)
    with pytest.raises(merging.NotTwo):
        merging.merge(session, elsewhere, bikes, awo, by="Carim", now=NOON)
    assert rows(session) == before


def test_who_was_merged_does_not_come_back_another_way(
    session: Session, entries: Sequence[Organisation]
) -> None:
    awo, house, *_ = entries
    merge(session, house, awo)
    with pytest.raises(IsMerged):
        bring_back(house)


@pytest.mark.both_engines
def test_the_database_lets_nobody_stand_in_the_lists_while_merged(
    session: Session, entries: Sequence[Organisation]
) -> None:
    awo, house, *_ = entries
    done = merge(session, house, awo)
    session.commit()
    again = {"project_id": awo.project_id, "by": "Birte", "at": NOON}
    twice = Merge(gone_id=done.gone_id, kept_id=entries[2].id, **again)
    for wrong in (twice, Merge(gone_id=awo.id, kept_id=awo.id, **again)):
        session.add(wrong)
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()
    house.deleted = None
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


@pytest.mark.both_engines
@pytest.mark.parametrize("turn", range(4))
def test_of_two_who_merge_at_once_one_is_told_to_look_again(
    sessions: sessionmaker[Session],
    project: Project,
    entries: Sequence[Organisation],
    turn: int,
) -> None:
    """Each takes in the other, or both take in the same: no circle, and nobody twice."""
    numbers, slug = [each.id for each in entries], project.id
    pairs = [[(0, 1), (1, 0)], [(1, 0), (1, 2)], [(0, 1), (1, 2)], [(0, 1), (1, 2), (2, 0)]]
    told = []

    def act(which: int) -> None:
        gone, kept = (numbers[place] for place in pairs[turn][which])
        with sessions() as own:
            ours = own.get_one(Project, slug)
            found = [own.get_one(Organisation, number) for number in (gone, kept)]
            try:
                merging.merge(own, ours, *found, by="Birte", now=NOON)
                own.commit()
            except Refusal:
                told.append(which)

    at_once(len(pairs[turn]), act)
    with sessions() as own:
        into = dict(own.execute(select(Organisation.id, Organisation.merged_into_id)).all())
        ends = merging.merged(own, own.get_one(Project, slug))
        assert len(ends) + len(told) == len(pairs[turn])
        assert all(into[end] is None for end in ends.values())
        assert len(own.scalars(select(Merge)).all()) == len(ends)


def test_a_name_is_seen_by_no_more_than_both_allowed(
    session: Session, entries: Sequence[Organisation]
) -> None:
    awo, house, bikes, lotus = entries
    awo.naming, house.naming, bikes.naming = Naming.PUBLIC, Naming.TEAM, Naming.NETWORK
    session.commit()
    first, second = merge(session, house, awo), merge(session, bikes, awo)
    assert seen(awo) == Naming.TEAM
    undo(session, first)
    assert seen(awo) == Naming.NETWORK
    undo(session, second)
    assert (awo.naming, awo.own_naming, house.naming) == (Naming.PUBLIC, None, Naming.TEAM)
    lotus.naming = Naming.PUBLIC
    merge(session, lotus, awo)
    assert seen(awo) == Naming.PUBLIC


def test_a_new_word_counts_for_the_whole_and_outlives_the_merge(
    session: Session, entries: Sequence[Organisation]
) -> None:
    awo, house, *_ = entries
    house.naming = awo.naming = Naming.PUBLIC
    session.commit()
    done = merge(session, house, awo)
    decide_naming(session, house, Naming.TEAM, "", LATER)  # by the link of the gone one
    assert seen(awo) == Naming.TEAM
    decide_naming(session, awo, Naming.NETWORK, "Birte", LATER + timedelta(hours=1))
    assert seen(awo) == Naming.NETWORK
    undo(session, done)
    assert (awo.naming, house.naming) == (Naming.NETWORK, Naming.TEAM)


def test_a_word_said_while_merged_is_kept_even_if_nothing_changes_then(
    session: Session, entries: Sequence[Organisation]
) -> None:
    awo, house, *_ = entries
    awo.naming, house.naming = Naming.PUBLIC, Naming.TEAM
    session.commit()
    done = merge(session, house, awo)
    decide_naming(session, awo, Naming.TEAM, "", LATER)  # it is so already, by the other
    undo(session, done)
    assert awo.naming == Naming.TEAM


def test_narrowing_goes_up_the_whole_chain(
    session: Session, entries: Sequence[Organisation]
) -> None:
    awo, house, bikes, _ = entries
    for each in (awo, house, bikes):
        each.naming = Naming.PUBLIC
    session.commit()
    merge(session, bikes, house)
    merge(session, house, awo)
    decide_naming(session, awo, Naming.PUBLIC, "", LATER)  # its own word, before
    decide_naming(session, bikes, Naming.TEAM, "", LATER + timedelta(hours=1))
    assert awo.naming == Naming.TEAM
