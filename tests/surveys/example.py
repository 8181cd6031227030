"""A small questionnaire, and organisations that answer it, made without any page."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from people.models import Organisation, Project
from surveys.definition import Choice, Definition, Item
from surveys.fieldwork.starting import begin_survey, open_survey, versions_of
from surveys.models import Channel, Response, Subject, Survey, SurveyVersion
from tests.story import NOON


def choice(name: str, german: str, english: str, **attributes: str) -> Choice:
    return Choice(name, {"de": german, "en": english}, attributes)


def question(name: str, kind: Any, german: str, english: str, **more: Any) -> Item:
    return Item("question", name, kind, {"de": german, "en": english}, **more)


def group(name: str, german: str, english: str, *items: Item) -> Item:
    return Item("group", name, label={"de": german, "en": english}, items=items)


def row(name: str, german: str, english: str) -> Item:
    return question(
        name, "select_one", german, english, list="hinder", appearance="list-nolabel"
    )


LISTS = {
    "hinder": (
        choice("0", "gar nicht", "not at all"),
        choice("1", "wenig", "a little"),
        choice("2", "ziemlich", "quite"),
        choice("3", "sehr", "very much"),
    ),
    "likert5": (
        choice("1", "stimme gar nicht zu", "strongly disagree"),
        choice("2", "stimme eher nicht zu", "rather disagree"),
        choice("3", "teils, teils", "partly"),
        choice("4", "stimme eher zu", "rather agree"),
        choice("5", "stimme voll zu", "strongly agree"),
    ),
    "cefr": (
        choice("none", "noch kein Deutsch", "no German yet", rank="0"),
        choice("a1", "A1", "A1", rank="1"),
        choice("a2", "A2", "A2", rank="2"),
        choice("b1", "B1", "B1", rank="3"),
        choice("b2", "B2", "B2", rank="4"),
        choice("c", "C1/C2", "C1/C2", rank="5"),
    ),
    "expiring": (
        choice("0", "nichts", "nothing", midpoint="0"),
        choice("1_25", "bis ein Viertel", "up to a quarter", midpoint="12.5"),
        choice("26_50", "ein Viertel bis die Hälfte", "a quarter to a half", midpoint="37.5"),
        choice("51_100", "mehr als die Hälfte", "more than a half", midpoint="75"),
        choice("dk", "weiß nicht", "don't know"),
    ),
    "kind": (
        choice("provider", "Träger der Wohlfahrtspflege", "Social provider"),
        choice("enterprise", "Sozialer Betrieb", "Social enterprise"),
        choice("migrant", "Migrant*innenorganisation", "Migrant organisation"),
        choice("research", "Wissenschaft", "Research"),
    ),
    "offers": (
        choice("rooms", "Räume und Werkstätten", "Rooms and workshops"),
        choice("language", "Sprachcafé oder Deutschkurs", "Language café or course"),
        choice("advice", "Sozialberatung", "Social counselling"),
        choice("jobs", "Arbeitsplätze", "Jobs"),
    ),
}

ENTERPRISES = Definition(
    title={"de": "Befragung soziale Betriebe", "en": "Survey of social enterprises"},
    form_id="enterprises",
    default_language="de",
    languages=("de", "en", "ar"),
    lists=LISTS,
    items=(
        group(
            "profile", "A. Profil", "A. Profile",
            question("org", "select_one", "Für welche Organisation antworten Sie?",
                     "Which organisation do you answer for?", list="orgs",
                     osi={"register": "self"}),
            question("org_other", "text", "Name der Organisation", "Name",
                     osi={"register": "new"}),
            question("org_type", "select_one", "Was für eine Organisation sind Sie?",
                     "What kind of organisation are you?", list="kind"),
            question("headcount", "integer", "Wie viele Menschen sind bei Ihnen beschäftigt?",
                     "How many people do you employ?"),
            question("offers", "select_multiple", "Was bieten Sie Geflüchteten an?",
                     "What do you offer that refugees can use?", list="offers"),
        ),
        group(
            "work", "D. Beschäftigung von Geflüchteten", "D. Employing refugees",
            question("willing", "select_one",
                     "„Wir möchten in den nächsten 12 Monaten Geflüchtete beschäftigen.“",
                     "'We want to employ refugees in the next 12 months.'",
                     list="likert5", appearance="likert"),
            question("min_german", "select_one", "Welches Deutsch brauchen Menschen?",
                     "What is the minimum German people need?", list="cefr"),
            group("barriers", "Was hindert daran, Geflüchtete zu beschäftigen?",
                  "What keeps you from employing refugees?",
                  Item("question", "b_head", "select_one", list="hinder", appearance="label"),
                  row("b_language", "Deutschkenntnisse", "German skills"),
                  row("b_childcare", "Fehlende Kinderbetreuung", "Missing childcare"),
                  row("b_admin", "Bürokratie", "Paperwork")),
            question("expiring", "select_one", "Wie viel Ihrer Einnahmen läuft bald aus?",
                     "How much of your income ends within 12 months?", list="expiring"),
        ),
        Item(
            "repeat", "tie", label={"de": "Zusammenarbeit", "en": "Cooperation"},
            items=(question("strength", "select_one", "Wie eng?", "How close?",
                            osi={"tie": "strength"}),),
        ),
        group(
            "ideas", "F. Ideen", "F. Ideas",
            question("idea", "text", "Welche Idee würden Sie gern umsetzen?",
                     "Which idea would you like to carry out?"),
            question("email", "text", "E-Mail", "E-mail", osi={"pii": "contact"}),
        ),
    ),
)  # fmt: skip


def a_survey(
    session: Session,
    project: Project,
    definition: Definition = ENTERPRISES,
    subject: Subject = Subject.ORGANISATIONS,
) -> Survey:
    """An open survey."""
    survey = begin_survey(
        session,
        project,
        definition,
        f"form {project.slug}",
        title="",
        subject=subject,
        now=NOON,
    )
    open_survey(session, survey, NOON)
    session.commit()
    return survey


def answer(
    session: Session,
    survey: Survey,
    answers: Mapping[str, Any],
    organisation: Organisation | None = None,
    *,
    sent: datetime | None = NOON,
    **more: Any,
) -> Response:
    """A response that was sent, or is a draft when it was not."""
    version: SurveyVersion = versions_of(session, survey)[-1]
    number = session.info["responses"] = session.info.get("responses", 0) + 1
    values = {"channel": Channel.LINK, "language": "de", "leading": organisation is not None}
    response = Response(
        project_id=survey.project_id,
        survey_id=survey.id,
        kind=survey.kind,
        version_id=version.id,
        organisation_id=organisation and organisation.id,
        key_hash=f"{survey.id} {number}",
        answers=dict(answers),
        begun=NOON - timedelta(minutes=9),
        saved=NOON + timedelta(seconds=number),
        submitted=sent,
        **values | more,
    )
    session.add(response)
    session.flush()
    return response


def answer_all(
    session: Session, survey: Survey, name: str, values: Sequence[object]
) -> list[Response]:
    """One response for each value of a question; None leaves it out."""
    documents = [{} if value is None else {name: value} for value in values]
    return [answer(session, survey, each) for each in documents]
