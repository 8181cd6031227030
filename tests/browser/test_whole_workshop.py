"""A whole workshop, from the empty page of a project to the last note on an idea."""

from flask import Flask
from sqlalchemy.orm import Session

from people.models import Project, User
from tests.browser.conftest import Visitor
from tests.browser.evening.after import (
    a_merge_changes_no_result,
    dots_are_placed,
    everyone_takes_something_home,
    it_is_decided,
    paper_is_counted_by_two,
    the_result_is_on_all_screens,
)
from tests.browser.evening.before import (
    cards_are_discussed_against_the_clock,
    cards_are_read_and_sorted,
    ideas_are_written,
    people_come_in,
    prepare,
)
from tests.story import an_organisation, browser_of


def test_a_workshop_is_played_from_the_empty_page_to_the_last_note(
    visit: Visitor, app: Flask, session: Session, project: Project, birte: User
) -> None:
    session.add(an_organisation(project, "ORG-017", "Radhaus Buch eG"))
    session.commit()
    evening = prepare(visit, birte)
    people_come_in(evening, visit, app)
    ideas_are_written(evening)
    cards_are_read_and_sorted(evening)
    cards_are_discussed_against_the_clock(evening)
    dots_are_placed(evening)
    paper_is_counted_by_two(evening)
    the_result_is_on_all_screens(evening, session)
    a_merge_changes_no_result(evening, session)
    it_is_decided(evening)
    everyone_takes_something_home(evening, browser_of(birte, app))
