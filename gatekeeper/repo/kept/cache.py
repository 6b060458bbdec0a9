"""What earlier runs found, in a folder of the user's own: every fault of it is a miss."""

from __future__ import annotations

import os
import re
import stat
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

import msgspec

from gatekeeper.model.errors import UnreadableError
from gatekeeper.repo.disk import Disk

T = TypeVar("T")

_ENTRIES_LIMIT = 1000
_TOTAL_BYTES_LIMIT = 256 << 20
_SUM_BYTES = 16
# What may be taken out to make room: what `Cache.write` wrote, and drafts of it. The folder may hold other things of the user's.
_ENTRY = re.compile(r"(?:report|commit|trend|patterns)-[-0-9a-z._]+|\..+\.tmp")


def user_folder(environment: Mapping[str, str]) -> str:
    """Where the user keeps what programs may lose, from what the environment says; "" where it does not say.

    GATEKEEPER_CACHE_DIR, else `gatekeeper` below XDG_CACHE_HOME, LOCALAPPDATA on Windows, or ~/.cache. One that is no absolute path is none.
    """
    own = environment.get("GATEKEEPER_CACHE_DIR", "")
    above = environment.get("XDG_CACHE_HOME", "") or (environment.get("LOCALAPPDATA", "") if os.name == "nt" else "")
    home = environment.get("HOME", "")
    folder = own or (above and f"{above}/gatekeeper") or (home and f"{home}/.cache/gatekeeper")
    # The specification calls a relative one invalid; it would be a folder of whatever repository is looked at.
    return folder if Path(folder).is_absolute() else ""


class Cache:
    """Bytes by names. A folder that cannot be read or written, or that others may write, is an empty cache.

    It is never a folder of the repository: that may come from a stranger, what it is said to have found with it.
    """

    def __init__(self, folder: str) -> None:
        """The cache in a folder, by its absolute path; "" for none."""
        self._folder = folder

    def outside(self, root: str) -> Cache:
        """The same cache, or an empty one where its folder lies below this root, from where a stranger could have filled it."""
        return Cache("") if self._folder and _is_below(self._folder, root) else self

    @property
    def is_on(self) -> bool:
        """Whether there is a folder at all."""
        return bool(self._folder)

    def read(self, name: str, limit: int) -> bytes | None:
        """What was kept under the name of a file; None without it, above `limit` bytes, and where a bit of it differs."""
        folder = self.private_folder()
        try:
            data = Disk(folder).read(name, limit + _SUM_BYTES) if folder else b""
        except (OSError, UnreadableError):
            return None
        content = data[_SUM_BYTES:]
        return content if data[:_SUM_BYTES] == _sum_of(name, content) else None

    def write(self, name: str, content: bytes) -> None:
        """Keeps bytes, whole or not at all."""
        with suppress(OSError):
            folder = self.ready_folder()
            if not folder:
                return
            handle, draft = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=folder)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_sum_of(name, content))
                    file.write(content)
                Path(draft).replace(Path(folder, name))
            except BaseException:
                with suppress(OSError):
                    Path(draft).unlink()
                raise

    def find(self, name: str, limit: int, kind: type[T]) -> T | None:
        """The record that was kept under a name, of at most `limit` bytes; None without it, and for what is no such record."""
        data = self.read(name, limit)
        try:
            return None if data is None else msgspec.msgpack.decode(data, type=kind)
        except msgspec.DecodeError:
            return None

    def keep(self, name: str, record: object) -> None:
        """Keeps a record, whole or not at all; none that UTF-8 cannot hold, such as names of files in another encoding."""
        try:
            data = msgspec.msgpack.encode(record)
        except (UnicodeEncodeError, OverflowError):
            return
        self.write(name, data)

    def private_folder(self) -> str:
        """The folder by its absolute path without links; "" where it is not there for its owner alone."""
        with suppress(OSError):
            if self._folder and _is_private(os.lstat(self._folder)):
                return os.path.realpath(self._folder)
        return ""

    def ready_folder(self) -> str:
        """The folder, made where it was not there, with room for more; "" where it cannot be used."""
        if not self._folder:
            return ""
        folder = Path(self._folder)
        with suppress(OSError):
            folder.parent.mkdir(parents=True, exist_ok=True)
            folder.mkdir(mode=0o700)
        found = self.private_folder()
        if found:
            with suppress(OSError):
                _make_room(Path(found))
        return found


def _make_room(folder: Path) -> None:
    """Takes out what was written first until there are not too many entries and not too many bytes."""
    states = []
    with os.scandir(folder) as found:
        for entry in found:
            # Another run may be giving a draft its name.
            with suppress(OSError):
                if _ENTRY.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                    states.append((entry.stat(follow_symlinks=False), entry.path))
    states.sort(key=lambda pair: (-pair[0].st_mtime_ns, pair[1]))
    total = 0
    for number, (state, path) in enumerate(states):
        total += state.st_size
        if number >= _ENTRIES_LIMIT or total > _TOTAL_BYTES_LIMIT:
            Path(path).unlink(missing_ok=True)


def _is_below(folder: str, root: str) -> bool:
    """Whether a folder lies at or below another one, as it is written or once links are followed."""
    top = os.path.realpath(root)
    ways = (os.path.normpath(folder), os.path.realpath(folder))
    return any(Path(way).is_relative_to(place) for way in ways for place in (root, top))


def _is_private(found: os.stat_result) -> bool:
    """Whether something is a folder, no link, that only this user may look into."""
    if os.name == "nt":
        return stat.S_ISDIR(found.st_mode)
    return stat.S_ISDIR(found.st_mode) and not found.st_mode & 0o077 and found.st_uid == os.geteuid()


def _sum_of(name: str, content: bytes) -> bytes:
    return blake2b(content, digest_size=_SUM_BYTES, person=name.encode()[:16]).digest()
