from workshop.cards.bringing import on_a_card


def test_long_words_begin_as_a_title() -> None:
    title, text = on_a_card("Wort " * 100)
    assert title.endswith("Wort…") and len(title) <= 80
    assert text.endswith("Wort…") and len(text) <= 400
    assert on_a_card("Kurz\n und gut") == ("Kurz und gut", "")
    assert len(on_a_card("x" * 500)[0]) == 80
