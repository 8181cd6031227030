"""Files to take along: what kind a browser is told they are."""

from flask import Response

KINDS = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ics": "text/calendar",
    "json": "application/json",
    "png": "image/png",
    "svg": "image/svg+xml",
    "tar.gz": "application/gzip",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml",
    "zip": "application/zip",
}


def download(body: bytes | str, kind: str, name: str, mimetype: str = "") -> Response:
    """Answer with a file that is kept, not shown."""
    answer = Response(body, mimetype=mimetype or KINDS[kind])
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.{kind}")
    return answer
