"""The trend: the last commits as they stood, whatever the cache holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import astuple

from gatekeeper.engine.history import trend
from gatekeeper.engine.history.trend import find_trend
from gatekeeper.engine.session import RunSettings
from gatekeeper.model.errors import TreeError
from gatekeeper.policy.policy import Policy
from gatekeeper.repo.worktree import open_tree

ROW = "# Board\n\n| ID | Item | Status | Evidence |\n|---|---|---|---|\n| K-01 | Kiln | {} | `src/kiln.py` |\n| K-02 | Glaze | Queued | - |\n"


@pytest.fixture
def told(chronicle):
    """Four commits that changed something, one that did not, and what lies about in the work tree."""
    chronicle.commit("2026-03-01", {"board.md": ROW.format("Queued")})
    chronicle.commit("2026-03-02", {"board.md": ROW.format("Done")})
    chronicle.commit("2026-03-03")
    chronicle.commit("2026-03-04", {"src/kiln.py": "x"})
    chronicle.commit("2026-03-05", {"board.md": ROW.format("Done") + "| K-03 | Clay | Done | - |\n"})
    (chronicle.root / "board.md").write_text("nothing")
    return chronicle


def ask(root: Path, count: int = 10, **words: bool) -> list[tuple[object, ...]]:
    settings = RunSettings(version="1", today="2026-06-01")
    return [astuple(point) for point in find_trend(open_tree(None, str(root)), settings, count, **words)]


def entries(root: Path) -> list[Path]:
    return sorted((root / ".git/gatekeeper").glob("*"))


def test_each_point_is_how_a_commit_stood(told) -> None:
    found = ask(told.root)
    assert [point[1] for point in found] == ["2026-03-01", "2026-03-02", "2026-03-04", "2026-03-05"]
    assert [point[3:6] for point in found] == [(2, 0, 0), (2, 1, 1), (2, 1, 0), (3, 2, 0)]
    assert found[-1][0] == told.git("rev-parse", "HEAD")
    assert [point[1] for point in ask(told.root, 2)] == ["2026-03-04", "2026-03-05"]
    assert ask(told.root, 0) == []


def test_the_cache_changes_nothing_but_the_time(told, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = ask(told.root, with_cache=False)
    assert entries(told.root) == []
    assert ask(told.root) == plain
    assert len(entries(told.root)) == 4
    with monkeypatch.context() as patch:
        patch.setattr(trend, "survey", None)
        assert ask(told.root) == plain
    # Another tool, another law.
    for settings in (RunSettings(version="2"), RunSettings(version="1", policy=Policy(exclude=("board.md",)))):
        find_trend(open_tree(None, str(told.root)), settings, 10)
    assert len(entries(told.root)) == 12


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        {"items": 1},
        {"items": -1, "done": 0, "errors": 0, "warnings": 0, "gates": []},
        {"items": True, "done": 0, "errors": 0, "warnings": 0, "gates": []},
        {"items": 1.5, "done": 0, "errors": 0, "warnings": 0, "gates": []},
        {"items": 1, "done": 0, "errors": 0, "warnings": 0, "gates": [], "more": 1},
        {"items": 1, "done": 0, "errors": 0, "warnings": 0, "gates": {}},
        {"items": 1, "done": 0, "errors": 0, "warnings": 0, "gates": [["met"]]},
        {"items": 1, "done": 0, "errors": 0, "warnings": 0, "gates": [["green", 1]]},
        {"items": 1, "done": 0, "errors": 0, "warnings": 0, "gates": [[["met"], 1]]},
        {"items": 1, "done": 0, "errors": 0, "warnings": 0, "gates": [["met", "1"]]},
    ],
    ids=str,
)
def test_what_is_kept_in_another_shape_is_a_miss(told, value: object) -> None:
    plain = ask(told.root, with_cache=False)
    ask(told.root)
    for entry in entries(told.root):
        entry.write_text(json.dumps(value))
    assert ask(told.root) == plain
    assert all(json.loads(entry.read_text()) != value for entry in entries(told.root))


def test_without_git_there_is_no_trend(tmp_path: Path) -> None:
    with pytest.raises(TreeError, match="no history"):
        ask(tmp_path)
