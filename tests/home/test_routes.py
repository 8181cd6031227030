from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from people.models import Project, User


def test_a_facilitator_sees_where_the_project_stands(desk: FlaskClient) -> None:
    assert "Campus Buch" in desk.get("/p/buch").text


def test_a_foreign_project_looks_like_one_that_is_not_there(
    desk: FlaskClient, carim: User
) -> None:
    answers = {desk.get(f"/p/{slug}").status_code for slug in ("elsewhere", "nowhere")}
    assert answers == {404}


def test_strangers_are_asked_to_sign_in(client: FlaskClient) -> None:
    assert client.get("/p/buch").location.startswith("/sign-in?next=")


def test_a_project_of_invented_people_says_so_on_its_home_and_in_the_list(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    pages = "/p/buch", "/projects?all=1"
    assert not any("Beispielprojekt" in desk.get(page).text for page in pages)
    project.is_demo = True
    session.commit()
    assert all("Beispielprojekt" in desk.get(page).text for page in pages)


def test_without_a_mail_server_nothing_is_said_to_be_on_its_way(
    app: Flask, desk: FlaskClient
) -> None:
    app.config["SMTP_URL"] = ""
    assert "keinen Mailserver" in desk.get("/account").text
    assert "Postausgang" in desk.post("/p/buch/weekly", follow_redirects=True).text
    app.config["SMTP_URL"] = "smtp://localhost"
    assert "keinen Mailserver" not in desk.get("/account").text
