from surveys.conversations import coding


def test_codes_are_read_however_they_are_typed() -> None:
    for typed in ("K7-RQ2", "k7rq2", " k7 rq2 ", "K7–RQ2"):
        assert coding.read(typed) == "K7-RQ2"
    drawn = {coding.draw() for _ in range(200)}
    assert len(drawn) == 200
    assert all(coding.read(code) == code for code in drawn)
