"""Modules become one script, each after those it needs."""

from pathlib import Path

import pytest

from core.assets import AWAY, WORKER, Assets
from core.joining import joined


def test_modules_stand_after_those_that_they_need_and_only_once() -> None:
    modules = {
        "last": 'import {one} from "./first.js";\nimport * as mid from "./mid.js";\none();\n',
        "mid": 'import {one} from "./first.js";\n// a word\n  export const two = one();\n',
        "first": "export function one() {\n  return 1;\n}\n",
        "other": "export const three = 3;\n",
    }
    modules["mid"] = modules["mid"].replace("  export", "export")
    script = joined(modules, "last")
    assert script.index("first_js") < script.index("mid_js") < script.index("last_js")
    assert script.count("function one()") == 1
    assert "return {two};" in script
    assert not {"import", "export", "a word", "three"} & {*script.replace(";", " ").split()}


def test_a_form_of_export_that_is_not_known_is_refused() -> None:
    with pytest.raises(ValueError, match="odd"):
        joined({"odd": "export default 3;\n"}, "odd")


def test_modules_of_other_folders_are_told_apart() -> None:
    modules = {
        "away/main": 'import {say} from "./say.js";\nimport * as far from "../off/say.js";\n',
        "away/say": "export const say = 1;\n",
        "off/say": "export const say = 2;\n",
    }
    script = joined(modules, "away/main")
    assert "const {say} = away_say_js;" in script
    assert "const far = off_say_js;" in script


def test_what_a_module_does_not_export_cannot_be_imported() -> None:
    modules = {
        "one": 'import {second} from "./two.js";\n',
        "two": "export const first = 1, second = 2;\n",  # of which only one is seen
    }
    with pytest.raises(ValueError, match="one"):
        joined(modules, "one")


@pytest.mark.parametrize(("program", "most"), [(WORKER, 20_000), (AWAY, 30_000)])
def test_a_program_without_network_is_one_small_file(program: str, most: int) -> None:
    assets = Assets(Path("static"))
    assert len(assets.packed(program, "br")) < most
    assert b"eval(" not in assets.files[program]
    assert b"new Function" not in assets.files[program]
