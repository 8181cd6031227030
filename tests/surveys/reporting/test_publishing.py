from sqlalchemy.orm import Session

from people.models import Project
from surveys.reporting import freezing, publishing
from tests.story import NOON
from tests.surveys.example import a_survey
from tests.surveys.reporting.test_drawing import a_figure


def test_a_name_that_is_taken_back_stands_in_no_public_network(
    session: Session, project: Project
) -> None:
    survey = a_survey(session, project)
    frozen = []
    for title, svg in (("Netz", "<svg/>"), ("Angebote", "")):
        figure = a_figure(title=title, svg=svg)
        frozen.append(freezing.freeze(session, survey, figure, "Birte", NOON, figure)[0])
    publishing.publish(session, survey, [each.code for each in frozen], NOON)
    publishing.hide_networks(session, project.id)
    session.flush()
    assert [each.is_public for each in frozen] == [False, True]
    assert publishing.is_readable(session, survey)
