"""A change that is about to be made, or was made in several commits: its files, and those before it."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from msgspec import Struct

from gatekeeper.model.errors import TreeError
from gatekeeper.model.project import Tree
from gatekeeper.repo.git import Git
from gatekeeper.repo.past.commit import CommitTree
from gatekeeper.repo.past.objects import Objects
from gatekeeper.repo.revision import Revision, find_revision
from gatekeeper.repo.staged.change import FileChanges, commit_changes, common_changes, index_changes
from gatekeeper.repo.staged.index import IndexTree

if TYPE_CHECKING:
    from gatekeeper.repo.worktree import WorkTree


class Before(Struct, frozen=True):
    """A commit that the change builds upon, as a tree and as a source of law."""

    tree: CommitTree
    revision: Revision


class Staged(Struct, frozen=True):
    """The files that a change leaves, and how they differ from those before; a context manager, as one git process stays open for blobs.

    Attributes:
        tree: all files with the change.
        changes: what it makes of them.
        before: the commits that it builds upon: none for a first commit, two for a merge.
        is_running: whether git is making a commit of it right now, so that it may rightly be empty.
    """

    tree: Tree
    changes: FileChanges
    before: tuple[Before, ...]
    is_running: bool
    objects: Objects

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.objects.close()


def open_index(work: WorkTree, git: Git) -> Staged:
    """What the index has otherwise than HEAD; in a merge, otherwise than both sides.

    Raises:
        TreeError: the caller's environment names another repository or another repository's index, or git fails.
    """
    _refuse_others(git, work.root)
    names = ("HEAD", "MERGE_HEAD") if work.revision else ()
    parents = [commit for name in names if (commit := _find(git, name))]
    objects = Objects(git)
    compared = [index_changes(git, commit) for commit in parents]
    tree = IndexTree(work, git, objects, compared[0] if compared else FileChanges())
    changes = common_changes(compared) if compared else FileChanges(tree.files)
    before = tuple(_before(git, commit, objects, tree.sparse) for commit in parents)
    # Git tells its hooks which index they are about.
    return Staged(tree, changes, before, "GIT_INDEX_FILE" in os.environ, objects)


def open_span(git: Git, since: str, until: str) -> Staged:
    """What a commit has otherwise than the one where it and another one parted, or than that other one where they have nothing in common.

    Raises:
        TreeError: there is no such commit here.
    """
    base, head = (find_revision(git, name).commit for name in (since, until))
    # "<head>\n<base>\n^<where they parted>\n"
    parted = git.run("rev-parse", f"{base}...{head}").decode("ascii", "replace").split()
    base = next((one[1:] for one in parted if one.startswith("^")), base)
    objects = Objects(git)
    changes = commit_changes(git, base, head)
    return Staged(CommitTree(git, head, objects), changes, (_before(git, base, objects),), True, objects)


def _before(git: Git, commit: str, objects: Objects, sparse: frozenset[str] = frozenset()) -> Before:
    tree = CommitTree(git, commit, objects)
    tree.sparse = sparse
    return Before(tree, Revision(git, commit, commit))


def _find(git: Git, name: str) -> str:
    """The whole id of a commit; "" where the name stands for none."""
    answer = git.answer("rev-parse", "--verify", "-q", f"{name}^{{commit}}")
    return answer.output.decode("ascii", "replace").strip() if answer.code == 0 else ""


def _refuse_others(git: Git, root: str) -> None:
    """Refuses what would be judged by mistake: git's variables say that the commit is made elsewhere.

    Where nothing else is told, the repository around the folder is meant. But a commit whose index is somewhere else must not pass because the
    index here is good.
    """
    own = Path(os.fsdecode(git.run("rev-parse", "--absolute-git-dir").rstrip(b"\r\n"))).resolve()
    top = os.fsdecode(git.run("rev-parse", "--show-toplevel").rstrip(b"\r\n"))
    folder, index = os.environ.get("GIT_DIR"), os.environ.get("GIT_INDEX_FILE")
    hint = f"run where the commit is made, or unset {{}} to judge what is staged in {root}"
    if folder and Path(folder).resolve() != own:
        raise TreeError(f"GIT_DIR names another repository: {folder}", hint.format("GIT_DIR"))
    if index and Path(top, index).parent.resolve() != own:
        raise TreeError(f"GIT_INDEX_FILE names an index outside of {own}: {index}", hint.format("GIT_INDEX_FILE"))
