import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from agency.concepts.models import Section
from agency.evidence.citing import add_source
from agency.funding import keeping as funds
from agency.ventures.gating import months_held
from agency.ventures.models import (
    Act,
    CanvasText,
    Event,
    Flow,
    Job,
    Member,
    Milestone,
    Stage,
    Venture,
)
from core import clock
from people.models import Project
from tests.agency.concepts.story import a_concept, an_entry
from tests.agency.story import a_venture
from tests.story import NOON
from tests.workshop.room import a_participant, an_idea
from workshop.following.models import Decision, Outcome
from workshop.models import Cluster, Idea
from workshop.preparing import prepare

VENTURES = "/p/buch/ventures"
IDEA = "Fahrradwerkstatt Buch"
TEXT = "Räder reparieren und verkaufen, am S-Bahnhof Buch."
PARAGRAPH = " ".join(["Eine offene Werkstatt repariert Räder mit Menschen aus Buch."] * 3)
JOB = {
    "title": "Zweiradmechanik", "isco": "7234", "minutes": "30", "starts": "2026-05-01",
    "wage_cents": "15,00", "german": "a2", "subsidy": "none",
}  # fmt: skip
MILESTONE = {"title": "Der Raum ist gemietet", "starts": "2026-02-01", "due": "2026-03-01"}
FIELDS = [
    "problem", "beneficiaries", "customers", "offer", "difference", "ways", "activities",
    "resources", "partners", "income", "costs", "impact", "surplus",
]  # fmt: skip


@pytest.fixture
def idea(session: Session, project: Project) -> Idea:
    question = "Wie wird aus einer Werkstatt ein Betrieb?"
    workshop = prepare(session, project, "key", "abend", "Campus Buch", [question], NOON)
    author = a_participant(workshop, "Linde")
    session.add(author)
    session.flush()
    card = an_idea(workshop.board, author, IDEA, text=TEXT)
    session.add(card)
    session.commit()
    return card


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let it be noon of a day."""

    def on(day: str) -> None:
        moment = datetime.fromisoformat(f"{day}T12:00:00+00:00").astimezone(UTC)
        monkeypatch.setattr(clock, "now", lambda: moment)

    return on


class Path:
    """A venture as somebody walks it through the pages."""

    def __init__(self, desk: FlaskClient, session: Session) -> None:
        self.desk, self.session, self.count = desk, session, 0

    @property
    def venture(self) -> Venture:
        self.session.rollback()
        return self.session.scalars(select(Venture)).one()

    @property
    def page(self) -> str:
        return f"{VENTURES}/{self.venture.id}"

    def begin(self, idea: Idea) -> None:
        form = {"origin": f"idea:{idea.id}"}
        assert self.desk.post(VENTURES, data=form).status_code == 303

    def add(self, kind: str, /, **said: str) -> None:
        self.count += 1
        form = {"key": f"form {self.count}", **said}
        answer = self.desk.post(f"{self.page}/lines/{kind}", data=form)
        assert answer.status_code == 303, answer.text

    def change(self, part: str, **said: str) -> None:
        form = {"key": "k", "version": str(self.shown(part, "version")), **said}
        answer = self.desk.post(f"{self.page}/{part}", data=form)
        assert answer.status_code == 303, answer.text

    def shown(self, part: str, name: str) -> str:
        text = self.desk.get(f"{self.page}/{part}").text
        found = re.search(rf'name="{name}"[^>]* value="([^"]*)"', text)
        assert found, name
        return found[1]

    def missing(self) -> list[str]:
        """Return what the gate says is missing, as the page names it."""
        text = self.desk.get(self.page).text
        return re.findall(
            r"Angehen<span class=\"vh\">: ([^<]*)<|Do it<span[^>]*>: ([^<]*)<", text
        )

    def pass_gate(self, stage: str, reason: str = "") -> int:
        answer = self.desk.post(f"{self.page}/gates/{stage}", data={"reason": reason})
        return answer.status_code


@pytest.fixture
def path(desk: FlaskClient, session: Session) -> Path:
    return Path(desk, session)


def test_a_bicycle_workshop_goes_from_an_idea_to_an_enterprise(
    path: Path, idea: Idea, session: Session, project: Project, on: Callable[[str], None]
) -> None:
    on("2026-01-07")
    path.begin(idea)
    found = path.venture
    assert (found.title, found.text, found.stage) == (IDEA, TEXT, Stage.SPARK)
    assert found.source == "Campus Buch: Wie wird aus einer Werkstatt ein Betrieb?"

    assert len(path.missing()) == 3
    assert path.pass_gate("sketch") == 422
    path.change("text", title=IDEA, text=PARAGRAPH, legal_form="")
    path.add("team", title="Leitung")
    path.add("team", title="Mechanik", has_experience="y")
    assert path.missing() == []
    assert path.pass_gate("sketch") == 303

    assert len(path.missing()) == 2
    source = add_source(session, project, "s", "Umfrage", "", "32 Antworten", "Birte", NOON)
    session.commit()
    for number, field in enumerate(FIELDS):
        said = {"key": f"c{number}", "number": "0", "text": f"Zu {field}"}
        cited = {"evidence-sent": "1", "evidence": f"source:{source.id}"} if number < 3 else {}
        answer = path.desk.post(f"{path.page}/canvas/{field}", data=said | cited)
        assert answer.status_code == 303
    assert path.pass_gate("canvas") == 303
    assert path.desk.get(f"{path.page}/canvas").text.count("Umfrage") == 3

    assert len(path.missing()) == 4
    for number in range(5):
        path.add("backing", kind="asked", title=f"Firma {number}", day="2026-01-06")
    path.add("backing", kind="letter", title="Radhaus", day="2026-01-06")
    path.add("jobs", **JOB)
    path.add("milestones", **MILESTONE)
    assert path.pass_gate("concept") == 303

    on("2026-05-02")
    for month in ("2026-02-10", "2026-03-10", "2026-03-20"):  # two months, and one twice
        path.add("months", month=month, customers="9", income_cents="100", cost_cents="90")
    assert path.pass_gate("pilot") == 422
    path.add("months", month="2026-04-01", customers="9", income_cents="100", cost_cents="90")
    assert path.pass_gate("pilot") == 303

    path.change("text", title=IDEA, text=PARAGRAPH, legal_form="ggmbh")
    assert len(path.missing()) == 1
    path.add("flows", direction="in", title="Reparaturen", amount_cents="1.900",
             starts="2026-01-01")  # fmt: skip
    path.add("funding", title="Stiftung", amount_cents="9.000", state="applied",
             paid="2026-05-01")  # fmt: skip
    assert path.pass_gate("founding") == 422  # what is applied for is not there
    path.add("funding", title="Land", amount_cents="9.000", state="granted", paid="2026-05-01")
    assert path.pass_gate("founding") == 303

    assert len(path.missing()) == 1
    job = session.scalars(select(Job)).one()
    path.change(f"lines/jobs/{job.id}", **JOB, filled="2026-05-04")
    on("2026-11-03")
    assert "1<small> / 1</small>" in path.desk.get(VENTURES).text
    assert path.pass_gate("enterprise") == 422  # a day too early
    on("2026-11-04")
    assert path.pass_gate("enterprise") == 303
    assert path.venture.stage == Stage.ENTERPRISE
    passed = session.scalars(select(Event.stage).filter_by(act=Act.PASSED)).all()
    assert passed == [*Stage][1:]
    assert path.desk.get(f"{path.page}/history").status_code == 200


def test_an_idea_becomes_one_venture_however_often_it_is_begun(
    path: Path, idea: Idea, session: Session
) -> None:
    for _ in range(2):
        path.begin(idea)
    page = path.page
    assert path.desk.post(f"{page}/removal").status_code == 303
    assert path.desk.get(page).status_code == 404
    assert IDEA in path.desk.get(VENTURES).text  # among those deleted
    path.begin(idea)
    assert path.desk.get(page).status_code == 200
    assert "Zum Vorhaben" in path.desk.get(f"{VENTURES}/new").text


def test_a_heading_brings_the_words_of_its_cards(
    path: Path, idea: Idea, session: Session, project: Project
) -> None:
    cluster = Cluster(project_id=project.id, board_id=idea.board_id, title="Räder", position=0)
    session.add(cluster)
    session.flush()
    idea.cluster_id = cluster.id
    session.commit()
    form = {"origin": f"cluster:{cluster.id}"}
    assert path.desk.post(VENTURES, data=form).status_code == 303
    assert (path.venture.title, path.venture.text) == ("Räder", f"{IDEA}: {TEXT}")


def test_a_venture_begins_without_a_board_once_for_each_form(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    assert "Noch hat kein Vorhaben begonnen" in desk.get(VENTURES).text
    form = {"key": "k", "title": "Catering", "text": "Mittagstisch"}
    for _ in range(2):
        assert desk.post(VENTURES, data=form).status_code == 303
    assert session.scalars(select(Venture.title)).all() == ["Catering"]
    assert desk.post(VENTURES, data=form | {"text": "Anders"}).status_code == 409
    assert desk.post(VENTURES, data={"key": "l", "title": ""}).status_code == 422


def test_who_passes_a_gate_all_the_same_says_why_and_stands_for_it(
    path: Path, idea: Idea, session: Session
) -> None:
    path.begin(idea)
    assert path.pass_gate("sketch", "Das Team steht im Januar fest.") == 303
    found = session.scalars(select(Event).filter_by(act=Act.PASSED_ANYWAY)).one()
    assert found.missing == ["paragraph", "team", "experience"]
    assert (found.reason, found.by) == ("Das Team steht im Januar fest.", "Birte")
    assert "Das Team steht im Januar fest." in path.desk.get(f"{path.page}/history").text
    assert path.pass_gate("sketch", "Noch einmal") == 409  # it is through already
    assert path.pass_gate("pilot", "Gleich zwei") == 409
    assert path.venture.stage == Stage.SKETCH


def test_a_venture_goes_back_for_a_reason(path: Path, idea: Idea) -> None:
    path.begin(idea)
    path.pass_gate("sketch", "Es eilt.")
    back = f"{path.page}/gates/sketch/return"
    assert path.desk.post(back).status_code == 422
    said = {"back-reason": "Das Team ist zerfallen."}
    assert path.desk.post(back, data=said).status_code == 303
    assert path.venture.stage == Stage.SPARK
    assert path.desk.post(back, data=said).status_code == 409
    assert path.desk.post(f"{path.page}/gates/spark/return", data=said).status_code == 404


def test_two_who_change_the_same_line_lose_nothing(
    path: Path, idea: Idea, session: Session
) -> None:
    path.begin(idea)
    path.add("milestones", **MILESTONE)
    line = session.scalars(select(Milestone)).one()
    page = f"{path.page}/lines/milestones/{line.id}"
    said = {"key": "k", "version": "1", **MILESTONE}
    first = path.desk.post(page, data=said | {"title": "Der Laden ist gemietet"})
    assert first.status_code == 303
    second = path.desk.post(page, data=said | {"title": "Die Halle ist gemietet"})
    assert second.status_code == 409
    assert "Der Laden ist gemietet" in second.text
    assert "Die Halle ist gemietet" in second.text
    again = said | {"title": "Die Halle ist gemietet", "version": "2"}
    assert path.desk.post(page, data=again).status_code == 303
    changes = session.scalars(select(Event.changes).filter_by(act=Act.CHANGED)).all()
    assert [old for change in changes for _name, old, _new in change] == [
        "Der Raum ist gemietet", "Der Laden ist gemietet",
    ]  # fmt: skip


def test_two_who_write_into_the_same_field_lose_nothing(
    path: Path, idea: Idea, session: Session
) -> None:
    path.begin(idea)
    page = f"{path.page}/canvas/problem"
    form = {"key": "a", "number": "0"}
    assert path.desk.post(page, data=form | {"text": "Kein Raum"}).status_code == 303
    second = path.desk.post(page, data=form | {"text": "Kein Geld"})
    assert second.status_code == 409
    assert "Kein Raum" in second.text
    assert "Kein Geld" in second.text
    again = {"key": "b", "number": "1", "text": "Kein Geld"}
    assert path.desk.post(page, data=again).status_code == 303
    other = f"{path.page}/canvas/income"
    assert path.desk.post(other, data=form | {"text": "40 €"}).status_code == 303
    texts = session.scalars(select(CanvasText.text).filter_by(field="problem")).all()
    assert texts == ["Kein Raum", "Kein Geld"]
    assert "Kein Raum" in path.desk.get(page).text


@pytest.mark.parametrize(
    ("kind", "change", "said"),
    [
        ("jobs", {"wage_cents": "13,89"}, "Der Mindestlohn beträgt an diesem Tag 13,90"),
        ("jobs", {"wage_cents": "viel"}, "Zahl"),
        ("jobs", {"isco": "72"}, "vier Ziffern"),
        ("jobs", {"minutes": "61"}, "höchstens 60"),
        ("jobs", {"ended": "2026-09-01"}, "seit wann"),
        ("jobs", {"filled": "2026-09-01", "ended": "2026-08-01"}, "vor dem Anfang"),
        ("milestones", {"due": "2026-01-01"}, "vor dem Anfang"),
        ("milestones", {"due": "0026-01-01"}, "zwischen 2000 und 2100"),
        ("team", {"organisation": "Gibt es nicht"}, "heißt so"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_stays(
    path: Path, idea: Idea, kind: str, change: dict[str, str], said: str
) -> None:
    path.begin(idea)
    right = {"jobs": JOB, "milestones": MILESTONE, "team": {"title": "Leitung"}}[kind]
    answer = path.desk.post(f"{path.page}/lines/{kind}", data={"key": "k", **right, **change})
    assert answer.status_code == 422
    assert said in answer.text
    assert right["title"] in answer.text
    assert all(value in answer.text for value in change.values())


def test_a_line_that_was_deleted_comes_back(path: Path, idea: Idea, session: Session) -> None:
    path.begin(idea)
    path.add("team", title="Leitung")
    line = session.scalars(select(Member)).one()
    page = f"{path.page}/lines/team/{line.id}"
    assert path.desk.post(f"{page}/removal").status_code == 303
    assert path.desk.get(page).status_code == 404
    assert path.desk.post(f"{page}/return").status_code == 303
    assert path.desk.get(page).status_code == 200
    told = session.scalars(select(Event.act).filter_by(kind="team").order_by(Event.id)).all()
    assert told == [Act.ADDED, Act.REMOVED, Act.RETURNED]


def test_the_money_page_says_when_it_breaks_even_and_what_is_missing(
    path: Path, idea: Idea, on: Callable[[str], None]
) -> None:
    on("2026-03-10")
    path.begin(idea)
    path.add("flows", direction="out", title="Miete", amount_cents="300", starts="2026-03-05")
    path.add("flows", direction="in", title="Verkauf", amount_cents="350", starts="2026-05-01")
    path.add("funding", title="Land", amount_cents="700", state="applied", paid="2026-03-01")
    told = path.desk.get(f"{path.page}/money").text
    assert "Im März 2026 rutscht das Konto unter null." in told
    assert "Der tiefste Stand ist -600,00\xa0€, Ende April 2026" in told
    assert "Ab Mai 2026 decken die Einnahmen" in told
    hoped = path.desk.get(f"{path.page}/money?hopeful=1").text
    assert "Das Konto bleibt 24 Monate über null." in hoped
    assert "600\xa0€" in path.desk.get(VENTURES).text


def test_a_wage_is_a_line_of_the_money_page_and_no_cost_is_entered_for_it(
    path: Path, idea: Idea, session: Session
) -> None:
    path.begin(idea)
    path.add("jobs", **JOB)
    lines = path.desk.get(f"{path.page}/money").text.partition('id="flows"')[2]
    assert lines.count(JOB["title"]) == 1
    assert session.scalars(select(Flow)).all() == []


def test_it_is_said_plainly_that_most_do_not_qualify_for_16i(path: Path, idea: Idea) -> None:
    path.begin(idea)
    path.add("jobs", **JOB | {"subsidy": "16i"})
    told = path.desk.get(f"{path.page}/jobs?asked=1&age=1&unemployed=1").text
    assert "erfüllen die Bedingungen von § 16i nicht" in told
    assert "§ 16i SGB II: gilt nicht" in told
    assert "§ 16e SGB II: kann gelten" in told
    assert "Noch nicht bewilligt" in told


def test_what_is_late_is_said_in_words(
    path: Path, idea: Idea, on: Callable[[str], None]
) -> None:
    on("2026-03-04")
    path.begin(idea)
    path.add("milestones", **MILESTONE)
    told = path.desk.get(f"{path.page}/milestones").text
    assert "1 ist verspätet." in told
    assert "seit 3 Tagen" in told
    assert 'class="today"' in told
    assert date(2026, 3, 4).isoformat() not in told


def test_what_an_address_fills_in_breaks_no_form(path: Path, idea: Idea) -> None:
    path.begin(idea)
    odd = "starts=x&minutes=x&wage_cents=x&amount_cents=x&day=x&version=x&has_experience=x"
    for kind in ("team", "backing", "months", "milestones", "jobs", "funding", "flows"):
        assert path.desk.get(f"{path.page}/lines/{kind}/new?{odd}").status_code == 200
    assert 'value="Aktion"' in path.desk.get(f"{path.page}/lines/funding/new?title=Aktion").text


def test_what_is_saved_over_a_line_that_was_deleted_is_there(
    path: Path, idea: Idea, session: Session
) -> None:
    path.begin(idea)
    path.add("team", title="Leitung")
    line = session.scalars(select(Member)).one()
    page = f"{path.page}/lines/team/{line.id}"
    path.desk.post(f"{page}/removal")
    late = path.desk.post(page, data={"key": "k", "version": "1", "title": "Leiterin"})
    assert late.status_code == 409
    assert "Leiterin" in late.text
    version = {"key": "k", "version": "2", "title": "Leiterin"}
    assert path.desk.post(page, data=version).status_code == 303
    assert "Leiterin" in path.desk.get(path.page).text


def test_a_job_is_filled_once_its_day_has_come_and_its_last_day_counts(
    path: Path, idea: Idea, session: Session, on: Callable[[str], None]
) -> None:
    on("2026-05-02")
    path.begin(idea)
    path.add("jobs", **JOB, filled="2026-07-01")
    assert "Der erste Arbeitsplatz ist besetzt" not in path.desk.get(VENTURES).text
    assert "geplant ab 01.07.26" in path.desk.get(f"{path.page}/jobs").text
    on("2026-07-01")
    assert "Der erste Arbeitsplatz ist besetzt" in path.desk.get(VENTURES).text
    job = session.scalars(select(Job)).one()
    job.ended = date(2026, 12, 30)
    assert months_held(job, date(2027, 2, 1)) == 5
    job.ended = date(2026, 12, 31)
    assert months_held(job, date(2027, 2, 1)) == 6


def test_a_concept_becomes_a_venture_with_its_approach_and_without_what_it_cites(
    path: Path, session: Session, project: Project
) -> None:
    concept = a_concept(session, project)
    an_entry(session, concept, Section.APPROACH, "Wir reparieren und verkaufen Räder.")
    an_entry(session, concept, Section.APPROACH, "Gewählt: [[vote:1]]")
    session.commit()
    assert "Räder für alle" in path.desk.get(f"{VENTURES}/new").text
    for _ in range(2):
        answer = path.desk.post(VENTURES, data={"origin": f"concept:{concept.id}"})
        assert answer.status_code == 303
    found = path.venture
    assert (found.title, found.concept_id) == ("Räder für alle", concept.id)
    assert found.text == "Wir reparieren und verkaufen Räder."
    page = path.desk.get(path.page).text
    assert f'href="/p/buch/concepts/{concept.id}"' in page
    assert (
        f'value="concept:{concept.id}"' in path.desk.get(f"/p/buch/concepts/{concept.id}").text
    )


def test_an_idea_that_was_adopted_leads_to_its_venture(
    path: Path, idea: Idea, session: Session
) -> None:
    page = f"/p/buch/workshops/abend/ideas/{idea.id}/course"
    assert f'value="idea:{idea.id}"' not in path.desk.get(page).text
    decision = {"number": 1, "outcome": Outcome.ADOPTED, "by": "Birte", "at": NOON}
    session.add(Decision(project_id=idea.project_id, idea_id=idea.id, **decision))
    session.commit()
    assert f'value="idea:{idea.id}"' in path.desk.get(page).text
    path.begin(idea)
    assert "hat begonnen" in path.desk.get(path.page).text
    said = path.desk.post(VENTURES, data={"origin": f"idea:{idea.id}"}, follow_redirects=True)
    assert "hat begonnen" not in said.text  # it had before


def test_a_source_of_money_leads_to_the_directory_and_a_check_is_filled_in(
    path: Path, idea: Idea, session: Session, project: Project
) -> None:
    funds.take_over(session, project, "Birte", NOON)
    session.commit()
    path.begin(idea)
    path.change("text", title=IDEA, text=TEXT, legal_form="ggmbh")
    path.add("flows", direction="out", title="Miete", amount_cents="100,20",
             starts="2026-01-01")  # fmt: skip
    said = {"amount_cents": "500", "state": "planned", "paid": "2026-05-01"}
    path.add("funding", title="Land", programme="lsi_b", **said)
    path.add("funding", title="Wir", programme="unbekannt", is_own="y", **said)
    assert '<option value="lsi_b">' in path.desk.get(f"{path.page}/lines/funding/new").text
    page = path.desk.get(f"{path.page}/money").text
    (programme,) = (e for e in funds.listed(session, project) if e.code == "lsi_b")
    assert f'href="/p/buch/funding/programmes/{programme.id}"' in page
    assert "unbekannt" in page
    found = re.search(r'href="([^"]*/funding/check\?[^"]*)"', page)
    assert found
    check = unescape(found[1])
    form = path.desk.get(check).text
    for value in (IDEA, "500", "venture"):
        assert f'value="{value}"' in form, value
    assert re.search('value="ggmbh"[^>]*selected|selected[^>]*value="ggmbh"', form)
    asked = check.replace("/check?", "/checks?") + "&asked=1"
    assert path.desk.post(asked, data={"key": "k"}).status_code == 303
    assert "/funding/checks/1" in path.desk.get(f"{path.page}/money").text


def test_an_amount_stays_as_it_was_typed_while_another_field_is_amiss(
    path: Path, idea: Idea
) -> None:
    path.begin(idea)
    form = {"key": "k", "month": "2026-03-01", "customers": "3", "cost_cents": "viel"}
    answer = path.desk.post(f"{path.page}/lines/months", data=form | {"income_cents": "1"})
    assert answer.status_code == 422
    assert 'value="1"' in answer.text and 'value="viel"' in answer.text


def test_a_title_of_a_source_that_is_too_long_is_refused_and_still_there(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    venture = a_venture(session, project, "Radhaus")
    session.commit()
    said = {"key": "k", "number": "0", "text": "Wir", "evidence-sent": "1"}
    said |= {"evidence-title": "x" * 600, "evidence-link": "https://example.org"}
    page = desk.post(f"/p/buch/ventures/{venture.id}/canvas/problem", data=said)
    assert page.status_code == 422
    assert "x" * 600 in page.text
