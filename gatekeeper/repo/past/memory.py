"""A history in memory, for tests and for documents that stand in no repository."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import Self

from gatekeeper.repo.past.listing import PathListing
from gatekeeper.repo.past.log import FileChange, LoggedCommit

_REGULAR = "100644"
_ABSENT = "000000"
_ZEROS = "0" * 40


class MemoryPast:
    """A `PastLog` of snapshots: each is all files of one commit, the oldest first, a day after the one before it from 2026-01-01 on."""

    is_cut = False

    def __init__(self, snapshots: Sequence[Mapping[str, bytes]]) -> None:
        """The history of these snapshots; at most 28."""
        self._snapshots = snapshots
        self._blobs = {_name(data): data for files in snapshots for data in files.values()}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return

    def iter_log(self) -> Iterator[LoggedCommit]:
        """The commits, newest first."""
        for number in range(len(self._snapshots), 0, -1):
            before = self._snapshots[number - 2] if number > 1 else {}
            changes = _changes(before, self._snapshots[number - 1])
            day = f"2026-01-{number:02}T12:00:00Z"
            yield LoggedCommit(f"{number:02x}" * 20, f"{number:02x}" * 20, day, day, changes)

    def listing(self) -> PathListing:
        """The paths of the last snapshot."""
        return PathListing((path, _REGULAR) for path in (self._snapshots[-1] if self._snapshots else ()))

    def read(self, blob: str, limit: int) -> bytes | None:
        """The bytes of a blob; see `PastLog.read`."""
        data = self._blobs.get(blob)
        return data if data is None or len(data) <= limit else None


def _changes(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> tuple[FileChange, ...]:
    changed = (path for path in sorted({*before, *after}) if before.get(path) != after.get(path))
    return tuple(
        FileChange(
            path,
            (_REGULAR if path in before else _ABSENT, _REGULAR if path in after else _ABSENT),
            (_name(before[path]) if path in before else _ZEROS, _name(after[path]) if path in after else _ZEROS),
        )
        for path in changed
    )


def _name(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
