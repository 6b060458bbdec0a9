"""What git is about to commit, in every kind of repository that a hook may run in."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from gatekeeper.model.errors import TreeError, UnreadableError
from gatekeeper.repo.staged.change import Fate, Loss
from gatekeeper.repo.staged.staged import Staged
from gatekeeper.repo.worktree import open_tree

PROSE = "".join(f"line {number} of a report that is long enough to be known again\n" for number in range(40))


def staged(root: Path, span: tuple[str, str] | None = None, below: str | None = None) -> Staged:
    return open_tree(below and str(root / below), str(root)).open_staged(span)


def test_what_is_staged_counts_and_not_what_stands_on_disk(sandbox) -> None:
    sandbox.write("both.md", "committed\n")
    sandbox.commit("kept.md", "gone-on-disk.md")
    sandbox.write("both.md", "staged\n")
    sandbox.write("new.md", "new\n")
    sandbox.git("add", "-A")
    sandbox.write("both.md", "on disk\n")
    sandbox.write("untracked.md")
    (sandbox.root / "gone-on-disk.md").unlink()
    with staged(sandbox.root) as found:
        tree = found.tree
        assert tree.read("both.md", 100) == b"staged\n"
        assert tree.files == {"both.md", "kept.md", "gone-on-disk.md", "new.md"}
        assert tree.untracked == tree.sparse == frozenset()
        assert tree.is_present("gone-on-disk.md")
        assert not tree.is_present("untracked.md")
        assert found.changes.touched == {"both.md", "new.md"}
        assert not found.changes.lost
        assert found.before[0].tree.read("both.md", 100) == b"committed\n"
        with pytest.raises(UnreadableError, match="not staged"):
            tree.read("untracked.md", 100)
        with pytest.raises(UnreadableError, match="larger than 3 bytes"):
            tree.read("both.md", 3)


def test_what_became_of_files(sandbox) -> None:
    for name in ("moved.md", "rewritten.md", "emptied.md", "deleted.md"):
        sandbox.write(name, name + PROSE)
    sandbox.write("empty.md", b"")
    sandbox.commit()
    sandbox.git("mv", "moved.md", "there.md")
    sandbox.git("rm", "-q", "deleted.md")
    sandbox.write("emptied.md", b"")
    sandbox.write("rewritten.md", "other words\n")
    (sandbox.root / "empty.md").chmod(0o755)
    sandbox.git("add", "-A")
    with staged(sandbox.root) as found:
        assert found.changes.lost == {
            "moved.md": Fate(Loss.RENAMED, "there.md"),
            "deleted.md": Fate(Loss.DELETED),
            "emptied.md": Fate(Loss.EMPTIED),
        }
        assert found.changes.touched == {"there.md", "emptied.md", "rewritten.md", "empty.md"}
        assert found.tree.empty == {"emptied.md", "empty.md"}


def test_a_rename_that_is_staged_goes_on_from_those_in_history(sandbox) -> None:
    sandbox.write("a.md", PROSE)
    sandbox.commit()
    sandbox.git("mv", "a.md", "b.md")
    sandbox.commit()
    sandbox.git("mv", "b.md", "c.md")
    with staged(sandbox.root) as found:
        assert found.tree.renames() == {"a.md": "c.md", "b.md": "c.md"}


def test_what_is_only_announced_is_not_there(sandbox) -> None:
    sandbox.write("empty.md", b"")
    sandbox.commit()
    sandbox.write("announced.md")
    sandbox.write("announced-empty.md", b"")
    sandbox.write("new-empty.md", b"")
    sandbox.git("add", "-N", "announced.md", "announced-empty.md")
    sandbox.git("add", "new-empty.md")
    with staged(sandbox.root) as found:
        assert found.tree.files == {"empty.md", "new-empty.md"}
        assert found.changes.touched == {"new-empty.md"}


def test_a_conflict_is_named_and_nothing_is_judged(sandbox) -> None:
    conflict(sandbox)
    with staged(sandbox.root) as found, pytest.raises(TreeError, match=r"unmerged: both\.md") as error:
        _ = found.tree.files
    assert "git add" in error.value.hint


def test_a_merge_changes_what_neither_side_has(sandbox) -> None:
    conflict(sandbox)
    sandbox.write("both.md", "resolved\n")
    sandbox.git("add", "both.md")
    with staged(sandbox.root) as found:
        assert found.changes.touched == {"both.md"}
        assert found.changes.lost == {"dropped.md": Fate(Loss.DELETED)}
        assert len(found.before) == 2
        assert found.tree.files == {"both.md", "ours.md", "theirs.md"}


def conflict(sandbox) -> None:
    """A merge that stops: both sides write one file, each brings another, and theirs drops one."""
    sandbox.commit("both.md", "dropped.md")
    sandbox.git("checkout", "-q", "-b", "other")
    sandbox.write("both.md", "theirs\n")
    (sandbox.root / "dropped.md").unlink()
    sandbox.commit("theirs.md")
    sandbox.git("checkout", "-q", "main")
    sandbox.write("both.md", "ours\n")
    sandbox.commit("ours.md")
    sandbox.git("merge", "-q", "other", check=False)


def test_before_the_first_commit_everything_is_new(sandbox) -> None:
    with staged(sandbox.root) as found:
        assert found.changes.is_empty
    sandbox.write("docs/a.md")
    sandbox.git("add", "-A")
    with staged(sandbox.root) as found:
        assert found.tree.revision is None
        assert found.changes.touched == found.tree.files == {"docs/a.md"}
        assert found.before == ()
        assert found.tree.read("docs/a.md", 10) == b"text\n"
        assert found.tree.renames() == found.tree.last_changes(["docs/a.md"]) == {}
        assert found.tree.find_commits(["abcdef1"]) is None


def test_objects_named_by_sha256(tmp_path: Path, make_sandbox: Callable) -> None:
    sandbox = make_sandbox(tmp_path / "x")
    shutil.rmtree(sandbox.root / ".git")
    sandbox.git("init", "-q", "-b", "main", "--object-format=sha256")
    sandbox.commit("a.md")
    sandbox.write("empty.md", b"")
    sandbox.git("add", "-A")
    with staged(sandbox.root) as found:
        assert found.tree.files == {"a.md", "empty.md"}
        assert found.tree.empty == {"empty.md"}
        assert found.tree.read("a.md", 10) == b"a.md\n"


def test_submodules_are_seen_whatever_gitmodules_says(tmp_path: Path, sandbox, make_sandbox: Callable) -> None:
    other = make_sandbox(tmp_path / "other")
    first = other.commit("inner.md")
    sandbox.write(".gitmodules", '[submodule "sub"]\n\tpath = sub\n\turl = ../other\n\tignore = all\n')
    sandbox.git("config", "diff.ignoreSubmodules", "all")
    sandbox.git("update-index", "--add", "--cacheinfo", f"160000,{first},sub")
    sandbox.git("add", ".gitmodules")
    sandbox.git("commit", "-q", "-m", "change")
    second = other.commit("more.md")
    sandbox.git("update-index", "--cacheinfo", f"160000,{second},sub")
    with staged(sandbox.root) as found:
        assert found.tree.submodules == {"sub"}
        assert found.changes.touched == {"sub"}
        with pytest.raises(UnreadableError, match="not a regular file"):
            found.tree.read("sub", 10)


def test_inside_of_a_submodule(tmp_path: Path, sandbox, make_sandbox: Callable) -> None:
    other = make_sandbox(tmp_path / "other")
    other.commit("inner.md")
    sandbox.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(other.root), "sub")
    (sandbox.root / "sub/new.md").write_text("new\n")
    subprocess.run(["git", "add", "new.md"], cwd=sandbox.root / "sub", check=True)
    with staged(sandbox.root / "sub") as found:
        assert found.tree.files == {"inner.md", "new.md"}
        assert found.changes.touched == {"new.md"}


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_links_are_listed_and_not_followed(sandbox) -> None:
    sandbox.write("a.md")
    (sandbox.root / "link.md").symlink_to("/etc/passwd")
    sandbox.git("add", "-A")
    with staged(sandbox.root) as found:
        assert found.tree.symlinks == {"link.md"}
        with pytest.raises(UnreadableError, match="not a regular file"):
            found.tree.read("link.md", 1000)


def test_a_sparse_checkout_has_all_that_is_staged(sandbox) -> None:
    sandbox.commit("in/a.md", "out/b.md")
    sandbox.git("sparse-checkout", "set", "--cone", "in")
    assert not (sandbox.root / "out/b.md").exists()
    with staged(sandbox.root) as found:
        assert found.tree.files == {"in/a.md", "out/b.md"}
        assert found.tree.read("out/b.md", 100) == b"out/b.md\n"
        assert found.changes.is_empty


def test_a_shallow_clone(tmp_path: Path, sandbox, make_sandbox: Callable) -> None:
    sandbox.commit("a.md")
    sandbox.commit("b.md")
    sandbox.git("clone", "-q", "--depth=1", f"file://{sandbox.root}", str(tmp_path / "clone"))
    clone = tmp_path / "clone"
    (clone / "a.md").unlink()
    subprocess.run(["git", "add", "-A"], cwd=clone, check=True)
    with staged(clone) as found:
        assert found.changes.lost == {"a.md": Fate(Loss.DELETED)}
        assert found.tree.files == {"b.md"}


def test_a_clone_without_content_says_what_is_missing(tmp_path: Path, sandbox) -> None:
    sandbox.git("config", "uploadpack.allowFilter", "true")
    sandbox.write("a.md", PROSE)
    sandbox.commit()
    clone = tmp_path / "clone"
    sandbox.git("clone", "-q", "--filter=blob:none", "--no-checkout", f"file://{sandbox.root}", str(clone))
    subprocess.run(["git", "read-tree", "HEAD"], cwd=clone, check=True)
    with staged(clone) as found:
        assert found.tree.files == {"a.md"}
        with pytest.raises(UnreadableError, match="git has not got its content"):
            found.tree.read("a.md", 10_000)


def test_a_linked_work_tree_has_an_index_of_its_own(tmp_path: Path, sandbox) -> None:
    sandbox.commit("a.md")
    linked = tmp_path / "linked"
    sandbox.git("worktree", "add", "-q", str(linked), "-b", "other")
    sandbox.write("here.md")
    sandbox.git("add", "-A")
    (linked / "there.md").write_text("there\n")
    subprocess.run(["git", "add", "-A"], cwd=linked, check=True)
    with staged(linked) as found:
        assert found.changes.touched == {"there.md"}
    with staged(sandbox.root) as found:
        assert found.changes.touched == {"here.md"}


def test_a_root_below_the_top(sandbox) -> None:
    sandbox.commit("in/a.md", "out/b.md", "in/c.md")
    sandbox.git("rm", "-q", "out/b.md", "in/c.md")
    with staged(sandbox.root, below="in") as found:
        assert found.tree.files == {"a.md"}
        assert found.changes.lost == {"c.md": Fate(Loss.DELETED)}
        assert found.tree.read("a.md", 100) == b"in/a.md\n"
        assert found.before[0].tree.files == {"a.md", "c.md"}


def test_staged_ignore_rules(sandbox) -> None:
    sandbox.write(".gitignore", "*.log\n")
    sandbox.git("add", "-A")
    sandbox.write(".gitignore", "*.txt\n")
    with staged(sandbox.root) as found:
        assert found.tree.is_ignored("run.log")
        assert not found.tree.is_ignored("run.txt")


def test_the_index_that_a_commit_made_for_its_hooks(sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    sandbox.commit("a.md", "b.md")
    sandbox.write("a.md", "for the commit\n")
    sandbox.git("add", "a.md")
    shutil.copy(sandbox.root / ".git/index", sandbox.root / ".git/next-index-1.lock")
    sandbox.write("a.md", "for later\n")
    sandbox.git("add", "a.md")
    monkeypatch.chdir(sandbox.root)
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/next-index-1.lock")
    with staged(sandbox.root) as found:
        assert found.tree.read("a.md", 100) == b"for the commit\n"
        assert found.is_running


@pytest.mark.parametrize(("name", "value"), [("GIT_DIR", "{}/.git"), ("GIT_INDEX_FILE", "{}/.git/index")])
def test_a_commit_that_is_made_elsewhere_is_not_judged_by_what_is_here(
    sandbox, tmp_path: Path, make_sandbox: Callable, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    sandbox.commit("a.md")
    other = make_sandbox(tmp_path / "other")
    other.commit("x.md")
    monkeypatch.setenv(name, value.format(other.root))
    with pytest.raises(TreeError, match=name) as error:
        staged(sandbox.root)
    assert f"unset {name}" in error.value.hint


def test_between_two_commits_what_came_since_they_parted(sandbox) -> None:
    sandbox.commit("a.md", "b.md")
    sandbox.git("checkout", "-q", "-b", "feature")
    (sandbox.root / "a.md").unlink()
    sandbox.commit("new.md")
    sandbox.git("checkout", "-q", "main")
    sandbox.commit("later.md")
    with staged(sandbox.root, ("main", "feature")) as found:
        assert found.changes.touched == {"new.md"}
        assert found.changes.lost == {"a.md": Fate(Loss.DELETED)}
        assert found.tree.files == {"b.md", "new.md"}
        assert found.before[0].tree.files == {"a.md", "b.md"}
    with pytest.raises(TreeError, match="git knows no such commit"):
        staged(sandbox.root, ("main", "nowhere"))


def test_without_git_nothing_is_staged(tmp_path: Path) -> None:
    with pytest.raises(TreeError, match="nothing is staged"):
        staged(tmp_path)


def test_a_sparse_partial_clone_lacks_what_it_leaves_out(tmp_path: Path, sandbox) -> None:
    sandbox.git("config", "uploadpack.allowFilter", "true")
    sandbox.commit("in/a.md", "out/b.md")
    clone = tmp_path / "clone"
    sandbox.git("clone", "-q", "--filter=blob:none", "--sparse", f"file://{sandbox.root}", str(clone))
    subprocess.run(["git", "sparse-checkout", "set", "in"], cwd=clone, check=True)
    with staged(clone) as found:
        assert found.tree.sparse == found.before[0].tree.sparse == {"out/b.md"}
        assert found.tree.files == {"in/a.md", "out/b.md"}
        assert found.tree.read("in/a.md", 100) == b"in/a.md\n"
        with pytest.raises(UnreadableError, match="left out of this sparse checkout"):
            found.tree.read("out/b.md", 100)
