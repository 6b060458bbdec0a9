"""A tree in memory: what a repository would say, without one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from gatekeeper.model.errors import TreeError, UnreadableError
from gatekeeper.model.project import Renames
from gatekeeper.model.report import Change
from gatekeeper.repo.ignore import IgnoreRules
from gatekeeper.repo.listing import parents_of

if TYPE_CHECKING:
    from gatekeeper.repo.past.memory import MemoryPast

Contents = Mapping[str, bytes | str] | Iterable[str]


class MemoryTree:
    """A `model.project.Tree` whose files are given, for tests and for text that stands on no disk."""

    def __init__(
        self,
        files: Mapping[str, bytes | str],
        untracked: Contents = (),
        ignored: Contents = (),
        symlinks: Iterable[str] = (),
        submodules: Iterable[str] = (),
        renamed: Mapping[str, str] | None = None,
        revision: str | None = None,
        has_git: bool = True,
        sparse: Iterable[str] = (),
        commits: Iterable[str] | None = None,
        elsewhere: Iterable[str] = (),
        past: Sequence[Mapping[str, bytes]] = (),
    ) -> None:
        """A tree of these paths, all repo-relative POSIX.

        Args:
            files: tracked regular files and their content; text is encoded as UTF-8.
            untracked: files that git neither tracks nor ignores; names alone are files of one blank line.
            ignored: the same for files that git ignores.
            symlinks: tracked links; they need not stand in `files`.
            submodules: tracked gitlinks; they need not stand in `files`.
            renamed: former path -> path today; plain ones are sure.
            revision: commit id of HEAD.
            has_git: whether to behave as a repository.
            sparse: tracked files that a sparse checkout leaves out; they need not stand in `files`.
            commits: whole ids of HEAD and its ancestors; None where history is not all here.
            elsewhere: whole ids of commits that are not in HEAD's history.
            past: all files of each commit up to HEAD, the oldest first; none for a tree without history.
        """
        self._past = past
        self.has_git = has_git
        self.revision = revision
        self.symlinks = frozenset(symlinks)
        self.submodules = frozenset(submodules)
        self.sparse = frozenset(sparse)
        self.untracked = frozenset(untracked)
        self._ignored = frozenset(ignored)
        self.files = frozenset(files) | (self.symlinks - self.untracked) | self.submodules | self.sparse
        self.folders = parents_of(self.files)
        self._bytes = {**_contents(ignored), **_contents(untracked), **_contents(files)}
        self.empty = frozenset(path for path in files if not self._bytes[path])
        self._present = frozenset(self._bytes) | self.files - self.sparse
        self._present_folders = parents_of(self._present)
        self._renamed = renamed if isinstance(renamed, Renames) else Renames(renamed or {}, renamed or ())
        self._commits = None if commits is None else dict.fromkeys(commits, True) | dict.fromkeys(elsewhere, False)

    def read(self, path: str, limit: int) -> bytes:
        """The bytes of a file; see `Tree.read`."""
        data = self._bytes.get(path)
        if data is None or path in self.symlinks | self.sparse:
            reason = "not a regular file" if self.is_present(path) else "not there"
            raise UnreadableError(reason, "give its content to the tree", path)
        if len(data) > limit:
            raise UnreadableError(f"larger than {limit} bytes", "split the file or leave it out", path)
        return data

    def is_present(self, path: str) -> bool:
        """Whether a file or a folder of this path was given, ignored ones included."""
        return path in self._present or path in self._present_folders

    def is_ignored(self, path: str) -> bool:
        """Whether the path was given as ignored, or the given .gitignore files would hide it."""
        rules = IgnoreRules(self.read)
        return self.has_git and (path in self._ignored or rules.is_ignored(path))

    def renames(self) -> Mapping[str, str]:
        """The renames that were given."""
        return self._renamed

    def open_past(self) -> MemoryPast:
        """The history that was given."""
        if not self._past:
            raise TreeError("no history was given", "give the tree its past", "")
        # Not above: few trees have one.
        from gatekeeper.repo.past.memory import MemoryPast

        return MemoryPast(self._past)

    def find_commits(self, ids: Iterable[str]) -> Mapping[str, bool] | None:
        """The ids with which a given commit begins; None when none were given."""
        known = self._commits
        if known is None:
            return None
        starts = {one: [known[commit] for commit in known if commit.startswith(one)] for one in ids}
        return {one: any(found) for one, found in starts.items() if found}

    def line_origins(self, lines: Mapping[str, Collection[str]]) -> Mapping[tuple[str, str], Change]:
        """Nothing: a tree in memory has no history."""
        return {}

    def last_changes(self, paths: Collection[str]) -> Mapping[str, Change]:
        """Nothing: a tree in memory has no history."""
        return {}


def _contents(given: Contents) -> dict[str, bytes]:
    pairs = given.items() if isinstance(given, Mapping) else ((path, b"\n") for path in given)
    return {path: data.encode() if isinstance(data, str) else data for path, data in pairs}
