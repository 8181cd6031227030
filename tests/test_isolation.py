"""Every door of every project, by role: what is not yours answers like what is not there.

The doors are read from the map of addresses. A new one is tried by itself; if its address
holds something new, these tests ask what that means.
"""

import re
import tempfile
from collections.abc import Iterator, Mapping

import pytest
from sqlalchemy import and_, select
from werkzeug.datastructures import MultiDict
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from agency.calendar.models import Import, Occasion, Reservation, Room, Slot
from agency.cases.models import Appointment, Case, Handover
from agency.concepts.models import Comment as Remark
from agency.concepts.models import Concept, Entry
from agency.evidence.models import OwnSource
from agency.funding.models import Check, Programme, ProgrammeList
from agency.gathering.models import Sifted, Sifting
from agency.meetings.models import AgendaItem, Guest, Meeting, Resolution
from agency.models import IncomeNote, Release
from agency.rounds.models import RankingRound
from agency.ventures.models import Milestone, Venture
from app import create_app
from core.db import db
from core.mail import OutboxMail
from core.models import Base
from home.archive.models import ProjectArchive
from networks.models import Introduction, NetworkImport, RecordedTie, SharedView
from people.current import may_open
from people.listings.models import Listing
from people.models import (
    ImportDraft,
    Membership,
    Organisation,
    Project,
    Role,
    Side,
    StaffInvitation,
    StaffSession,
    TaskForceMember,
)
from people.names.models import Merge
from people.terms.models import ProjectTerm
from surveys.conversations.models import Conversation
from surveys.interviews.models import Passage
from surveys.models import Channel, Invitation, Mention, Response, Survey
from surveys.odk.models import Attachment, Device
from surveys.reporting.models import Frozen
from surveys.responses.models import NameDecision
from surveys.sounds.models import Recording, SpeakerLink
from tests.crawl import Field, walk
from tests.world import ELSEWHERE, HOME, World, filled, lasting, warm, world
from workshop.cards.models import Comment
from workshop.following.models import FollowUp
from workshop.models import Cluster, Idea, Participant, Workshop

__all__ = ["filled", "lasting", "world"]  # fixtures
VARIABLE = re.compile(r"<(?:[^<>]*:)?(\w+)>")
STAMP = re.compile(r'name="(csrf_token|key)" value="[^"]*"|value="[^"]*" name="csrf_token"')
NOWHERE = "nowhere"
PLAIN = {  # what names no row: any value that is offered
    "files format": "csv",
    "picture format": "svg",
    "export kind": "csv",
    "consents purpose": "survey",
    "consents language": "de",
    "contacts kind": "csv",
    "contacts purpose": "followup.workshop",
    "mail-merge kind": "csv",
    "results question": "idea",
    "results language": "de",
    "languages language": "uk",
    "results kind": "svg",
    "texts question": "idea",
    "figures name": "headcount",
    "figures kind": "csv",
    "stand kind": "csv",
    "new language": "ar",
    "paper language": "ar",
    "speaking language": "de",
    "texts name": "idea:label",
    "removals name": "idea:label",
    "checks name": "idea:label",
    "declined language": "ar",
    "pages key": "german",
    "ideas question": "idea",
    "doubts field": "idea",
    "boards number": "1",  # as they are counted in a workshop
    "ballots round_number": "1",
    "rounds number": "1",
    "decisions number": "1",
    "agenda way": "up",
    "resolutions state": "done",
    "sources act": "keep",
    "ties act": "removal",
    "gates stage": "sketch",
    "canvas field": "problem",
    "lines kind": "milestones",
    "progress people": "persons",
}
IN_COOKIE = {
    "team.restore_member",
    "frozen.freeze",
    "workshops.bring_to_front",
}  # what these act on is not in the address
UNKNOWN = {"slug": "nowhere", "code": "X99"}  # numbers: 999999


def rules() -> list[Rule]:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(SECRET_KEY="test", DATA=folder, TESTING=True)
    return list(app.url_map.iter_rules())


RULES = rules()
DOORS = [
    pytest.param(rule, method, id=f"{method} {rule.rule}")
    for rule in RULES
    for method in sorted((rule.methods or set()) & {"GET", "POST"})
    if rule.rule.startswith("/p/<project>")
    and not rule.rule.startswith(("/p/<project>/odk/", "/p/<project>/away/"))
]  # what a tablet asks for is tried in tests/surveys/odk
INNER = [door for door in DOORS if door.values[0].rule.count("<") > 1]  # type: ignore[union-attr]


def known(project: str) -> Mapping[str, str]:
    """Return, for all that an address can hold, one that is there in the project."""
    owner = db.session.scalars(select(Project).filter_by(slug=project)).one().id

    def last(model: type[Base], **which: object) -> object:
        query = select(model).filter_by(project_id=owner, **which)
        return db.session.scalars(query.order_by(model.id.desc())).first()  # type: ignore[attr-defined]

    query = select(Survey).filter_by(project_id=owner, state="open")
    survey = db.session.scalars(query.filter_by(subject="organisations")).one()
    talks = db.session.scalars(query.filter_by(subject="persons")).one()
    told = db.session.scalars(
        select(Conversation).filter_by(survey_id=talks.id, draft=None)
    ).one()
    workshop = db.session.scalars(
        select(Workshop).filter_by(project_id=owner, is_open=True)
    ).one()
    organisation = last(Organisation, deleted=None)
    assert isinstance(organisation, Organisation)
    neighbour = db.session.scalars(
        select(Organisation).filter_by(project_id=owner).order_by(Organisation.id)
    ).first()
    assert neighbour and neighbour != organisation
    invited = db.session.scalars(
        select(Organisation.code)
        .join(Invitation, Invitation.organisation_id == Organisation.id)
        .where(Invitation.survey_id == survey.id, Organisation.deleted.is_(None))
        .order_by(Organisation.id.desc())
    ).first()
    within = {"survey_id": survey.id}
    rows = {
        "import draft_id": last(ImportDraft),
        "import import_id": last(NetworkImport),
        "import calendar_id": last(Import),
        "outbox number": last(OutboxMail),
        "archive number": last(ProjectArchive),
        "task-force member_id": last(TaskForceMember, organisation_id=None),
        "team number": last(Membership),
        "invitations number": last(StaffInvitation),
        "mentions mention_id": last(Mention, **within),
        "responses response_id": last(Response, **within),
        "paper response_id": last(Response, channel=Channel.PAPER, **within),
        "hosts participant_id": last(Participant, workshop_id=workshop.id),
        "links number": last(SpeakerLink),
        "merges number": last(Merge),
        "decisions number": last(NameDecision),
        "shared number": last(SharedView, **within),
        "recorded number": last(RecordedTie),
        "ideas idea_id": last(Idea, board_id=workshop.board.id),
        "comments comment_id": last(Comment),
        "concepts concept_id": last(Concept),
        "entries entry_id": last(Entry),
        "answers comment_id": last(Remark),
        "notes number": last(FollowUp),
        "clusters cluster_id": last(Cluster, board_id=workshop.board.id),
        "passages passage_id": last(Passage),
        "devices number": last(Device),
        "register listing_id": last(Listing),
        "pairs need_id": last(Listing, side=Side.NEED),
        "pairs offer_id": last(Listing, side=Side.OFFER),
        "programmes programme_id": last(Programme),
        "checks check_id": last(Check),
        "import list_id": last(ProgrammeList),
        "gaps need_id": last(Listing, side=Side.NEED),
        "vacancies need_id": last(Listing, side=Side.NEED, term="staff"),
        "releases release_id": last(Release),
        "rankings ranking_id": last(RankingRound),
        "introductions number": last(Introduction),
        "sources source_id": last(OwnSource),
        "notes note_id": last(IncomeNote),
        "introductions introduction_id": last(Introduction),
        "appointments appointment_id": last(Appointment),
        "handover handover_id": last(Handover),
        "needs listing_id": last(Listing, side=Side.NEED),
        "rooms room_id": last(Room),
        "occasions occasion_id": last(Occasion, seats=5),
        "dates slot_id": last(Slot),
        "reservations reservation_id": last(Reservation),
        "meetings number": last(Meeting),
        "agenda item_id": last(AgendaItem),
        "guests guest_id": last(Guest),
        "resolutions resolution_id": last(Resolution),
        "ties tie_id": last(RecordedTie),
        "ventures venture_id": last(Venture),
        "lines line_id": last(Milestone),
        "acts number": last(Sifting),
        "aside number": last(Sifted, listing_id=None),
        "attachments number": db.session.scalars(
            select(Attachment).filter_by(response_id=told.response_id)
        ).one(),
    }
    assert all(rows.values()), rows
    recording = last(Recording)
    assert isinstance(recording, Recording)
    case = last(Case)
    assert isinstance(case, Case)
    frozen = last(Frozen)
    assert isinstance(frozen, Frozen)
    own = last(ProjectTerm)
    assert isinstance(own, ProjectTerm)
    return {
        "stand code": frozen.code,
        "terms code": own.code,
        "sound digest": recording.digest,
        "surveys slug": survey.slug,
        "new slug": talks.slug,
        "paper slug": talks.slug,
        "conversations code": told.code,
        "advice number": str(case.number),
        "networks slug": survey.slug,
        "workshops slug": workshop.slug,
        "networks code": organisation.code,
        "ties a": organisation.code,
        "ties b": neighbour.code,
        "named code": organisation.code,
        "organisations code": organisation.code,
        "of code": invited or organisation.code,
        "interviews code": organisation.code,
        "versions number": "1",
        "steps number": "1",
        **{place: str(row.id) for place, row in rows.items()},  # type: ignore[attr-defined]
    }


def places(rule: str) -> Iterator[tuple[str, str, str]]:
    """Return of every variable of an address the text to replace, its place and its name."""
    for found in VARIABLE.finditer(rule):
        words = re.findall(r"[\w-]+", VARIABLE.sub("", rule[: found.start()]))
        if found[1] != "project":
            yield found[0], f"{words[-1]} {found[1]}", found[1]


def address(rule: str, project: str, *sources: Mapping[str, str]) -> str:
    """Fill an address; each place is looked up in the first source that has it."""
    path = rule.replace("<project>", project)
    for text, place, _ in places(rule):
        value = next((source[place] for source in (*sources, PLAIN) if place in source), None)
        if value is None:
            pytest.fail(f"{rule}: say in tests/test_isolation.py what “{place}” may be")
        path = path.replace(text, value, 1)
    return path


def unknown(rule: str) -> Mapping[str, str]:
    """Return, for all that names a row in an address, one that is nowhere."""
    return {
        place: UNKNOWN.get(name, "999999")
        for _, place, name in places(rule)
        if place not in PLAIN
    }


def seen(answer: TestResponse, path: str, project: str = NOWHERE) -> tuple[object, ...]:
    """Return all that a browser is told, but for the address it asked for itself."""
    asked = path.replace(f"/p/{project}", "/p/…")
    text = STAMP.sub("", answer.text).replace(f"/p/{project}", "/p/…").replace(asked, "…")
    place = answer.headers.get("Location", "").replace(f"/p/{project}", "/p/…")
    headers = {name for name, _ in answer.headers}
    return answer.status_code, place.replace(asked, "…"), text, answer.mimetype, headers


@pytest.fixture(scope="module")
def before(lasting: World) -> str:
    """The fingerprint of the database, which must be the same when all is done."""
    return lasting.fingerprint()


@pytest.fixture(scope="module")
def ours(lasting: World) -> Mapping[str, str]:
    with lasting.app.app_context():
        return known(HOME)


@pytest.fixture(scope="module")
def theirs(lasting: World) -> Mapping[str, str]:
    with lasting.app.app_context():
        return known(ELSEWHERE)


@pytest.mark.parametrize(("rule", "method"), DOORS)
def test_a_foreign_project_is_like_none(
    lasting: World, before: str, ours: Mapping[str, str], rule: Rule, method: str
) -> None:
    for name in ("", "Carim"):
        browser = lasting.staff(name) if name else lasting.stranger()
        foreign, none = (address(rule.rule, slug, ours) for slug in (HOME, NOWHERE))
        answers = [browser.open(path, method=method) for path in (foreign, none)]
        assert answers[0].status_code in ({404} if name else {303, 401})
        assert seen(answers[0], foreign, HOME) == seen(answers[1], none)
    assert lasting.fingerprint() == before


@pytest.mark.parametrize(("rule", "method"), DOORS)
def test_whoever_may_not_learns_nothing_of_what_is_there(
    lasting: World, before: str, ours: Mapping[str, str], rule: Rule, method: str
) -> None:
    there = address(rule.rule, HOME, ours)
    nowhere = address(rule.rule, HOME, unknown(rule.rule), ours)
    with lasting.app.app_context():
        outside = [role for role in Role if not may_open(rule.endpoint, role)]
    for role in outside:
        browser = lasting.staff("Birte" if role == Role.FACILITATOR else role.value)
        answers = [browser.open(path, method=method) for path in (there, nowhere)]
        assert answers[0].status_code == 403
        assert seen(answers[0], there) == seen(answers[1], nowhere)
    assert lasting.fingerprint() == before


@pytest.mark.parametrize(("rule", "method"), INNER)
def test_what_belongs_to_another_project_is_not_found_in_ones_own(
    lasting: World,
    before: str,
    ours: Mapping[str, str],
    theirs: Mapping[str, str],
    rule: Rule,
    method: str,
) -> None:
    browser = lasting.staff(who_may(lasting, rule, "Carim", "Dara"))
    none = unknown(rule.rule)
    for wrong in [[place] for place in none] + [list(none)]:  # one after the other, then all
        at_home = {place: ours[place] for place in wrong}
        at_none = {place: none[place] for place in wrong}
        if at_home.items() <= theirs.items():
            continue  # version 1 is everywhere
        foreign = address(rule.rule, ELSEWHERE, at_home, theirs)
        nowhere = address(rule.rule, ELSEWHERE, at_none, theirs)
        answers = [browser.open(path, method=method) for path in (foreign, nowhere)]
        assert answers[0].status_code == 404, foreign
        assert seen(answers[0], foreign) == seen(answers[1], nowhere)
    assert lasting.fingerprint() == before


@pytest.mark.parametrize(("rule", "method"), DOORS)
def test_who_facilitates_finds_what_is_there_and_nothing_else(
    lasting: World, ours: Mapping[str, str], rule: Rule, method: str
) -> None:
    """Otherwise the tests above would compare two answers to nonsense."""
    there = address(rule.rule, HOME, ours)
    browser = lasting.staff(who := who_may(lasting, rule, "Birte", "counsellor"))
    before = lasting.writes()
    answer = browser.open(there, method=method)
    if lasting.writes() != before:
        lasting.reset()
    assert answer.status_code not in {403, 405}
    assert answer.status_code != 404 or rule.endpoint in IN_COOKIE
    if none := unknown(rule.rule):
        nowhere = address(rule.rule, HOME, none)
        assert lasting.staff(who).open(nowhere, method=method).status_code == 404


def who_may(world: World, rule: Rule, facilitator: str, counsellor: str) -> str:
    """Return who enters: to what a provider knows, not even those who facilitate."""
    with world.app.app_context():
        may = may_open(rule.endpoint, Role.FACILITATOR)
    return facilitator if may else counsellor


def test_no_form_takes_what_belongs_to_another_project(world: World) -> None:
    """In every list and hidden field of every form: an organisation of the other project."""
    carim = world.staff("Carim")
    with world.app.app_context():
        foreign = db.session.scalars(select(Organisation).filter_by(code="O40")).one()
        values = [str(foreign.id), foreign.code]
        at_home = rows_of(HOME)
    pages = walk(world.app, carim, f"/p/{ELSEWHERE}", each=4)
    sent = set()
    for page in pages.values():
        for form in page.forms:
            if form.method != "post" or "/p/" not in form.action:
                continue
            sent.add(form.action)
            for value in values:
                carim.post(form.action, data=MultiDict(tampered(form.fields, value)))
    assert len(sent) > 20
    with world.app.app_context():
        assert crossing() == []
        assert rows_of(HOME) == at_home


def tampered(fields: list[Field], value: str) -> Iterator[tuple[str, str]]:
    for each in fields:
        if each.name in {"key", "csrf_token"}:
            yield each.name, each.value
        elif each.kind in {"select", "radio", "checkbox", "hidden"}:
            yield each.name, value
        elif each.name:
            typed = {"email": "a@example.org", "number": "3", "date": "2026-11-02"}
            yield each.name, typed.get(each.kind, each.value or "Ein Text")


def crossing() -> list[str]:
    """List the references from a row of one project to a row of another."""
    found = []
    owned = {name: t for name, t in Base.metadata.tables.items() if "project_id" in t.c}
    for table in owned.values():
        for key in table.foreign_key_constraints:
            other = key.referred_table
            if other.name in owned and other is not table:
                same = and_(*(each.parent == each.column for each in key.elements))
                query = select(table.c.id).join(other, same)
                query = query.where(table.c.project_id != other.c.project_id)
                found += [f"{table.name} {row}: {key}" for row in db.session.scalars(query)]
    return found


def rows_of(project: str) -> dict[str, object]:
    owner = db.session.scalars(select(Project.id).filter_by(slug=project)).one()
    return {
        name: db.session.execute(
            select(table).filter_by(project_id=owner).order_by(table.c.id)
        ).all()
        for name, table in Base.metadata.tables.items()
        if "project_id" in table.c
    }


def test_no_page_of_a_project_names_anybody_of_another(lasting: World) -> None:
    with lasting.app.app_context():
        owner = db.session.scalars(select(Project.id).filter_by(slug=HOME)).one()
        query = select(Organisation.name).filter_by(project_id=owner)
        names = list(db.session.scalars(query))
    carim = lasting.staff("Carim")
    pages = walk(lasting.app, carim, f"/p/{ELSEWHERE}", "/s/befragung-anderswo", each=4)
    assert len(pages) > 25
    for path in pages:
        text = carim.get(path).text
        assert [name for name in names if name in text] == [], path
    assert any("Verein Anderswo" in carim.get(path).text for path in pages)


# Doors outside of projects: all that a stranger can hold is a link, a code or a card.

PUBLIC = [
    pytest.param(rule, method, id=f"{method} {rule.rule}")
    for rule in RULES
    for method in sorted((rule.methods or set()) & {"GET", "POST"})
    if "<" in rule.rule and not rule.rule.startswith(("/p/<project>", "/static/"))
]
STRANGE = {  # by the names of variables: two that lead nowhere
    "token": ("aaaa-bbbb-cccc-dddd-eeee", "zzzz-bbbb-cccc-dddd-eeef"),
    "key": ("k" * 32, "q" * 32),
    "card": ("apfel-birne-wolke-haus", "tisch-lampe-wolke-haus"),
    "slug": ("nowhere", "anywhere"),
    "code": ("AAAA-2222", "ZZZZ-7777"),
    "number": ("999999", "888888"),
    "kind": ("csv", "csv"),
    "response_id": ("999999", "888888"),
    "idea_id": ("999999", "888888"),
    "comment_id": ("999999", "888888"),
    "digest": ("a" * 32, "b" * 32),
    "option": ("i999999", "i888888"),
    "name": ("nowhere:label", "anywhere:label"),
    "language": ("de", "de"),
}


def strange(rule: str, which: int) -> str:
    path = rule
    for text, _, name in places(rule):
        if name not in STRANGE:
            pytest.fail(f"{rule}: say in tests/test_isolation.py what “{name}” may be")
        path = path.replace(text, STRANGE[name][which], 1)
    return path


def forget_tries(world: World) -> None:
    world.app.extensions["limits"].limiter.storage.reset()


def told(answer: TestResponse, path: str) -> tuple[object, ...]:
    """Return what a browser is told, but for what it said itself: link, code and all."""
    status, place, text, *rest = seen(answer, path)
    for word in sorted(re.findall(r"[^/]{4,}", path), key=len, reverse=True):
        place, text = (each.replace(word, "…") for each in (str(place), str(text)))
    return status, place, text, *rest


@pytest.mark.parametrize(("rule", "method"), PUBLIC)
@pytest.mark.parametrize("name", ["", "Carim", "Rotbuche"])
def test_all_links_that_lead_nowhere_are_alike(
    lasting: World, rule: Rule, method: str, name: str
) -> None:
    browser = lasting.staff(name) if name == "Carim" else lasting.stranger()
    if name == "Rotbuche":
        browser = lasting.participant()
    forget_tries(lasting)
    warm(browser)  # shows what earlier tests were told
    before = lasting.fingerprint()
    paths = [strange(rule.rule, which) for which in (0, 1)]
    answers = [browser.open(path, method=method) for path in paths]
    assert answers[0].status_code in {302, 303, 400, 401, 403, 404, 422}
    assert told(answers[0], paths[0]) == told(answers[1], paths[1])
    assert lasting.fingerprint() == before


ROOM = [door for door in PUBLIC if door.values[0].rule.startswith("/w/<code>")]  # type: ignore[union-attr]


@pytest.mark.parametrize(("rule", "method"), ROOM)
def test_a_code_opens_one_workshop_only(lasting: World, rule: Rule, method: str) -> None:
    """Who sits in one learns of the cards in another as much as of none."""
    browser = lasting.participant()
    with lasting.app.app_context():
        other = db.session.scalars(select(Workshop).filter_by(slug="anderswo")).one()
        code, own = other.code, lasting.workshop().code
        card = db.session.scalars(select(Idea.id).filter_by(board_id=other.board.id)).one()
    rest = rule.rule.removeprefix("/w/<code>").replace("<key>", "k" * 32)
    rest = rest.replace("<id:comment_id>", "999999")
    before = lasting.fingerprint()

    if rest:  # before the door of the other one: as before none
        paths = [
            f"/w/{c}{rest}".replace("<id:idea_id>", str(card)) for c in (code, "AAAA-2222")
        ]
        forget_tries(lasting)
        answers = [browser.open(path, method=method) for path in paths]
        assert answers[0].status_code in {401, 404} or answers[0].location.endswith(code)
        assert told(answers[0], paths[0]) == told(answers[1], paths[1])
    if "<id:idea_id>" in rest:  # and with its card in one's own
        paths = [f"/w/{own}{rest}".replace("<id:idea_id>", str(n)) for n in (card, 999_999)]
        answers = [browser.open(path, method=method) for path in paths]
        assert answers[0].status_code == 404
        assert told(answers[0], paths[0]) == told(answers[1], paths[1])
    assert lasting.fingerprint() == before


def test_a_code_lets_in_and_shows_nothing_before(lasting: World) -> None:
    with lasting.app.app_context():
        workshop = lasting.workshop()
        code, ideas = (
            workshop.code,
            [
                idea.title
                for idea in db.session.scalars(
                    select(Idea).filter_by(board_id=workshop.board.id)
                )
            ],
        )
    stranger = lasting.stranger()
    pages = [stranger.get(f"/w/{code}").text, stranger.get(f"/w/{code}/cards").text]
    assert ideas
    assert [title for title in ideas for page in pages if title in page] == []


def test_a_closed_room_is_like_none(lasting: World) -> None:
    with lasting.app.app_context():
        closed = db.session.scalars(select(Workshop.code).filter_by(slug="campus-buch")).one()
    forget_tries(lasting)
    paths = [f"/w/{closed}", "/w/AAAA-2222"]
    answers = [lasting.stranger().get(path) for path in paths]
    assert answers[0].status_code == 404
    assert told(answers[0], paths[0]) == told(answers[1], paths[1])


def test_an_invitation_leads_to_its_own_answers_only(lasting: World) -> None:
    with lasting.app.app_context():
        query = select(Response.id).filter(Response.invitation_id.is_not(None))
        foreign = db.session.scalars(query).first()
    forget_tries(lasting)
    paths = [f"/i/{lasting.token()}/responses/{number}" for number in (foreign, 999_999)]
    answers = [lasting.stranger().post(path) for path in paths]
    assert answers[0].status_code == 404
    assert told(answers[0], paths[0]) == told(answers[1], paths[1])


def test_nobody_signs_somebody_else_out(lasting: World) -> None:
    lasting.staff("Birte")
    with lasting.app.app_context():
        hers = db.session.scalars(select(StaffSession.id)).first()
    assert hers
    carim = lasting.staff("Carim")
    paths = [f"/account/sessions/{number}/removal" for number in (hers, 999_999)]
    answers = [carim.post(path) for path in paths]
    assert told(answers[0], paths[0]) == told(answers[1], paths[1])
    with lasting.app.app_context():
        assert db.session.get(StaffSession, hers)
