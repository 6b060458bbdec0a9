"""Reading below one folder: no path leads out of it, no link is followed, nothing but a regular file is opened."""

from __future__ import annotations

import errno
import os
import stat

from gatekeeper.model.errors import UnreadableError

HAS_FOLDER_HANDLES = {os.open, os.stat} <= os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")


def _flags(*names: str) -> int:
    """Flags of `os.open`; those that this system lacks are left out."""
    return sum(getattr(os, name, 0) for name in names)


# O_PATH asks for no right to list the folder; without O_NONBLOCK a pipe would wait for its writer.
_FOLDER_FLAGS = _flags("O_PATH", "O_DIRECTORY", "O_NOFOLLOW")
_FILE_FLAGS = _flags("O_RDONLY", "O_BINARY", "O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY")
_SEPARATOR = os.fsencode(os.sep)
_FORBIDDEN = "\0\\:" if os.name == "nt" else "\0"


def is_inside(path: str) -> bool:
    """Whether a path is relative and in its shortest form, so that it can name nothing outside of the folder it starts from."""
    return all(sign not in path for sign in _FORBIDDEN) and all(part not in ("", ".", "..") for part in path.split("/"))


def to_bytes(path: str) -> bytes:
    """A repo-relative path as the bytes that git and the disk know it by.

    Raises:
        UnicodeEncodeError: it holds a lone surrogate that no byte decodes to.
    """
    return path.encode("utf-8", "surrogateescape")


def to_path(name: bytes) -> str:
    """Bytes of git or of the disk as a repo-relative path; bytes that are not UTF-8 become lone surrogates (PEP 383)."""
    return name.decode("utf-8", "surrogateescape")


class Disk:
    """The files below one folder.

    It keeps the folder of the last file open, because files are mostly read in path order.
    """

    def __init__(self, root: str, has_folder_handles: bool = HAS_FOLDER_HANDLES) -> None:
        """The files below a folder.

        Args:
            root: absolute path without links.
            has_folder_handles: whether each folder on the way is opened without following links, so that nobody can swap it for a link meanwhile
                (POSIX); else a path is resolved before it is used (Windows).
        """
        self._handles: dict[bytes, int] = {}
        self._root = root
        self._has_folder_handles = has_folder_handles

    def __del__(self) -> None:
        for handle in self._handles.values():
            os.close(handle)

    def read(self, path: str, limit: int) -> bytes:
        """The bytes of a regular file of at most `limit` bytes; see `Tree.read`."""
        try:
            # A device may act on being opened, so it is looked at first; and again once it is open, because the path may have changed by then.
            self._check(path, self._stat(path), limit)
            folder, name = self._locate(path)
            handle = os.open(name, _FILE_FLAGS, dir_fd=folder)
            try:
                found = os.fstat(handle)
                self._check(path, found, limit)
                data = _read_all(handle, found.st_size, limit)
            finally:
                os.close(handle)
        except (OSError, UnicodeError) as error:
            raise _unreadable(path, error) from None
        if len(data) > limit:
            raise _too_large(path, limit)
        return data

    def find(self, path: str) -> os.stat_result | None:
        """What stands at a path, itself not followed; None for nothing, or for what only a link or a way out would reach."""
        try:
            return self._stat(path)
        except (OSError, UnicodeError, UnreadableError):
            return None

    def _check(self, path: str, found: os.stat_result, limit: int) -> None:
        if stat.S_ISLNK(found.st_mode):
            raise UnreadableError("a symbolic link, which is not followed", "name the file that it points to", path)
        if not stat.S_ISREG(found.st_mode):
            raise UnreadableError("not a regular file", "name a file, not a folder, pipe or device", path)
        if found.st_size > limit:
            raise _too_large(path, limit)

    def _stat(self, path: str) -> os.stat_result:
        folder, name = self._locate(path)
        return os.stat(name, dir_fd=folder, follow_symlinks=False)

    def _locate(self, path: str) -> tuple[int | None, bytes]:
        """A folder's handle and a name in it; or None and an absolute path that no link takes elsewhere."""
        if not is_inside(path):
            raise UnreadableError("not a path inside the repository", "write it relative to the repository root", path)
        raw = to_bytes(path)
        if self._has_folder_handles:
            folder, _, name = raw.rpartition(b"/")
            return self._folder(folder), name
        parts = [os.fsencode(self._root).rstrip(_SEPARATOR), *raw.split(b"/")]
        parent = _SEPARATOR.join(parts[:-1])
        if os.path.normcase(os.path.realpath(parent or _SEPARATOR)) != os.path.normcase(parent or _SEPARATOR):
            raise OSError(errno.ELOOP, "behind a link")
        return None, _SEPARATOR.join(parts)

    def _folder(self, folder: bytes) -> int:
        if not self._handles:
            self._handles[b""] = os.open(self._root, _FOLDER_FLAGS)
        if folder not in self._handles:
            root = self._handles[b""]
            handle = _descend(root, folder)
            former, self._handles = self._handles, {b"": root, folder: handle}
            for name in former.keys() - {b""}:
                os.close(former[name])
        return self._handles[folder]


def open_folder(root: str, folder: bytes) -> int:
    """A new handle of a folder below a root, "" for the root itself, no link followed below the root.

    Raises:
        OSError: a link or a file stands on the way, or nothing.
    """
    handle = os.open(root, _FOLDER_FLAGS)
    if not folder:
        return handle
    try:
        return _descend(handle, folder)
    finally:
        os.close(handle)


def _descend(root: int, folder: bytes) -> int:
    """A new handle of a folder below another, no link followed on the way."""
    handle = os.dup(root)
    for name in folder.split(b"/"):
        try:
            deeper = os.open(name, _FOLDER_FLAGS, dir_fd=handle)
        finally:
            os.close(handle)
        handle = deeper
    return handle


def _read_all(handle: int, size: int, limit: int) -> bytes:
    """The bytes of an open file, at most one more than `limit` however it grows."""
    data = os.read(handle, size + 1)
    while data and len(data) != size and (part := os.read(handle, limit + 1 - len(data))):
        data += part
    return data


def _too_large(path: str, limit: int) -> UnreadableError:
    return UnreadableError(f"larger than {limit} bytes", "split the file, or exclude it in the configuration", path)


def _unreadable(path: str, error: OSError | UnicodeError) -> UnreadableError:
    code = error.errno if isinstance(error, OSError) else errno.ENOENT
    if code == errno.ENOENT:
        return UnreadableError("not there", "check the path and its letter case", path)
    if code in (errno.ELOOP, errno.ENOTDIR):
        return UnreadableError(
            "behind a symbolic link or a file, which is not followed", "name the file by its own path", path
        )
    return UnreadableError(os.strerror(code or errno.EIO).lower(), "check the file and its permissions", path)
