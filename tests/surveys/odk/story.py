"""What a person told Nadja on the tablet."""

from tests.surveys.conversations.story import SECRET

TOLD = {
    "consent": "yes",
    "talk/token": "K7-RQ2",
    "talk/school": "no",
    "talk/needs": "course work",
    "talk/first": "work",
    "talk/idea": SECRET,
    "talk/wall": "yes",
}
HOSTILE = [
    b"",
    b"no xml at all",
    b"<a><b></a>",
    b"\xff\xfe\x00",
    b'<!DOCTYPE x [<!ENTITY a "b">]><data id="s" version="1"><meta>&a;</meta></data>',
    b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><data id="s">&a;</data>',
    b"<data>" + b"<a>" * 5_000 + b"</a>" * 5_000 + b"</data>",
    b"<data id='s' version='1'>" + b"<a/>" * 60_000 + b"</data>",
    b"<data id='s' version='1'/>",
    b"<data id='s' version='1'><meta><instanceID>"
    + b"u" * 300
    + b"</instanceID></meta></data>",
    b"<?xml version='1.0' encoding='no-such'?><data id='s'/>",
]
