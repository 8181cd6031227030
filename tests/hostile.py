"""Texts that hurt careless programs: a few of ours, and the list beside this file."""

import base64
import json
from pathlib import Path
from typing import Any

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
LISTED: list[dict[str, Any]] = json.loads(Path(__file__).with_suffix(".json").read_text())[
    "inputs"
]
THEIRS = [entry for entry in LISTED if isinstance(entry.get("value"), str)]
STRINGS = OURS + [entry["value"] for entry in THEIRS]
ALIKE = 18  # strings that hurt in the same way, of which a field meets one
KINDS = [OURS]
for category in dict.fromkeys(entry["category"] for entry in THEIRS):
    alike = [entry["value"] for entry in THEIRS if entry["category"] == category]
    KINDS += [alike[n : n + ALIKE] for n in range(0, len(alike), ALIKE)]
BYTES = [base64.b64decode(entry["value_b64"]) for entry in LISTED if "value_b64" in entry]
LARGE = [
    entry["repeat"]["unit"] * entry["repeat"]["times"] for entry in LISTED if "repeat" in entry
]
REDIRECTS = [entry["value"] for entry in THEIRS if entry["category"] == "redirect"]
