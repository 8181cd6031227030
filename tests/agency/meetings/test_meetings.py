"""A meeting is planned, guests answer by link, and what is decided there is not lost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from agency.meetings import holding, inviting, noting, pairing
from agency.meetings.holding import Plan
from agency.meetings.models import AgendaItem, Answer, Guest, Kind, Meeting, Resolution
from agency.routes.meetings import feed
from core import mail
from core.errors import ChangedMeanwhile, FormUsedTwice
from core.keys import Keyring
from home import timing
from networks.models import Introduction, RecordedTie, Source, Stage
from networks.reasoning import to_json
from networks.suggestion import Ground, Suggestion
from people.contacts import Person, keep_contact
from people.models import Membership, Organisation, Project, Role, User
from tests.story import NOON, an_organisation, browser_of

SOON = datetime(2126, 12, 4, 13, tzinfo=UTC)
SAID = Plan(
    Kind.NETWORK, "Soziale Betriebe Pankow", SOON, 120, "Campus Buch", "Wir freuen uns."
)
HERE = "/p/buch/meetings"
FORM = {
    "key": "one", "kind": "network", "title": "Treffen", "day": "2126-12-04", "time": "14:00",
    "minutes": "90", "place": "Campus Buch", "invitation": "Bitte kommen Sie.",
}  # fmt: skip


@pytest.fixture
def meeting(session: Session, project: Project) -> Meeting:
    made = holding.plan(session, project, SAID, "Birte", "form")
    session.commit()
    return made


@pytest.fixture
def two(session: Session, project: Project) -> tuple[Organisation, Organisation]:
    one, other = (an_organisation(project, f"O0{n}", name) for n, name in enumerate("AB", 1))
    session.add_all((one, other))
    session.commit()
    return one, other


@pytest.fixture
def guest(
    session: Session, keys: Keyring, meeting: Meeting, two: tuple[Organisation, ...]
) -> Guest:
    inviting.invite(session, keys, meeting, two[:1])
    session.commit()
    return session.scalars(select(Guest)).one()


@pytest.fixture
def introduction(
    session: Session, project: Project, two: tuple[Organisation, ...]
) -> Introduction:
    reason = to_json(Suggestion("O01", "O02", Ground.WISH, 1.0, ("O01",)))
    ends = {"a_id": two[0].id, "b_id": two[1].id}
    made = Introduction(
        project_id=project.id, **ends, stage=Stage.PLANNED, reason=reason, by="Birte", at=NOON
    )
    session.add(made)
    session.commit()
    return made


@pytest.mark.both_engines
def test_a_form_plans_one_meeting(session: Session, project: Project) -> None:
    one = holding.plan(session, project, SAID, "Birte", "form")
    assert holding.plan(session, project, SAID, "Birte", "form").id == one.id
    with pytest.raises(FormUsedTwice):
        other = Plan(Kind.TASK_FORCE, "Anderes", SOON, 60)
        holding.plan(session, project, other, "Birte", "form")


@pytest.mark.both_engines
def test_who_writes_minutes_at_the_same_time_overwrites_nobody(
    session: Session, meeting: Meeting
) -> None:
    holding.add_item(session, meeting, "Räume", 10, "item")
    session.commit()
    item, version = session.scalars(select(AgendaItem)).one(), meeting.version
    noting.write_minutes(session, meeting, "Gut besucht", {item.id: "Zwei Räume frei"}, version)
    with pytest.raises(ChangedMeanwhile):
        noting.write_minutes(session, meeting, "Leer", {item.id: ""}, version)
    session.refresh(item)
    assert item.notes == "Zwei Räume frei"


def test_points_change_places(session: Session, meeting: Meeting) -> None:
    for title in "ABC":
        holding.add_item(session, meeting, title, 0, title)
    session.flush()
    last = session.scalars(select(AgendaItem).filter_by(title="C")).one()
    holding.move(session, meeting, last, up=True)
    holding.move(session, meeting, last, up=True)
    holding.move(session, meeting, last, up=True)
    session.expire_all()
    assert [each.title for each in meeting.items] == ["C", "A", "B"]


def test_a_pair_that_is_to_meet_stands_on_one_agenda_and_comes_back_when_that_goes(
    session: Session, project: Project, meeting: Meeting, introduction: Introduction
) -> None:
    assert pairing.take(session, meeting, project) == 1
    assert pairing.take(session, meeting, project) == 0
    meeting.deleted = NOON
    session.flush()
    assert pairing.Pairs(session, project).waiting == [introduction]


def test_what_came_of_an_introduction_makes_a_tie(
    desk: FlaskClient, session: Session, meeting: Meeting, introduction: Introduction
) -> None:
    desk.post(f"{HERE}/{meeting.id}/agenda/introductions")
    item = session.scalars(select(AgendaItem)).one()
    sent = desk.post(f"{HERE}/{meeting.id}/agenda/{item.id}/outcome", data={"stage": "working"})
    assert sent.status_code == 303
    session.expire_all()
    assert introduction.stage == Stage.WORKING
    assert session.scalars(select(RecordedTie)).one().source == Source.MEETING


def test_a_new_tie_carries_its_meeting_and_can_be_taken_back(
    desk: FlaskClient, session: Session, meeting: Meeting, two: tuple[Organisation, ...]
) -> None:
    same = desk.post(f"{HERE}/{meeting.id}/ties", data={"one": "O01", "other": "O01"})
    assert same.status_code == 422 and "zwei verschiedene" in same.text
    desk.post(f"{HERE}/{meeting.id}/ties", data={"one": "O01", "other": "O02"})
    (tie,) = noting.ties_of(session, meeting)
    assert (tie.about, tie.seen.isoformat()) == (meeting.title, "2126-12-04")
    desk.post(f"{HERE}/{meeting.id}/ties/{tie.id}/removal")
    session.expire_all()
    assert noting.ties_of(session, meeting) == []
    desk.post(f"{HERE}/{meeting.id}/ties/{tie.id}/return")
    session.expire_all()
    assert len(noting.ties_of(session, meeting)) == 1


def test_a_guest_answers_by_link_and_may_think_again(
    client: FlaskClient, session: Session, keys: Keyring, guest: Guest
) -> None:
    page = f"/m/{inviting.key_of(keys, guest)}"
    shown = client.get(page, headers={"Accept-Language": "en"}).text
    assert "Soziale Betriebe Pankow" in shown and "Campus Buch" in shown and "2:00" in shown
    for said in (Answer.YES, Answer.NO):
        assert client.post(page, data={"answer": said.value}).status_code == 303
        session.expire_all()
        assert guest.answer == said
    assert client.post(page, data={"answer": "maybe"}).status_code == 422


def test_a_link_leads_nowhere_when_guest_or_meeting_are_gone(
    client: FlaskClient, session: Session, keys: Keyring, meeting: Meeting, guest: Guest
) -> None:
    page = f"/m/{inviting.key_of(keys, guest)}"
    meeting.deleted = NOON
    session.commit()
    assert client.get(page).status_code == 404
    meeting.deleted = None
    inviting.uninvite(session, guest)
    session.commit()
    assert client.get(page).status_code == client.get("/m/unknown").status_code == 404


def test_when_a_meeting_is_over_nobody_answers_any_more(
    client: FlaskClient, session: Session, keys: Keyring, meeting: Meeting, guest: Guest
) -> None:
    meeting.begins = NOON - timedelta(days=900)
    session.commit()
    page = f"/m/{inviting.key_of(keys, guest)}"
    assert client.post(page, data={"answer": "yes"}).status_code == 409
    session.expire_all()
    assert guest.answer == Answer.NONE


def test_guests_are_written_to_once_and_the_link_is_never_stored(
    app: Flask,
    desk: FlaskClient,
    session: Session,
    keys: Keyring,
    project: Project,
    meeting: Meeting,
    guest: Guest,
) -> None:
    keep_contact(session, keys, guest.organisation, Person(email="a@example.org"))
    session.commit()
    for _ in range(2):
        desk.post(f"{HERE}/{meeting.id}/letters")
    (letter,) = mail.outbox(session, keys, project.id)
    key = inviting.key_of(keys, guest)
    with app.app_context():
        assert key not in letter.stored and f"/m/{key}" in letter.text
    assert "Wir freuen uns." in letter.text and "Mittwoch, 4. Dezember 2126" in letter.text
    inviting.uninvite(session, guest)
    session.commit()
    (letter,) = mail.outbox(session, keys, project.id)
    with app.app_context():
        assert letter.text == ""


def test_who_has_no_address_is_listed_with_a_link(
    desk: FlaskClient, keys: Keyring, meeting: Meeting, guest: Guest
) -> None:
    assert inviting.key_of(keys, guest) in desk.get(f"{HERE}/{meeting.id}/letters").text


@pytest.mark.parametrize("typed", ["viele", "1000", "-1", "²", "0" * 9 + "9" * 30])
def test_how_many_came_is_a_number_and_what_was_typed_stays(
    desk: FlaskClient, session: Session, meeting: Meeting, guest: Guest, typed: str
) -> None:
    sent = desk.post(f"{HERE}/{meeting.id}/attendance", data={f"came-{guest.id}": typed})
    assert sent.status_code == 422 and f'value="{typed}"' in sent.text
    desk.post(f"{HERE}/{meeting.id}/attendance", data={f"came-{guest.id}": "3"})
    session.expire_all()
    assert guest.came == 3


def test_who_comes_stands_first_and_a_guest_is_found_by_name(
    desk: FlaskClient, session: Session, project: Project, keys: Keyring, meeting: Meeting,
    guest: Guest,
) -> None:  # fmt: skip
    more = [an_organisation(project, f"X{n}", f"Atelier {n:02}") for n in range(14)]
    session.add_all(more)
    session.flush()
    inviting.invite(session, keys, meeting, more)
    inviting.answer(session, guest, Answer.YES, NOON)
    session.commit()
    session.expire_all()
    page = f"{HERE}/{meeting.id}"
    assert inviting.found(meeting)[0] == guest
    text = desk.get(f"{page}?guest=ATELIER+07&answer=none").text
    assert text.count('name="came-') == 1 and "Atelier 07" in text
    assert desk.get(f"{page}?answer=no").text.count('name="came-') == 0
    desk.post(f"{page}/attendance", data={f"came-{guest.id}": "3"})
    other = inviting.found(meeting, "atelier 07")[0]
    desk.post(f"{page}/attendance", data={f"came-{other.id}": "2"})
    session.expire_all()
    assert (guest.came, other.came) == (3, 2)


def test_what_is_decided_waits_until_it_is_done(
    desk: FlaskClient, session: Session, project: Project, meeting: Meeting
) -> None:
    for text, due in (("Räume fragen", ""), ("Förderung prüfen", "2126-12-20")):
        said = {"key": text, "text": text, "who": "Birte", "due": due}
        assert desk.post(f"{HERE}/{meeting.id}/resolutions", data=said).status_code == 303
    waiting = noting.open_resolutions(session, project)
    assert [each.text for each in waiting] == ["Förderung prüfen", "Räume fragen"]
    first = waiting[0]
    desk.post(f"{HERE}/{meeting.id}/resolutions/{first.id}/done")
    session.expire_all()
    assert [each.text for each in noting.open_resolutions(session, project)] == ["Räume fragen"]
    assert session.get_one(Resolution, first.id).done


def test_a_facilitator_plans_changes_and_deletes_a_meeting(
    desk: FlaskClient, session: Session
) -> None:
    page = desk.post(HERE, data=FORM).location
    it = session.scalars(select(Meeting)).one()
    assert it.begins == datetime(2126, 12, 4, 13, tzinfo=UTC)  # Berlin in winter
    assert "14:00" in desk.get(page).text
    changed = FORM | {"title": "Neues Treffen", "version": str(it.version)}
    assert desk.post(f"{HERE}/{it.id}", data=changed).status_code == 303
    late = desk.post(f"{HERE}/{it.id}", data=FORM | {"title": "Zu spät", "version": "1"})
    assert late.status_code == 409 and "Zu spät" in late.text
    desk.post(f"{HERE}/{it.id}/removal")
    assert desk.get(page).status_code == 404
    desk.post(f"{HERE}/{it.id}/return")
    assert "Neues Treffen" in desk.get(HERE).text


def test_a_point_with_notes_is_not_thrown_away(
    desk: FlaskClient, session: Session, meeting: Meeting
) -> None:
    form = {"key": "k", "item_title": "Räume", "item_minutes": "10"}
    desk.post(f"{HERE}/{meeting.id}/agenda", data=form)
    item = session.scalars(select(AgendaItem)).one()
    notes = {f"notes-{item.id}": "Wichtig", "summary": "", "version": str(meeting.version)}
    desk.post(f"{HERE}/{meeting.id}/minutes", data=notes)
    kept = desk.post(f"{HERE}/{meeting.id}/agenda/{item.id}/removal")
    assert kept.status_code == 409
    late = desk.post(f"{HERE}/{meeting.id}/minutes", data=notes | {"summary": "Von mir"})
    assert late.status_code == 409 and "Von mir" in late.text


def test_the_task_force_reads_its_own_meetings_only(
    app: Flask, session: Session, project: Project, tarik: User, meeting: Meeting
) -> None:
    ours = holding.plan(session, project, Plan(Kind.TASK_FORCE, "Runde", SOON, 60), "B", "k")
    session.commit()
    browser = browser_of(tarik, app)
    listed = browser.get(HERE).text
    assert "Runde" in listed and meeting.title not in listed
    assert browser.get(f"{HERE}/{ours.id}").status_code == 200
    assert browser.get(f"{HERE}/{meeting.id}").status_code == 404
    assert browser.get(f"{HERE}/{ours.id}/letters").status_code == 403


@pytest.mark.parametrize("whom", ["all", "society", "one"])
def test_guests_are_chosen_from_the_register(
    desk: FlaskClient,
    session: Session,
    meeting: Meeting,
    keep: Callable[..., Organisation],
    project: Project,
    whom: str,
) -> None:
    keep(an_organisation(project, "O07", "Nähstube"))
    data = {"whom": whom, "organisation": "naehstube" if whom == "one" else ""}
    assert desk.post(f"{HERE}/{meeting.id}/guests", data=data).status_code == 303
    assert [each.organisation.code for each in session.scalars(select(Guest))] == ["O07"]
    assert desk.post(f"{HERE}/{meeting.id}/guests", data={"whom": ""}).status_code == 422
    wrong = {"whom": "all", "organisation": "Niemand"}  # a name that is typed is what is meant
    sent = desk.post(f"{HERE}/{meeting.id}/guests", data=wrong)
    assert sent.status_code == 422 and 'value="Niemand"' in sent.text


def test_a_form_that_says_something_else_is_refused_and_nothing_is_swallowed(
    session: Session, meeting: Meeting
) -> None:
    for _ in range(2):
        noting.decide(session, meeting, "Raumliste", "Team", None, "form")
        holding.add_item(session, meeting, "Räume", 10, "form")
    with pytest.raises(FormUsedTwice):
        noting.decide(session, meeting, "Raumliste und Fahrrad", "Team", None, "form")
    with pytest.raises(FormUsedTwice):
        holding.add_item(session, meeting, "Räume und Räder", 10, "form")


def test_ties_stay_with_a_meeting_that_is_called_otherwise_or_moved(
    session: Session, meeting: Meeting, two: tuple[Organisation, Organisation]
) -> None:
    noting.note_tie(session, meeting, *two, by="Birte")
    said = replace(SAID, title="Anders", begins=SOON + timedelta(days=7))
    holding.change(session, meeting, said, meeting.version)
    assert [each.about for each in noting.ties_of(session, meeting)] == ["Anders"]


def test_minutes_typed_while_a_point_came_onto_the_agenda_are_shown_again(
    desk: FlaskClient, session: Session, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    holding.add_item(session, meeting, "Räume teilen", 20, "1")
    session.commit()

    def faster(*_said: object) -> None:
        holding.add_item(session, meeting, "Räder teilen", 20, "2")
        session.commit()
        raise ChangedMeanwhile

    monkeypatch.setattr(noting, "write_minutes", faster)
    page = f"{HERE}/{meeting.id}"
    item = session.scalars(select(AgendaItem)).one()
    typed = {f"notes-{item.id}": "Viel getippt", "summary": "", "version": "0"}
    answer = desk.post(f"{page}/minutes", data=typed)
    assert (answer.status_code, "Viel getippt" in answer.text) == (409, True)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_year_that_nobody_means_is_told_and_the_words_stay(
    desk: FlaskClient, day: str
) -> None:
    answer = desk.post(HERE, data=FORM | {"day": day, "time": "00:00"})
    assert (answer.status_code, "Bitte kommen Sie." in answer.text) == (422, True)
    weeks = {f"{stage}_{end}": "1" for stage in timing.Stage for end in ("first", "last")}
    timetable = {"begins": day, "weeks": "520", **weeks}
    assert desk.post("/p/buch/timetable", data=timetable).status_code == 422
    assert desk.get("/p/buch/timetable").status_code == 200


def test_a_feed_tells_the_meetings_that_a_role_may_read_and_no_guest(
    app: Flask, session: Session, project: Project, meeting: Meeting, guest: Guest
) -> None:
    holding.plan(session, project, replace(SAID, kind=Kind.TASK_FORCE, title="Runde"), "B", "2")
    old = replace(SAID, title="Vorbei", begins=datetime(2020, 1, 1, tzinfo=UTC))
    holding.plan(session, project, old, "B", "3")
    told = {}
    with app.test_request_context():
        for role in Role:
            entries = feed(session, Membership(project_id=project.id, role=role))
            told[role] = [f"{each.title} {each.place} {each.note}" for each in entries]
    both = [
        f"{title} Campus Buch Wir freuen uns." for title in ("Soziale Betriebe Pankow", "Runde")
    ]
    assert sorted(told[Role.FACILITATOR]) == sorted(both)
    assert told[Role.TASK_FORCE] == both[1:]
    assert told[Role.COUNSELLOR] == told[Role.ADVISER] == []


def test_a_guest_takes_the_meeting_into_an_own_calendar(
    client: FlaskClient, session: Session, keys: Keyring, meeting: Meeting, guest: Guest
) -> None:
    page = f"/m/{inviting.key_of(keys, guest)}"
    assert f"{page}/meeting.ics" in client.get(page).text
    answer = client.get(f"{page}/meeting.ics")
    assert answer.content_type == "text/calendar; charset=utf-8"
    (event,) = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    assert (str(event["summary"]), event.decoded("dtstart")) == (SAID.title, SOON)
    inviting.uninvite(session, guest)
    session.commit()
    assert client.get(f"{page}/meeting.ics").status_code == 404
