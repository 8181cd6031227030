"""Files to take along: what kind a browser is told they are."""

from flask import Response

KINDS = {
    "csv": "text/csv",
    "png": "image/png",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


def download(body: bytes, kind: str, name: str) -> Response:
    """Answer with a file that is kept, not shown."""
    answer = Response(body, mimetype=KINDS[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer
