"""The history behind a commit, open for questions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from types import TracebackType
from typing import Protocol, Self, runtime_checkable

from gatekeeper.repo.git import Git
from gatekeeper.repo.history import is_shallow
from gatekeeper.repo.past.commit import CommitTree
from gatekeeper.repo.past.listing import PathListing, list_commit
from gatekeeper.repo.past.log import LoggedCommit, iter_log, list_commits
from gatekeeper.repo.past.objects import Objects
from gatekeeper.repo.revision import find_revision


class PastLog(Protocol):
    """A history: its log, newest commit first, the paths of its head, and its blobs; a context manager."""

    def __enter__(self) -> Self:
        """Opens it."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes it."""

    @property
    def is_cut(self) -> bool:
        """Whether its beginning is missing."""

    def iter_log(self) -> Iterator[LoggedCommit]:
        """The commits, newest first, with what each changed."""

    def listing(self) -> PathListing:
        """The paths of the head, ready to go back from."""

    def read(self, blob: str, limit: int) -> bytes | None:
        """The bytes of a blob; None where there is none, or one larger than `limit` bytes."""


@runtime_checkable
class HasPast(Protocol):
    """A tree that knows its history."""

    def open_past(self) -> PastLog:
        """The history behind it, to be used as a context manager.

        Raises:
            TreeError: there is none.
        """


class Past:
    """What git's objects hold of a branch; a context manager, as one git process stays open for its blobs.

    Attributes:
        head: whole id of the commit from which it looks back.
        below: the folder that paths are relative to, from the top of the repository; "" for the top.
    """

    def __init__(self, git: Git, head: str, below: str = "") -> None:
        """The history behind a commit, by its whole id."""
        self.head = head
        self.below = below
        self._git = git
        self._objects = Objects(git)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._objects.close()

    @cached_property
    def is_cut(self) -> bool:
        """Whether the clone lacks the beginning of the history."""
        return is_shallow(self._git)

    def iter_log(self) -> Iterator[LoggedCommit]:
        """The commits, newest first, with what each changed; see `log.iter_log`."""
        return iter_log(self._git, self.head)

    def list_commits(self) -> Iterator[LoggedCommit]:
        """The commits, newest first, without what they changed."""
        return list_commits(self._git, self.head)

    def listing(self) -> PathListing:
        """The paths of the head, ready to go back from."""
        return list_commit(self._git, self.head)

    def read(self, blob: str, limit: int) -> bytes | None:
        """The bytes of a blob; see `Objects.read`."""
        return self._objects.read(blob, limit)

    def read_all(self, blobs: Iterable[str], limit: int) -> Iterator[bytes | None]:
        """The bytes of many blobs; see `Objects.read_all`."""
        return self._objects.read_all(blobs, limit)

    def last_changes(self, commit: str, paths: Collection[str]) -> dict[str, LoggedCommit]:
        """Path -> the last commit up to this one, along first parents, that changed it; absent where none did.

        One pass over the log, which ends with the last path that is found.
        """
        wanted, found = set(paths), dict[str, LoggedCommit]()
        for logged in iter_log(self._git, commit) if wanted else ():
            for change in logged.changes:
                if change.path in wanted:
                    wanted.discard(change.path)
                    found[change.path] = logged
            if not wanted:
                break
        return found

    def tree_id(self, commit: str) -> str:
        """The id of a commit's tree."""
        return next(list_commits(self._git, commit)).tree

    def find(self, name: str) -> str:
        """The whole id of the commit that a name stands for.

        Raises:
            TreeError: there is no such commit here.
        """
        return find_revision(self._git, name).commit

    def tree(self, commit: str) -> CommitTree:
        """The files of a commit, by its whole id; usable while this is open."""
        return CommitTree(self._git, commit, self._objects)
