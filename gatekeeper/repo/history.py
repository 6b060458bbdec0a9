"""Since which commit a line reads as it does, out of the past versions of its file."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping

from gatekeeper.model.report import Change
from gatekeeper.repo.git import Git

# Versions of one file that are looked at, newest first, and bytes of one that are read.
_VERSIONS_LIMIT = 500
_BYTES_LIMIT = 4 << 20
_COMMIT = re.compile(rb"\x01([0-9a-f]{40,64}) (\d{4}-\d\d-\d\d)")
_DELETED = re.compile(r"0+")

Version = tuple[Change, str]


def find_line_origins(git: Git, lines: Mapping[str, Collection[str]]) -> dict[tuple[str, str], Change]:
    """(path, line) -> the oldest commit from which on every version of the file holds the line; renames are not followed.

    One log and one reading of objects, however many files there are.

    Raises:
        GitError: git failed or did not answer in time.
    """
    versions = _versions(git, sorted(lines))
    texts = _read(git, dict.fromkeys(blob for found in versions.values() for _, blob in found))
    origins: dict[tuple[str, str], Change] = {}
    for path, found in versions.items():
        for line in lines.get(path, ()):
            for change, blob in found:
                if line not in texts.get(blob, ()):
                    break
                origins[path, line] = change
    return origins


def find_last_changes(git: Git, paths: Collection[str]) -> dict[str, Change]:
    """Path -> the last commit that changed it, merges aside; absent where none did.

    One pass over the log, however many paths there are.

    Raises:
        GitError: git failed or did not answer in time.
    """
    wanted, changes = set(paths), dict[str, Change]()
    if not wanted:
        return changes
    # No pathspec: git would hold each change of history against each of thousands of them.
    output = git.run(
        "log", "--format=%x01%H %cs", "--name-status", "-z", "-r", "--root", "--relative", "--no-merges", "--no-renames"
    )
    change: Change | None = None
    fields = iter(output.split(b"\0"))
    for field in fields:
        if (match := _COMMIT.search(field)) is not None:
            change = Change(match[1].decode(), match[2].decode())
        elif change is not None and field.strip():
            path = os.fsdecode(next(fields, b""))
            if path in wanted:
                wanted.discard(path)
                changes[path] = change
    return changes


def _versions(git: Git, paths: list[str]) -> dict[str, list[Version]]:
    """Path -> its commits and blobs, newest first."""
    if not paths:
        return {}
    wanted = (f":(literal){path}" for path in paths)
    arguments = ("--format=%x01%H %cs", "--raw", "-z", "-r", "--root", "--no-abbrev", "--relative", "--no-merges", "--")
    output = git.run("log", *arguments, *wanted)
    versions: dict[str, list[Version]] = {}
    change: Change | None = None
    fields = iter(output.split(b"\0"))
    for field in fields:
        if (match := _COMMIT.search(field)) is not None:
            change = Change(match[1].decode(), match[2].decode())
        words = field.lstrip(b"\n").split(b" ")
        if change is not None and len(words) == 5 and words[0].startswith(b":"):
            found = versions.setdefault(os.fsdecode(next(fields, b"")), [])
            if len(found) < _VERSIONS_LIMIT:
                found.append((change, words[3].decode()))
    return versions


def _read(git: Git, blobs: Collection[str]) -> dict[str, frozenset[str]]:
    """Blob -> its lines without line ends; those too large are left out."""
    wanted = [blob for blob in blobs if not _DELETED.fullmatch(blob)]
    if not wanted:
        return {}
    output = git.run("cat-file", "--batch", given="".join(f"{blob}\n" for blob in wanted).encode())
    return {blob: frozenset(data.decode("utf-8-sig", "replace").splitlines()) for blob, data in _objects(output)}


def _objects(output: bytes) -> Iterator[tuple[str, bytes]]:
    """Id and bytes of each object that `cat-file --batch` printed."""
    at = 0
    while (end := output.find(b"\n", at)) >= 0:
        words = output[at:end].decode("ascii", "replace").split(" ")
        at = end + 1
        if len(words) == 3:
            size = int(words[2])
            if size <= _BYTES_LIMIT:
                yield words[0], output[at : at + size]
            at += size + 1
