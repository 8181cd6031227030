"""Fifty times the plug is pulled while people answer, write cards and lay dots.

Goal: of what the server acknowledged nothing is lost and nothing is there twice.
"""

from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.crash import Figures, pull_the_plug
from tests.test_crash import under_load
from tests.world import fill

GOALS = {"lost": 0, "doubled": 0, "over_budget": 0, "intact": True}


def bench_crash(cycles: int = 50) -> Figures:
    """Return what became of all that was acknowledged."""
    with TemporaryDirectory() as folder:
        filled = Path(folder, "filled")
        fill(filled)
        with under_load(filled, Path(folder, "world")) as (server, doors):
            return pull_the_plug(server, doors, cycles)


if __name__ == "__main__":
    for name, figure in asdict(bench_crash()).items():
        goal = f" (goal {GOALS[name]})" if name in GOALS else ""
        print(f"{name}: {figure}{goal}")
