"""What earlier runs found, as JSON files in git's own folder: every fault of it is a miss, and nothing in it is trusted by its name."""

from __future__ import annotations

import json
import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from gatekeeper.model.errors import UnreadableError
from gatekeeper.repo.disk import Disk

FOLDER = "gatekeeper"
_BYTES_LIMIT = 1 << 20
_ENTRIES_LIMIT = 1000


class Cache:
    """Values by keys. A folder that cannot be read or written is an empty cache."""

    def __init__(self, git_folder: str) -> None:
        """The cache in a repository's git folder, by its absolute path."""
        self._git_folder = git_folder
        self._folder = Path(git_folder, FOLDER)

    def read(self, key: str) -> object:
        """The value that was kept under a key; None without one. Whoever can write in the folder may have written it."""
        try:
            return json.loads(Disk(self._git_folder).read(f"{FOLDER}/{key}.json", _BYTES_LIMIT))
        except (UnreadableError, ValueError, RecursionError):
            return None

    def write(self, key: str, value: object) -> None:
        """Keeps a value that JSON can hold, whole or not at all."""
        with suppress(OSError):
            if not self._is_ready():
                return
            handle, name = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=self._folder)
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(value, file)
                Path(name).replace(self._folder / f"{key}.json")
            except BaseException:
                with suppress(OSError):
                    Path(name).unlink()
                raise

    def _is_ready(self) -> bool:
        """Whether the folder is there, is no link, is not too full, and is for its owner alone."""
        with suppress(FileExistsError):
            self._folder.mkdir(mode=0o700)
        found = self._folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or (os.name != "nt" and stat.S_IMODE(found.st_mode) & 0o077):
            return False
        entries = sorted(self._folder.iterdir(), key=lambda path: path.lstat().st_mtime)
        for path in entries[: max(0, len(entries) - _ENTRIES_LIMIT)]:
            path.unlink(missing_ok=True)
        return True
