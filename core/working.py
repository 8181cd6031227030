"""Who works off the queue of jobs: threads of Huey, with our own clock."""

from typing import Any

from huey.consumer import Consumer, Scheduler

from core import clock
from core.db import db
from core.jobs import Queue, tick

IDLE = 2.0  # seconds between two looks into an empty queue in a file


class Clockwork(Scheduler):  # type: ignore[misc]  # Huey carries no types
    """The scheduler of Huey queues what is retried; routines are ours, by a lease."""

    periodic_task_seconds = 15
    queue: Queue

    def enqueue_periodic_tasks(self, now: Any) -> None:
        try:
            with self.queue.app.app_context():
                tick(db.session, self.queue.name, clock.now())
        except Exception:
            self._logger.exception("scheduler could not look at the clock")


class Beside(Consumer):  # type: ignore[misc]  # Huey carries no types
    """A consumer in threads beside the server, which alone listens to signals."""

    scheduler_class = Clockwork

    def __init__(self, queue: Queue, *, signals: bool = False) -> None:
        self._queue, self._signals = queue, signals
        super().__init__(
            queue.huey, max_delay=IDLE, scheduler_interval=5, shutdown_timeout=10,
            check_worker_health=signals,
        )  # fmt: skip

    def _create_scheduler(self) -> Clockwork:
        scheduler: Clockwork = super()._create_scheduler()
        scheduler.queue = self._queue
        return scheduler

    def _set_signal_handlers(self) -> None:
        if self._signals:
            super()._set_signal_handlers()
