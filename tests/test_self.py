"""gatekeeper passes on its own repository, and finds enough there to say so."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gatekeeper.repo.worktree import open_tree

ROOT = Path(__file__).resolve().parent.parent
# Left by a run of the tests where there is no git to say what belongs to the project.
LEAVINGS = (".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache", "build", "dist")
BYTES_LIMIT = 16 << 20


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's files, tracked or about to be, in a folder without git, where each counts as tracked."""
    folder = tmp_path_factory.mktemp("self")
    tree = open_tree(None, str(ROOT))
    for path in (tree.files | tree.untracked) - tree.symlinks:
        if not path.startswith(LEAVINGS):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(tree.read(path, BYTES_LIMIT))
    return folder


def check(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "gatekeeper", "check", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)


def test_the_project_passes_without_a_note(copy: Path) -> None:
    answer = check(copy, "--fail-on", "note")
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_the_roadmap_is_what_is_checked(copy: Path) -> None:
    summary = json.loads(check(copy, "--format", "json").stdout)["summary"]
    assert summary["documents"] >= 1
    shown = check(copy, "-vv").stdout
    assert "  docs/roadmap.md: " in shown.partition("\nparsed:")[2]


def test_a_fault_in_the_roadmap_is_found(copy: Path) -> None:
    roadmap = copy / "docs" / "roadmap.md"
    text = roadmap.read_text("utf-8")
    try:
        roadmap.write_text(text.replace("`tests/rules/test_cases.py`", "`tests/rules/test_pages.py`"), "utf-8")
        answer = check(copy)
    finally:
        roadmap.write_text(text, "utf-8")
    assert (answer.returncode, "error[EV001]" in answer.stdout) == (1, True)
