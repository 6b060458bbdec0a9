"""Which paths stood in a commit and in those before it, without what they hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from gatekeeper.model.errors import UnreadableError
from gatekeeper.model.report import Change
from gatekeeper.repo.disk import is_inside, to_path
from gatekeeper.repo.git import Git
from gatekeeper.repo.listing import parents_of
from gatekeeper.repo.past.log import FileChange

_GITLINK = "160000"
_SYMLINK = "120000"
_ABSENT = "000000"


class ListedTree:
    """A `model.project.Tree` of names alone: nothing in it can be read."""

    has_git = True
    revision: str | None = None
    untracked: frozenset[str] = frozenset()
    empty: frozenset[str] = frozenset()
    sparse: frozenset[str] = frozenset()

    def __init__(self, files: Iterable[str], symlinks: Iterable[str] = (), submodules: Iterable[str] = ()) -> None:
        """A tree of these paths, links and submodules among them."""
        self.files = frozenset(files)
        self.symlinks = frozenset(symlinks)
        self.submodules = frozenset(submodules)

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder that holds a path; the root is ''."""
        return parents_of(self.files)

    def read(self, path: str, limit: int) -> bytes:
        """Nothing; see `Tree.read`."""
        raise UnreadableError("only its name is known", "read it from its commit", path)

    def is_present(self, path: str) -> bool:
        """Whether a file or a folder of this path is listed."""
        return path in self.files or path in self.folders

    def is_ignored(self, path: str) -> bool:
        """False: no ignore file can be read."""
        return False

    def renames(self) -> Mapping[str, str]:
        """Nothing: names alone have no history."""
        return {}

    def find_commits(self, ids: Iterable[str]) -> Mapping[str, bool] | None:
        """None: names alone have no history."""
        return None

    def line_origins(self, lines: Mapping[str, Collection[str]]) -> Mapping[tuple[str, str], Change]:
        """Nothing: names alone have no history."""
        return {}

    def last_changes(self, paths: Collection[str]) -> Mapping[str, Change]:
        """Nothing: names alone have no history."""
        return {}


class PathListing:
    """Which paths a commit holds, and, one undone change after the other, which its ancestors held."""

    def __init__(self, modes: Iterable[tuple[str, str]]) -> None:
        """The listing of these paths, each with git's mode for it; those that lead out of the repository are left out."""
        self.files: set[str] = set()
        self.symlinks: set[str] = set()
        self.submodules: set[str] = set()
        for path, mode in modes:
            if is_inside(path):
                self._put(path, mode)

    def undo(self, changes: tuple[FileChange, ...]) -> None:
        """Makes it the listing of the commit before these changes."""
        for change in changes:
            for paths in (self.files, self.symlinks, self.submodules):
                paths.discard(change.path)
        for change in changes:
            if change.modes[0] != _ABSENT and is_inside(change.path):
                self._put(change.path, change.modes[0])

    def freeze(self) -> ListedTree:
        """The listing as it stands now, as a tree."""
        return ListedTree(self.files, self.symlinks, self.submodules)

    def _put(self, path: str, mode: str) -> None:
        self.files.add(path)
        if mode == _SYMLINK:
            self.symlinks.add(path)
        elif mode == _GITLINK:
            self.submodules.add(path)


def list_commit(git: Git, commit: str) -> PathListing:
    """The listing of one commit, by its whole id.

    Raises:
        GitError: git cannot list it.
    """
    # "<mode> <type> <id>\t<path>"
    entries = (entry.partition("\t") for entry in to_path(git.run("ls-tree", "-r", commit)).split("\0"))
    return PathListing((path, head[:6]) for head, tab, path in entries if tab)
