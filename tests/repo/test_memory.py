"""The tree in memory answers as a repository of the same files does."""

from __future__ import annotations

import pytest

from gatekeeper.model.errors import UnreadableError
from gatekeeper.model.project import Tree
from gatekeeper.repo.discover import iter_candidates
from gatekeeper.repo.memory import MemoryTree
from gatekeeper.repo.worktree import open_tree

FILES = {"docs/a.md": "a\n", "docs/deep/empty.md": b"", "b.txt": "ü", ".gitignore": "*.log\n", "link.md": ""}
QUESTIONS = ("has_git", "revision", "files", "folders", "untracked", "empty", "symlinks", "submodules", "sparse")


def test_it_answers_as_the_same_repository_on_disk(sandbox) -> None:
    given = {path: data for path, data in FILES.items() if path != "link.md"}
    for path, data in given.items():
        sandbox.write(path, data)
    (sandbox.root / "link.md").symlink_to("b.txt")
    head = sandbox.commit()
    sandbox.write("new/c.md", "c")
    sandbox.write("x.log", "x")
    disk: Tree = open_tree(None, str(sandbox.root))
    memory: Tree = MemoryTree(
        given, untracked={"new/c.md": "c"}, ignored={"x.log": "x"}, symlinks=("link.md",), revision=head
    )
    for question in QUESTIONS:
        assert getattr(memory, question) == getattr(disk, question), question
    for path in (*FILES, "new/c.md", "x.log", "new", "docs", "docs/deep", "gone.md", "../b.txt", "", "/"):
        if path:
            assert memory.is_present(path) == disk.is_present(path), path
        assert _read(memory, path) == _read(disk, path), path
    for paths in ((), ("docs",), ("x.log", "b.txt"), ("link.md",), ("new",)):
        assert list(iter_candidates(memory, paths, ())) == list(iter_candidates(disk, paths, ()))
    assert memory.renames() == disk.renames() == {}


def _read(tree: Tree, path: str) -> bytes | None:
    try:
        return tree.read(path, 3)
    except UnreadableError:
        return None


def test_a_file_larger_than_the_limit_is_unreadable() -> None:
    with pytest.raises(UnreadableError, match="larger than 2 bytes"):
        MemoryTree({"a.md": "abc"}).read("a.md", 2)


def test_names_alone_are_enough_for_what_is_untracked_or_ignored() -> None:
    tree = MemoryTree({}, untracked=["a.md"], ignored=["b.md"], submodules=["libs/x"], renamed={"old": "new"})
    assert tree.untracked == {"a.md"}
    assert tree.is_present("b.md")
    assert tree.is_present("libs")
    assert tree.files == {"libs/x"}
    assert tree.renames() == {"old": "new"}
