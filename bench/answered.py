"""From an answer to its tie on the facilitator's page: `python -m bench.answered`.

In CPU time, in one process: the answer is committed, then the page is asked for until the
table of all ties has the new one. 200 organisations, of whom 190 have answered before.
"""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from app import create_app
from core.db import db
from core.models import Base
from people.models import Organisation, Role, Sector
from surveys.models import Survey
from tests.networks.story import a_response, a_wave, naming
from tests.story import a_member, a_project, a_user, an_organisation, browser_of

SIZE, EARLIER = 200, 190
GOAL = 2.0


def bench_answered() -> float:
    """Return the seconds for the slowest of ten answers, the first one warm."""
    with TemporaryDirectory() as folder:
        address = f"sqlite:///{Path(folder, 'bench.db')}"
        app = create_app(DATABASE_URL=address, DATA=Path(folder, "data"), SECRET_KEY="bench")  # noqa: S106
        with app.app_context():
            Base.metadata.create_all(db.engine)
            project, user = a_project("bench"), a_user("birte")
            db.session.add_all([project, user])
            db.session.flush()
            people = [
                an_organisation(project, f"O{n:03}", f"Verein {n:03}", [*Sector][n % 4])
                for n in range(SIZE)
            ]
            db.session.add_all([a_member(project, user, Role.FACILITATOR), *people])
            db.session.commit()
            survey = a_wave(db.session, project)
            for number in range(EARLIER):
                _answer(survey, people, number)
            browser = browser_of(user, app)
            page = "/p/bench/networks/autumn?table=ties&q=Verein+{:03}"
            browser.get(page.format(0))
            taken = []
            for number in range(EARLIER, SIZE):
                begun = time.process_time()
                _answer(survey, people, number)
                shown = browser.get(page.format(number)).text
                assert f"/ties/O{number:03}" in shown or f"O{number:03}" in shown  # noqa: S101
                taken.append(time.process_time() - begun)
            return max(taken)


def _answer(survey: Survey, people: list[Organisation], number: int) -> None:
    others = {(number * step + step) % SIZE for step in (1, 7, 31, 63)} - {number}
    ties = [(people[n].code, ["rooms"], 1 + n % 3) for n in sorted(others)]
    a_response(db.session, survey, people[number], naming(*ties))


if __name__ == "__main__":
    print(f"answer to tie, {SIZE} organisations: {bench_answered():.2f} s (goal {GOAL} s)")
