"""What is done after the answer: jobs, routines by the clock, and one scheduler among all.

A job is handed on when the app context in which it was wished for ends, so after the commit.
What was rolled back is not there: a job takes plain values and looks up what it needs.
"""

import logging
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from threading import Lock
from typing import Any, Generic, ParamSpec
from zoneinfo import ZoneInfo

from flask import Flask, current_app, g
from sqlalchemy import update
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.i18n import TIMEZONE
from core.models import Base, insert_once

P = ParamSpec("P")
RETRIES, FIRST_WAIT, GROWTH = 6, 30, 3  # again after 30 s, 90 s, … 2 hours
LEASE = timedelta(seconds=60)
log = logging.getLogger(__name__)


class Turn(Base):
    """Whose turn something is, until when: the scheduler's lease, and when routines are due."""

    __tablename__ = "turn"

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str] = mapped_column(default="")
    until: Mapped[datetime]


@dataclass(frozen=True)
class Task(Generic[P]):
    """Something that can be done at once by calling it, or later."""

    name: str
    act: Callable[P, object]

    def __call__(self, *arguments: P.args, **values: P.kwargs) -> None:
        self.act(*arguments, **values)

    def later(self, *arguments: P.args, **values: P.kwargs) -> None:
        """Do it when the request under way is over; it is tried several times."""
        g.setdefault("jobs", []).append((self.name, arguments, values))


@dataclass(frozen=True)
class Routine:
    """A task that comes back by the clock."""

    task: Task[[]]
    following: Callable[[datetime], datetime]


TASKS: dict[str, Task[Any]] = {}
ROUTINES: dict[str, Routine] = {}


def task(act: Callable[P, object]) -> Task[P]:
    """Make a task of a function; its values must be plain, and no token or answer."""
    made = Task(f"{act.__module__}.{act.__name__}", act)
    TASKS[made.name] = made
    return made


def nightly(*, hour: int) -> Callable[[Callable[[], object]], Task[[]]]:
    """Do it every night at that hour in Berlin, or when the computer is next awake."""
    return lambda act: _routine(act, lambda now: next_night(now, hour))


def every(*, minutes: int) -> Callable[[Callable[[], object]], Task[[]]]:
    """Do it every so many minutes."""
    return lambda act: _routine(act, lambda now: now + timedelta(minutes=minutes))


def next_night(now: datetime, hour: int) -> datetime:
    """Return the next moment at which it is *hour* o'clock in Berlin."""
    local = now.astimezone(ZoneInfo(TIMEZONE))
    at = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    return (at if at > local else at + timedelta(days=1)).astimezone(UTC)


def take_turn(session: Session, holder: str, now: datetime) -> bool:
    """Be the scheduler for a minute, unless another process is; of all only one is."""
    values = {"holder": holder, "until": now + LEASE}
    if insert_once(session, Turn, name="scheduler", **values):
        return True
    free = (Turn.holder == holder) | (Turn.until <= now)
    query = update(Turn).where(Turn.name == "scheduler", free).values(values)
    return session.scalar(query.returning(Turn.name)) is not None


def due(session: Session, routine: Routine, now: datetime) -> bool:
    """Tell whether it is time, once per time; a routine never seen waits for its next."""
    name, until = f"routine {routine.task.name}", routine.following(now)
    if insert_once(session, Turn, name=name, until=until):
        return False
    query = update(Turn).where(Turn.name == name, Turn.until <= now).values(until=until)
    return session.scalar(query.returning(Turn.name)) is not None


def tick(session: Session, holder: str, now: datetime) -> None:
    """Start the routines that are due, if the scheduling is ours."""
    if take_turn(session, holder, now):
        for routine in ROUTINES.values():
            if due(session, routine, now):
                routine.task.later()
    session.commit()


class Queue:
    """The queue of one app. Nothing is opened, and no thread runs, before it is needed."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.name = f"{os.getpid()}-{secrets.token_hex(4)}"
        self._making = Lock()  # jobs begin while requests put some, and there is one queue

    @cached_property
    def huey(self) -> Any:
        """Return the queue of Huey: in Redis, in PostgreSQL, or in a file."""
        import huey  # noqa: PLC0415 - heavy
        from huey.serializer import SignedSerializer  # noqa: PLC0415 - heavy

        # Signed, as Huey unpickles what it finds.
        serializer = SignedSerializer(secret=self.app.config["SECRET_KEY"])
        options = {"results": False, "serializer": serializer}
        url: str = self.app.config["DATABASE_URL"]
        if self.app.config["REDIS_URL"]:
            return huey.RedisHuey("werkstatt", url=self.app.config["REDIS_URL"], **options)
        if url.startswith("postgresql"):
            dsn = url.replace("+psycopg", "", 1)
            return huey.PostgresHuey("werkstatt", dsn=dsn, **options)
        return huey.SqliteHuey(
            "werkstatt", filename=self.app.config["DATA"] / "jobs.db", **options
        )

    @property
    def run(self) -> Any:
        """Return the one task of Huey, which does all of ours."""
        with self._making:
            return self._run

    @cached_property
    def _run(self) -> Any:
        options = {"retries": RETRIES, "retry_delay": FIRST_WAIT, "retry_backoff": GROWTH}
        return self.huey.task(**options, name="run")(self.do)

    def do(self, name: str, arguments: tuple[Any, ...], values: dict[str, Any]) -> None:
        """Do a task within a context of its own."""
        with self.app.app_context():
            TASKS[name](*arguments, **values)

    def put(self, *job: Any) -> None:
        """Queue a job. What was answered is stored, so a full disk here must not deny it."""
        try:
            self.run(*job)
        except Exception:
            log.exception("job not queued", extra={"job": job[0]})

    def consumer(self, **options: Any) -> Any:
        """Return what works off the queue: one worker, one scheduler."""
        from core.working import Beside  # noqa: PLC0415 - heavy

        assert self.run is not None  # noqa: S101 - registers it
        return Beside(self, **options)


def init_app(app: Flask) -> None:
    """Must come before the database, whose sessions then close before jobs are handed on."""
    app.extensions["jobs"] = Queue(app)
    app.teardown_appcontext(_hand_on)


def start(app: Flask) -> Any:
    """Work off the queue in threads of this process; stop with ``stop(graceful=True)``."""
    consumer = app.extensions["jobs"].consumer()
    consumer.start()
    return consumer


def _routine(act: Callable[[], object], following: Callable[[datetime], datetime]) -> Task[[]]:
    made = task(act)
    ROUTINES[made.name] = Routine(made, following)
    return made


def _hand_on(_error: BaseException | None) -> None:
    queue: Queue = current_app.extensions["jobs"]
    hand_on = queue.do if current_app.config["JOBS"] == "now" else queue.put
    for job in g.pop("jobs", []):
        hand_on(*job)
