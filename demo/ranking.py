"""A round of the demo: a bicycle shop and a kitchen have places, some people wish for them."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from agency.rounds import beginning, wishing
from agency.rounds.weighing import LEVELS, Criterion, Profile, Weight, What
from core.keys import Keyring
from demo.needing import BY
from people.listings.models import Listing
from people.models import Project
from surveys.conversations.models import Conversation
from surveys.models import Response

NOW = datetime.fromisoformat("2026-11-16T09:00:00+00:00")
AGREED, STARTS = date(2026, 11, 12), date(2027, 1, 11)
MOST = 12  # people


def load_round(session: Session, keys: Keyring, project: Project) -> None:
    """Begin a round in which both enterprises have said what counts; nothing is decided."""
    query = select(Listing).filter_by(project_id=project.id)
    vacancies = [
        session.scalars(query.filter_by(source_key=key)).one() for key in ("N09", "N10")
    ]
    seats = {each: each.quantity // 2 for each in vacancies}
    said = "Praktika im Frühjahr", seats, BY, NOW, "demo"
    it = beginning.begin(session, keys, project, *said)
    shop, kitchen = it.places
    criteria = [
        Criterion(What.GERMAN, "a2", Weight.MUCH),
        Criterion(What.FIELD, "7", Weight.SOME),
        Criterion(What.HOURS, "20", Weight.SOME),
    ]
    wishing.say(session, shop, criteria, NOW)
    wishing.say(session, kitchen, [Criterion(What.GERMAN, "b1", Weight.SOME)], NOW)
    entered = 0
    for conversation in session.scalars(
        select(Conversation).filter_by(project_id=project.id).order_by(Conversation.id)
    ):
        answers = session.get_one(Response, conversation.response_id).answers
        skills, german = answers.get("skills") or [], answers.get("german")
        wishes = [shop.id] * ("s_bike" in skills) + [kitchen.id] * ("s_cook" in skills)
        if not wishes or german not in LEVELS or entered == MOST:
            continue
        entered += 1
        fields = frozenset("7" * ("s_bike" in skills) + "5" * ("s_cook" in skills))
        profile = Profile(fields, german, 15 + 5 * (entered % 4), STARTS)
        wishing.wish(session, it, conversation, profile, wishes, AGREED, NOW)
