"""What is written for operators is true."""

import os
import re
import subprocess
import tarfile
from io import BytesIO
from pathlib import Path

from flask.testing import FlaskClient

from core.config import DEFAULTS, in_environment
from core.source import VERSION

EXAMPLE = Path(".env.example").read_text()


def test_the_example_of_the_settings_has_all_of_them_with_their_defaults() -> None:
    lines = dict(line.split("=", 1) for line in EXAMPLE.splitlines() if line.startswith("OSI_"))
    assert {name.removeprefix("OSI_") for name in lines} == DEFAULTS.keys()
    assert in_environment(lines) == dict(DEFAULTS)


def test_documents_name_no_setting_that_is_not_there() -> None:
    theirs = {"OSI_HOST", "OSI_DB_PASSWORD"}  # of compose.yaml
    for path in [*Path("docs").glob("*.md"), *Path().glob("*.md"), Path("compose.yaml")]:
        named = set(re.findall(r"OSI_[A-Z_]+[A-Z]", path.read_text()))
        assert named - theirs <= {f"OSI_{name}" for name in DEFAULTS}, path


def test_the_version_is_the_same_everywhere() -> None:
    assert f'version = "{VERSION}"' in Path("pyproject.toml").read_text()
    assert f"## {VERSION}" in Path("CHANGELOG.md").read_text()


def test_whoever_uses_it_can_have_its_source(client: FlaskClient) -> None:
    packed = client.get("/legal/source/archive").data
    with tarfile.open(fileobj=BytesIO(packed)) as tar:
        names = {name.partition("/")[2] for name in tar.getnames()}
    assert {"LICENSE", "app.py", "bin/run", "core/source.py", "vendor/sigma/build"} <= names
    assert not [name for name in names if name.endswith((".env", ".key", ".db", ".mo"))]
    assert len(packed) < 4_000_000


def test_a_machine_that_cannot_make_environments_is_told_what_to_install(
    tmp_path: Path,
) -> None:
    """Debian's python3 has no ensurepip; here it is hidden by one that cannot be imported."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "requirements.txt").write_text("")
    (tmp_path / "bin" / "prepare").write_text(Path("bin/prepare").read_text())
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / "ensurepip.py").write_text("raise ImportError")
    said = subprocess.run(
        ["sh", "bin/prepare", "requirements.txt"], cwd=tmp_path, capture_output=True, text=True,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(tmp_path / "hidden")},
        check=False,
    )  # fmt: skip
    assert said.returncode == 1
    assert "apt-get install python3-venv" in said.stderr
    assert "Traceback" not in said.stderr
