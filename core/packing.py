"""Pages put together from pieces, of which those that stay the same are packed only once.

What deflate has written up to a full flush refers to nothing before it, so it may stand
behind anything (RFC 1951; zlib's manual, Z_FULL_FLUSH). A page by gzip is then its packed
pieces in a row, between them what is one's own, and at the end length and sum of the whole.
"""

import zlib
from collections.abc import Sequence
from functools import cached_property
from struct import pack

HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"  # RFC 1952: deflate, no name, no time
LAST = b"\x03\0"  # a block without anything in it, which ends the stream
WINDOW, MEMORY = 14, 7
SHORT = 150  # bytes that are not worth any packing
QUICK, WELL, BEST = 1, 6, 9


class Still(bytes):
    """A piece that comes again; it is packed when it must first be."""

    level = WELL

    @cached_property
    def packed(self) -> bytes:
        return _deflated(self, self.level)


class Fixed(Still):
    """A piece that always comes."""

    level = BEST


def gzipped(pieces: Sequence[bytes], whole: bytes) -> bytes:
    """Return the *whole* by gzip, of which these are the pieces."""
    packed: list[bytes] = [HEAD]
    loose: list[bytes] = []
    for piece in pieces:
        if isinstance(piece, Still) and len(piece) > SHORT:
            if loose:
                packed.append(_lightly(b"".join(loose)))
                loose.clear()
            packed.append(piece.packed)
        else:
            loose.append(piece)
    if loose:
        packed.append(_lightly(b"".join(loose)))
    packed.append(pack("<2sII", LAST, zlib.crc32(whole), len(whole)))
    return b"".join(packed)


def _lightly(text: bytes) -> bytes:
    """Pack what comes once; if it is short, it stands there as it is (RFC 1951, 3.2.4)."""
    if len(text) > SHORT:
        return _deflated(text, QUICK)
    return pack("<BHH", 0, len(text), len(text) ^ 0xFFFF) + text


def _deflated(text: bytes, level: int) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, -WINDOW, MEMORY)
    return packer.compress(text) + packer.flush(zlib.Z_FULL_FLUSH)
