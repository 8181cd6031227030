from home.bringing import Kind, Piece, matching


def test_pieces_are_found_by_words_and_by_survey() -> None:
    found = [
        Piece("a", Kind.QUOTE, "Räume für Kinder", survey_id=1),
        Piece("b", Kind.QUOTE, "Eine Küche", who="Radhaus", survey_id=2),
    ]
    assert [each.key for each in matching(found, "räume", None)] == ["a"]
    assert [each.key for each in matching(found, "radhaus", None)] == ["b"]
    assert [each.key for each in matching(found, "", 2)] == ["b"]
    assert matching(found, "küche", 1) == []
