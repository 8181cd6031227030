import pytest
from sqlalchemy.orm import Session

from workshop.cards.hanging import card_of
from workshop.cards.models import Translator
from workshop.cards.translating import (
    NotForYou,
    SameLanguage,
    translate,
    translator_of,
    withdraw,
)
from workshop.models import Board, Idea, Participant, Phase
from workshop.moving import ALLOWED, Act, NotNow
from workshop.posting import rewrite_idea

pytestmark = pytest.mark.both_engines


def in_arabic(session: Session, idea: Idea, title: str = "ورشة دراجات") -> None:
    translate(session, idea, Translator.HOST, "ar", title, "")
    session.commit()


def test_whoever_reads_in_a_language_sees_the_card_in_it_first(
    session: Session, bikes: Idea
) -> None:
    in_arabic(session, bikes)
    card = card_of(session, bikes, "ar")
    assert card.words.title == "ورشة دراجات"
    assert card.original
    assert card.original.title == "A bike workshop"


def test_all_others_see_the_card_as_it_was_written(session: Session, bikes: Idea) -> None:
    in_arabic(session, bikes)
    card = card_of(session, bikes, "uk")
    assert (card.words.title, card.original) == ("A bike workshop", None)


def test_a_second_translation_takes_the_place_of_the_first(
    session: Session, bikes: Idea
) -> None:
    in_arabic(session, bikes)
    in_arabic(session, bikes, "ورشة")
    assert [each.title for each in card_of(session, bikes, "ar").others] == ["ورشة"]


def test_a_translation_of_a_card_that_was_changed_says_so(
    session: Session, board: Board, bikes: Idea, amal: Participant
) -> None:
    in_arabic(session, bikes)
    rewrite_idea(session, board, bikes, amal, "A bike workshop", bikes.text, "en")
    assert not card_of(session, bikes, "ar").words.is_old
    rewrite_idea(session, board, bikes, amal, "A car workshop", "")
    session.commit()
    session.expire_all()
    assert card_of(session, bikes, "ar").words.is_old


def test_a_card_is_not_translated_into_its_own_language(session: Session, bikes: Idea) -> None:
    bikes.language = "ar"
    with pytest.raises(SameLanguage):
        in_arabic(session, bikes)


def test_authors_and_table_hosts_translate_and_nobody_else(
    session: Session, bikes: Idea, amal: Participant, ben: Participant
) -> None:
    assert translator_of(bikes, amal, amal) is Translator.AUTHOR
    assert translator_of(bikes, ben, ben) is None
    ben.is_host = True
    assert translator_of(bikes, ben, ben) is Translator.HOST
    with pytest.raises(NotForYou):
        translate(session, bikes, None, "ar", "x", "")


def test_where_cards_are_read_first_their_authors_add_nothing_unread(
    board: Board, bikes: Idea, amal: Participant, ben: Participant
) -> None:
    board.is_checked, ben.is_host = True, True
    assert translator_of(bikes, amal, amal) is None
    assert translator_of(bikes, ben, amal) is Translator.HOST
    amal.is_host = True
    assert translator_of(bikes, amal, amal) is None


def test_a_translation_can_be_taken_away(session: Session, bikes: Idea) -> None:
    in_arabic(session, bikes)
    with pytest.raises(NotForYou):
        withdraw(session, bikes, None, "ar")
    withdraw(session, bikes, Translator.TEAM, "ar")
    assert card_of(session, bikes, "ar").others == []


@pytest.mark.parametrize("phase", [*Phase])
def test_what_is_voted_on_is_not_translated_meanwhile(
    session: Session, board: Board, bikes: Idea, phase: Phase
) -> None:
    board.phase = phase
    session.commit()
    if Act.TRANSLATE in ALLOWED[phase]:
        in_arabic(session, bikes)
        return
    with pytest.raises(NotNow):
        in_arabic(session, bikes)
