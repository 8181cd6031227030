from core import qr


def test_an_address_is_drawn_without_styles() -> None:
    drawn = qr.square("https://werkstatt.example/w/BUCH-7K2M")
    assert drawn.startswith('<svg aria-hidden="true"')
    assert 'class="qr"' in drawn
    assert "style" not in drawn


def test_different_addresses_look_different() -> None:
    assert qr.square("https://a.example") != qr.square("https://b.example")
