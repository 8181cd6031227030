"""The shared calendar, as S12 tells: free places and clashes across providers."""

from datetime import date, datetime, time, timedelta
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from agency.calendar import occupying, reserving, sharing
from agency.calendar.models import Import, Kind, Occasion, Reservation, Room, Slot
from agency.calendar.occupying import Entry
from agency.calendar.repeating import Span, moment_of, weekly
from agency.routes.calendar import feed
from core.clock import ZONE
from core.errors import Refusal
from people.models import Membership, Naming, Organisation, Project, Role, User
from tests.story import NOON, a_member, a_user, an_organisation, at_once, browser_of

CALENDAR = "/p/buch/calendar"
DE = {"Accept-Language": "de"}
MONDAY = date(2027, 3, 22)  # a week before clocks go forward


@pytest.fixture
def house(session: Session, project: Project) -> Organisation:
    found = an_organisation(project, "O24", "Bucher Bogen")
    session.add(found)
    session.commit()
    return found


@pytest.fixture
def room(session: Session, project: Project, house: Organisation) -> Room:
    made = sharing.add_room(session, project, "room", name="Saal", seats=30,
                            organisation_id=house.id)  # fmt: skip
    session.commit()
    return made


def said(house: Organisation, room: Room | None = None, **more: str) -> dict[str, str]:
    return {
        "key": "a form", "kind": "course", "title": "Deutschkurs", "day": "2027-03-22",
        "begins": "10:00", "ends": "12:00", "organisation": str(house.id),
        "room": str(room.id) if room else "",
    } | more  # fmt: skip


def entry(house: int, room: int | None = None, hour: int = 10, **more: object) -> Entry:
    starts = datetime(2027, 3, 22, hour, tzinfo=ZONE)
    values = {"kind": Kind.COURSE, "title": "Kurs", "minutes": 120} | more
    return Entry(organisation_id=house, starts=starts, room_id=room, **values)  # type: ignore[arg-type]


def slots(session: Session) -> list[str]:
    session.rollback()
    found = session.scalars(select(Slot).order_by(Slot.starts))
    return [each.starts.astimezone(ZONE).strftime("%d.%m. %H:%M") for each in found]


def test_a_weekly_course_is_entered_once_and_keeps_its_time_in_summer(
    desk: FlaskClient, session: Session, house: Organisation, room: Room
) -> None:
    for _ in range(2):
        answer = desk.post(f"{CALENDAR}/occasions", data=said(house, room, until="2027-04-05"))
        assert answer.status_code == 303
    assert slots(session) == ["22.03. 10:00", "29.03. 10:00", "05.04. 10:00"]
    for address in ("", "&view=month", "&show=list", "&view=month&show=list"):
        page = desk.get(f"{CALENDAR}?day=2027-03-29{address}", headers=DE).text
        assert "10:00–12:00" in page and "Deutschkurs" in page
    assert "Deutschkurs" not in desk.get(f"{CALENDAR}?day=2027-05-03").text
    assert "Deutschkurs" not in desk.get(f"{CALENDAR}?day=2027-03-29&q=Nähen").text


def test_a_taken_room_is_refused_with_who_and_when(
    desk: FlaskClient, session: Session, project: Project, house: Organisation, room: Room
) -> None:
    occupying.add(session, project, entry(house.id, room.id, title="Nähen"), "B", NOON)
    session.commit()
    wish = said(house, room, begins="11:30", ends="13:00", until="2027-04-05")
    answer = desk.post(f"{CALENDAR}/occasions", data=wish, headers=DE)
    assert answer.status_code == 409
    assert "Nähen" in answer.text and "Bucher Bogen" in answer.text
    assert "22. März 2027" in answer.text
    assert slots(session) == ["22.03. 10:00"]
    assert desk.post(f"{CALENDAR}/occasions", data=wish | {"skips": "y"}).status_code == 303
    assert slots(session) == ["22.03. 10:00", "29.03. 11:30", "05.04. 11:30"]
    after = said(house, room, begins="12:00", ends="13:00", key="2")
    assert desk.post(f"{CALENDAR}/occasions", data=after).status_code == 303


def test_a_cancelled_date_leaves_its_room_and_comes_back_only_to_a_free_one(
    desk: FlaskClient, session: Session, project: Project, house: Organisation, room: Room
) -> None:
    it = occupying.add(session, project, entry(house.id, room.id), "B", NOON)
    session.commit()
    slot = occupying.slots_of(session, it)[0]
    where = f"{CALENDAR}/occasions/{it.id}/dates/{slot.id}"
    assert desk.post(where).status_code == 303
    assert desk.post(f"{CALENDAR}/occasions", data=said(house, room)).status_code == 303
    assert desk.post(where, data={"takes_place": "1"}).status_code == 409
    session.rollback()
    assert slot.cancelled


def test_places_count_down_and_a_counsellor_reserves_for_the_own_provider_only(
    app: Flask, desk: FlaskClient, session: Session, project: Project, house: Organisation
) -> None:
    other = an_organisation(project, "O18", "Sprachbrücke")
    cem = a_user("Cem")
    session.add_all([other, cem])
    session.flush()
    member = a_member(project, cem, Role.COUNSELLOR)
    member.provider_id = other.id
    session.add(member)
    it = occupying.add(session, project, entry(house.id, seats=5), "B", NOON)
    session.commit()
    page, browser = f"{CALENDAR}/occasions/{it.id}", browser_of(cem, app)
    for key, whom in (("1", house), ("2", other)):
        wish = {"key": key, "organisation": str(whom.id), "places": "2"}
        desk.post(f"{page}/reservations", data=wish)
    foreign = {"key": "3", "organisation": str(house.id), "places": "1"}
    assert browser.post(f"{page}/reservations", data=foreign).status_code == 422
    assert browser.post(f"{page}/edit").status_code in (403, 405)
    assert browser.get(f"{page}/edit").status_code == 403
    shown = browser.get(page, headers=DE).text
    assert shown.count("2 Plätze") == 1  # its own, and not whose the others are
    assert "1 Platz ist frei" in shown
    assert "1 Platz ist frei" in desk.get(f"{CALENDAR}?day=2027-03-22", headers=DE).text
    more = {"key": "4", "organisation": str(other.id), "places": "2"}
    assert browser.post(f"{page}/reservations", data=more).status_code == 409
    kept = session.scalars(select(Reservation).filter_by(organisation_id=other.id)).one()
    assert browser.post(f"{page}/reservations/{kept.id}/removal").status_code == 303
    session.rollback()
    assert it.left == 3
    fewer = said(house, seats="1", version=str(it.version))
    assert desk.post(page, data=fewer).status_code == 409


def test_a_calendar_file_is_looked_at_brought_in_and_taken_back(
    desk: FlaskClient, session: Session, project: Project, house: Organisation, room: Room
) -> None:
    occupying.add(session, project, entry(house.id, room.id), "B", NOON)
    session.commit()
    events = [("a", "Chor", "20270322T110000"), ("b", "Tanz", "20270323T090000"),
              ("c", "Theater", "20270323T093000"), ("d", "Ohne Zeit", "morgen")]  # fmt: skip
    parts = [f"BEGIN:VEVENT\nUID:{uid}\nSUMMARY:{title}\nDTSTART:{at}\nEND:VEVENT"
             for uid, title, at in events]  # fmt: skip
    text = "\n".join(["BEGIN:VCALENDAR", *parts, "END:VCALENDAR\n"])
    wish = {"key": "f", "organisation": str(house.id), "room": str(room.id)}

    def send(key: str) -> str:
        file = {"file": (BytesIO(text.encode()), "bogen.ics")}
        answer = desk.post(f"{CALENDAR}/import", data=wish | {"key": key} | file)
        assert answer.status_code == 303
        return answer.location

    page = send("f")
    assert "Kurs" in desk.get(page).text  # what the choir would clash with
    assert len(slots(session)) == 1
    for _ in range(2):
        assert desk.post(page).status_code == 303
    draft = session.scalars(select(Import)).one()
    assert draft.report == {"new": 1, "known": 0, "taken": 2, "problem": 1}
    assert slots(session) == ["22.03. 10:00", "23.03. 09:00"]
    again = send("g")
    assert "steht schon im Kalender" in desk.get(again, headers=DE).text
    assert desk.post(f"{page}/undoing").status_code == 303
    session.rollback()
    left = session.scalars(select(Occasion.title).filter_by(deleted=None))
    assert list(left) == ["Kurs"]
    wrong = wish | {"file": (BytesIO(b"PNG"), "bild.png"), "key": "h"}
    assert desk.post(f"{CALENDAR}/import", data=wrong).status_code == 422


def test_the_feed_tells_what_is_to_come_in_the_time_of_berlin(
    desk: FlaskClient, session: Session, project: Project, house: Organisation
) -> None:
    occupying.add(session, project, entry(house.id, seats=4, until=MONDAY + timedelta(7)),
                  "B", NOON)  # fmt: skip
    session.commit()
    desk.post("/p/buch/agency/subscription")
    page = desk.get("/p/buch/agency/subscription").text
    address = page[page.index("/calendar/") :].split('"')[0]
    feed = desk.get(address).text
    for start in ("20270322T100000", "20270329T100000"):
        assert f"DTSTART;TZID=Europe/Berlin:{start}" in feed
    assert "Kurs" in feed


@pytest.mark.both_engines
def test_of_many_who_want_the_last_places_none_gets_one_too_many(
    sessions: sessionmaker[Session], session: Session, project: Project, house: Organisation
) -> None:
    it = occupying.add(session, project, entry(house.id, seats=5), "B", NOON)
    session.commit()
    number, whose = it.id, house.id
    session.rollback()
    for turn in range(4):

        def reserve(which: int, turn: int = turn) -> None:
            with sessions() as own:
                course, whom = own.get_one(Occasion, number), own.get_one(Organisation, whose)
                try:
                    key = f"{turn} {which}"
                    reserving.reserve(own, course, whom, 2, "B", NOON, key)
                    own.commit()
                except Refusal:
                    own.rollback()

        at_once(5, reserve)
        session.rollback()
        assert session.get_one(Occasion, number).taken == 4
    held = session.scalars(select(Reservation.places)).all()
    assert list(held) == [2, 2]


@pytest.mark.both_engines
def test_a_room_goes_to_one_of_those_who_want_it_at_once(
    sessions: sessionmaker[Session], session: Session, project: Project, house: Organisation,
    room: Room,
) -> None:  # fmt: skip
    home, whose, where = project.id, house.id, room.id
    session.rollback()
    for turn in range(4):
        starts = moment_of(MONDAY + timedelta(turn), datetime(2027, 1, 1, 10).time())

        def enter(which: int, starts: datetime = starts) -> None:
            with sessions() as own:
                later = starts + timedelta(minutes=10 * which)
                wish = Entry(Kind.COURSE, "Kurs", whose, later, 120, where)
                try:
                    occupying.add(own, own.get_one(Project, home), wish, "B", NOON)
                    own.commit()
                except Refusal:
                    own.rollback()

        at_once(5, enter)
        session.rollback()
        assert len(session.scalars(select(Slot)).all()) == turn + 1


def test_the_task_force_reads_and_enters_nothing(
    app: Flask, tarik: User, session: Session, project: Project, house: Organisation
) -> None:
    it = occupying.add(session, project, entry(house.id, seats=5), "B", NOON)
    session.commit()
    browser = browser_of(tarik, app)
    page = browser.get(f"{CALENDAR}/occasions/{it.id}")
    assert page.status_code == 200
    assert "<form" not in page.text.split("<main")[1].split("</main")[0]
    assert browser.post(f"{CALENDAR}/occasions", data=said(house)).status_code == 403


def test_a_brought_in_course_keeps_its_dates_when_only_its_words_change(
    desk: FlaskClient, session: Session, project: Project, house: Organisation, room: Room
) -> None:
    spans = [
        Span(moment_of(date(2027, 3, day), time(10)), moment_of(date(2027, 3, day), time(12)))
        for day in (22, 24, 29)
    ]
    it = occupying.add(session, project, entry(house.id, room.id), "B", NOON, spans=spans)
    session.commit()
    page = f"{CALENDAR}/occasions/{it.id}"
    words = said(house, room, title="Deutsch A1", version="1")
    assert desk.post(page, data=words).status_code == 303
    assert slots(session) == ["22.03. 10:00", "24.03. 10:00", "29.03. 10:00"]
    later = said(house, room, begins="11:00", ends="13:00", until="2027-03-29", version="2")
    assert desk.post(page, data=later).status_code == 303
    assert slots(session) == ["22.03. 11:00", "29.03. 11:00"]


def test_an_end_is_what_the_clock_on_the_wall_shows_on_the_night_it_is_put_forward() -> None:
    first = datetime(2027, 3, 20, 22, tzinfo=ZONE)
    ends = [
        each.ends.astimezone(ZONE).hour for each in weekly(first, 8 * 60, date(2027, 3, 28))
    ]
    assert ends == [6, 6]
    (night,) = weekly(datetime(2027, 3, 28, 1, 30, tzinfo=ZONE), 60, None)
    assert night.starts < night.ends  # half past two is not on any clock that night
    (gap,) = weekly(datetime(2027, 3, 28, 2, 30, tzinfo=ZONE), 30, None)
    assert gap.starts < gap.ends


def test_the_task_force_reads_no_name_that_the_network_may_not(
    app: Flask, session: Session, project: Project, house: Organisation, room: Room, tarik: User
) -> None:
    it = occupying.add(session, project, entry(house.id, room.id), "B", NOON)
    session.commit()
    browser, pages = (
        browser_of(tarik, app),
        (f"?day={MONDAY}&show=list", f"/occasions/{it.id}", "/rooms"),
    )
    for naming, is_told in ((Naming.TEAM, False), (Naming.NETWORK, True)):
        house.naming = naming
        session.commit()
        for page in pages:
            answer = browser.get(f"{CALENDAR}{page}")
            assert answer.status_code == 200 and ("Bucher Bogen" in answer.text) is is_told
        with app.test_request_context():
            for role in (Role.TASK_FORCE, Role.ADVISER):
                (told,) = feed(session, Membership(project_id=project.id, role=role))
                assert ("Bucher Bogen" in told.note) is (is_told or role == Role.ADVISER)


def test_whoever_may_not_read_a_name_does_not_find_it_by_searching(
    app: Flask, desk: FlaskClient, session: Session, project: Project, house: Organisation,
    room: Room, tarik: User,
) -> None:  # fmt: skip
    it = occupying.add(session, project, entry(house.id, room.id), "B", NOON)
    session.commit()
    path = f"{CALENDAR}?day={MONDAY}&show=list&q=bucher+bogen"
    link, reader = f"/occasions/{it.id}", browser_of(tarik, app)
    assert link in desk.get(path).text
    assert link not in reader.get(path).text
    house.naming = Naming.NETWORK
    session.commit()
    assert link in reader.get(path).text
