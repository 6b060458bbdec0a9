"""The Makefile finds a Python that is new enough, and says in words what a machine lacks."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAKE = shutil.which("make")
OLD = "exit 1"
NO_VENV = 'case "$2" in *ensurepip*) exit 1;; esac'
MAKES_VENV = """\
PATH=/usr/bin:/bin
if [ "$1" = -m ]; then
  mkdir -p .venv/bin
  printf '#!/bin/sh\\necho "ran $*"\\n' > .venv/bin/python
  chmod +x .venv/bin/python
fi"""

pytestmark = pytest.mark.skipif(MAKE is None or os.name == "nt", reason="needs make and a POSIX shell")


def make(folder: Path, *arguments: str, **pythons: str) -> subprocess.CompletedProcess[str]:
    """Runs make in a folder that holds the Makefile alone, with these scripts as the only Pythons there are."""
    programs = folder / "programs"
    programs.mkdir()
    for name in ("sh", "env", "touch"):
        (programs / name).symlink_to(shutil.which(name) or name)
    for name, script in pythons.items():
        program = programs / name.replace("_", ".")
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    (folder / "Makefile").write_bytes((ROOT / "Makefile").read_bytes())
    (folder / "pyproject.toml").touch()
    return subprocess.run(
        [str(MAKE), *arguments], cwd=folder, env={"PATH": str(programs)}, capture_output=True, text=True, check=False
    )


def test_a_machine_without_a_new_python_is_told_so(tmp_path: Path) -> None:
    answer = make(tmp_path, "demo", python3=OLD)
    assert answer.returncode == 2
    assert "needs Python 3.11 or newer, and no python3 or python3.11 to python3.14 here is." in answer.stderr
    assert "make PYTHON=/path/to/python3 demo" in answer.stderr


def test_a_python_that_was_named_and_is_old_is_named(tmp_path: Path) -> None:
    answer = make(tmp_path, "test", "PYTHON=python3.9", python3_9=OLD)
    assert answer.returncode == 2
    assert "needs Python 3.11 or newer, and python3.9 is not." in answer.stderr


def test_a_newer_python_is_found_beside_an_old_one_and_must_make_environments(tmp_path: Path) -> None:
    answer = make(tmp_path, "demo", python3=OLD, python3_12=NO_VENV)
    assert answer.returncode == 2
    assert "python3.12 cannot make a virtual environment" in answer.stderr
    assert "sudo apt install python3-venv" in answer.stderr


def test_python3_comes_first_and_its_environment_is_used(tmp_path: Path) -> None:
    answer = make(tmp_path, "demo", python3=MAKES_VENV, python3_12=OLD)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.splitlines() == [
        "making .venv with python3",
        "installing gatekeeper in .venv",
        "ran -m pip install --quiet --disable-pip-version-check -e .",
        "ran examples/demo.py",
    ]


def test_ci_finds_a_browser_and_runs_the_tests_and_nothing_else() -> None:
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    commands = [line for line in lines if not line.startswith(("#", "set ", "cd "))]
    assert commands == ["tools/install_browser.sh", "exec make test"]


def test_a_machine_that_can_install_no_browser_is_told_so_and_goes_on(tmp_path: Path) -> None:
    script = ROOT / "tools" / "install_browser.sh"
    for name in ("bash", "env"):
        (tmp_path / name).symlink_to(shutil.which(name) or name)
    for name, words in (("apt-get", "exit 100"), ("id", "echo 0")):
        (tmp_path / name).write_text(f"#!/usr/bin/env bash\n{words}\n")
        (tmp_path / name).chmod(0o755)
    alone = {"PATH": str(tmp_path)}
    answer = subprocess.run([str(script)], env=alone, capture_output=True, text=True, check=False)
    assert answer.returncode == 0
    assert "will be skipped" in answer.stderr
    (tmp_path / "chromium").symlink_to("/bin/true")
    answer = subprocess.run([str(script)], env=alone, capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stderr) == (0, "")
