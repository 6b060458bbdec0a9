"""A small repository to run commands in, and two ways to run them: in this process and as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gatekeeper.cli.group import gatekeeper

TRACKER = """\
# Delivery tracker

| ID | Item | Status | Evidence |
|----|------|--------|----------|
| 01 | Sign-in | Done | `src/login.py` |
| 02 | Sign-out | Done | `src/logout.py` |
"""


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "PYTHONIOENCODING"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the current one; its path has no links."""
    empty = tmp_path.resolve() / "repository"
    empty.mkdir()
    monkeypatch.chdir(empty)
    return empty


@pytest.fixture
def faulty(folder: Path) -> Path:
    """A repository without git whose tracker names one file that is not there (line 6)."""
    for path, text in {"docs/tracker.md": TRACKER, "src/login.py": "x = 1\n", "README.md": "# Hello\n"}.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


@pytest.fixture
def clean(faulty: Path) -> Path:
    """The same repository without the fault."""
    (faulty / "src/logout.py").write_text("x = 1\n", "utf-8")
    return faulty


@pytest.fixture
def run() -> Callable[..., Result]:
    """Runs a command line in this process; stdout and stderr are kept apart."""

    def call(*arguments: str) -> Result:
        result = CliRunner().invoke(gatekeeper, list(arguments))
        assert "Traceback" not in result.output
        return result

    return call


@pytest.fixture
def start() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Runs a command line as a process of its own, with bytes as output."""

    def call(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "gatekeeper", *arguments]
        return subprocess.run(command, capture_output=True, env={**os.environ, **environment}, check=False, timeout=60)

    return call
