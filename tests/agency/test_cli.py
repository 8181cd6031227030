import json
from datetime import timedelta

from flask import Flask
from sqlalchemy.orm import Session

from demo.composing import table
from demo.needing import load_listings
from people.models import Project
from tests.story import NOON


def test_the_plan_of_the_demo_is_printed(
    app: Flask, session: Session, project: Project
) -> None:
    load_listings(session, project, {}, NOON - timedelta(days=1))
    session.commit()
    told = app.test_cli_runner().invoke(args=["match", "--json"])
    assert told.exit_code == 0, told.output
    plan = json.loads(told.stdout)
    assert round(plan["objectives"]["persons"], 4) == 42.7344
    codes = {row["id"]: row["id"][0] + str(int(row["id"][1:])) for row in table("needs_offers")}
    pairs = {(p["need"], p["offer"]): p for p in plan["pairs"]}
    assert pairs[codes["N03"], codes["F03"]]["quantity"] == 6
    assert pairs[codes["N03"], codes["F03"]]["reason"]["same_place"] is True
    unmet = {gap["need"]: gap["unmet"] for gap in plan["gaps"]}
    assert unmet["N1"] == 14
    plain = app.test_cli_runner().invoke(args=["match", "--fair"])
    assert "N1: 11 find nothing" in plain.output


def test_two_projects_must_be_told_apart(
    app: Flask, session: Session, project: Project, elsewhere: Project
) -> None:
    told = app.test_cli_runner().invoke(args=["match"])
    assert told.exit_code == 1
    assert "--project" in told.stderr
    assert app.test_cli_runner().invoke(args=["match", "--project", "nowhere"]).exit_code == 1
    assert app.test_cli_runner().invoke(args=["match", "--project", "buch"]).exit_code == 0
