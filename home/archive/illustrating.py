"""What stands in an archive besides, for people and other programs: nobody has to read it back.

Questionnaires as XLSForm, and networks as GEXF and as tables.
"""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.keys import Keyring
from networks.network import network_of, waves
from people.models import Naming, Project
from surveys.definition import Definition
from surveys.exchange.writing import write_xlsform
from surveys.models import Response, Survey, SurveyVersion

FORMATS = {"gexf": "gexf", "csv": "zip"}
LANGUAGE = "de"
LARGEST = 5_000  # answers; a larger network would need memory that grows with it


def pictures(session: Session, keys: Keyring, project: Project) -> Iterator[tuple[str, bytes]]:
    """Yield names and contents of files that say again what the tables say."""
    query = select(Survey).filter_by(project_id=project.id, deleted=None).order_by(Survey.id)
    for number, survey in enumerate(session.scalars(query).all(), 1):
        versions = select(SurveyVersion).filter_by(survey_id=survey.id)
        for version in session.scalars(versions.order_by(SurveyVersion.number)):
            definition = Definition.from_json(version.definition)
            name = f"questionnaires/{number}-{version.number}.xlsx"
            yield name, write_xlsform(definition)
    yield from _networks(session, keys, project)


def _networks(session: Session, keys: Keyring, project: Project) -> Iterator[tuple[str, bytes]]:
    from networks.analysing import Analysis  # noqa: PLC0415 - heavy
    from networks.exchange.exporting import export  # noqa: PLC0415 - heavy
    from networks.layout import layout  # noqa: PLC0415 - heavy
    from networks.placing import places_in  # noqa: PLC0415 - heavy

    for number, survey in enumerate(waves(session, project), 1):
        answers = select(func.count()).select_from(Response).filter_by(survey_id=survey.id)
        if (session.scalar(answers) or 0) > LARGEST:
            continue  # its ties stand in the tables
        network = network_of(session, keys, survey)
        if not network.answered:
            continue
        analysis = Analysis(network.for_audience(Naming.TEAM))
        places = places_in(session, survey, analysis.graph) or layout(analysis.graph)
        for format, ending in FORMATS.items():
            content = export(format, analysis, places, Naming.TEAM, LANGUAGE, str, survey.slug)
            yield f"networks/{number}.{ending}", content
