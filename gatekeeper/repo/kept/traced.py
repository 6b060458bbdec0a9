"""A work tree that notes each answer it gave, so that a later run can ask whether it would give all of them again."""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from gatekeeper.model.errors import UnreadableError
from gatekeeper.model.report import Change
from gatekeeper.repo.disk import to_bytes
from gatekeeper.repo.listing import Listing, Stamp
from gatekeeper.repo.worktree import WorkTree

if TYPE_CHECKING:
    from gatekeeper.repo.past.past import Past
    from gatekeeper.repo.revision import Revision

# Two changes within the resolution of a file system's clock leave the same stamp; none that is in use has a coarser one than FAT.
_CLOCK_NS = 3 * 10**9
_HAS_STAMPS = os.name != "nt"


class Seen(Struct, frozen=True, array_like=True):
    """What reading a file gave.

    Attributes:
        limit: how many bytes were allowed.
        digest: of what it holds; empty where it could not be read.
        refusal: why it could not be read.
        stamp: the file's while it held that; None where the stamp proves nothing, so that the file has to be read again.
    """

    limit: int
    digest: bytes
    refusal: str = ""
    stamp: Stamp | None = None


class Trace(Struct, frozen=True):
    """All that a run learned from a work tree whose HEAD is known.

    Attributes:
        listing: digest over the paths and what each is.
        seen: path -> what reading it gave.
        present: path -> whether something stood there.
        ignored: path -> whether it would be ignored.
        commits: what ids named, as `Tree.find_commits` answers.
    """

    listing: bytes
    seen: Mapping[str, tuple[Seen, ...]]
    present: Mapping[str, bool]
    ignored: Mapping[str, bool]
    commits: tuple[tuple[tuple[str, ...], Mapping[str, bool] | None], ...]


class TracedTree(WorkTree):
    """A work tree that keeps account of what it is asked."""

    def __init__(self, tree: WorkTree) -> None:
        """The same tree as another, asked for nothing yet."""
        super().__init__(tree.root, tree._git, tree.revision, tree._top)
        self._started = time.time_ns()
        self._seen: dict[str, dict[int, Seen]] = {}
        self._present: dict[str, bool] = {}
        self._ignored: dict[str, bool] = {}
        self._commits: dict[tuple[str, ...], Mapping[str, bool] | None] = {}
        self._linked: dict[str, bool] = {}
        self._looks_back = False
        self._is_traceable = True

    def read(self, path: str, limit: int) -> bytes:
        """The bytes of a regular file inside the root; see `Tree.read`."""
        try:
            data = super().read(path, limit)
        except UnreadableError as error:
            self._note(path, Seen(limit, b"", error.message))
            raise
        self._note(path, Seen(limit, _digest(data)))
        return data

    def is_present(self, path: str) -> bool:
        """Whether something stands at this path on disk."""
        answer = self._present[path] = super().is_present(path)
        return answer

    def is_ignored(self, path: str) -> bool:
        """Whether the .gitignore files would hide a path."""
        answer = self._ignored[path] = super().is_ignored(path)
        return answer

    def renames(self) -> Mapping[str, str]:
        """Former path -> path today; see `Tree.renames`."""
        self._looks_back = True
        return super().renames()

    def find_commits(self, ids: Iterable[str]) -> Mapping[str, bool] | None:
        """Which of these ids name an object here; see `Tree.find_commits`."""
        asked = tuple(ids)
        answer = self._commits[asked] = super().find_commits(asked)
        return answer

    def line_origins(self, lines: Mapping[str, Collection[str]]) -> Mapping[tuple[str, str], Change]:
        """Since which commit lines read as they do; see `Tree.line_origins`."""
        self._looks_back = True
        return super().line_origins(lines)

    def last_changes(self, paths: Collection[str]) -> Mapping[str, Change]:
        """The last commit that changed each path; see `Tree.last_changes`."""
        self._looks_back = True
        return super().last_changes(paths)

    def find_revision(self, name: str) -> Revision:
        """The commit that a name stands for; what it stands for tomorrow cannot be told from here."""
        self._is_traceable = False
        return super().find_revision(name)

    def open_past(self) -> Past:
        """The history behind HEAD, which is not traced."""
        self._is_traceable = False
        return super().open_past()

    def _note(self, path: str, seen: Seen) -> None:
        """Keeps account of a reading; two of them that differ stand for no state of the tree."""
        if self._seen.setdefault(path, {}).setdefault(seen.limit, seen) != seen:
            self._is_traceable = False

    def trace(self) -> Trace | None:
        """What was learned up to now; None where a later run could not tell whether it still holds.

        What history tells follows from HEAD, unless a part of it is missing, commits or what they hold, which a later fetch may bring.
        """
        if not self._is_traceable or (self._looks_back and (self.is_cut() or self.is_partial())):
            return None
        stamps = self._listing.stamps if _HAS_STAMPS else {}
        seen = {
            path: tuple(_stamped(one, stamps.get(path), self._started) for one in found.values())
            for path, found in self._seen.items()
        }
        commits = tuple(self._commits.items())
        return Trace(_digest_of(self._listing), seen, dict(self._present), dict(self._ignored), commits)

    def gives(self, trace: Trace) -> bool:
        """Whether this tree gives every answer that a trace has noted; HEAD must be the same, which is for the caller to know."""
        return (
            _digest_of(self._listing) == trace.listing
            and all(self._still_reads(path, found) for path, found in trace.seen.items())
            and all(WorkTree.is_present(self, path) is answer for path, answer in trace.present.items())
            and all(WorkTree.is_ignored(self, path) is answer for path, answer in trace.ignored.items())
            and all(WorkTree.find_commits(self, ids) == answer for ids, answer in trace.commits)
        )

    def _still_reads(self, path: str, found: tuple[Seen, ...]) -> bool:
        # A stamp is looked up through links, which reading does not follow.
        stamp = None if self._is_behind_link(path.rpartition("/")[0]) else self._listing.stamps.get(path)
        return all((one.stamp is not None and one.stamp == stamp) or self._reads_as(path, one) for one in found)

    def _is_behind_link(self, folder: str) -> bool:
        """Whether a folder of the tree, "" for its root, is a link or is reached through one."""
        if not folder:
            return False
        known = self._linked.get(folder)
        if known is None:
            known = self._is_behind_link(folder.rpartition("/")[0])
            known = known or Path(self.root, os.fsdecode(to_bytes(folder))).is_symlink()
            self._linked[folder] = known
        return known

    def _reads_as(self, path: str, one: Seen) -> bool:
        try:
            return _digest(super().read(path, one.limit)) == one.digest
        except UnreadableError as error:
            return not one.digest and error.message == one.refusal


def _stamped(one: Seen, stamp: Stamp | None, started: int) -> Seen:
    """With the stamp of the file, if that was made so long before the file was looked at that a later change must have another."""
    if stamp is None or not one.digest or max(stamp[:2]) > started - _CLOCK_NS:
        return one
    return Seen(one.limit, one.digest, one.refusal, stamp)


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()


def _digest_of(listing: Listing) -> bytes:
    """A digest over every path and what it is."""
    kinds = (listing.files, listing.empty, listing.symlinks, listing.untracked, listing.submodules, listing.sparse)
    text = "\0\0".join("\0".join(sorted(paths)) for paths in kinds)
    return _digest(text.encode("utf-8", "surrogateescape"))
