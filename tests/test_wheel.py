"""The built wheel is whole: installed elsewhere, it runs `check` and finds its shipped files."""

from __future__ import annotations

import email
import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from gatekeeper import __version__

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ("policies/vocabulary.yml", "schemas/report.schema.json", "templates/dashboard.html.j2")
TRACKER = """\
# Tracker

| ID | Item | Status | Evidence |
|---|---|---|---|
| 1 | Sign-in | Done | `docs/run.txt` |
"""


def build(source: Path, target: str, folder: Path) -> Path:
    """The wheel or sdist of a source tree, built in a folder of its own."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (path,) = folder.iterdir()
    return path


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a clean environment with the wheel in it.

    Its libraries are those of the environment that runs the tests, added behind its own: a path in a .pth file brings modules but no further
    .pth files, so the editable install of this checkout is not among them.
    """
    folder = tmp_path_factory.mktemp("clean") / "venv"
    venv.create(folder, with_pip=False)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    python = programs / ("python.exe" if os.name == "nt" else "python")
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(command, check=True, capture_output=True)
    places = {name: sysconfig.get_path(name) for name in ("purelib", "platlib")}
    own = Path(call(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").stdout.strip())
    (own / "libraries.pth").write_text("\n".join(dict.fromkeys(places.values())) + "\n")
    return programs


def call(program: Path, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "GIT_"))}
    command: Sequence[str] = [str(program), *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "tracker.md").write_text(TRACKER)
    return tmp_path


def test_the_installed_command_checks_another_folder(programs: Path, elsewhere: Path) -> None:
    answer = call(programs / "gatekeeper", "check", "--format", "json", cwd=elsewhere)
    assert answer.returncode == 1, answer.stderr
    (finding,) = json.loads(answer.stdout)["findings"]
    assert (finding["code"], finding["path"], finding["line"], finding["column"]) == ("EV001", "docs/tracker.md", 5, 25)
    (elsewhere / "docs" / "run.txt").write_text("12 passed\n")
    assert call(programs / "gatekeeper", "check", cwd=elsewhere).returncode == 0


def test_the_installed_package_is_the_one_of_the_wheel(programs: Path, elsewhere: Path) -> None:
    code = (
        "import gatekeeper, json; from gatekeeper.data import shipped;"
        f"print(json.dumps([gatekeeper.__file__, *(str(shipped(*name.split('/'))) for name in {SHIPPED!r})]))"
    )
    answer = call(programs / "python", "-c", code, cwd=elsewhere)
    assert answer.returncode == 0, answer.stderr
    places = [Path(place) for place in json.loads(answer.stdout)]
    assert all(place.is_relative_to(programs.parent) for place in places), places
    for name, place in zip(SHIPPED, places[1:], strict=True):
        assert place.read_bytes() == (ROOT / name).read_bytes()
    assert call(programs / "gatekeeper", "--version").stdout == f"gatekeeper {__version__}\n"
    assert "EV001" in call(programs / "gatekeeper", "rule").stdout


def test_the_wheel_holds_the_package_its_types_and_shipped_files_alone(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        metadata = email.message_from_bytes(archive.read(f"gatekeeper_docs-{__version__}.dist-info/METADATA"))
    assert {name.partition("/")[0] for name in names} == {"gatekeeper", f"gatekeeper_docs-{__version__}.dist-info"}
    sources = {path.relative_to(ROOT).as_posix() for path in (ROOT / "gatekeeper").rglob("*.py")}
    shipped = {
        f"gatekeeper/shipped/{path.relative_to(ROOT).as_posix()}"
        for folder in ("policies", "schemas", "templates")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    assert {name for name in names if name.startswith("gatekeeper/")} == sources | shipped | {"gatekeeper/py.typed"}
    assert (metadata["Name"], metadata["Version"]) == ("gatekeeper-docs", __version__)
    assert metadata["Requires-Python"] == ">=3.11"


def test_the_wheel_of_the_source_distribution_is_the_same(wheel: Path, tmp_path: Path) -> None:
    source = build(ROOT, "sdist", tmp_path / "sdist")
    # Python 3.11 has filters from its fourth release on.
    safely = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
    with tarfile.open(source) as archive:
        archive.extractall(tmp_path, **safely)
    again = build(tmp_path / source.name.removesuffix(".tar.gz"), "wheel", tmp_path / "wheel")
    with zipfile.ZipFile(wheel) as first, zipfile.ZipFile(again) as second:
        assert {info.filename: info.CRC for info in first.infolist()} == {
            info.filename: info.CRC for info in second.infolist()
        }
