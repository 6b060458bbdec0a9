"""What the log tells equals what a slow and plain look at checkouts finds: ten commits of a generated repository, and the examples' own history."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from gatekeeper.engine.history.versions import Versions
from gatekeeper.engine.history.walk import Walk
from gatekeeper.model.view.move import Move, MoveKind
from gatekeeper.policy.policy import Policy
from gatekeeper.repo.worktree import open_tree

ROOT = Path(__file__).resolve().parents[3]
COMMITS = 160


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    spec = importlib.util.spec_from_file_location("history_benchmark", ROOT / "benchmarks" / "history.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.RENAMES_EVERY = 20
    folder = tmp_path_factory.mktemp("generated")
    module.generate(folder, COMMITS)
    return folder


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


def parsed(folder: Path, commit: str) -> tuple[dict[str, str], set[str]]:
    """Id -> status, as `gatekeeper parse` reads a checkout, and the files of the checkout."""
    git(folder, "checkout", "-q", "--detach", commit)
    line = [sys.executable, "-m", "gatekeeper", "parse", "--format", "json"]
    done = subprocess.run(line, cwd=folder, capture_output=True, text=True, check=True)
    items = [item for document in json.loads(done.stdout)["documents"] for item in document["items"]]
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*.py")}
    return {item["id"]: item["status"] for item in items}, files


def test_history_equals_checkouts(generated: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", generated.as_uri(), str(clone))
    commits = git(generated, "rev-list", "--first-parent", "--reverse", "main").splitlines()
    with open_tree(None, str(generated)).open_past() as past:
        walk = Walk(past, Versions(past.read, Policy()))
        moves = [step.move for step in walk.iter_steps(frozenset(MoveKind))]
    by_commit: dict[str, list[Move]] = {}
    for move in reversed(moves):
        by_commit.setdefault(move.moment.commit, []).append(move)
    assert walk.commits == len(commits)

    ten = [commits[round(number * (len(commits) - 1) / 9)] for number in range(10)]
    before: dict[str, str] = {}
    start = 0
    for commit in ten:
        now, files = parsed(clone, commit)
        end = commits.index(commit) + 1
        for between in commits[start:end]:
            for move in by_commit.get(between, ()):
                assert before.pop(move.subject, None) == (move.before.status.value if move.before else None)
                if move.after is not None:
                    before[move.subject] = move.after.status.value
        assert before == now
        for move in by_commit.get(commit, ()):
            for proof in move.proofs:
                assert (proof.standing.value == "found") == (proof.target in files)
        start = end


def test_the_generated_repository_is_always_the_same(generated: Path) -> None:
    assert git(generated, "log", "-1", "--format=%cs", "main") == "2024-02-03"
    assert git(generated, "rev-list", "--count", "main") == str(COMMITS)
    assert "merge" not in git(generated, "log", "--format=%s", "main")
    assert len(git(generated, "log", "--merges", "--format=%H", "main").splitlines()) > 3
