"""Files that no tool writes: each is refused with a sentence."""

import io
import zipfile

import pytest

from core.errors import Refusal
from networks.exchange.reading import read


def damaged_archive() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ties.csv", "source,target\n" + "a,b\n" * 500)
        archive.writestr("edges.csv", "source,target\n" + "a,b\n" * 500)
    content = bytearray(packed.getvalue())
    content[60:90] = b"\xff" * 30
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.zip", damaged_archive()),
        ("a.net", b"*Vertices " + b"9" * 5_000),
        ("a.dl", b"dl n=" + b"9" * 5_000 + b" format=edgelist1\ndata:\n1 2\n"),
        ("a.net", b'*Vertices 1\n1 "a"\n% node 1 ' + b"[" * 5_000),
        ("a.graphml", b"<graphml><default>1</default></graphml>"),
    ],
)
def test_a_file_that_no_tool_writes_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(Refusal):
        read(content, name)
