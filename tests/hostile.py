"""Texts that hurt careless programs: some of ours, and the list of the trust report if here."""

import json
from pathlib import Path

OURS = [
    "<script>window.OSIX=1</script>",
    "'\"><img src=q onerror=alert(1)>",
    "{{ 7*191 }}",
    "%(name)s %s %d",
    "Robert'); DROP TABLE organisation;--",
    "a\x00b",
    "\u202eevil",
    "\ufeff",
    "جمعية التعاون",
    "e\u0301",
    "\U0001f469\u200d\U0001f467",
    "\u2028x",
    "=1+1",
    "x" * 5_000,
    "../../etc/passwd",
    "a\r\nSet-Cookie: a=b",
]
FOUND = [folder / "shared/trust/hostile.json" for folder in Path(__file__).parents]
THEIRS = [
    entry
    for path in FOUND
    if path.exists()
    for entry in json.loads(path.read_text())["inputs"]
    if isinstance(entry.get("value"), str)
]
STRINGS = OURS + [entry["value"] for entry in THEIRS]
