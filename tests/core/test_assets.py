import gzip

import brotli
from flask import Flask, url_for
from flask.testing import FlaskClient


def address(app: Flask, name: str) -> str:
    with app.test_request_context():
        return url_for("static", filename=name)


def test_a_file_is_kept_for_ever_under_the_name_of_its_content(
    app: Flask, client: FlaskClient
) -> None:
    answer = client.get(address(app, "werkstatt.css"))
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.mimetype == "text/css"


def test_an_old_name_still_finds_the_file_but_is_not_kept(client: FlaskClient) -> None:
    answer = client.get("/static/older/icons.svg")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")


def test_files_travel_small(app: Flask, client: FlaskClient) -> None:
    css = address(app, "werkstatt.css")
    plain = client.get(css).data
    for coding, unpack in (("gzip", gzip.decompress), ("br", brotli.decompress)):
        answer = client.get(css, headers={"Accept-Encoding": coding})
        assert answer.headers["Content-Encoding"] == coding
        assert unpack(answer.data) == plain
        assert len(answer.data) < 12_000


def test_the_style_sheet_has_all_parts_in_order(app: Flask, client: FlaskClient) -> None:
    css = client.get(address(app, "werkstatt.css")).text
    places = [css.index(f"@layer {layer} {{") for layer in ("tokens", "base", "components")]
    assert places == sorted(places)
    assert "/*" not in css


def test_nothing_outside_the_folder_is_served(client: FlaskClient) -> None:
    for path in ("../app.py", "..%2fapp.py", "nothing.css", "/etc/passwd"):
        assert client.get(f"/static/x/{path}").status_code in {308, 404}
