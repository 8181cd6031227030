"""A story for every test: Birte facilitates, Tarik is on the task force, Carim is elsewhere."""

import gc
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType
from typing import Any, TypeVar

import pytest
from flask import Flask
from flask.templating import Environment
from flask.testing import FlaskClient
from flask_security import hash_password
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from app import create_app
from core.db import db
from core.keys import Keyring
from core.models import Base
from people.models import Project, Role, User
from surveys.questionnaires import asking
from tests.postgres import Postgres, find_programs, serve
from tests.redis_server import serve_redis
from tests.story import PASSWORD, a_member, a_project, a_user, browser_of

T = TypeVar("T", bound=Base)
gc.disable()  # until all is loaded: nothing of that is garbage


def pytest_collection_finish() -> None:
    """Look for garbage less often, and not in what is loaded: a fifth of what tests took."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()


compile_rule = Rule.compile
RULES: dict[object, dict[str, Any]] = {}
OF_RULE = ("arguments", "_parts", "_trace", "_converters")
WRITING = ("_build", "_build_unknown")


def compile_once(rule: Rule) -> None:
    """Compile an address once for all apps: most of making one."""
    key = (rule.rule, str(rule.defaults), rule.build_only, rule.subdomain, rule.merge_slashes)
    if key not in RULES:
        compile_rule(rule)
        RULES[key] = {name: vars(rule)[name] for name in OF_RULE}
        RULES[key] |= {name: vars(rule)[name].__func__ for name in WRITING}
    vars(rule).update(RULES[key])
    for name in WRITING:
        setattr(rule, name, RULES[key][name].__get__(rule))


Rule.compile = compile_once  # type: ignore[method-assign, assignment]


class Compiled(BytecodeCache):
    """Compile a template once for all apps: a quarter of what tests of pages took."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code:
            self._codes[bucket.key, bucket.checksum] = bucket.code


create_environment, COMPILED = Flask.create_jinja_environment, Compiled()


def create_remembering(app: Flask) -> Environment:
    environment = create_environment(app)
    environment.bytecode_cache = COMPILED
    return environment


Flask.create_jinja_environment = create_remembering  # type: ignore[method-assign, assignment]


STATEMENTS: dict[str, LRUCache[Any, Any]] = {}  # as the SQL of each engine


def hash_of(dialect: DefaultDialect) -> int:
    return hash(type(dialect))


def is_like(one: DefaultDialect, other: object) -> bool:
    return type(one) is type(other)


DefaultDialect.__hash__ = hash_of  # type: ignore[method-assign, assignment]
DefaultDialect.__eq__ = is_like  # type: ignore[method-assign, assignment]


@event.listens_for(Engine, "engine_connect")
def write_once(connection: Connection) -> None:
    """Write the SQL of a statement once for all databases: a sixth of what tests took."""
    engine = connection.engine
    engine._compiled_cache = STATEMENTS.setdefault(engine.name, LRUCache(5_000))


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database, made once and copied for every test."""
    path = tmp_path_factory.mktemp("blank") / "blank.db"
    engine = create_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    programs = find_programs()
    assert programs, "no PostgreSQL server: bin/test installs one as root"
    with serve(programs) as server:
        yield server


@pytest.fixture(scope="session")
def redis() -> Iterator[str]:
    """The address of a Redis server."""
    with serve_redis() as address:
        yield address


@pytest.fixture
def database(request: pytest.FixtureRequest, blank: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a database of the test's own: SQLite, unless it asks for both engines."""
    if getattr(request, "param", "sqlite") == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        yield (address := server.database())
        server.give_back(address)
    else:
        yield f"sqlite:///{shutil.copy(blank, tmp_path / 'test.db')}"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run tests marked ``both_engines`` on SQLite and on PostgreSQL."""
    if metafunc.definition.get_closest_marker("both_engines"):
        metafunc.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def app(database: str, tmp_path: Path) -> Iterator[Flask]:
    app = create_app(
        DATABASE_URL=database,
        DATA=tmp_path / "data",
        JOBS="now",
        SECRET_KEY="test",
        TESTING=True,
        WTF_CSRF_ENABLED=False,
    )
    asking._asked.clear()  # surveys of other databases have the same numbers
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def sessions(app: Flask) -> sessionmaker[Session]:
    """The way to sessions of one's own. The app context ends, or requests would share it."""
    with app.app_context():
        return db.sessionmaker


@pytest.fixture
def session(sessions: sessionmaker[Session]) -> Iterator[Session]:
    with sessions() as session:
        yield session


@pytest.fixture
def keep(session: Session) -> Callable[[T], T]:
    def keep(thing: T) -> T:
        session.add(thing)
        session.commit()
        return thing

    return keep


@pytest.fixture
def keys(app: Flask) -> Keyring:
    keyring: Keyring = app.extensions["keys"]
    return keyring


@pytest.fixture
def project(keep: Callable[[Project], Project]) -> Project:
    return keep(a_project("buch", "Campus Buch"))


@pytest.fixture
def elsewhere(keep: Callable[[Project], Project], project: Project) -> Project:
    return keep(a_project("elsewhere"))


@pytest.fixture
def birte(keep: Callable[..., User], session: Session, project: Project) -> User:
    user = keep(a_user("Birte"))
    session.add(a_member(project, user, Role.FACILITATOR))
    session.commit()
    return user


@pytest.fixture
def tarik(keep: Callable[..., User], session: Session, project: Project) -> User:
    user = keep(a_user("Tarik"))
    session.add(a_member(project, user, Role.TASK_FORCE))
    session.commit()
    return user


@pytest.fixture
def carim(keep: Callable[..., User], session: Session, elsewhere: Project) -> User:
    user = keep(a_user("Carim"))
    session.add(a_member(elsewhere, user, Role.FACILITATOR))
    session.commit()
    return user


@pytest.fixture
def with_password(app: Flask, session: Session) -> Callable[[User], User]:
    """Let someone have the password."""

    def let_have(user: User) -> User:
        with app.app_context():
            plain = app.extensions["security"].password_util.normalize(PASSWORD)
            user.password = hash_password(plain)
        session.commit()
        return user

    return let_have


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser of somebody nobody knows."""
    return app.test_client()


@pytest.fixture
def desk(app: Flask, birte: User) -> FlaskClient:
    """A browser in which Birte, the facilitator, has signed in."""
    return browser_of(birte, app)
