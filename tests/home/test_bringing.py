from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from home import bringing
from home.bringing import Kind, Piece, pieces, sweep
from people.models import Naming, Offering, Organisation, Project, Side
from surveys.conversations.models import Fate, SharedIdea
from surveys.interviews.coding import mark
from surveys.interviews.models import Meaning
from surveys.models import Response, Survey
from surveys.responses import following
from tests.story import NOON, an_organisation
from tests.surveys.conversations.story import a_talk_survey
from tests.surveys.example import a_survey, answer, question
from tests.surveys.interviews.story import (
    ASKING,
    IDEA,
    QUESTION,
    asking,
    only,
    radhaus,
    wish,
)
from tests.workshop.conftest import amal, bikes, board, workshop
from workshop.cards.bringing import bring
from workshop.models import Board, Idea, Participant, Phase
from workshop.moving import ALLOWED, Act, NotNow

__all__ = ["amal", "bikes", "board", "workshop"]  # fixtures
pytestmark = pytest.mark.both_engines
HOME = "/p/buch/workshops/buch/material"


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    return asking(session, project)


@pytest.fixture
def quote(session: Session, project: Project, survey: Survey) -> Response:
    """An answer that may be quoted, with a quote marked in it."""
    response = answer(
        session, survey, {QUESTION: IDEA, "quote": "yes"}, radhaus(session, project)
    )
    session.commit()
    wanted = wish(meaning=Meaning.QUOTE)
    mark(session, only(session, survey), wanted, "Birte", "key", NOON)
    session.commit()
    return response


@pytest.fixture
def garden(session: Session, project: Project) -> SharedIdea:
    """An idea that a counsellor has released."""
    response = answer(session, a_talk_survey(session, project), {})
    session.flush()
    shared = SharedIdea(
        project_id=project.id, response_id=response.id, question="idea", language="ar",
        fate=Fate.RELEASED, text="Ein Garten für alle", month=date(2026, 11, 1),
    )  # fmt: skip
    session.add(shared)
    session.commit()
    return shared


def of(kind: Kind, session: Session, project: Project) -> list[Piece]:
    return [each for each in pieces(session, project.id, "de") if each.kind is kind]


def hang(session: Session, board: Board, piece: Piece) -> Idea | None:
    card = bring(
        session, board, board.challenges[0], piece.key, piece.words,
        response_id=piece.response_id, interview_id=piece.interview_id,
    )  # fmt: skip
    session.commit()
    return card


def titles(session: Session) -> list[str]:
    return list(session.scalars(select(Idea.title)))


def test_a_quote_comes_without_a_name_until_it_is_agreed_to(
    session: Session, project: Project, quote: Response
) -> None:
    (piece,) = of(Kind.QUOTE, session, project)
    assert piece.who == "Organisation 1 (Träger)"
    radhaus(session, project).naming = Naming.NETWORK
    assert of(Kind.QUOTE, session, project)[0].who == "Organisation 1 (Träger)"
    radhaus(session, project).naming = Naming.PUBLIC
    assert of(Kind.QUOTE, session, project)[0].who == "Radhaus Buch"


def test_what_counsellors_withhold_does_not_come(
    session: Session, project: Project, garden: SharedIdea
) -> None:
    (piece,) = of(Kind.IDEA, session, project)
    assert (piece.words, piece.who, piece.survey) == ("Ein Garten für alle", "", None)
    garden.fate, garden.text = Fate.WITHHELD, ""
    session.commit()
    assert of(Kind.IDEA, session, project) == []


@pytest.mark.parametrize("allowed", ["yes", "no", ""])
def test_a_free_answer_comes_with_a_yes_only(
    session: Session, project: Project, allowed: str
) -> None:
    wall = question(
        "wall",
        "select_one",
        "An die Wand?",
        "On the wall?",
        list="yn",
        osi={"wall": "permission"},
    )
    idea = question("wish", "text", "Wunsch?", "Wish?", osi={"wall": "idea"})
    form = replace(ASKING, items=(*ASKING.items, idea, wall))
    told = {"wish": "Ein Lastenrad", "wall": allowed}
    answer(session, a_survey(session, project, form), told, radhaus(session, project))
    session.commit()
    found = [each.words for each in of(Kind.ANSWER, session, project)]
    assert found == (["Ein Lastenrad"] if allowed == "yes" else [])


def test_a_gap_is_what_several_need_and_nobody_offers(
    session: Session, project: Project
) -> None:
    for number, needs in enumerate((["rooms", "childcare"], ["rooms"], ["language_cafe"])):
        one = an_organisation(project, f"O{number}", f"Haus {number}")
        session.add(one)
        session.flush()
        session.add_all(
            Offering(project_id=project.id, organisation_id=one.id, side=Side.NEED, term=term)
            for term in needs
        )
    session.commit()
    assert [each.key for each in of(Kind.GAP, session, project)] == ["gap rooms"]
    someone = session.scalars(select(Organisation)).first()
    assert someone
    offer = {"side": Side.OFFER, "term": "rooms"}
    session.add(Offering(project_id=project.id, organisation_id=someone.id, **offer))
    session.commit()
    assert of(Kind.GAP, session, project) == []


def test_what_is_brought_twice_hangs_once(
    session: Session, project: Project, board: Board, garden: SharedIdea
) -> None:
    (piece,) = of(Kind.IDEA, session, project)
    assert hang(session, board, piece)
    assert hang(session, board, piece) is None
    assert titles(session) == ["Ein Garten für alle"]


@pytest.mark.parametrize("phase", [*Phase])
def test_cards_are_brought_until_people_vote(
    session: Session, board: Board, phase: Phase
) -> None:
    board.phase = phase
    session.commit()
    if Act.BRING in ALLOWED[phase]:
        assert bring(session, board, board.challenges[0], "gap rooms", "Räume")
        return
    with pytest.raises(NotNow):
        bring(session, board, board.challenges[0], "gap rooms", "Räume")


def test_a_card_goes_with_the_answers_from_which_it_came(
    session: Session, project: Project, board: Board, garden: SharedIdea, bikes: Idea
) -> None:
    hang(session, board, of(Kind.IDEA, session, project)[0])
    session.execute(delete(Response).where(Response.id == garden.response_id))
    session.commit()
    assert titles(session) == ["A bike workshop"]


def test_a_card_goes_when_the_consent_does(
    session: Session, project: Project, board: Board, quote: Response, bikes: Idea
) -> None:
    hang(session, board, of(Kind.QUOTE, session, project)[0])
    quote.answers = quote.answers | {"quote": "no"}
    session.flush()
    following.changed(session, quote.id)
    session.commit()
    assert titles(session) == ["A bike workshop"]


def test_a_card_goes_when_the_counsellor_withholds_it(
    session: Session, project: Project, board: Board, garden: SharedIdea
) -> None:
    hang(session, board, of(Kind.IDEA, session, project)[0])
    assert sweep(session, project.id) == 0
    garden.fate, garden.text = Fate.WITHHELD, ""
    session.commit()
    version = board.version
    assert sweep(session, project.id) == 1
    session.commit()
    session.refresh(board)
    assert (titles(session), board.version) == ([], version + 1)


def test_a_card_goes_when_what_was_said_is_worded_anew(
    session: Session, project: Project, board: Board, garden: SharedIdea
) -> None:
    hang(session, board, of(Kind.IDEA, session, project)[0])
    garden.text = "Ein Garten"
    session.commit()
    assert sweep(session, project.id) == 1
    session.commit()
    assert titles(session) == []
    hang(session, board, of(Kind.IDEA, session, project)[0])
    assert titles(session) == ["Ein Garten"]


def test_a_card_names_nobody_who_is_not_named_in_public_any_more(
    session: Session, project: Project, board: Board, quote: Response
) -> None:
    (piece,) = of(Kind.QUOTE, session, project)
    one = radhaus(session, project)
    one.naming, source = Naming.PUBLIC, "Zitat, Radhaus Buch, Umfrage"
    card = bring(
        session, board, board.challenges[0], piece.key, piece.words,
        response_id=piece.response_id, source=source,
    )  # fmt: skip
    session.commit()
    assert card
    sweep(session, project.id)
    assert card.source == source
    one.naming = Naming.NETWORK
    session.commit()
    version = board.version
    assert sweep(session, project.id) == 0
    session.commit()
    session.refresh(board)
    assert card.source == "Zitat, Organisation 1 (Träger), Umfrage"
    assert board.version == version + 1


@pytest.fixture
def page(desk: FlaskClient, board: Board) -> Iterator[FlaskClient]:
    yield desk


def test_the_facilitator_searches_and_hangs_up(
    page: FlaskClient, session: Session, board: Board, quote: Response, garden: SharedIdea,
    amal: Participant,
) -> None:  # fmt: skip
    key = f"shared {garden.id}"
    assert "Ein Garten für alle" in page.get(HOME).text
    assert "Ein Garten" not in page.get(f"{HOME}?q=k%C3%BCche").text
    assert page.post(HOME, data={"material": ["passage 999"]}).status_code == 422
    english = {"Accept-Language": "en"}
    for _ in range(2):
        sent = page.post(HOME, data={"material": [key]}, headers=english)
        assert sent.status_code == 303
    card = session.scalars(select(Idea)).one()
    assert (card.author_id, card.form_key, card.source) == (None, key, "From a conversation")
    assert "disabled" in page.get(HOME).text


def test_what_was_searched_stays_and_all_is_listed_once(
    page: FlaskClient, session: Session, garden: SharedIdea, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey_id = session.get_one(Response, garden.response_id).survey_id
    asked = {"q": "Garten & alle", "survey": str(survey_id)}
    sent = page.post(HOME, data={"material": [f"shared {garden.id}"], **asked})
    assert sent.status_code == 303
    assert sent.headers["Location"].endswith(f"?q=Garten+%26+alle&survey={survey_id}")
    listed: list[int] = []

    def counting(session: Session, project_id: int, language: str) -> list[Piece]:
        listed.append(project_id)
        return pieces(session, project_id, language)

    monkeypatch.setattr(bringing, "pieces", counting)
    page.get(HOME)
    assert len(listed) == 1


def test_a_project_without_material_is_told_what_to_do(page: FlaskClient) -> None:
    assert 'class="notice' in page.get(HOME).text
