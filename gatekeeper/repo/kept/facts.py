"""What was read of files, by a digest of their content: an SQLite file in the cache, every fault of which is a miss."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from hashlib import blake2b
from pathlib import Path

from gatekeeper.repo.kept.cache import Cache

_NAME = "facts.sqlite"
_BYTES_LIMIT = 512 << 20
# How many keys one question names; SQLite takes 999 at least.
_ASKED = 500
# Another run that writes is not waited for.
_PATIENCE_SECONDS = 0.2
_SUM_BYTES = 16
_TABLE = "CREATE TABLE IF NOT EXISTS facts (number INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, value BLOB NOT NULL)"


class Facts:
    """Bytes by keys of 16 bytes, many at once."""

    def __init__(self, cache: Cache) -> None:
        """The facts beside what else a cache holds."""
        self._cache = cache

    def read(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """What was kept under each key; absent without it, and where a bit of it differs."""
        found: dict[bytes, bytes] = {}

        def look(base: sqlite3.Connection) -> None:
            for start in range(0, len(keys), _ASKED):
                some = keys[start : start + _ASKED]
                marks = ",".join("?" * len(some))
                for key, value in base.execute(f"SELECT key, value FROM facts WHERE key IN ({marks})", some):
                    if isinstance(value, bytes) and value[:_SUM_BYTES] == _sum_of(key, value[_SUM_BYTES:]):
                        found[key] = value[_SUM_BYTES:]

        self._use(look, is_new=False)
        return found

    def write(self, values: Mapping[bytes, bytes]) -> None:
        """Keeps all of these or none; what was kept first goes when there is too much."""

        def keep(base: sqlite3.Connection) -> None:
            with base:
                base.execute(_TABLE)
                pages, size = (base.execute(f"PRAGMA {one}").fetchone()[0] for one in ("page_count", "page_size"))
                if pages * size > _BYTES_LIMIT:
                    base.execute(
                        "DELETE FROM facts WHERE number <= (SELECT (MIN(number) + MAX(number)) / 2 FROM facts)"
                    )
                rows = [(key, _sum_of(key, value) + value) for key, value in values.items()]
                base.executemany("INSERT OR REPLACE INTO facts (key, value) VALUES (?, ?)", rows)

        self._use(keep, is_new=True)

    def _use(self, act: Callable[[sqlite3.Connection], None], *, is_new: bool) -> None:
        """Does something with the base, if it is there and can be used; one that is none is removed."""
        folder = self._cache.ready_folder() if is_new else self._cache.private_folder()
        path = Path(folder, _NAME)
        if not folder or path.is_symlink() or not (is_new or path.is_file()):
            return
        try:
            with closing(sqlite3.connect(path, timeout=_PATIENCE_SECONDS)) as base:
                # The system may lose what it was told last; a sum tells what it lost.
                base.execute("PRAGMA synchronous = OFF")
                # A value that is text is none of ours; its sum says so, whatever it holds.
                base.text_factory = bytes
                act(base)
        except sqlite3.OperationalError:
            # Locked, full, read-only: another time.
            return
        except sqlite3.DatabaseError:
            path.unlink(missing_ok=True)


def _sum_of(key: bytes, value: bytes) -> bytes:
    return blake2b(value, digest_size=_SUM_BYTES, person=key[:16]).digest()
