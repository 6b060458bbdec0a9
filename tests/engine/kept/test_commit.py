"""What was wrong with a commit: found out once for each commit, law and day, and never of what may still change."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from gatekeeper.engine.kept.commit import known_of
from gatekeeper.engine.session import RunSettings
from gatekeeper.policy.policy import Policy
from gatekeeper.repo.kept.cache import Cache
from gatekeeper.repo.memory import MemoryTree
from gatekeeper.repo.worktree import open_tree

SETTINGS = RunSettings(today="2026-06-01", version="1")


def asked(cache: Cache, root: Path, commit: str, settings: RunSettings = SETTINGS) -> bool:
    """Whether it had to be found out."""
    found = []

    def find() -> frozenset[str]:
        found.append(1)
        return frozenset({"b", "a"})

    with open_tree(None, str(root)).open_past() as past:
        assert known_of(cache, past.tree(commit), settings, find) == {"a", "b"}
    return bool(found)


@pytest.fixture
def told(make_chronicle, tmp_path: Path):
    told = make_chronicle(tmp_path / "told")
    told.commit("2026-03-01", {"board.md": "# Board\n\n- [x] K-1: kiln\n"})
    told.commit("2026-03-02", {"board.md": "# Board\n\n- [ ] K-1: kiln\n"})
    return told


def test_a_commit_is_judged_once_for_each_law_and_day(told, tmp_path: Path) -> None:
    cache = Cache(str(tmp_path / "cache"))
    first, second = told.git("rev-parse", "HEAD~1"), told.git("rev-parse", "HEAD")
    assert [asked(cache, told.root, one) for one in (first, first, second, second, first)] == [
        True,
        False,
        True,
        False,
        False,
    ]
    for settings in (
        replace(SETTINGS, today="2026-06-02"),
        replace(SETTINGS, policy=Policy(exclude=("a.md",))),
        replace(SETTINGS, policy=Policy(sha256="ab")),
    ):
        assert [asked(cache, told.root, first, settings) for _ in range(2)] == [True, False]


def test_what_is_no_list_is_a_miss(told, tmp_path: Path) -> None:
    cache = Cache(str(tmp_path / "cache"))
    commit = told.git("rev-parse", "HEAD")
    asked(cache, told.root, commit)
    (entry,) = (tmp_path / "cache").iterdir()
    for content in (b"", b"\xc1", b"\x01", b"\x91\x01"):
        cache.write(entry.name, content)
        assert asked(cache, told.root, commit)


def test_a_tree_without_a_commit_and_a_shallow_clone_are_judged_each_time(told, tmp_path: Path) -> None:
    cache = Cache(str(tmp_path / "cache"))
    told.git("clone", "-q", "--depth", "1", f"file://{told.root}", str(tmp_path / "shallow"))
    commit = told.git("rev-parse", "HEAD")
    assert [asked(cache, tmp_path / "shallow", commit) for _ in range(2)] == [True, True]
    found: list[int] = []
    for _ in range(2):
        known_of(cache, MemoryTree({}), SETTINGS, lambda: found.append(1) or frozenset())
    assert len(found) == 2
