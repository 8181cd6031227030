from flask.testing import FlaskClient

from people.models import User


def test_a_facilitator_sees_where_the_project_stands(desk: FlaskClient) -> None:
    assert "Campus Buch" in desk.get("/p/buch").text


def test_a_foreign_project_looks_like_one_that_is_not_there(
    desk: FlaskClient, carim: User
) -> None:
    answers = {desk.get(f"/p/{slug}").status_code for slug in ("elsewhere", "nowhere")}
    assert answers == {404}


def test_strangers_are_asked_to_sign_in(client: FlaskClient) -> None:
    assert client.get("/p/buch").location.startswith("/sign-in?next=")
