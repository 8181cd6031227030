"""The surveys of the demo: invited, answered page by page and handed in, as respondents do."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from core.keys import Keyring
from demo.composing import Row, answers_of, conversation, table, ties_of
from people.models import Organisation, Project
from surveys.conversations import holding
from surveys.conversations.holding import Draft
from surveys.definition import Definition
from surveys.exchange.xlsform import read_xlsform
from surveys.fieldwork import inviting, starting
from surveys.fieldwork.importing import latest_version
from surveys.models import Invitation, Subject, Survey, SurveyVersion
from surveys.questionnaires import asking
from surveys.questionnaires.asking import Asked
from surveys.questionnaires.laying import leaves
from surveys.responses import answering
from surveys.responses.sitting import Sitting, start
from surveys.responses.sitting import sitting as sitting_of
from surveys.translating import reviewing

SILENT = {"O12", "O30"}  # invited to the second wave, and did not answer
DECLINED = "O36"  # said no to the second wave
Register = Mapping[str, Organisation]


def load_waves(
    session: Session, engine: Engine, keys: Keyring, project: Project, register: Register
) -> None:
    """Send the enterprise survey twice, a year apart, and answer it."""
    read = read_xlsform(
        starting.instrument("osi_enterprise_survey"), "osi_enterprise_survey.xlsx"
    )
    assert read.definition is not None  # noqa: S101 - a test imports it
    titles = {1: "Befragung Pankow 2025", 2: "Befragung Pankow 2026"}
    for wave, title in titles.items():
        begun = datetime.fromisoformat(f"{2024 + wave}-10-05T08:00:00+00:00")
        survey = starting.begin_survey(
            session, project, read.definition, f"demo-wave-{wave}", title=title,
            subject=Subject.ORGANISATIONS, now=begun,
        )  # fmt: skip
        _release_all(session, survey, read.definition, begun)
        starting.open_survey(session, survey, begun)
        _answer_wave(session, engine, keys, survey, register, wave, begun)
        if wave == 1:
            starting.close_survey(session, survey, begun + timedelta(days=60))


def load_conversations(
    session: Session, engine: Engine, keys: Keyring, project: Project, register: Register
) -> None:
    """Hand in the conversations that counsellors held, and open the next ones."""
    name = "osi_refugee_conversation"
    read = read_xlsform(starting.instrument(name), f"{name}.xlsx")
    assert read.definition is not None  # noqa: S101 - a test imports it
    begun = datetime.fromisoformat("2025-10-01T08:00:00+00:00")
    survey = starting.begin_survey(
        session, project, read.definition, "demo-talks", title="",
        subject=Subject.PERSONS, now=begun,
    )  # fmt: skip
    _release_all(session, survey, read.definition, begun)
    starting.open_survey(session, survey, begun)
    counsellors = Counsellors(session, engine, keys, survey, register)
    for row in sorted(table("conversations"), key=lambda row: row["month"]):
        counsellors.hold(row)
    starting.close_survey(session, survey, begun + timedelta(days=90))
    now = datetime.fromisoformat("2026-10-05T08:00:00+00:00")
    following = starting.new_wave(
        session, survey, project, "demo-talks-2", "Gespräche Pankow 2026", now
    )
    _release_all(session, following, read.definition, now)
    starting.open_survey(session, following, now)


def _release_all(
    session: Session, survey: Survey, definition: Definition, now: datetime
) -> None:
    """Offer all languages, as drafts: the demo is there to look at them."""
    always = reviewing.always_offered(definition)
    for language in definition.languages:
        if language not in always:
            reviewing.release(
                session, survey, definition, language, by="Demo", today=now.date(),
                knowingly=True,
            )  # fmt: skip


class Respondents:
    """Those who answer one survey."""

    def __init__(self, session: Session, engine: Engine, keys: Keyring, survey: Survey) -> None:
        version = latest_version(session, survey)
        assert version is not None  # noqa: S101 - it was begun with one
        self.session, self.keys, self.survey = session, keys, survey
        self.version: SurveyVersion = version
        self.asked: Asked = asking.asked(lambda: session, version.id, version.digest)
        query = select(func.sum(Organisation.version)).filter_by(project_id=survey.project_id)
        self.listed = asking.partners(
            engine, lambda: session, survey.project_id, session.scalar(query) or 0
        )

    def answer(
        self,
        answers: Mapping[str, Any],
        who: str,
        now: datetime,
        *,
        language: str = "de",
        invitation: Invitation | None = None,
    ) -> None:
        """Answer page by page, as each page shows itself, and hand in."""
        own = invitation.organisation_id if invitation else None
        roster = asking.roster_for(self.asked, self.listed, own)
        told: dict[str, Any] = {}
        number = answering.begin(
            self.session, self.survey, self.version.id, f"demo {self.survey.id} {who}",
            answers=told, language=language, now=now, invitation=invitation,
        )  # fmt: skip
        for key, page in self.asked.pages.items():
            evaluation = self.asked.evaluate(told, roster, now, language)
            if page not in self.asked.shown(evaluation):
                continue
            names = {item.name for item in page.items} | {i.name for i in leaves(page.items)}
            given = {name: answers[name] for name in names if name in answers}
            told |= {name: given[name] for name in given.keys() - self.asked.sealed.keys()}
            sealed = {name: given[name] for name in given.keys() & self.asked.sealed.keys()}
            now += timedelta(seconds=25)
            answering.save_page(
                self.session,
                self._read(number),
                answers=told,
                page=key,
                language=language,
                now=now,
                keys=self.keys,
                sealed=sealed,
            )
        evaluation = self.asked.evaluate(told, roster, now, language)
        answering.submit(
            self.session, self._read(number), self.asked.questionnaire, evaluation,
            language=language, now=now,
        )  # fmt: skip

    def _read(self, number: int) -> Sitting:
        found = sitting_of(self.session, number, self.survey.slug)
        assert found is not None  # noqa: S101 - it has just begun
        return found


class Counsellors(Respondents):
    """Those who hold conversations, each for a provider of the register."""

    def __init__(
        self,
        session: Session,
        engine: Engine,
        keys: Keyring,
        survey: Survey,
        register: Register,
    ) -> None:
        super().__init__(session, engine, keys, survey)
        self.register = register

    def hold(self, row: Row) -> None:
        """Talk, and hand in what was said; the code is that of the table."""
        year, _, month = row["month"].partition("-")  # of the data, a year before the project
        now = datetime(int(year) + 1, int(month), 15, 12, tzinfo=UTC)
        place = start(self.session, self.survey.slug)
        assert place is not None  # noqa: S101 - it is open
        answers = conversation(row)
        held = holding.begin(
            self.session, self.keys, place, self.register[row["provider"]].id,
            f"demo talk {self.survey.id} {row['token']}", language=row["conv_language"],
            draft=Draft(answers), now=now, code=row["token"],
        )  # fmt: skip
        roster = asking.roster_for(self.asked, self.listed)
        evaluation = self.asked.evaluate(answers, roster, now, held.language)
        holding.hand_in(
            self.session, self.keys, held, self._read(held.response_id), self.asked,
            evaluation, {}, now,
        )  # fmt: skip


def _answer_wave(
    session: Session,
    engine: Engine,
    keys: Keyring,
    survey: Survey,
    register: Register,
    wave: int,
    begun: datetime,
) -> None:
    texts = {row["code"]: row for row in table("texts")}
    ties = ties_of(table("ties"), wave)
    invitations = inviting.invite(session, keys, survey, register.values(), begun)
    by_code = {each.organisation.code: each for each in invitations}
    respond = Respondents(session, engine, keys, survey)
    for day, row in enumerate(table("organisations")):
        code, now = row["id"], begun + timedelta(days=1 + day % 30, hours=day % 7)
        invitation = by_code[code]
        invitation.sent, invitation.written = begun, 1
        if wave == 2 and code in SILENT:
            continue
        inviting.opened(session, invitation, now)
        if wave == 2 and code == DECLINED:
            inviting.decline(session, invitation, now)
            continue
        text = texts.get(code)
        answers = answers_of(row, ties, text, wave)
        language = "en" if text and text["language"] == "en" else "de"
        respond.answer(answers, code, now, language=language, invitation=invitation)
    again = next(row for row in table("organisations") if row["id"] == "O14")
    answers = answers_of(again, ties, None, wave) | {"willing": "2"}
    later = begun + timedelta(days=33)
    respond.answer(answers, "O14 again", later)  # somebody else there answers, too
