"""The log of a branch, newest commit first, with every path that each commit changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from msgspec import Struct

from gatekeeper.repo.disk import to_path
from gatekeeper.repo.git import Git

_HEAD = re.compile(rb"\x01([0-9a-f]{40,64}) ([0-9a-f]{40,64}) (\d+) (\d+)")
_FORMAT = "%x01%H %T %ct %at"
_REGULAR = ("100644", "100755")


class FileChange(Struct, frozen=True):
    """What one commit made of one path.

    Attributes:
        modes: git's file modes before and after, as six octal digits; "000000" where there is nothing.
        blobs: object ids before and after; zeros where there is nothing.
    """

    path: str
    modes: tuple[str, str]
    blobs: tuple[str, str]

    @property
    def before(self) -> str | None:
        """The blob before, where it was a regular file."""
        return self.blobs[0] if self.modes[0] in _REGULAR else None

    @property
    def after(self) -> str | None:
        """The blob after, where it is a regular file."""
        return self.blobs[1] if self.modes[1] in _REGULAR else None


class LoggedCommit(Struct, frozen=True):
    """One commit of the log.

    Attributes:
        commit: whole id in hex, as `tree` is.
        committed: the committer's date and time in UTC (RFC 3339); "" where it is none. Likewise `authored`.
        changes: against its first parent; against nothing for a root, and for the last commit of a shallow clone.
    """

    commit: str
    tree: str
    committed: str
    authored: str
    changes: tuple[FileChange, ...] = ()


def iter_log(git: Git, start: str) -> Iterator[LoggedCommit]:
    """The commits from one back along first parents, newest first; paths relative to git's folder.

    A merge is what it brought to the branch that it was merged into: its difference from its first parent. So each commit's files are those of the
    next one with that one's changes undone, and nothing is told twice. Renames are a path that goes and one that comes.

    Args:
        start: whole id of a commit.

    Raises:
        GitError: git failed or did not answer in time.
    """
    arguments = ("--raw", "-z", "-r", "--root", "--no-abbrev", "--no-renames", "--relative", "--first-parent", "-m")
    with git.stream("log", f"--format={_FORMAT}", *arguments, start, "--") as stream:
        yield from _commits(_fields(stream.pieces()))


def list_commits(git: Git, start: str) -> Iterator[LoggedCommit]:
    """The same commits without what they changed, which is quicker.

    Raises:
        GitError: git failed or did not answer in time.
    """
    with git.stream("log", f"--format={_FORMAT}", "-z", "--first-parent", start, "--") as stream:
        yield from _commits(_fields(stream.pieces()))


def _fields(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """What stands between NULs."""
    rest = b""
    for piece in pieces:
        fields = (rest + piece).split(b"\0")
        rest = fields.pop()
        yield from fields
    if rest.strip():
        yield rest


def _commits(fields: Iterator[bytes]) -> Iterator[LoggedCommit]:
    head: re.Match[bytes] | None = None
    changes: list[FileChange] = []
    for field in fields:
        plain = field.lstrip(b"\n")
        if plain.startswith(b":"):
            words = plain[1:].decode("ascii", "replace").split(" ")
            path = to_path(next(fields, b""))
            if len(words) == 5:
                changes.append(FileChange(path, (words[0], words[1]), (words[2], words[3])))
        elif found := _HEAD.fullmatch(plain):
            if head is not None:
                yield _commit(head, changes)
            head, changes = found, []
    if head is not None:
        yield _commit(head, changes)


def _commit(head: re.Match[bytes], changes: list[FileChange]) -> LoggedCommit:
    commit, tree, committed, authored = (word.decode() for word in head.groups())
    return LoggedCommit(commit, tree, _moment(committed), _moment(authored), tuple(changes))


def _moment(seconds: str) -> str:
    """Seconds since 1970 as date and time in UTC; "" for a number that no calendar has."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return ""
