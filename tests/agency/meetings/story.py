"""A meeting with all that belongs to one."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from agency.meetings import holding, inviting, noting
from agency.meetings.holding import Plan
from agency.meetings.models import Kind, Meeting
from core import clock
from core.keys import Keyring
from people.models import Organisation, Project


def a_meeting(session: Session, keys: Keyring, project: Project) -> Meeting:
    soon = clock.now().replace(microsecond=0) + timedelta(days=9)
    said = Plan(Kind.NETWORK, f"Netzwerktreffen {project.slug}", soon, 120, "Campus Buch")
    meeting = holding.plan(session, project, said, "Birte", f"meeting {project.slug}")
    holding.add_item(session, meeting, "Räume teilen", 20, "item")
    query = select(Organisation).filter_by(project_id=project.id, deleted=None)
    some = session.scalars(query.order_by(Organisation.id)).all()[-3:]
    inviting.invite(session, keys, meeting, some)
    noting.decide(session, meeting, "Raumliste herumschicken", "Projektteam", None, "decided")
    noting.note_tie(session, meeting, some[0], some[1], "Birte")
    return meeting
