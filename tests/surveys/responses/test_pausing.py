import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from core.keys import Keyring
from people.models import Project
from surveys.models import Response, State, Survey
from surveys.responses import answering, pausing
from surveys.responses.pausing import NoSuchCard
from tests.story import NOON
from tests.surveys.answers import a_survey, instrument

cards = st.tuples(*[st.integers(0, 2047)] * 4)
TRIES = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def test_both_lists_have_2048_words_that_nobody_confuses() -> None:
    for name in ("latin", "arabic"):
        words = (pausing.FILES / f"{name}.txt").read_text("utf-8").split()
        assert len({pausing.fold(word) for word in words}) == len(words) == 2048


@given(cards)
def test_a_card_can_be_typed_in_many_ways(card: tuple[int, ...]) -> None:
    latin, arabic = pausing.words_of(card, "de"), pausing.words_of(card, "ar")
    ways = [
        " ".join(latin),
        "".join(latin).upper(),
        ", ".join(latin).lower().translate(TRIES),
        "-".join(latin).translate(str.maketrans("äöü", "aou")),
        " ".join(arabic),
        " ".join(arabic).translate(str.maketrans("أإآةى", "اااهي")),
        pausing.address_of(card),
    ]
    for way in ways:
        assert card in pausing.readings(way)


@given(st.text(max_size=300))
def test_whatever_is_typed_is_read_without_a_fuss(typed: str) -> None:
    pausing.readings(typed)


@pytest.fixture
def response_id(session: Session, project: Project) -> int:
    survey = a_survey(session, project, instrument("enterprise_survey"))
    found = answering.begin(session, survey, 1, "k", answers={}, language="de", now=NOON)
    session.commit()
    return found


@pytest.mark.both_engines
def test_the_words_lead_back_and_only_their_hash_is_kept(
    session: Session, response_id: int, keys: Keyring
) -> None:
    card = pausing.card_for(session, keys, response_id)
    session.commit()
    assert pausing.card_for(session, keys, response_id) == card
    found = pausing.response_with(session, keys, " ".join(pausing.words_of(card, "ar")))
    assert found.id == response_id
    assert len(found.card_hash or "") == 64


@pytest.mark.both_engines
def test_a_card_ends_with_its_survey(session: Session, response_id: int, keys: Keyring) -> None:
    card = pausing.card_for(session, keys, response_id)
    session.get_one(
        Survey, session.get_one(Response, response_id).survey_id
    ).state = State.CLOSED
    session.commit()
    with pytest.raises(NoSuchCard):
        pausing.response_with(session, keys, pausing.address_of(card))


def test_wrong_words_lead_nowhere(session: Session, response_id: int, keys: Keyring) -> None:
    card = pausing.card_for(session, keys, response_id)
    session.commit()
    wrong = ((card[0] + 77) % 2048, *card[1:])
    for typed in ("", "Linde", pausing.address_of(wrong)):
        with pytest.raises(NoSuchCard):
            pausing.response_with(session, keys, typed)


@pytest.mark.both_engines
def test_whoever_asks_at_the_same_moment_gets_the_same_card(
    session: Session, response_id: int, keys: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have read that there is no card yet; the first words stay on the paper."""
    keep, cards = pausing._keep, []

    def keep_after_another(session: Session, number: int, hashed: str) -> bool:
        monkeypatch.setattr(pausing, "_keep", keep)
        cards.append(pausing.card_for(session, keys, number))
        session.commit()
        return keep(session, number, hashed)

    monkeypatch.setattr(pausing, "_keep", keep_after_another)
    cards.append(pausing.card_for(session, keys, response_id))
    session.commit()
    assert cards[0] == cards[1]
    assert pausing.response_with(session, keys, pausing.address_of(cards[0]))
