import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.errors import FormUsedTwice, Refusal
from core.keys import Keyring
from people.models import Project
from tests.story import an_organisation
from tests.workshop.archive.files import Content, content_of, packed_again
from workshop.archive.reading import bring
from workshop.archive.refusing import ChecksumWrong, ItIsARecord, NotAnArchive
from workshop.archive.writing import INSIDE, write
from workshop.cards.models import Comment, Picture, Translation
from workshop.counting import result
from workshop.following.following import followed
from workshop.minutes.composing import compose
from workshop.models import Board, Idea, Participant, Phase, Workshop
from workshop.moving import move
from workshop.voting.opening import counted_rounds, hash_of


@pytest.mark.both_engines
def test_a_workshop_arrives_elsewhere_with_the_same_results(
    session: Session, keys: Keyring, elsewhere: Project, developing: Board, packed: bytes
) -> None:
    session.add(an_idea_before(developing))  # so that numbers there are others
    session.commit()
    arrived = bring(session, keys, elsewhere, packed, "k")
    session.commit()
    there = [(p.rank, p.option.title, p.points, p.wins) for p in result(session, arrived.board)]
    here = [(p.rank, p.option.title, p.points, p.wins) for p in result(session, developing)]
    assert there == here
    [before], [after] = (counted_rounds(session, each) for each in (developing, arrived.board))
    assert after.result_hash == before.result_hash == hash_of(after.result)
    assert after.options_hash == hash_of(after.options)
    assert arrived.board.phase == Phase.CLOSED
    assert not arrived.is_open
    minutes = compose(session, arrived, "Elsewhere", str)
    assert [card.title for card in minutes.decided] == ["A sewing workshop", "A bike workshop"]
    assert minutes.decided[1].decided and minutes.decided[1].decided.partner
    assert len(followed(session, elsewhere)) == 2
    assert minutes.ahead == "May"
    sewing = select(Idea).filter_by(board_id=arrived.board.id, title="A sewing workshop")
    idea = session.scalars(sewing).one()
    for model in (Picture, Translation, Comment):
        assert session.scalar(select(model).filter_by(idea_id=idea.id))


def test_a_file_from_before_questions_said_where_they_come_from_is_read(
    session: Session, keys: Keyring, elsewhere: Project, packed: bytes
) -> None:
    content = content_of(packed)
    for row in content["rows"]["challenge"]:
        del row["origin"]
    arrived = bring(session, keys, elsewhere, packed_again(content), "k")
    assert {each.origin for each in arrived.board.challenges} == {""}


def an_idea_before(board: Board) -> Idea:
    challenge = board.challenges[0].id
    owner = {"project_id": board.project_id, "board_id": board.id, "challenge_id": challenge}
    return Idea(**owner, form_key="x", title="Not voted on", taken_down=True)


def test_the_same_form_brings_one_workshop(
    session: Session, keys: Keyring, elsewhere: Project, packed: bytes
) -> None:
    assert len({bring(session, keys, elsewhere, packed, "k").id for _ in range(2)}) == 1


@pytest.mark.both_engines
def test_another_file_in_the_same_form_is_not_dropped_in_silence(
    session: Session, keys: Keyring, elsewhere: Project, packed: bytes
) -> None:
    bring(session, keys, elsewhere, packed, "k")
    for other in ({"title": "Another"}, {"created": "2026-01-01T12:00:00+00:00"}):
        data = packed_again(content_of(packed) | other)
        with pytest.raises(FormUsedTwice):
            bring(session, keys, elsewhere, data, "k")


def test_nobody_is_named_and_nobody_can_come_back_with_the_file(
    session: Session, keys: Keyring, elsewhere: Project, workshop: Workshop, packed: bytes
) -> None:
    text = json.dumps(content_of(packed))
    seats = session.scalars(select(Participant.key_hash)).all()
    for word in ("Amal", "Ben", "Nadel", workshop.code, *filter(None, seats)):
        assert f'"{word}' not in text
    arrived = bring(session, keys, elsewhere, packed, "k")
    mine = select(Participant).filter_by(workshop_id=arrived.id)
    assert {(p.name, p.key_hash) for p in session.scalars(mine)} == {("", None)}
    assert "Amal" in json.dumps(content_of(write(session, workshop, with_names=True)))


def test_owners_are_found_by_name_where_names_were_wanted(
    session: Session, keys: Keyring, elsewhere: Project, workshop: Workshop, packed: bytes
) -> None:
    session.add(an_organisation(elsewhere, "O99", "Nadel e. V."))
    session.flush()
    data = write(session, workshop, with_names=True)
    bring(session, keys, elsewhere, data, "k")
    owners = [c.decision.owner for c in followed(session, elsewhere) if c.decision]
    assert [owner.code for owner in owners if owner] == ["O99"]


def test_what_came_in_a_file_is_not_written_on(
    session: Session, keys: Keyring, elsewhere: Project, packed: bytes
) -> None:
    board = bring(session, keys, elsewhere, packed, "k").board
    for phase in (Phase.COLLECT, Phase.VOTE):
        with pytest.raises(ItIsARecord):
            move(session, board, Phase.CLOSED, phase)
    assert move(session, board, Phase.CLOSED, Phase.DEVELOP)


def first(kind: str) -> Callable[[Content], Content]:
    def row(content: Content) -> Content:
        found: Content = content["rows"][kind][0]
        return found

    return row


def change(kind: str, **values: object) -> Callable[[Content], object]:
    return lambda content: first(kind)(content).update(values)


def change_vote(content: Content) -> None:
    first("round")(content)["papers"][0]["marks"] = {}


def change_winner(content: Content) -> None:
    round = first("round")(content)
    round["result"]["winners"] = []
    round["result_hash"] = hash_of(round["result"])


def tell_of_few(content: Content) -> None:
    round = first("round")(content)
    round["result"]["coverage"]["sectors"] = {"economy": [0, 0]}
    round["result_hash"] = hash_of(round["result"])


def merge_in_a_circle(content: Content) -> None:
    one, other = content["rows"]["idea"]
    one["merged_into_id"], other["merged_into_id"] = other["id"], one["id"]


@pytest.mark.parametrize("act", [change_vote, change_winner])
def test_a_changed_vote_is_found_out(
    session: Session, keys: Keyring, elsewhere: Project, packed: bytes,
    act: Callable[[Content], None],
) -> None:  # fmt: skip
    content = content_of(packed)
    act(content)
    with pytest.raises(ChecksumWrong):
        bring(session, keys, elsewhere, packed_again(content), "k")


@pytest.mark.parametrize(
    "act",
    [
        lambda content: content.update(format="osi-werkstatt workshop 2"),
        lambda content: content.update(rows=[]),
        lambda content: content.update(title=None),
        lambda content: content.update(title="x\0"),
        lambda content: content.update(front=7),
        lambda content: content.update(hall=2**40),
        lambda content: content["rows"].pop("outlook"),
        lambda content: content["rows"].update(board=[]),
        lambda content: content["rows"]["idea"].append(dict(content["rows"]["idea"][0])),
        change("idea", challenge_id=999),
        change("idea", title="\ud800"),
        change("idea", merged_into_id="x"),
        merge_in_a_circle,
        tell_of_few,
        change("board", agenda=[{"phase": "party"}]),
        change("board", method="lottery"),
        change("challenge", position=3),
        change("card_picture", content="R0lGODlhAQABAAAAACw="),
        change("card_picture", content="no letters"),
        change("round", options=[]),
        change("round", options=[{"key": "i1"}]),
        change("round", papers=None),
        change("round", papers=[{"receipt": 1}]),
        change("round", result={"winners": ["<script>"]}),
        change("round", closed=None),
        change("round", seats=-9),
        change("round", opened="yesterday"),
        change("decision", outcome="no", reason=""),
        change("decision", number=True),
        change("follow_up", day="2026-13-01"),
        change("follow_up", day="9999-12-31"),
        change("follow_up", day="0001-01-01"),
        change("participant", joined="9999-12-31T23:59:59-12:00"),
        change("participant", joined="0001-01-01T00:00:00+12:00"),
        change("board", at=-1),
        change("participant", sector="astrology"),
    ],
)
def test_a_file_of_another_shape_gets_a_sentence(
    desk: FlaskClient, session: Session, packed: bytes, act: Callable[[Content], object]
) -> None:
    content = content_of(packed)
    act(content)
    number = session.scalar(select(func.count(Workshop.id)))
    files = {"key": "k", "file": (io.BytesIO(packed_again(content)), "x.zip")}
    answer = desk.post("/p/buch/workshops/archive/import", data=files)
    assert answer.status_code == 422
    assert 'class="err"' in answer.text
    session.expire_all()
    assert session.scalar(select(func.count(Workshop.id))) == number


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(INSIDE, b" " * 30_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"", b"PK", b"hello", packed_again([]), packed_again(None), bomb(),
     packed_again("x")[:-9], packed_again({"format": float("nan")})],
)  # fmt: skip
def test_what_is_no_file_of_ours_is_refused(
    session: Session, keys: Keyring, elsewhere: Project, data: bytes
) -> None:
    with pytest.raises(Refusal):
        bring(session, keys, elsewhere, data, "k")


def test_deep_nesting_is_refused(session: Session, keys: Keyring, elsewhere: Project) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(INSIDE, "[" * 200_000)
    with pytest.raises(NotAnArchive):
        bring(session, keys, elsewhere, file.getvalue(), "k")


def test_a_workshop_goes_out_and_in_on_the_pages(
    desk: FlaskClient, session: Session, packed: bytes
) -> None:
    page = "/p/buch/workshops"
    assert "archive.zip" in desk.get(f"{page}/buch/archive").text
    data = desk.get(f"{page}/buch/archive.zip?names=yes").data
    files = {"key": "k", "file": (io.BytesIO(data), "buch.zip")}
    answer = desk.post(f"{page}/archive/import", data=files)
    assert answer.location == f"{page}/an-evening-in-buch"
    assert desk.get(page).status_code == 200
    for place in ("", "/decisions", "/minutes", "/projector", "/room", "/agenda"):
        assert desk.get(f"{page}/an-evening-in-buch{place}").status_code == 200
    assert desk.post(f"{page}/archive/import", data={"key": "l"}).status_code == 422


def test_a_workshop_goes_out_and_in_by_command(
    app: Flask, packed: bytes, elsewhere: Project, tmp_path: Path
) -> None:
    run, path = app.test_cli_runner(), str(tmp_path / "buch.zip")
    assert run.invoke(args=["workshop", "export", "buch", "-o", path]).exit_code == 0
    done = run.invoke(args=["workshop", "import", path, "--project", "elsewhere"])
    assert (done.exit_code, done.output) == (0, "an-evening-in-buch\n")
    Path(path).write_bytes(b"PK")
    for args in (
        ["workshop", "import", path, "--project", "elsewhere"],
        ["workshop", "import", path, "--project", "nowhere"],
        ["workshop", "export", "nowhere", "-o", path],
        ["workshop", "export", "buch", "-o", str(tmp_path)],
    ):
        assert run.invoke(args=args).exit_code == 1
