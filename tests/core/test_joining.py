"""Modules become one script, each after those it needs."""

from pathlib import Path

import pytest

from core.assets import WORKER, Assets
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


def test_the_program_of_a_phone_is_one_small_file() -> None:
    assets = Assets(Path("static"))
    assert len(assets.packed(WORKER, "br")) < 20_000
    assert b"eval(" not in assets.files[WORKER]
    assert b"new Function" not in assets.files[WORKER]
