"""How things are measured: side by side, in turns, and told as medians."""

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import cycle
from statistics import median
from typing import Any
from wsgiref.util import setup_testing_defaults

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Any]


def cpu_ms(
    calls: Mapping[str, Callable[[], object]], rounds: int = 9, times: int = 150
) -> dict[str, float]:
    """Return the median CPU time of each call in milliseconds, measured in turns."""
    for call in calls.values():
        for _ in range(20):
            call()
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            gc.collect()
            begun = time.process_time()
            for _ in range(times):
                call()
            taken[name].append((time.process_time() - begun) / times * 1000)
    return {name: median(each) for name, each in taken.items()}


def request(app: Wsgi, path: str, **headers: str) -> Callable[[], int]:
    """Return a function that sends a GET straight into *app* and returns the body's length."""
    base: dict[str, Any] = {}
    setup_testing_defaults(base)
    path, _, query = path.partition("?")
    base |= {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "localhost"} | headers

    def send() -> int:
        chunks = app(dict(base), lambda *_: None)
        try:
            return sum(map(len, chunks))
        finally:
            if hasattr(chunks, "close"):
                chunks.close()

    return send


def in_turns(calls: Sequence[Callable[[], object]]) -> Callable[[], object]:
    """Return a function that makes the next of some calls; each was made twice before."""
    for call in [*calls, *calls]:
        call()
    ready = cycle(calls)
    return lambda: next(ready)()


def percentile(values: list[float], share: float) -> float:
    """Return the value below which *share* of the values lie (nearest rank)."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]
