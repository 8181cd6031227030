from datetime import timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from core.keys import Keyring
from people.models import Organisation, Project
from surveys.fieldwork import inviting, writing
from surveys.fieldwork.inviting import Step
from surveys.fieldwork.writing import Audience, Note, Obstacle, Occasion, WrittenToSince
from surveys.models import Invitation, Survey
from tests.story import NOON, at_once
from tests.surveys.answers import a_register, a_survey, instrument

pytestmark = pytest.mark.both_engines
WEEK = timedelta(days=7)


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    return a_survey(session, project, instrument("enterprise_survey"))


@pytest.fixture
def organisations(session: Session, project: Project) -> list[Organisation]:
    return a_register(session, project, 4)


@pytest.fixture
def invitations(
    session: Session, survey: Survey, organisations: list[Organisation], keys: Keyring
) -> list[Invitation]:
    found = inviting.invite(session, keys, survey, organisations, NOON)
    session.commit()
    return sorted(found, key=lambda each: each.organisation.code)


def written_to(session: Session, survey: Survey, *invitations: Invitation) -> None:
    for each in invitations:
        assert writing.claim(session, survey.id, each.id, NOON, NOON)
        writing.left(session, each.id, NOON)
    session.commit()


def audience(session: Session, survey: Survey, occasion: Occasion, days: int = 7) -> Audience:
    invited = inviting.invited(session, survey)
    reachable = {each.organisation.id: each.organisation.code != "O04" for each in invited}
    before = NOON + timedelta(days=days) - writing.PAUSE
    return writing.audience(invited, reachable, occasion, before)


def codes(audience: Audience) -> list[str]:
    return [each.organisation.code for each in audience.due]


def reasons(audience: Audience) -> dict[str, Obstacle]:
    return {each.organisation.code: obstacle for each, obstacle in audience.left_out}


def test_a_first_mail_goes_to_those_who_got_none(
    session: Session, survey: Survey, invitations: list[Invitation]
) -> None:
    assert sorted(codes(audience(session, survey, Occasion.INVITATION))) == [
        "O01",
        "O02",
        "O03",
    ]
    written_to(session, survey, *invitations[:2])
    first = audience(session, survey, Occasion.INVITATION)
    assert codes(first) == ["O03"]
    assert reasons(first) == {"O04": Obstacle.NO_ADDRESS}


def test_a_reminder_goes_to_those_who_neither_answered_nor_said_no(
    session: Session, survey: Survey, invitations: list[Invitation]
) -> None:
    one, two, three, _ = invitations
    written_to(session, survey, one, two, three)
    inviting.decline(session, one, NOON)
    two.answered = True
    session.commit()
    session.expire_all()
    assert codes(audience(session, survey, Occasion.REMINDER)) == ["O03"]


def test_nobody_is_reminded_twice_within_three_days(
    session: Session, survey: Survey, invitations: list[Invitation]
) -> None:
    written_to(session, survey, invitations[0])
    soon = audience(session, survey, Occasion.REMINDER, days=2)
    assert codes(soon) == []
    assert reasons(soon)["O01"] is Obstacle.RECENT
    assert codes(audience(session, survey, Occasion.REMINDER, days=4)) == ["O01"]


def test_who_answers_or_declines_meanwhile_gets_no_mail(
    session: Session, survey: Survey, invitations: list[Invitation]
) -> None:
    one, two, *_ = invitations
    one.answered = True
    inviting.decline(session, two, NOON)
    session.commit()
    for each in (one, two):
        assert writing.claim(session, survey.id, each.id, NOON, NOON) is None


def test_how_often_somebody_was_written_to_is_counted(
    session: Session, survey: Survey, invitations: list[Invitation]
) -> None:
    written_to(session, survey, invitations[0])
    again = writing.claim(session, survey.id, invitations[0].id, NOON + WEEK, NOON + WEEK)
    assert again and (again.written, again.sent) == (1, NOON)
    writing.left(session, again.id, NOON + WEEK)
    session.refresh(again)
    assert (again.written, again.sent, again.waiting) == (2, NOON + WEEK, None)


def test_whose_mail_lies_in_the_outbox_is_not_written_to_yet_and_gets_no_second(
    session: Session, survey: Survey, invitations: list[Invitation]
) -> None:
    one = invitations[0]
    assert writing.claim(session, survey.id, one.id, NOON, NOON)
    session.commit()
    assert (one.written, one.sent) == (0, None)
    assert writing.claim(session, survey.id, one.id, NOON + WEEK, NOON + WEEK) is None
    for occasion in (Occasion.INVITATION, Occasion.REMINDER):
        found = audience(session, survey, occasion)
        assert "O01" not in codes(found) and reasons(found)["O01"] is Obstacle.WAITING

    writing.wait_no_more(session, one.id, NOON)
    session.commit()
    assert "O01" in codes(audience(session, survey, Occasion.INVITATION))


def test_a_mail_that_had_not_left_does_not_count(
    session: Session, survey: Survey, invitations: list[Invitation]
) -> None:
    one = invitations[0]
    written_to(session, survey, one)
    writing.claim(session, survey.id, one.id, NOON + WEEK, NOON + WEEK)
    writing.left(session, one.id, NOON + WEEK)
    writing.called_back(session, one.id, NOON + WEEK)
    session.commit()
    session.refresh(one)
    assert (one.written, one.sent) == (1, NOON) and one.waiting


def test_a_mail_picked_up_again_does_not_double_another(
    session: Session, survey: Survey, invitations: list[Invitation]
) -> None:
    one = invitations[0]
    writing.wait(session, one.id, NOON)  # the only one: it waits again
    with pytest.raises(WrittenToSince):
        writing.wait(session, one.id, NOON + WEEK)
    writing.left(session, one.id, NOON + WEEK)
    with pytest.raises(WrittenToSince):  # the other has left since this one was written
        writing.wait(session, one.id, NOON)
    session.commit()
    session.refresh(one)
    assert (one.waiting, one.sent, one.written) == (None, NOON + WEEK, 1)


def test_only_the_last_of_several_mails_can_be_called_back(
    session: Session, survey: Survey, invitations: list[Invitation]
) -> None:
    one = invitations[0]
    for week in range(3):
        writing.left(session, one.id, NOON + week * WEEK)
    with pytest.raises(WrittenToSince):
        writing.called_back(session, one.id, NOON + WEEK)
    writing.called_back(session, one.id, NOON + 2 * WEEK)
    with pytest.raises(WrittenToSince):  # the last one waits again
        writing.called_back(session, one.id, NOON + WEEK)
    writing.wait_no_more(session, one.id, NOON)
    with pytest.raises(WrittenToSince):  # nobody knows any more when the first one left
        writing.called_back(session, one.id, NOON + WEEK)
    session.commit()
    session.refresh(one)
    assert (one.waiting, one.sent, one.written) == (None, NOON + WEEK, 2)


@pytest.mark.parametrize(
    ("note", "step"),
    [
        (Note.BOUNCED, Step.BOUNCED),
        (Note.MISDIRECTED, Step.MISDIRECTED),
        (Note.DECLINED, Step.DECLINED),
    ],
)
def test_what_is_noted_keeps_mail_away_until_it_is_cleared(
    session: Session, survey: Survey, invitations: list[Invitation], note: Note, step: Step
) -> None:
    written_to(session, survey, invitations[0])
    writing.note(invitations[0], note, NOON)
    session.commit()
    assert writing.noted(invitations[0]) is note
    assert {each.organisation.code: each.step for each in inviting.invited(session, survey)}[
        "O01"
    ] is step
    assert codes(audience(session, survey, Occasion.REMINDER)) == []
    writing.note(invitations[0], Note.NOTHING, NOON)
    session.commit()
    assert codes(audience(session, survey, Occasion.REMINDER)) == ["O01"]


def test_who_would_be_right_is_kept_sealed(
    session: Session, keys: Keyring, invitations: list[Invitation]
) -> None:
    one = invitations[0]
    writing.misdirect(keys, one, " Frau Yıldız, Personal ", NOON)
    session.commit()
    assert one.pointer and "Yıldız" not in one.pointer
    assert writing.pointer_of(keys, one) == "Frau Yıldız, Personal"
    writing.direct_again(one)
    assert (one.misdirected, writing.pointer_of(keys, one)) == (None, "")


def test_of_many_who_send_at_once_one_does(
    sessions: sessionmaker[Session],
    session: Session,
    survey: Survey,
    invitations: list[Invitation],
) -> None:
    number, of = invitations[0].id, survey.id
    session.commit()
    claimed: list[bool] = []

    def send(_: int) -> None:
        with sessions() as own:
            claimed.append(writing.claim(own, of, number, NOON, NOON) is not None)
            own.commit()

    at_once(8, send)
    assert claimed.count(True) == 1
