"""From the page of one Werkstatt to the page of another, as people go."""

import io
import re
from pathlib import Path

from tests.home.archive.conftest import contents
from tests.world import World

ARCHIVE = "/p/neue-wege-in-pankow/archive"


def test_a_facilitator_takes_the_project_along(world: World, tmp_path: Path) -> None:
    birte = world.staff("Birte")
    assert "Gespräche mit" in (page := birte.get(ARCHIVE).text) or "Conversations" in page
    assert birte.post(ARCHIVE, data={"key": "1"}).status_code == 303
    page = birte.get(ARCHIVE).text
    assert "Birte" in page
    found = re.findall(rf'href="({ARCHIVE}/\d+/file)"', page)
    with birte.get(found[0]) as answer:
        (tmp_path / "a.zip").write_bytes(answer.data)
    assert "manifest.json" in contents(tmp_path / "a.zip")
    birte.post(ARCHIVE, data={"key": "1"})  # once more: the same
    assert re.findall(rf'href="({ARCHIVE}/\d+/file)"', birte.get(ARCHIVE).text) == found
    assert world.staff("task_force").get(found[0]).status_code == 403


def test_an_administrator_brings_it_in_after_a_look_and_takes_it_back(
    world: World, plain: Path
) -> None:
    ada = world.staff("Ada")
    file = io.BytesIO(plain.read_bytes()), "pankow.zip"
    answer = ada.post("/projects/import", data={"key": "k", "file": file})
    place = answer.headers["Location"]
    assert "Neue Wege in Pankow" in ada.get(place).text
    taken = ada.post(f"{place}/taking", data={"slug": "neue-wege-in-pankow"})
    assert taken.status_code == 422
    assert ada.post(f"{place}/taking", data={"slug": "Not an Address"}).status_code == 422
    assert ada.get("/p/pankow-2").status_code == 404
    assert ada.post(f"{place}/taking", data={"slug": "pankow-2"}).status_code == 303
    assert ada.get("/p/pankow-2").status_code == 200
    assert "/p/pankow-2" in ada.get(place).text
    assert world.staff("Birte").get(place).status_code == 404
    assert ada.post(f"{place}/removal").status_code == 303
    assert ada.get("/p/pankow-2").status_code == 404


def test_what_is_no_archive_gets_a_sentence_and_only_administrators_bring_any(
    world: World,
) -> None:
    file = io.BytesIO(b"no"), "no.zip"
    answer = world.staff("Ada").post("/projects/import", data={"key": "k", "file": file})
    assert answer.status_code == 422
    assert ".zip" in answer.text
    assert world.staff("Birte").get("/projects/import").status_code == 403
