"""Blank forms for ODK Collect, as the counsellors of a provider can fill them in."""

from collections.abc import Iterator

from core.db import db
from people.models import Organisation
from surveys.conversations import holding
from surveys.models import Survey
from surveys.odk import forming, receiving
from surveys.odk.forming import Consent, Form
from surveys.responses import agreeing, sitting
from surveys.responses.sitting import Start
from surveys.routes import talks
from surveys.routes.visiting import Visit


def blanks(
    project_id: int, provider: Organisation, slug: str = ""
) -> Iterator[tuple[Survey, Form]]:
    """Yield the surveys of a project and their forms, or the one that is asked for."""
    for survey in holding.surveys_for(db.session, project_id):
        if slug in ("", survey.slug):
            start = sitting.start(db.engine, survey.slug)
            visit = talks.visit_in(survey.slug, start, "") if start else None
            if start and visit and forming.is_suited(visit.asked.definition):
                yield survey, _formed(survey, start, visit, provider.code)


def _formed(survey: Survey, start: Start, visit: Visit, provider: str) -> Form:
    number = receiving.number_of_version(db.session, start.version_id)
    consents = {}
    for item in visit.asked.definition.having("consent"):
        numbers, texts = {}, {}
        for language in forming.languages_of(visit.asked):
            said = agreeing.wording(db.session, survey.project_id, item, language)
            if said and said.language == language.partition("-")[0]:
                numbers[language], texts[language] = said.id, said.text
        consents[item.name] = Consent(numbers, texts)
    return forming.form_of(survey.slug, number, visit.asked, visit.roster, provider, consents)
