"""What stands in a file of a workshop, and the same file with something else in it."""

import io
import json
import zipfile
from typing import Any

from workshop.archive.writing import INSIDE

Content = dict[str, Any]


def content_of(data: bytes) -> Content:
    content: Content = json.loads(zipfile.ZipFile(io.BytesIO(data)).read(INSIDE))
    return content


def packed_again(content: object) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(INSIDE, json.dumps(content))
    return file.getvalue()
