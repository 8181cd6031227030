import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

PAIRS = "winner,loser,votes,against\n4,2,228,224\n4,3,237,226\n2,3,238,221\n"
OWN = "ballot,Rad,Garten,Bühne\ncost,60,40,50\nbudget,100,,\n1,1,1,\n2,1,,\n3,,1,\n"


def run(app: Flask, *arguments: object) -> Any:
    return app.test_cli_runner().invoke(args=["workshop", *map(str, arguments)])


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.csv"
    path.write_text(PAIRS)
    return path


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.csv"
    path.write_text(OWN)
    return path


def test_pairs_are_counted_by_schulze(app: Flask, pairs: Path) -> None:
    found = json.loads(run(app, "tally", pairs, "--rule", "schulze", "--json").output)
    assert (found["rule"], found["winners"], found["ties"]) == ("schulze", ["4"], [])
    assert found["scores"] == {"2": 1, "3": 0, "4": 2}


def test_equal_shares_says_what_it_spent(app: Flask, own: Path) -> None:
    found = json.loads(run(app, "tally", own, "--rule", "equal-shares", "--json").output)
    assert found["winners"] == ["Garten", "Rad"]
    assert (found["completion"], found["spent"], found["budget"]) == ("add1", 100, 100)
    assert found["coverage"] == {"voters": 3, "covered": 3}
    assert "Spent 100 of 100." in run(app, "tally", own, "--rule", "equal-shares").output


def test_candidates_of_committees_are_numbers_as_in_their_file(
    app: Flask, tmp_path: Path
) -> None:
    path = tmp_path / "x.abc.yaml"
    path.write_text("profile: [[0], [1], [1]]\nnum_cand: 3\ncommitteesize: 1\n")
    found = json.loads(run(app, "tally", path, "--rule", "equal-shares", "--json").output)
    assert (found["winners"], found["completion"]) == ([1], "phragmen")


def test_a_lot_is_drawn_where_it_is_asked_for(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("ballot,a,b\n1,1,1\n")
    told = {run(app, "tally", path, "--rule", "sum", "--lot", n).output for n in range(9)}
    assert len(told) == 2
    assert all("by lot" in each for each in told)


def test_what_cannot_be_counted_is_refused_and_what_is_misspelt_is_usage(
    app: Flask, pairs: Path, tmp_path: Path
) -> None:
    refused = run(app, "tally", pairs, "--rule", "approval")
    assert (refused.exit_code, "only pairs" in refused.stderr) == (1, True)
    broken = tmp_path / "broken.pb"
    broken.write_bytes(b"\xff\xfe broken")
    assert run(app, "tally", broken, "--rule", "sum").exit_code == 1
    assert run(app, "tally", pairs, "--rule", "shouting").exit_code == 2
    assert run(app, "tally", pairs, "--rule", "schulze", "--seats", 0).exit_code == 2
    assert run(app, "tally", tmp_path / "no.csv", "--rule", "sum").exit_code == 2


def test_large_scores_are_written_out_and_long_ones_rounded(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("ballot,weight,a,b\n1,1,1234567,1\n2,2,1,1\n")
    assert "(1,234,569)" in run(app, "tally", path, "--rule", "sum").output
    assert "(411,523)" in run(app, "tally", path, "--rule", "mean").output
    path.write_text("ballot,weight,a,b\n1,1,2,1\n2,2,1,1\n")
    assert "(1.3333)" in run(app, "tally", path, "--rule", "mean").output


def test_groups_tell_what_most_agree_on(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "votes.csv"
    rows = [f"{n},{s},{1 if s == 'yes' else -1}" for n in range(8) for s in ("yes", "no")]
    path.write_text("\n".join(["participant,statement,vote", *rows]))
    found = json.loads(run(app, "groups", path, "--json").output)
    assert found["consensus"] == {"agree": ["yes"], "disagree": ["no"]}
    assert found["stable"] is False
    assert found["groups"].keys() == {str(n) for n in range(8)}
    assert "not stable" in run(app, "groups", path).output
