"""The log along first parents: what each commit changed, and the paths that stood before it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gatekeeper.model.errors import TreeError, UnreadableError
from gatekeeper.repo.past.log import LoggedCommit
from gatekeeper.repo.worktree import open_tree

Make = Callable[[Path], object]


@pytest.fixture
def chronicle(make_chronicle, tmp_path: Path):
    return make_chronicle(tmp_path / "repository")


def log_of(root: Path) -> list[LoggedCommit]:
    with open_tree(str(root), str(root)).open_past() as past:
        return list(past.iter_log())


def paths(commit: LoggedCommit) -> list[str]:
    return sorted(change.path for change in commit.changes)


def test_commits_come_newest_first_with_what_they_changed(chronicle) -> None:
    first = chronicle.commit("2026-01-01", {"a.md": "1", "b.md": "1"})
    second = chronicle.commit("2026-01-02", {"a.md": "2", "b.md": None})
    empty = chronicle.commit("2026-01-03")
    found = log_of(chronicle.root)
    assert [one.commit for one in found] == [empty, second, first]
    assert [one.committed for one in found] == [f"2026-01-0{day}T12:00:00Z" for day in (3, 2, 1)]
    assert [paths(one) for one in found] == [[], ["a.md", "b.md"], ["a.md", "b.md"]]
    a, b = found[1].changes
    assert (a.before, a.after) == (
        chronicle.git("rev-parse", f"{first}:a.md"),
        chronicle.git("rev-parse", f"{second}:a.md"),
    )
    assert (bool(b.before), b.after) == (True, None)
    assert found[0].tree == found[1].tree == chronicle.git("rev-parse", "HEAD^{tree}")


def test_a_merge_is_what_it_brought(chronicle) -> None:
    chronicle.commit("2026-01-01", {"a.md": "1"})
    chronicle.git("checkout", "-q", "-b", "side")
    chronicle.commit("2026-01-02", {"side.md": "1"})
    chronicle.commit("2026-01-03", {"side.md": "2"})
    chronicle.git("checkout", "-q", "main")
    chronicle.commit("2026-01-04", {"main.md": "1"})
    chronicle.git("merge", "-q", "--no-ff", "-m", "merge", "side", day="2026-01-05")
    found = log_of(chronicle.root)
    assert [paths(one) for one in found] == [["side.md"], ["main.md"], ["a.md"]]


@pytest.mark.parametrize(
    "name", ["ü 大.md", "tab\tname.md", "line\nbreak.md", "\x01" + "a" * 40 + " x.md", ":100644 x.md", " lead.md"]
)
def test_a_name_is_a_name(chronicle, name: str) -> None:
    chronicle.commit("2026-01-01", {name: "1", "z.md": "1"})
    chronicle.commit("2026-01-02", {name: "2"})
    found = log_of(chronicle.root)
    assert [paths(one) for one in found] == [[name], sorted([name, "z.md"])]


def test_a_message_cannot_make_a_commit(chronicle) -> None:
    chronicle.commit("2026-01-01", {"a.md": "1"})
    evil = "x\n\n\x01" + "a" * 40 + " " + "b" * 40 + " 1 1\n:100644 100644 a b M"
    chronicle.git("commit", "-q", "--allow-empty", "-m", evil, day="2026-01-02")
    assert len(log_of(chronicle.root)) == 2


def test_below_a_root_that_is_not_the_top(chronicle) -> None:
    chronicle.commit("2026-01-01", {"part/a.md": "1", "b.md": "1"})
    chronicle.commit("2026-01-02", {"part/a.md": "2", "b.md": "2"})
    part = chronicle.root / "part"
    assert [paths(one) for one in log_of(part)] == [["a.md"], ["a.md"]]
    with open_tree(str(part), str(part)).open_past() as past:
        assert past.listing().files == {"a.md"} == past.tree(past.head).files
        assert past.below == "part"


def test_undoing_changes_leads_to_every_listing_before(chronicle) -> None:
    chronicle.commit("2026-01-01", {"a.md": "1", "x/y.md": "1"})
    (chronicle.root / "link").symlink_to("a.md")
    chronicle.commit("2026-01-02", {"x/y.md": None})
    (chronicle.root / "x").rmdir()
    chronicle.commit("2026-01-02", {"x": "a file now"})
    (chronicle.root / "link").unlink()
    chronicle.commit("2026-01-03", {"link": "a file now", "b.md": "1", "a.md": None})
    with open_tree(None, str(chronicle.root)).open_past() as past:
        listing = past.listing()
        for commit in past.iter_log():
            tree = past.tree(commit.commit)
            frozen = listing.freeze()
            assert (frozen.files, frozen.symlinks, frozen.folders) == (tree.files, tree.symlinks, tree.folders)
            listing.undo(commit.changes)
        assert listing.files == set()


def test_a_shallow_clone_says_that_it_is_cut(chronicle, tmp_path: Path) -> None:
    for day in (1, 2, 3):
        chronicle.commit(f"2026-01-0{day}", {"a.md": str(day)})
    clone = tmp_path / "clone"
    chronicle.git("clone", "-q", "--depth=2", chronicle.root.as_uri(), str(clone))
    with open_tree(None, str(clone)).open_past() as past:
        assert past.is_cut
        assert len(list(past.iter_log())) == 2


def test_without_git_or_commits_there_is_no_history(chronicle, tmp_path: Path) -> None:
    with pytest.raises(TreeError, match="no commit yet"):
        open_tree(None, str(chronicle.root)).open_past()
    (tmp_path / "plain").mkdir()
    with pytest.raises(TreeError, match="no git here") as caught:
        open_tree(None, str(tmp_path / "plain")).open_past()
    assert caught.value.hint


def test_a_commit_is_a_tree(chronicle, tmp_path: Path) -> None:
    first = chronicle.commit("2026-01-01", {"docs/a.md": "one", "empty.txt": "", "x.sh": "x", ".gitignore": "*.log\n"})
    (chronicle.root / "link").symlink_to("docs")
    (chronicle.root / "module").mkdir()
    chronicle.git("update-index", "--add", "--cacheinfo", f"160000,{first},module")
    second = chronicle.commit("2026-01-02", {"docs/a.md": "two"})
    chronicle.git("mv", "docs/a.md", "docs/b.md")
    third = chronicle.commit("2026-01-03", {"c.md": "untouched by what is asked"})
    (chronicle.root / "c.md").write_text("on disk alone")
    with open_tree(None, str(chronicle.root)).open_past() as past:
        tree = past.tree(second)
        assert tree.files == {"docs/a.md", "empty.txt", "x.sh", ".gitignore", "link", "module"}
        assert (tree.empty, tree.symlinks, tree.submodules) == ({"empty.txt"}, {"link"}, {"module"})
        assert tree.folders == {"", "docs"}
        assert tree.read("docs/a.md", 10) == b"two"
        assert past.tree(first).read("docs/a.md", 10) == b"one"
        assert [tree.is_present(path) for path in ("docs", "c.md")] == [True, False]
        assert [tree.is_ignored(path) for path in ("x.log", "x.txt")] == [True, False]
        for path, reason in {
            "c.md": "not in this commit",
            "link": "regular",
            "docs/a.md": "larger",
            "module": "regular",
        }.items():
            with pytest.raises(UnreadableError, match=reason):
                tree.read(path, 2)
        assert past.tree(third).renames() == {"docs/a.md": "docs/b.md"}
        assert tree.renames() == {}
        assert tree.find_commits([first[:10], second, third, "abcdef123"]) == {
            first[:10]: True,
            second: True,
            third: False,
        }
        assert tree.line_origins({"docs/a.md": {"two"}})["docs/a.md", "two"].commit == second
        assert past.tree(third).read("c.md", 100) == b"untouched by what is asked"
        assert past.find("HEAD~1") == second
