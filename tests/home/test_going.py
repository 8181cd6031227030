"""What was brought goes from the walls in the moment in which its source does."""

from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core import erasing as erasures
from core.keys import Keyring
from home.bringing import Kind
from people.models import Naming, Project
from people.naming import decide_naming
from surveys.conversations import sharing
from surveys.conversations.models import Conversation, Fate, SharedIdea
from surveys.interviews import interviewing
from surveys.interviews.coding import mark
from surveys.interviews.interviewing import Record
from surveys.interviews.models import GENERAL, Interview, Meaning
from surveys.models import Response, Survey
from surveys.responses import erasing
from surveys.responses.sitting import sitting
from tests.home.test_bringing import garden, hang, of, quote, survey, titles
from tests.story import NOON
from tests.surveys.interviews.story import radhaus, wish
from tests.workshop.conftest import amal, bikes, board, workshop
from tests.workshop.room import go_to, lay_dots
from workshop.cards.bringing import bring
from workshop.models import Board, Idea, Participant, Phase
from workshop.voting.models import Round
from workshop.voting.opening import hash_of, key_of

__all__ = ["amal", "bikes", "board", "garden", "quote", "survey", "workshop"]  # fixtures
pytestmark = pytest.mark.both_engines
RECORD = Record(NOON.date(), "Birte", held=True, may_quote=True, notes={GENERAL: "Alles gut."})


@pytest.fixture
def talk(session: Session, project: Project, board: Board, survey: Survey) -> Interview:
    """An interview of which a quote hangs on the wall."""
    whom = radhaus(session, project)
    interviewing.keep(session, survey, whom, RECORD, 0, NOON)
    held = interviewing.interview_with(session, survey, whom)
    assert held
    source = interviewing.notes_of(session, held)[GENERAL]
    mark(session, source, wish(meaning=Meaning.QUOTE, words="Alles gut."), "Birte", "k", NOON)
    session.commit()
    assert hang(session, board, of(Kind.QUOTE, session, project)[0])
    return held


def goes(session: Session, board: Board, version: int) -> bool:
    """Tell whether nothing hangs any more, and all screens will know."""
    session.commit()
    session.expire_all()
    return titles(session) == [] and board.version > version


def test_screens_hear_of_it_when_somebody_erases_their_answers(
    session: Session, tmp_path: Path, project: Project, board: Board, survey: Survey,
    quote: Response,
) -> None:  # fmt: skip
    hang(session, board, of(Kind.QUOTE, session, project)[0])
    version, place = board.version, sitting(session, quote.id, survey.slug)
    assert place
    erasing.erase(session, tmp_path, place, NOON)
    assert goes(session, board, version)


def test_screens_hear_of_it_when_the_time_of_a_survey_is_over(
    session: Session, tmp_path: Path, board: Board, survey: Survey, talk: Interview
) -> None:
    version = board.version
    session.execute(update(Survey).values(keep_until=NOON.date().replace(day=1)))
    erasing.purge(session, tmp_path, NOON)
    assert goes(session, board, version)


def test_screens_hear_of_it_when_a_backup_is_put_back(
    session: Session, tmp_path: Path, project: Project, board: Board, quote: Response
) -> None:
    hang(session, board, of(Kind.QUOTE, session, project)[0])
    version = board.version
    erasures.note(tmp_path, what="response", key=quote.key_hash)
    erasures.replay(session, tmp_path)
    assert goes(session, board, version)


def test_screens_hear_of_it_when_an_interview_is_erased(
    session: Session, tmp_path: Path, board: Board, talk: Interview
) -> None:
    version = board.version
    interviewing.erase(session, tmp_path, talk)
    assert goes(session, board, version)


def test_a_quote_goes_when_an_interview_may_be_quoted_no_more(
    session: Session, project: Project, board: Board, survey: Survey, talk: Interview
) -> None:
    version = board.version
    no = Record(NOON.date(), "Birte", held=True, may_quote=False, notes=RECORD.notes)
    interviewing.keep(session, survey, radhaus(session, project), no, 1, NOON)
    assert goes(session, board, version)


def test_an_idea_goes_when_its_counsellor_withholds_it(
    session: Session, project: Project, board: Board, garden: SharedIdea
) -> None:
    hang(session, board, of(Kind.IDEA, session, project)[0])
    version = board.version
    talk = Conversation(
        project_id=project.id, response_id=garden.response_id, language="ar", code="x"
    )
    idea = sharing.Idea(talk, "idea", "Ein Garten für alle", garden)
    sharing.decide(session, idea, Fate.WITHHELD, "", NOON)
    assert goes(session, board, version)


def test_an_organisation_is_called_otherwise_as_soon_as_it_wishes(
    session: Session, project: Project, board: Board, quote: Response
) -> None:
    one = radhaus(session, project)
    one.naming = Naming.PUBLIC
    session.commit()
    (piece,) = of(Kind.QUOTE, session, project)
    card = bring(
        session, board, board.challenges[0], piece.key, piece.words,
        response_id=piece.response_id, source="Zitat, Radhaus Buch, Umfrage",
    )  # fmt: skip
    session.commit()
    assert card
    version = board.version
    decide_naming(session, one, Naming.TEAM, "Birte", NOON)
    session.commit()
    session.expire_all()
    assert card.source == "Zitat, Organisation 1 (Träger), Umfrage"
    assert board.version > version


def test_of_what_was_voted_on_no_word_stays(
    session: Session, keys: Keyring, tmp_path: Path, project: Project, board: Board,
    survey: Survey, quote: Response, bikes: Idea, amal: Participant,
) -> None:  # fmt: skip
    card = hang(session, board, of(Kind.QUOTE, session, project)[0])
    assert card
    key = key_of(card)
    go_to(session, keys, board, Phase.VOTE)
    lay_dots(session, keys, board, card, amal, 2)
    go_to(session, keys, board, Phase.RESULT)
    round = session.scalars(select(Round)).one()
    before, result_hash = round.options, round.result_hash
    place = sitting(session, quote.id, survey.slug)
    assert place
    erasing.erase(session, tmp_path, place, NOON)
    session.commit()
    session.expire_all()
    blank = {"title": "…", "text": "", "author": ""}
    assert round.options == [one | blank if one["key"] == key else one for one in before]
    assert round.options != before
    assert round.options_hash == hash_of(round.options)
    assert round.result
    assert (round.result["winners"][0], round.result_hash) == (key, result_hash)
