"""What every XML file of ours must mind."""

import re

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Return *text* without what XML cannot hold: control characters, half characters.

    Source: XML 1.0, fifth edition, §2.2.
    """
    return NOT_IN_XML.sub("", text)
