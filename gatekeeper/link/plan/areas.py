"""Which folders are areas with plans of their own: those that hold documents of one file name beside each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from gatekeeper.link.paths import folder_of, name_of

_Parts = tuple[str, ...]


class Areas:
    """The areas of a repository: `apps/web` and `apps/api` where each has a `tracker.md` or a `docs/tracker.md`."""

    def __init__(self, paths: Iterable[str]) -> None:
        """The areas that these documents make."""
        folders: dict[str, set[_Parts]] = defaultdict(set)
        for path in paths:
            folders[name_of(path)].add(_parts(folder_of(path)))
        self._areas: set[_Parts] = set()
        for group in folders.values():
            # In order of folders, whoever parts from any other parts from a neighbor.
            for one, other in pairwise(sorted(group)):
                at = _shared(one, other)
                if at < min(len(one), len(other)):
                    self._areas |= {one[: at + 1], other[: at + 1]}
        self._above = {area[:length] for area in self._areas for length in range(len(area))}

    def are_apart(self, one: str, other: str) -> bool:
        """Whether two folders belong to two areas beside each other."""
        mine, theirs = _parts(one), _parts(other)
        at = _shared(mine, theirs)
        return at < min(len(mine), len(theirs)) and {mine[: at + 1], theirs[: at + 1]} <= self._areas

    def is_above(self, folder: str) -> bool:
        """Whether areas lie below a folder."""
        return _parts(folder) in self._above


def are_mirrored(one: str, other: str) -> bool:
    """Whether two documents have one file name, in folders neither of which holds the other."""
    return name_of(one) == name_of(other) and not is_nested(folder_of(one), folder_of(other))


def is_nested(one: str, other: str) -> bool:
    """Whether one of two folders holds the other, or they are the same."""
    mine, theirs = _parts(one), _parts(other)
    return _shared(mine, theirs) == min(len(mine), len(theirs))


def _parts(folder: str) -> _Parts:
    return tuple(folder.split("/")) if folder else ()


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many segments two folders begin with alike."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count
