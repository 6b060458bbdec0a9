"""The files that the index holds, as a tree: what a commit would be, whatever stands on disk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from gatekeeper.model.errors import TreeError, UnreadableError
from gatekeeper.model.report import Change
from gatekeeper.repo.disk import to_path
from gatekeeper.repo.git import Git
from gatekeeper.repo.history import find_renames, has_promises
from gatekeeper.repo.ignore import IgnoreRules
from gatekeeper.repo.listing import EMPTY_BLOBS, parents_of
from gatekeeper.repo.past.objects import Objects
from gatekeeper.repo.staged.change import FileChanges, Loss, iter_entries

if TYPE_CHECKING:
    from gatekeeper.repo.past.past import Past
    from gatekeeper.repo.worktree import WorkTree

_SYMLINK = "120000"
_GITLINK = "160000"
# The tree without files, which git knows without having it, by how a repository names its objects.
_EMPTY_TREES = {
    b"sha1": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    b"sha256": "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
}
_SHOWN = 3


class IndexTree:
    """The files of the index, implementing `model.project.Tree`; everything is looked up once, when it is first asked for.

    Untracked files do not exist here, nor does what `git add -N` has only announced. History is that of the commit at HEAD.

    Attributes:
        revision: commit id of HEAD; None before the first commit.
    """

    has_git = True
    untracked: frozenset[str] = frozenset()

    def __init__(self, work: WorkTree, git: Git, objects: Objects, changes: FileChanges) -> None:
        """The index that `git` reads, of the repository of a work tree; `changes` is what it has otherwise than HEAD."""
        self.revision = work.revision
        self._work = work
        self._git = git
        self._objects = objects
        self._changes = changes

    @cached_property
    def _entries(self) -> dict[str, tuple[str, str]]:
        """Path -> mode and object id.

        Raises:
            TreeError: a conflict is not resolved, so that nobody can say what the commit would hold.
        """
        found: dict[str, tuple[str, str]] = {}
        unmerged: dict[str, None] = {}
        # `ls-files` cannot tell what `git add -N` announced from an empty file.
        for entry in iter_entries(
            self._git.run("diff-index", "--raw", "-z", "--no-abbrev", "--relative", self._nothing)
        ):
            if entry.status == "U":
                unmerged[entry.path] = None
            else:
                found[entry.path] = entry.modes[1], entry.blobs[1]
        if unmerged:
            more = f" and {len(unmerged) - _SHOWN} more" if len(unmerged) > _SHOWN else ""
            hint = "resolve the conflict and `git add` it: until then nobody can say what the commit will hold"
            raise TreeError(f"unmerged: {', '.join([*unmerged][:_SHOWN])}{more}", hint)
        return found

    @property
    def _nothing(self) -> str:
        return _EMPTY_TREES[self._git.run("rev-parse", "--show-object-format").strip()]

    @cached_property
    def files(self) -> frozenset[str]:
        """Every staged path; see `Tree.files`."""
        return frozenset(self._entries)

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder that holds a staged path; the root is ''."""
        return parents_of(self.files)

    @cached_property
    def empty(self) -> frozenset[str]:
        """Paths whose content is zero bytes."""
        return frozenset(path for path, (_, blob) in self._entries.items() if blob in EMPTY_BLOBS)

    @cached_property
    def symlinks(self) -> frozenset[str]:
        """Paths that are symbolic links."""
        return frozenset(path for path, (mode, _) in self._entries.items() if mode == _SYMLINK)

    @cached_property
    def submodules(self) -> frozenset[str]:
        """Paths that are other repositories."""
        return frozenset(path for path, (mode, _) in self._entries.items() if mode == _GITLINK)

    @cached_property
    def sparse(self) -> frozenset[str]:
        """Paths that a sparse checkout leaves out, where the clone is a partial one, which then lacks their content."""
        if not has_promises(self._git):
            return frozenset()
        entries = (entry.partition("\t") for entry in to_path(self._git.run("ls-files", "-s", "-t")).split("\0"))
        return frozenset(path for head, _, path in entries if head.startswith("S")) & self.files

    def read(self, path: str, limit: int) -> bytes:
        """The bytes of a regular file as they are staged; see `Tree.read`."""
        entry = self._entries.get(path)
        if entry is None:
            raise UnreadableError("not staged", "`git add` it, or name a file that the index holds", path)
        mode, blob = entry
        if path in self.sparse:
            raise UnreadableError("left out of this sparse checkout", "`git sparse-checkout add` its folder", path)
        if mode in (_SYMLINK, _GITLINK):
            raise UnreadableError("not a regular file", "name a file", path)
        data = self._objects.read(blob, limit)
        if data is not None:
            return data
        if not self._objects.has(blob):
            raise UnreadableError("git has not got its content", "fetch it: `git fsck` names what is missing", path)
        raise UnreadableError(f"larger than {limit} bytes", "split the file, or exclude it in the configuration", path)

    def is_present(self, path: str) -> bool:
        """Whether the index holds a file or a folder of this path."""
        return path in self.files or path in self.folders

    def is_ignored(self, path: str) -> bool:
        """Whether the staged .gitignore files would hide a path."""
        return self._ignore_rules.is_ignored(path)

    @cached_property
    def _ignore_rules(self) -> IgnoreRules:
        return IgnoreRules(self.read)

    def renames(self) -> Mapping[str, str]:
        """Former path -> staged path, from what is staged and from the last 5,000 commits; {} where git cannot tell."""
        return self._renames

    @cached_property
    def _renames(self) -> Mapping[str, str]:
        own = {path: fate.renamed_to for path, fate in self._changes.lost.items() if fate.loss is Loss.RENAMED}
        if self.revision is None:
            return own
        known = find_renames(self._git, self.files | own.keys())
        return {**{path: own.get(name, name) for path, name in known.items() if path not in self.files}, **own}

    def find_commits(self, ids: Iterable[str]) -> Mapping[str, bool] | None:
        """Which of these ids name an object here; see `WorkTree.find_commits`."""
        return self._work.find_commits(ids)

    def line_origins(self, lines: Mapping[str, Collection[str]]) -> Mapping[tuple[str, str], Change]:
        """Since which commit lines read as they do; see `Tree.line_origins`."""
        return self._work.line_origins(lines)

    def last_changes(self, paths: Collection[str]) -> Mapping[str, Change]:
        """The last commit that changed each path; see `Tree.last_changes`."""
        return self._work.last_changes(paths)

    def open_past(self) -> Past:
        """The history behind HEAD; see `WorkTree.open_past`."""
        return self._work.open_past()
