"""A counsellor and a person, going through a conversation page by page."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from people.models import Project
from surveys.definition import Choice, Definition, Item
from surveys.fieldwork import starting
from surveys.models import Subject, Survey
from surveys.translating import reviewing
from tests.story import NOON

DESK = "/p/buch/conversations"
SECRET = "Mein Sohn braucht einen Garten für Tomaten"  # noqa: S105 - what a person tells
YES_NO = (
    Choice("yes", {"de": "Ja", "ar": "نعم"}),
    Choice("no", {"de": "Nein", "ar": "لا"}),
)
NEEDS = (
    Choice("course", {"de": "Deutschkurs", "ar": "دورة ألمانية"}, {"osi_picture": "course"}),
    Choice("work", {"de": "Arbeit", "ar": "عمل"}),
    Choice("flat", {"de": "Wohnung"}),
)


def question(name: str, kind: str, de: str, ar: str = "", **more: object) -> Item:
    label = {"de": de, "ar": ar} if ar else {"de": de}
    return Item("question", name, kind, label=label, **more)  # type: ignore[arg-type]


DEFINITION = Definition(
    title={"de": "Gespräche"},
    form_id="talks",
    default_language="de",
    languages=("de", "ar"),
    items=(
        Item("note", "guide", label={"de": "Bitte vorlesen."}),
        question("consent", "select_one", "Möchten Sie mitmachen?", "هل تودّون المشاركة؟",
                 list="yn", required="true()", osi={"consent": "conversation"}),
        Item("group", "talk", label={"de": "Gespräch"}, relevant="${consent} = 'yes'", items=(
            question("provider", "select_one", "Träger", list="providers", required="true()"),
            question("token", "text", "Code", required="true()"),
            question("school", "select_one", "1. Waren Sie in der Schule?",
                     "١. هل ذهبتم إلى المدرسة؟", list="yn", required="true()"),
            question("needs", "select_multiple", "2. Was brauchen Sie am meisten?",
                     "2. ما أكثر ما تحتاجونه؟", list="needs",
                     constraint="count-selected(.) <= 2"),
            question("first", "select_one", "Und davon zuerst?", "وما الأول؟", list="needs",
                     relevant="count-selected(${needs}) > 1",
                     choice_filter="selected(${needs}, name)"),
            question("idea", "text", "3. Haben Sie eine Idee?", "3. هل لديكم فكرة؟",
                     osi={"wall": "idea"}, appearance="multiline"),
            question("wall", "select_one", "Dürfen wir sie zeigen?", "هل نعرضها؟", list="yn",
                     relevant="${idea} != ''", osi={"wall": "permission"}),
            question("again", "select_one", "Dürfen wir Sie ansprechen?", "هل نتواصل معكم؟",
                     list="yn", osi={"consent": "callback"}),
        )),
        Item("note", "bye", label={"de": "Danke! Sagen Sie, was als Nächstes geschieht."}),
    ),
    lists={
        "yn": YES_NO,
        "needs": NEEDS,
        "providers": (Choice("O14", {"de": "Bucher Bogen"}), Choice("O18", {"de": "Rathaus"})),
    },
)  # fmt: skip


def a_talk_survey(
    session: Session, project: Project, definition: Definition = DEFINITION
) -> Survey:
    survey = starting.begin_survey(
        session, project, definition, uuid4().hex, title="Gespräche",
        subject=Subject.PERSONS, now=NOON,
    )  # fmt: skip
    for language in reviewing.languages_of(definition):
        reviewing.release(session, survey, definition, language, by="Birte",
                          today=NOON.date(), knowingly=True)  # fmt: skip
    starting.open_survey(session, survey, NOON)
    session.commit()
    return survey


@dataclass
class Talk:
    """A conversation as it is held on a tablet."""

    tablet: FlaskClient
    survey: Survey
    language: str = "ar"
    code: str = ""
    at: str = ""  # the page that is open

    @property
    def door(self) -> str:
        return f"{DESK}/new/{self.survey.slug}/{self.language}"

    def begin(self) -> "Talk":
        key = keyed(self.tablet.get(self.door).text)
        assert key["agreed"]
        answer = self.tablet.post(self.door, data={"answer": "yes", **key})
        self.code = answer.headers["Location"].split("/")[-2]
        self.follow(answer)
        return self

    def follow(self, answer: TestResponse) -> TestResponse:
        while answer.status_code == 303:
            self.at = answer.headers["Location"]
            answer = self.tablet.get(self.at)
        return answer

    @property
    def key(self) -> str:
        return self.at.partition("?")[0].rpartition("/")[2]

    def send(self, go: str = "next", **data: object) -> TestResponse:
        """Press a button on the page that is open, and go where it leads."""
        return self.follow(self.tablet.post(self.at, data={"go": go, **data}))

    def finish(self) -> TestResponse:
        """Tell everything, to the end."""
        self.send(school="no")
        self.send(needs=["course", "work"])
        self.send(first="work")
        self.send(idea=SECRET)
        self.send(wall="yes")
        page = self.tablet.get(self.at).text
        self.send(again="yes", **dict(re.findall(r'name="(agreed=\w+)" value="([^"]*)"', page)))
        return self.send()


def keyed(page: str) -> dict[str, str]:
    """Return the hidden key and the wording of a page with a consent."""
    found = re.findall(r'name="(key|agreed)" value="([^"]*)"', page)
    return dict(found)


Begin = Callable[[], Talk]
