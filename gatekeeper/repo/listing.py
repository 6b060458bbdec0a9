"""Which paths there are, as one listing: from git's index held against the disk, or from a walk where there is no git."""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field

from gatekeeper.model.project import Renames
from gatekeeper.repo.bystanders import MACHINE_FOLDERS
from gatekeeper.repo.disk import is_inside, to_bytes, to_path
from gatekeeper.repo.git import Git

# git's SHA-1 and SHA-256 names of the blob of zero bytes
EMPTY_BLOBS = frozenset(
    {"e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813"}
)
# An index that git wrote holds no such path; one that a stranger wrote may.
_SUSPICIOUS = re.compile(r"[\t/]\.{0,2}[/\0]")
_GITLINK = "160000"
_SAME, _NEARLY_SAME = 100, 90
_JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT


Stamp = tuple[int, int, int, int]
"""When a file was changed and when anything of it was (nanoseconds), its size in bytes, its inode."""


class Listing(Struct, frozen=True):
    """The paths of a tree; see `model.project.Tree` for each.

    Attributes:
        stamps: path -> the stamp of each regular file that was looked at.
    """

    files: frozenset[str]
    empty: frozenset[str] = frozenset()
    symlinks: frozenset[str] = frozenset()
    untracked: frozenset[str] = frozenset()
    submodules: frozenset[str] = frozenset()
    sparse: frozenset[str] = frozenset()
    stamps: Mapping[str, Stamp] = field(default_factory=dict)


class _Sight(Struct):
    """What one look at each path found on disk."""

    gone: set[str]
    empty: set[str]
    symlinks: set[str]
    stamps: dict[str, Stamp]


def list_repository(git: Git) -> Listing:
    """The work tree as git's index and ignore rules see it, paths relative to git's folder.

    A tracked path counts only while something stands on disk; what stands there, not what was staged, says whether it is empty or a link.

    Raises:
        GitError: git cannot list it.
    """
    with git.start("ls-files", "-o", "--exclude-standard") as others:
        text = to_path(git.run("ls-files", "-s", "-t"))
        files: set[str] = set()
        sparse: dict[str, str] = {}
        submodules: set[str] = set()
        for head, path in _entries(text):
            # "<tag> <mode> <blob id> <stage>"; tag S: the file is left out of this checkout
            if head[0] == "S":
                sparse[path] = head[9:-2]
            elif head[2:8] == _GITLINK:
                submodules.add(path)
            else:
                files.add(path)
        found = _look(git.folder, files)
        # A nested repository is listed as its folder, which the look below takes out again.
        untracked = {path for path in to_path(others.output()).split("\0") if path}
    beside = _look(git.folder, untracked)
    return Listing(
        files=frozenset(files - found.gone | sparse.keys() | submodules),
        empty=frozenset(found.empty).union(path for path, blob in sparse.items() if blob in EMPTY_BLOBS),
        symlinks=frozenset(found.symlinks | beside.symlinks),
        untracked=frozenset(untracked - beside.gone),
        submodules=frozenset(submodules),
        sparse=frozenset(sparse),
        stamps=found.stamps | beside.stamps,
    )


def list_folder(root: str) -> Listing:
    """Every file below a folder without git; links are listed and not followed, folders that may not be listed hold nothing."""
    files: set[str] = set()
    empty: set[str] = set()
    symlinks: set[str] = set()
    for path, found in _walk(os.fsencode(root)):
        files.add(path)
        if _is_link(found):
            symlinks.add(path)
        elif stat.S_ISREG(found.st_mode) and not found.st_size:
            empty.add(path)
    return Listing(frozenset(files), frozenset(empty), frozenset(symlinks))


def list_renames(output: bytes, files: frozenset[str]) -> Renames:
    """Former path -> path today, out of `git log --name-status -z`, newest commit first; only what is gone and whose last name is in `files`."""
    current: dict[str, tuple[str, int]] = {}
    today: dict[str, tuple[str, int]] = {}
    deleted: set[str] = set()
    words = iter(to_path(output).split("\0"))
    for status in words:
        if not status:
            continue
        path = next(words, "")
        if status[0] == "D":
            deleted.add(path)
        elif status[0] == "R":
            name = next(words, "")
            last, likeness = current.get(name, (name, _SAME))
            current[path] = (last, min(likeness, _likeness(status, path, name)))
            today.setdefault(path, current[path])
    found = {path: move for path, move in today.items() if move[0] in files and path not in files}
    namesakes = Counter(map(_name_of, found))
    return Renames(
        {path: name for path, (name, _) in found.items()},
        # Of files made after one form git may take one for another: theirs are the names that many have.
        (
            path
            for path, (_, likeness) in found.items()
            if likeness == _SAME or (likeness and namesakes[_name_of(path)] == 1)
        ),
        deleted - found.keys() - files,
    )


def _likeness(status: str, path: str, name: str) -> int:
    """How much of its content a file kept in a move, in percent; 0 for one that changed much, or its name and anything else."""
    likeness = int(status[1:]) if status[1:].isdigit() else 0
    is_sure = likeness == _SAME or (likeness >= _NEARLY_SAME and _name_of(path) == _name_of(name))
    return likeness if is_sure else 0


def _name_of(path: str) -> str:
    return path.rpartition("/")[2]


def parents_of(paths: Iterable[str]) -> frozenset[str]:
    """Every folder above these paths; the root, '', always."""
    folders = {""}
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return frozenset(folders)


def _entries(text: str) -> Iterator[tuple[str, str]]:
    """Head and path of each index entry; paths that lead out of the repository are dropped."""
    is_clean = not _SUSPICIOUS.search(text)
    for entry in text.split("\0"):
        head, tab, path = entry.partition("\t")
        if tab and (is_clean or is_inside(path)):
            yield head, path


def _look(root: str, paths: Iterable[str]) -> _Sight:
    """One look at each path; one that is there but may not be looked at counts as a plain file."""
    found = _Sight(set(), set(), set(), {})
    prefix = os.fsencode(root).rstrip(b"/") + b"/"
    for path in paths:
        try:
            entry = os.lstat(prefix + to_bytes(path))
        except (FileNotFoundError, NotADirectoryError):
            found.gone.add(path)
            continue
        except OSError:
            continue
        kind = stat.S_IFMT(entry.st_mode)
        if kind != stat.S_IFREG and _is_link(entry):
            found.symlinks.add(path)
        elif kind == stat.S_IFDIR:
            found.gone.add(path)
        elif kind == stat.S_IFREG:
            found.stamps[path] = (entry.st_mtime_ns, entry.st_ctime_ns, entry.st_size, entry.st_ino)
            if not entry.st_size:
                found.empty.add(path)
    return found


def _walk(root: bytes) -> Iterator[tuple[str, os.stat_result]]:
    """Every path below a folder but the folders themselves, and what stands there."""
    pending = [(root, "")]
    while pending:
        folder, prefix = pending.pop()
        for name, found in _scan(folder):
            path = prefix + to_path(name)
            if not stat.S_ISDIR(found.st_mode) or _is_link(found):
                yield path, found
            elif to_path(name) not in MACHINE_FOLDERS:
                pending.append((folder.rstrip(b"/") + b"/" + name, f"{path}/"))


def _scan(folder: bytes) -> list[tuple[bytes, os.stat_result]]:
    """Names in a folder and what stands there; nothing of a folder that may not be listed or whose path is too long."""
    try:
        with os.scandir(folder) as entries:
            return [(entry.name, entry.stat(follow_symlinks=False)) for entry in entries]
    except OSError:
        return []


def _is_link(found: os.stat_result) -> bool:
    """Whether a path leads elsewhere: a symbolic link, or a junction of Windows, which looks like a folder."""
    return stat.S_ISLNK(found.st_mode) or getattr(found, "st_reparse_tag", 0) == _JUNCTION
