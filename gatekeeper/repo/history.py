"""What the log tells of a commit's files: since when a line reads as it does, where a path went, which commits came before."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from gatekeeper.model.report import Change
from gatekeeper.repo.git import Git, GitError
from gatekeeper.repo.listing import list_renames

# Versions of one file that are looked at, newest first, and bytes of one that are read.
_VERSIONS_LIMIT = 500
_BYTES_LIMIT = 4 << 20
_COMMIT = re.compile(rb"\x01([0-9a-f]{40,64}) (\d{4}-\d\d-\d\d)")
_DELETED = re.compile(r"0+")
# History is asked for a hint alone ("moved to ..."), so the look back is bounded.
_RENAME_COMMITS = 5000
_OBJECT_ID = re.compile(r"[0-9a-f]{4,64}")
_RENAMES = ("--format=", "--name-status", "-z", "--relative", "--no-merges", f"--max-count={_RENAME_COMMITS}")
_LOG = ("--format=%x01%H %cs", "-z", "-r", "--root", "--relative", "--no-merges", "--no-renames")
_CHANGES = (*_LOG, "--name-status")
_VERSIONS = (*_LOG, "--raw", "--no-abbrev")
_PATHSPECS_LIMIT = 200
_PROMISES = r"^(extensions\.partialclone|remote\..*\.promisor)$"

Version = tuple[Change, str]


def find_line_origins(
    git: Git, lines: Mapping[str, Collection[str]], start: str = "HEAD"
) -> dict[tuple[str, str], Change]:
    """(path, line) -> the oldest commit from which on every version of the file holds the line; renames are not followed.

    One log and one reading of objects, however many files there are.

    Args:
        start: the commit from which to look back: HEAD, or a whole id.

    Raises:
        GitError: git failed or did not answer in time.
    """
    versions = _versions(git, sorted(lines), start)
    texts = _read(git, dict.fromkeys(blob for found in versions.values() for _, blob in found))
    origins: dict[tuple[str, str], Change] = {}
    for path, found in versions.items():
        for line in lines.get(path, ()):
            for change, blob in found:
                if line not in texts.get(blob, ()):
                    break
                origins[path, line] = change
    return origins


def find_last_changes(git: Git, paths: Collection[str], start: str = "HEAD") -> dict[str, Change]:
    """Path -> the last commit that changed it, merges aside; absent where none did.

    One pass over the log, however many paths there are.

    Args:
        start: the commit from which to look back: HEAD, or a whole id.

    Raises:
        GitError: git failed or did not answer in time.
    """
    wanted, changes = set(paths), dict[str, Change]()
    if not wanted:
        return changes
    # No pathspec: git would hold each change of history against each of thousands of them.
    output = git.run("log", *_CHANGES, start, "--")
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


def find_renames(git: Git, files: frozenset[str], start: str = "HEAD") -> Mapping[str, str]:
    """Former path -> path among these files, from the last 5,000 commits up to `start`; {} where git cannot tell."""
    # Likeness is judged on content, which a partial clone lacks; names alone then find what moved unchanged.
    for likeness in ("--find-renames", "--find-renames=100%"):
        try:
            return list_renames(git.run("log", *_RENAMES, likeness, start, "--"), files)
        except GitError:
            continue
    return {}


def is_shallow(git: Git) -> bool:
    """Whether the clone lacks the beginning of its history.

    Raises:
        GitError: git failed or did not answer in time.
    """
    return git.run("rev-parse", "--is-shallow-repository").strip() != b"false"


def has_promises(git: Git) -> bool:
    """Whether the clone is a partial one, which leaves content with its remote until it is needed."""
    return git.answer("config", _PROMISES).code == 0


def find_known(git: Git, ids: Iterable[str], history: Callable[[], frozenset[str]]) -> Mapping[str, bool] | None:
    """Those of these ids that name an object here; the value is False for a commit that is not in `history`.

    None in a shallow clone, and where git fails to say.
    """
    asked = sorted({one for one in ids if _OBJECT_ID.fullmatch(one)})
    try:
        if is_shallow(git):
            return None
        output = git.run("cat-file", "--batch-check", given="".join(f"{one}\n" for one in asked).encode())
        answers = [line.split() for line in output.decode("ascii", "replace").splitlines()]
        known = {one: answer for one, answer in zip(asked, answers, strict=True) if answer[-1] != "missing"}
        ancestry = history() if any(answer[1:2] == ["commit"] for answer in known.values()) else frozenset()
    except GitError:
        return None
    return {one: answer[1:2] != ["commit"] or answer[0] in ancestry for one, answer in known.items()}


def list_ancestry(git: Git, start: str = "HEAD") -> frozenset[str]:
    """The ids of a commit and of all its ancestors.

    Raises:
        GitError: git failed or did not answer in time.
    """
    return frozenset(git.run("log", "--format=%H", start, "--").decode("ascii").split())


def _versions(git: Git, paths: list[str], start: str) -> dict[str, list[Version]]:
    """Path -> its commits and blobs, newest first."""
    if not paths:
        return {}
    wanted = set(paths)
    # Git holds each change of history against each pathspec: beyond some it is quicker to be told of all of them.
    named = [f":(literal){path}" for path in paths] if len(paths) <= _PATHSPECS_LIMIT else []
    output = git.run("log", *_VERSIONS, start, "--", *named)
    versions: dict[str, list[Version]] = {}
    change: Change | None = None
    fields = iter(output.split(b"\0"))
    for field in fields:
        if (match := _COMMIT.search(field)) is not None:
            change = Change(match[1].decode(), match[2].decode())
        words = field.lstrip(b"\n").split(b" ")
        if change is not None and len(words) == 5 and words[0].startswith(b":"):
            path = os.fsdecode(next(fields, b""))
            found = versions.setdefault(path, []) if path in wanted else []
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
