import gzip
import random

import pytest

from core.packing import Fixed, Still, gzipped

LONG = b"Wer in Buch wohnt, kann hier mitreden. " * 20


@pytest.mark.parametrize(
    "pieces",
    [
        [], [b""], [b"Amal"], [Still(LONG)], [Still(LONG), Still(LONG)],
        [Fixed(LONG), b"Amal", Still(LONG[5:]), b"", LONG[9:], b"x", Still(b"kurz")],
        [b"a" * 150, Still(LONG), b"b" * 151, Fixed(LONG), b"\xff\x00" * 40_000],
    ],
)  # fmt: skip
def test_a_page_out_of_packed_and_loose_pieces_is_unpacked_as_a_whole(
    pieces: list[bytes],
) -> None:
    whole = b"".join(pieces)
    assert gzip.decompress(gzipped(pieces, whole)) == whole


def test_any_pieces_in_any_order_come_out_as_they_went_in() -> None:
    chance = random.Random(7)  # noqa: S311 - no secret
    kinds = (bytes, Still, Fixed)
    for _ in range(200):
        pieces = [
            chance.choice(kinds)(LONG[chance.randrange(700) :][: chance.randrange(400)])
            for _ in range(chance.randrange(12))
        ]
        whole = b"".join(pieces)
        assert gzip.decompress(gzipped(pieces, whole)) == whole


def test_a_piece_that_comes_again_is_packed_once() -> None:
    piece = Still(LONG)
    assert piece.packed is piece.packed
    assert len(gzipped([piece, piece], LONG * 2)) > 2 * len(piece.packed)


def test_a_name_stands_unpacked_between_packed_pieces() -> None:
    assert b"Amal" in gzipped([Still(LONG), b"Amal", Still(LONG)], LONG + b"Amal" + LONG)
