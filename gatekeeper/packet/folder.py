"""A packet as a folder: the same members, as files."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from gatekeeper.model.packet.refusal import Reason, Refused
from gatekeeper.packet.archive import BYTES_LIMIT, CHUNK, MEMBERS_LIMIT


class Folder:
    """The files below a folder; links and whatever else is no regular file are refused.

    Attributes:
        names: of the members, sorted.
    """

    def __init__(self, root: Path) -> None:
        """Lists the files.

        Raises:
            Refused: there is something else than files and folders, or more than the limits.
        """
        self._root = root
        self._sizes = dict(_iter_files(root))
        self.names = tuple(sorted(self._sizes))
        if sum(self._sizes.values()) > BYTES_LIMIT:
            raise Refused(Reason.TOO_LARGE, f"the packet is larger than {BYTES_LIMIT} bytes")

    def __contains__(self, name: str) -> bool:
        return name in self._sizes

    def size_of(self, name: str) -> int:
        """How many bytes a member has."""
        return self._sizes[name]

    def iter_chunks(self, name: str) -> Iterator[bytes]:
        """A member's bytes in pieces of at most `CHUNK`; no more than it had when the folder was listed.

        Raises:
            Refused: it is a link now, or cannot be read.
        """
        left = self._sizes[name]
        try:
            opened = os.open(self._root / name, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
            with open(opened, "rb") as file:  # noqa: PTH123 - it takes what was opened without following links
                while left and (chunk := file.read(min(left, CHUNK))):
                    left -= len(chunk)
                    yield chunk
        except OSError as error:
            raise Refused(Reason.MALFORMED, f"{name} cannot be read: {error.strerror}") from None

    def read(self, name: str, limit: int) -> bytes:
        """A member's bytes.

        Raises:
            Refused: more than `limit`, or it cannot be read.
        """
        if self._sizes[name] > limit:
            raise Refused(Reason.TOO_LARGE, f"{name} is larger than {limit} bytes")
        return b"".join(self.iter_chunks(name))


def _iter_files(root: Path) -> Iterator[tuple[str, int]]:
    """(name with forward slashes, size) of every file below a folder."""
    waiting, count = [root], 0
    while waiting:
        folder = waiting.pop()
        for path in sorted(folder.iterdir()):
            mode = path.lstat()
            name = path.relative_to(root).as_posix()
            count += 1
            if count > 2 * MEMBERS_LIMIT:
                raise Refused(Reason.TOO_LARGE, f"the packet has more than {MEMBERS_LIMIT} members")
            if stat.S_ISDIR(mode.st_mode):
                waiting.append(path)
            elif stat.S_ISREG(mode.st_mode):
                yield name, mode.st_size
            else:
                raise Refused(Reason.EXTRA, f"{name} is no regular file")


class FolderWriter:
    """Writes members as files below an empty folder."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def add(self, name: str, size: int, chunks: Iterable[bytes]) -> None:
        """Writes a member of `size` bytes."""
        path = self._root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            written = sum(map(file.write, chunks))
        if written != size:
            raise ValueError(f"{name}: {written} bytes instead of {size}")
