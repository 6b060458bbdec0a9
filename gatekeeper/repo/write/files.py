"""New bytes for files of a work tree: all are written beside their files first, and only then take their places."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from msgspec import Struct

from gatekeeper.model.fix.repair import Rewrite
from gatekeeper.repo.disk import HAS_FOLDER_HANDLES, is_inside, open_folder, to_bytes

_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_SEPARATOR = os.fsencode(os.sep)
_ANYBODY_WRITES = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


class _Staged(Struct, frozen=True):
    """New bytes that wait beside their file.

    Attributes:
        folder: handle of the folder; None where names are absolute.
        name: the file's.
        beside: the name under which its new bytes wait.
    """

    path: str
    folder: int | None
    name: bytes
    beside: bytes


def write_files(root: str, rewrites: Sequence[Rewrite]) -> dict[str, str]:
    """Writes files below a folder; path -> why it was not written, for those that were not.

    Nothing is written unless the new bytes of all of them are on the disk; then each takes its file's place at once, with its mode. So every file is
    whole at any moment, before or after, and a failure while they take their places leaves those that are named as they were.
    """
    with _staging() as staged:
        for at, rewrite in enumerate(rewrites):
            try:
                _stage(root, rewrite, f".gatekeeper-{os.getpid()}-{at}.tmp".encode(), staged)
            except OSError as error:
                other = f"nothing was written, as {rewrite.path} could not be"
                reasons = dict.fromkeys((one.path for one in rewrites), other)
                return {**reasons, rewrite.path: _reason(error)}
        return _take_places(staged)


def why_unwritable(root: str, path: str) -> str:
    """Why a file may not be written; "" where nothing is known against it."""
    try:
        folder, name = _locate(root, path)
        try:
            _check(os.stat(name, dir_fd=folder, follow_symlinks=False))
        finally:
            if folder is not None:
                os.close(folder)
    except (OSError, UnicodeError) as error:
        return _reason(error)
    return ""


@contextmanager
def _staging() -> Iterator[list[_Staged]]:
    """A list of what waits; whatever still waits at the end is taken away, and all folders are closed."""
    staged: list[_Staged] = []
    try:
        yield staged
    finally:
        for one in staged:
            with suppress(OSError):
                os.unlink(one.beside, dir_fd=one.folder)
            if one.folder is not None:
                os.close(one.folder)


def _stage(root: str, rewrite: Rewrite, temporary: bytes, staged: list[_Staged]) -> None:
    """Writes new bytes beside their file.

    Raises:
        OSError: they cannot be written, or the file is no longer what was read.
    """
    folder, name = _locate(root, rewrite.path)
    beside = name[: name.rfind(_SEPARATOR) + 1] + temporary
    staged.append(_Staged(rewrite.path, folder, name, beside))
    found = os.stat(name, dir_fd=folder, follow_symlinks=False)
    _check(found)
    if _read(folder, name, len(rewrite.before) + 1) != rewrite.before:
        raise OSError(errno.EBUSY, "it was changed while it was looked at")
    handle = os.open(beside, _NEW, 0o600, dir_fd=folder)
    try:
        view = memoryview(rewrite.after)
        while view:
            view = view[os.write(handle, view) :]
        if hasattr(os, "fchown"):
            with suppress(OSError):
                os.fchown(handle, found.st_uid, found.st_gid)
        if hasattr(os, "fchmod"):
            os.fchmod(handle, stat.S_IMODE(found.st_mode))
        os.fsync(handle)
    finally:
        os.close(handle)


def _take_places(staged: Sequence[_Staged]) -> dict[str, str]:
    """Gives each file its new bytes, in order; from the first that fails on, none."""
    for at, one in enumerate(staged):
        try:
            os.replace(one.beside, one.name, src_dir_fd=one.folder, dst_dir_fd=one.folder)
        except OSError as error:
            left = {later.path: f"it was left out, as {one.path} could not be written" for later in staged[at + 1 :]}
            return {one.path: _reason(error), **left}
    return {}


def _locate(root: str, path: str) -> tuple[int | None, bytes]:
    """A handle of a file's folder and the file's name, no link followed on the way; or None and an absolute name.

    Raises:
        OSError: a link stands on the way, or nothing.
    """
    if not is_inside(path):
        raise OSError(errno.EINVAL, "not a path inside the repository")
    folder, _, name = to_bytes(path).rpartition(b"/")
    if HAS_FOLDER_HANDLES:
        return open_folder(root, folder), name
    parent = _SEPARATOR.join([os.fsencode(root).rstrip(_SEPARATOR), *folder.split(b"/")]).rstrip(_SEPARATOR)
    if os.path.normcase(os.path.realpath(parent)) != os.path.normcase(parent):
        raise OSError(errno.ELOOP, "behind a symbolic link, which is not followed")
    return None, _SEPARATOR.join([parent, name])


def _check(found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "not a regular file, and links are not followed")
    if not found.st_mode & _ANYBODY_WRITES:
        raise OSError(errno.EACCES, "it is read-only")


def _read(folder: int | None, name: bytes, limit: int) -> bytes:
    """At most `limit` bytes of a file."""
    handle = os.open(name, _READ, dir_fd=folder)
    try:
        data = b""
        while len(data) < limit and (part := os.read(handle, limit - len(data))):
            data += part
        return data
    finally:
        os.close(handle)


def _reason(error: OSError | UnicodeError) -> str:
    text = (error.strerror if isinstance(error, OSError) else "") or "its name cannot be written"
    return text[:1].lower() + text[1:]
