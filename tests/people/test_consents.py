from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from core.errors import ChangedMeanwhile
from core.languages import SPOKEN
from people import consents
from people.models import Project
from tests.story import NOON

pytestmark = pytest.mark.both_engines


def test_a_project_begins_with_texts_in_all_our_languages(
    session: Session, project: Project
) -> None:
    for _ in range(2):
        consents.seed(session, project, NOON)
    session.commit()
    for purpose in consents.PURPOSES:
        for language in SPOKEN:
            text = consents.current(session, project, purpose, language)
            assert text and text.language == language and text.number == 1
        fallback = consents.current(session, project, purpose, "vi")
        assert fallback and fallback.language == "de"


def test_a_new_wording_is_a_new_version_and_the_old_one_stays(
    session: Session, project: Project
) -> None:
    place = (session, project, "survey", "de")
    assert consents.current(*place) is None
    for text, seen in (("Ja", 0), ("Ja", 0), ("Ja, gern", 1)):
        consents.reword(*place, text, seen, NOON + timedelta(days=seen))
    assert [each.text for each in consents.versions(*place)] == ["Ja, gern", "Ja"]
    with pytest.raises(ChangedMeanwhile):
        consents.reword(*place, "Nein", 1, NOON)
