"""A whole commit as a tree, read from git's objects; nothing is checked out and nothing on disk is looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from gatekeeper.model.errors import UnreadableError
from gatekeeper.model.report import Change
from gatekeeper.repo.disk import is_inside, to_path
from gatekeeper.repo.git import Git, GitError
from gatekeeper.repo.history import (
    find_known,
    find_last_changes,
    find_line_origins,
    find_renames,
    is_shallow,
    list_ancestry,
)
from gatekeeper.repo.ignore import IgnoreRules
from gatekeeper.repo.listing import parents_of
from gatekeeper.repo.past.objects import Objects

if TYPE_CHECKING:
    from gatekeeper.repo.past.past import PastLog

_SYMLINK = "120000"
_GITLINK = "160000"


class CommitTree:
    """The files of one commit, implementing `model.project.Tree`; everything is looked up once, when it is first asked for.

    Attributes:
        revision: the commit's whole id in hex.
    """

    has_git = True
    untracked: frozenset[str] = frozenset()
    sparse: frozenset[str] = frozenset()

    def __init__(self, git: Git, commit: str, objects: Objects) -> None:
        """The tree of a commit, by its whole id; its paths are relative to git's folder."""
        self.revision: str | None = commit
        self._git = git
        self._commit = commit
        self._objects = objects

    @cached_property
    def _entries(self) -> dict[str, tuple[str, str, int]]:
        """Path -> mode, object id and size in bytes; -1 for what has no size."""
        found: dict[str, tuple[str, str, int]] = {}
        for entry in to_path(self._git.run("ls-tree", "-r", "-l", self._commit)).split("\0"):
            # "<mode> <type> <id> <size>\t<path>", the size "-" for a submodule
            head, tab, path = entry.partition("\t")
            if tab and is_inside(path):
                mode, _, name, size = head.split()
                found[path] = mode, name, int(size) if size.isdecimal() else -1
        return found

    def entry(self, path: str) -> tuple[str, int]:
        """Object id and size in bytes of a path that it holds; -1 for what has no size."""
        _, name, size = self._entries[path]
        return name, size

    def blobs(self) -> dict[str, str]:
        """Path -> object id of everything that it holds."""
        return {path: name for path, (_, name, _) in self._entries.items()}

    @cached_property
    def files(self) -> frozenset[str]:
        """Every path of the commit; see `Tree.files`."""
        return frozenset(self._entries)

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder that holds a path; the root is ''."""
        return parents_of(self.files)

    @cached_property
    def empty(self) -> frozenset[str]:
        """Paths whose content is zero bytes."""
        return frozenset(path for path, (_, _, size) in self._entries.items() if not size)

    @cached_property
    def symlinks(self) -> frozenset[str]:
        """Paths that are symbolic links."""
        return frozenset(path for path, (mode, _, _) in self._entries.items() if mode == _SYMLINK)

    @cached_property
    def submodules(self) -> frozenset[str]:
        """Paths that are other repositories."""
        return frozenset(path for path, (mode, _, _) in self._entries.items() if mode == _GITLINK)

    def read(self, path: str, limit: int) -> bytes:
        """The bytes of a regular file; see `Tree.read`."""
        entry = self._entries.get(path)
        if entry is None:
            raise UnreadableError("not in this commit", "name a file that it holds", path)
        mode, blob, size = entry
        if mode in (_SYMLINK, _GITLINK):
            raise UnreadableError("not a regular file", "name a file", path)
        if size > limit:
            raise UnreadableError(f"larger than {limit} bytes", "split the file or leave it out", path)
        data = self._objects.read(blob, limit)
        if data is None:
            raise UnreadableError("git has not got its content", "fetch it: `git fsck` names what is missing", path)
        return data

    def is_present(self, path: str) -> bool:
        """Whether the commit holds a file or a folder of this path."""
        return path in self.files or path in self.folders

    def is_ignored(self, path: str) -> bool:
        """Whether the commit's own .gitignore files would hide a path."""
        return self._ignore_rules.is_ignored(path)

    @cached_property
    def _ignore_rules(self) -> IgnoreRules:
        return IgnoreRules(self.read)

    def renames(self) -> Mapping[str, str]:
        """Former path -> path in this commit, from the last 5,000 commits up to it; {} where git cannot tell."""
        return self._renames

    @cached_property
    def _renames(self) -> Mapping[str, str]:
        return find_renames(self._git, self.files, self._commit)

    def open_past(self) -> PastLog:
        """The history behind this commit, to be used as a context manager."""
        # Not above: it knows this module.
        from gatekeeper.repo.past.past import Past

        return Past(self._git, self._commit)

    def find_commits(self, ids: Iterable[str]) -> Mapping[str, bool] | None:
        """Which of these ids name an object here, and whether a commit is this one or its ancestor; None in a shallow clone."""
        return find_known(self._git, ids, lambda: self._history)

    @cached_property
    def _history(self) -> frozenset[str]:
        return list_ancestry(self._git, self._commit)

    def line_origins(self, lines: Mapping[str, Collection[str]]) -> Mapping[tuple[str, str], Change]:
        """Since which commit lines read as they do in this one; see `Tree.line_origins`. {} in a shallow clone."""
        try:
            return {} if is_shallow(self._git) else find_line_origins(self._git, lines, self._commit)
        except GitError:
            return {}

    def last_changes(self, paths: Collection[str]) -> Mapping[str, Change]:
        """The last commit, up to this one, that changed each path; see `Tree.last_changes`. {} in a shallow clone."""
        try:
            return {} if is_shallow(self._git) else find_last_changes(self._git, paths, self._commit)
        except GitError:
            return {}
