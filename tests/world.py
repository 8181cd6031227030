"""The demo, filled once and copied for whoever wants to break it, and all who come near it.

Ada administers the server and began the demo. Birte facilitates it with her, and there is
somebody in every other role. Carim facilitates
Elsewhere, which has one of everything, too. Rotbuche sits in the open workshop.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from sqlite3 import Connection

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from agency.rounds.beginning import key_of as key_of_place
from agency.rounds.models import RankingPlace
from app import create_app
from core import clock, mail
from core.db import db
from core.keys import Keyring
from core.migrating import migrate
from demo.loading import load
from home.archive.models import ProjectArchive
from home.timing import USUAL, WEEKS, set_plan
from networks.exchange.importing import begin as begin_network
from networks.exchange.reading import read as read_network
from networks.models import Introduction, NamedLink, Source, Stage
from networks.reasoning import to_json
from networks.recording import record
from networks.replying import key_of, make_links
from networks.sharing import share
from networks.suggestion import Ground, Suggestion
from people import balancing, importing
from people.inviting import invite as invite_staff
from people.models import Membership, Naming, Organisation, Project, Role, Sector, User
from people.names.models import Merge
from surveys.conversations import holding
from surveys.conversations.holding import Draft
from surveys.definition import Choice
from surveys.fieldwork import inviting, starting
from surveys.fieldwork.importing import latest_version
from surveys.interviews import coding, interviewing
from surveys.interviews.coding import Wish
from surveys.interviews.interviewing import Record
from surveys.interviews.models import Meaning
from surveys.models import Channel, Mention, Response, Subject, Survey
from surveys.odk import pairing
from surveys.odk.models import Attachment, Doubt
from surveys.questionnaires import asking
from surveys.reporting import freezing, publishing
from surveys.reporting.figures import Figure
from surveys.responses import sitting
from surveys.responses.models import NameDecision
from surveys.sounds import keeping
from surveys.sounds.inviting import invite as invite_speaker
from surveys.sounds.keeping import Task
from surveys.sounds.recoding import Sound
from surveys.translating import reviewing
from tests.agency import story as agency
from tests.agency.concepts import story as concepts
from tests.agency.meetings.story import a_meeting
from tests.agency.rounds import story as rounds
from tests.story import NOON, a_member, a_project, a_user, an_organisation, browser_of
from tests.workshop.room import a_participant, an_idea, browser_in
from workshop.cards.models import Comment, Picture
from workshop.following.models import FollowUp, State
from workshop.models import Board, Idea, Method, Phase, Workshop
from workshop.posting import ideas_on
from workshop.preparing import open_room, prepare
from workshop.sorting.grouping import Heading, make_clusters
from workshop.voting.models import Round
from workshop.voting.opening import hash_of, option_of

HOME, ELSEWHERE = "neue-wege-in-pankow", "elsewhere"
# When somebody was last seen, and where the answers let everyone stand, is no change.
QUIET = {"staff_session", "network_placement"}


@dataclass
class World:
    """A Werkstatt of one's own, filled with the demo, and Elsewhere."""

    app: Flask
    folder: Path
    origin: Path
    browsers: dict[str, FlaskClient] = field(default_factory=dict)
    watch: Connection | None = None
    known: tuple[int, str] = 0, ""  # when all rows were read, and their fingerprint

    def reset(self) -> None:
        """Let everything be as it was at first."""
        self.browsers.clear()
        self.close()
        with self.app.app_context():
            db.engine.dispose()
        for ending in ("-wal", "-shm"):
            (self.folder / f"werkstatt.db{ending}").unlink(missing_ok=True)
        shutil.copy(self.origin / "werkstatt.db", self.folder / "werkstatt.db")

    def staff(self, name: str) -> FlaskClient:
        """The browser in which *name* has signed in: the facilitators, or one by role."""
        if name not in self.browsers:
            with self.app.app_context():
                user = db.session.scalars(select(User).filter_by(name=name)).one()
                self.browsers[name] = warm(browser_of(user, self.app))
        return self.browsers[name]

    def stranger(self) -> FlaskClient:
        """The browser of somebody nobody knows."""
        if "" not in self.browsers:
            self.browsers[""] = warm(self.app.test_client())
        return self.browsers[""]

    def participant(self, name: str = "Rotbuche") -> FlaskClient:
        """The phone on which somebody has come into the open workshop of the demo."""
        if name not in self.browsers:
            with self.app.app_context():
                workshop = self.workshop()
            self.browsers[name] = warm(browser_in(workshop, self.app, name))
        return self.browsers[name]

    def workshop(self) -> Workshop:
        """The open workshop of the demo; call within a context."""
        return db.session.scalars(select(Workshop).filter_by(slug="werkstatt-2")).one()

    def token(self) -> str:
        """The token of an invitation that nobody has answered."""
        keys: Keyring = self.app.extensions["keys"]
        with self.app.app_context():
            survey = db.session.scalars(
                select(Survey).filter_by(slug="befragung-pankow-2026")
            ).one()
            invited = inviting.invited(db.session, survey)
            silent = next(each for each in invited if each.organisation.code == "O12")
            return inviting.token_of(keys, silent.invitation)

    def named(self) -> str:
        """The key of a link with which an organisation of the demo has its say."""
        with self.app.app_context():
            link = db.session.scalars(select(NamedLink).order_by(NamedLink.id)).first()
            assert link
            return key_of(self.app.extensions["keys"], link)

    def ranked(self) -> str:
        """The key of a link with which an enterprise says what counts in a round."""
        with self.app.app_context():
            query = select(RankingPlace).join(RankingPlace.vacancy).order_by(RankingPlace.id)
            place = db.session.scalars(query).first()
            assert place
            return key_of_place(self.app.extensions["keys"], place)

    def fingerprint(self) -> str:
        """Return what changes when anything in the database does."""
        if (now := self.writes()) != self.known[0]:
            self.known = now, self._fingerprint()
        return self.known[1]

    def writes(self) -> int:
        """Return a number that is another whenever somebody has written since."""
        self.watch = self.watch or sqlite3.connect(self.folder / "werkstatt.db")
        number: int = self.watch.execute("PRAGMA data_version").fetchone()[0]
        return number

    def close(self) -> None:
        """Watch no longer who writes."""
        if self.watch:
            self.watch.close()
        self.watch, self.known = None, (0, "")

    def _fingerprint(self) -> str:
        digest = hashlib.sha256()
        with closing(sqlite3.connect(self.folder / "werkstatt.db")) as connection:
            names = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            )
            for (name,) in names.fetchall():
                if name not in QUIET:
                    rows = connection.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608
                    digest.update(repr((name, rows)).encode())
        return digest.hexdigest()


def warm(browser: FlaskClient) -> FlaskClient:
    """Let a browser have all its cookies."""
    browser.get("/legal/imprint")
    return browser


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a Werkstatt with the demo and Elsewhere, made once for all workers."""
    place = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        place = place.parent
    with (place / "filled.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "filled").exists():
            fill(place / "filling")
            (place / "filling").rename(place / "filled")
    return place / "filled"


@pytest.fixture
def world(filled: Path, tmp_path: Path) -> Iterator[World]:
    with a_copy(filled, tmp_path / "world") as world:
        yield world


@pytest.fixture(scope="module")
def lasting(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world for tests that change nothing, or do not mind."""
    with a_copy(filled, tmp_path_factory.mktemp("lasting") / "world") as world:
        yield world


@contextmanager
def a_copy(filled: Path, folder: Path, **settings: object) -> Iterator[World]:
    shutil.copytree(filled, folder)
    asking._asked.clear()  # surveys of other databases have the same numbers
    app = _app(folder, **settings)
    yield (world := World(app, folder, filled))
    world.close()
    with app.app_context():
        db.engine.dispose()


def fill(folder: Path) -> None:
    """Load the demo, as ``bin/run`` does, and bring everyone in."""
    app = _app(folder)
    migrate(app)
    with app.app_context():
        session, keys = db.session, app.extensions["keys"]
        home = load(session, db.engine, keys)
        session.scalars(select(User)).one().name = "Ada"
        elsewhere = a_project(ELSEWHERE)
        session.add(elsewhere)
        session.flush()
        for role in Role:
            _employ(session, home, "Birte" if role == Role.FACILITATOR else role.value, role)
        _employ(session, elsewhere, "Carim", Role.FACILITATOR)
        _furnish(session, keys, home)
        _settle(session, elsewhere)
        _furnish(session, keys, elsewhere)
        _employ(session, elsewhere, "Dara", Role.COUNSELLOR)
        for project in (home, elsewhere):
            _let_talk(session, keys, project)
            _sort(session, project)
            _tie(session, keys, project)
            _introduce(session, project)
            a_meeting(session, keys, project)
            set_plan(session, project, clock.today() - timedelta(weeks=12), WEEKS, USUAL)
        session.commit()
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()


def _app(folder: Path, **settings: object) -> Flask:
    values = {"TESTING": True, "WTF_CSRF_ENABLED": False, "JOBS": "now"} | settings
    return create_app(DATA=folder, SECRET_KEY="test", **values)


def _employ(session: Session, project: Project, name: str, role: Role) -> None:
    user = a_user(name)
    session.add(user)
    session.flush()
    session.add(a_member(project, user, role))


def _furnish(session: Session, keys: Keyring, project: Project) -> None:
    """Put one of all that comes and goes into a project: drafts, invitations, mail."""
    table = [["Name", "Sektor"], [f"Verein {project.slug}", "Gesellschaft"]]
    importing.begin(session, keys, project, table, "liste.csv", "draft", NOON)
    table = [["Name", "Sektor"], [f"Zweiter Verein {project.slug}", "Gesellschaft"]]
    importing.begin(session, keys, project, table, "liste.csv", "draft 2", NOON)
    network = read_network(f"source,target\nZwei {project.slug},Drei".encode(), "netz.csv")
    said = "netz.csv", NOON.date(), "Ada", f"network {project.slug}", NOON
    begin_network(session, project, network, *said)
    invite_staff(session, keys, project, f"form {project.slug}", NOON, role=Role.PANEL)
    mail.send("a@example.org", "Guten Tag", "Ein Brief", project_id=project.id)
    balancing.add_member(session, project, form_key="member", name="Frau Yılmaz",
                         affiliation="Bezirksamt", sector=Sector.POLITICS)  # fmt: skip
    survey = session.scalars(
        select(Survey).filter_by(project_id=project.id, state="open", subject="organisations")
    ).one()
    version = latest_version(session, survey)
    assert version
    for channel in (Channel.PAPER, Channel.LINK):
        response = Response(
            project_id=project.id, survey_id=survey.id, version_id=version.id, language="de",
            key_hash=f"{channel} at {project.slug}", channel=channel, begun=NOON, saved=NOON,
            submitted=NOON,
        )  # fmt: skip
        session.add(response)
        session.flush()
    last = select(Organisation).filter_by(project_id=project.id).order_by(Organisation.id)
    whom = session.scalars(last).all()[-1]
    notes = Record(NOON.date(), "Birte", held=True, may_quote=True, notes={"-": "Eine Halle."})
    interviewing.keep(session, survey, whom, notes, 0, NOON)
    talk = interviewing.interview_with(session, survey, whom)
    assert talk
    (source,) = interviewing.notes_of(session, talk).values()
    coding.mark(session, source, Wish("rooms", Meaning.NEED), "Birte", "passage", NOON)
    figure = Figure(f"Bei {project.slug}", "Wer?", "de", "n = 1", ("Wer", "n"), (("wir", "1"),))
    frozen, _ = freezing.freeze(session, survey, figure, "Birte", NOON, figure)
    share(session, keys, survey, "Wer mit wem", {}, Naming.PUBLIC, "shared", "Birte", NOON)
    publishing.publish(session, survey, [frozen.code], NOON)
    sound = Sound(1.0, f"sound of {project.slug}".encode())
    task = Task("idea/label", "Haben Sie eine Idee?", "", "de", None)
    keeping.keep(session, survey, "de", task, sound, said="of another", today=NOON.date())
    invite_speaker(session, keys, survey, "de", "speaker", NOON)
    agency.furnish(session, project)
    concepts.furnish(session, keys, project)
    taken = {"by": "Birte", "at": NOON, "done": NOON, "size": 4711}
    session.add(ProjectArchive(project_id=project.id, with_contacts=False, **taken))
    session.add(
        Mention(project_id=project.id, survey_id=survey.id, response_id=response.id,
                question="new_partner", instance=1, name="Ein Chor", given=NOON)
    )  # fmt: skip
    session.add(NameDecision(project_id=project.id, mentions=[], by="Birte", at=NOON))
    twin = an_organisation(project, "Z1", f"Doppelt {project.slug}", deleted=NOON)
    session.add(twin)
    session.flush()
    merge = {"gone_id": twin.id, "kept_id": whom.id, "undone": NOON}
    session.add(Merge(project_id=project.id, **merge, by="Birte", at=NOON))


def _let_talk(session: Session, keys: Keyring, project: Project) -> None:
    """Let the counsellors of a project work for a provider, and talk: to one, and with one."""
    query = select(Organisation).filter_by(project_id=project.id).order_by(Organisation.id)
    provider = session.scalars(query).first()
    assert provider
    for member in session.scalars(select(Membership).filter_by(project_id=project.id)):
        member.provider_id = provider.id if member.role == Role.COUNSELLOR else None
        if member.provider_id:
            pairing.pair(session, keys, member, project.slug, "Tablet", NOON.date())
    survey = session.scalars(
        select(Survey).filter_by(project_id=project.id, state="open", subject="persons")
    ).one()
    form = starting.latest(session, survey)
    reviewing.release(
        session, survey, form, "ar", by="Birte", today=NOON.date(), knowingly=True
    )
    for which in ("over", "under way"):
        place = sitting.start(session, survey.slug)
        assert place
        draft = Draft({"consent": "yes", "idea": "Ein Garten", "idea_wall": "yes"})
        row = holding.begin(
            session, keys, place, provider.id, f"{which} at {project.slug}", language="ar",
            draft=draft, now=NOON,
        )  # fmt: skip
        if which == "over":
            version = asking.asked(lambda: session, place.version_id, place.digest)
            evaluation = version.evaluate(
                draft.answers, asking.roster_for(version, []), NOON, "ar"
            )
            given = sitting.sitting(session, row.response_id, survey.slug)
            assert given
            holding.hand_in(session, keys, row, given, version, evaluation, {}, NOON)
            photo = {"name": "1.jpg", "kind": "image", "content": b"Ein Garten"}
            session.add(Attachment(response_id=row.response_id, field="photo", **photo))
            session.add(Doubt(response_id=row.response_id, field="idea"))
    rounds.furnish(session, keys, project, provider)


def _settle(session: Session, project: Project) -> None:
    """Give Elsewhere an organisation, a survey that is open, and a workshop."""
    session.add(an_organisation(project, "X1", "Verein Anderswo"))
    session.add(an_organisation(project, "X2", "Zweiter Verein Anderswo"))
    source = session.scalars(select(Survey).filter_by(slug="befragung-pankow-2026")).one()
    survey = starting.begin_survey(
        session, project, starting.latest(session, source), "survey elsewhere",
        title="Befragung anderswo", subject=Subject.ORGANISATIONS, now=NOON,
    )  # fmt: skip
    starting.open_survey(session, survey, NOON)
    talks = session.scalars(select(Survey).filter_by(subject="persons", state="closed")).one()
    form = starting.latest(session, talks)
    lists = {**form.lists, "providers": (Choice("X1", {"de": "Verein Anderswo"}),)}
    theirs = starting.begin_survey(
        session, project, replace(form, lists=lists), "talks elsewhere",
        title="Gespräche anderswo", subject=Subject.PERSONS, now=NOON,
    )  # fmt: skip
    starting.open_survey(session, theirs, NOON)
    evening = prepare(session, project, "workshop", "anderswo", "Anderswo", ["Wohin?"], NOON)
    open_room(session, evening, True)
    somebody = a_participant(evening, "Linde")
    session.add(somebody)
    session.flush()
    card = an_idea(evening.board, somebody, "Ein Garten")
    session.add(card)
    session.flush()


def _sort(session: Session, project: Project) -> None:
    """Hang a card under a heading, vote, say what became of it, and go on collecting."""
    query = select(Workshop).filter_by(project_id=project.id, is_open=True)
    board = session.scalars(query).one().board
    board.phase = Phase.CLUSTER
    session.flush()
    card = ideas_on(session, board)[0]
    make_clusters(session, board, "heading", [Heading("Zusammen", (card.id,))], NOON)
    _say(session, ideas_on(session, board)[-1])
    _vote(session, board)
    session.refresh(board)
    board.phase = Phase.COLLECT


def _tie(session: Session, keys: Keyring, project: Project) -> None:
    """Record a tie between two organisations, and give one of them a link to have its say."""
    query = select(Organisation).filter_by(project_id=project.id, deleted=None)
    ends = session.scalars(query.order_by(Organisation.id)).all()
    record(session, project, ends[0], ends[-1], Source.MEETING, "Treffen", NOON.date())
    survey = session.scalars(
        select(Survey).filter_by(project_id=project.id, state="open", subject="organisations")
    ).one()
    make_links(session, keys, survey, [ends[-1]], NOON)


def _introduce(session: Session, project: Project) -> None:
    """Let two organisations stand on the agenda of the next network meeting."""
    query = select(Organisation).filter_by(project_id=project.id, deleted=None)
    first, *_, last = session.scalars(query.order_by(Organisation.id)).all()
    reason = to_json(Suggestion(first.code, last.code, Ground.WISH, 1.0, (first.code,)))
    pair = {"a_id": first.id, "b_id": last.id, "stage": Stage.PLANNED, "reason": reason}
    session.add(Introduction(project_id=project.id, **pair, by="Birte", at=NOON))


def _vote(session: Session, board: Board) -> None:
    """Count a round in which five people said yes to everything."""
    options = [option_of(idea) for idea in ideas_on(session, board)]
    marks = {each["key"]: 1 for each in options}
    papers = [{"receipt": str(n), "people": 1, "marks": marks} for n in range(5)]
    coverage = {"all": [5, 5], "sectors": {}}
    result = {"winners": [*marks], "lots": [], "people": 5, "channels": {"own": 5}}
    session.add(
        Round(
            project_id=board.project_id, board_id=board.id, number=1, method=Method.APPROVAL,
            each=9, most=1, seats=3, is_secret=True, is_forgotten=True, proof="",
            options=options, options_hash=hash_of(options), opened=NOON, closed=NOON,
            papers=papers, result_hash="",
            result=result | {"coverage": coverage, "papers_hash": hash_of(papers)},
        )
    )  # fmt: skip


def _say(session: Session, card: Idea) -> None:
    """Let its author comment on a card and draw a picture for it, and note what became."""
    owner = {"project_id": card.project_id, "idea_id": card.id}
    said = {"author_id": card.author_id, "form_key": "said", "text": "Mit Pumpe?"}
    drawn = {"digest": "d", "width": 1, "height": 1, "content": b"x", "small": b"x"}
    done = {"form_key": "done", "state": State.BEGUN, "text": "Begonnen.", "day": NOON.date()}
    became = FollowUp(**owner, **done, by="Birte", at=NOON)
    session.add_all([Comment(**owner, **said), Picture(**owner, **drawn), became])
    session.flush()
