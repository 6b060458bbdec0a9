"""Which of several gates of one name or unit a document means: the one that is named nearest to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from gatekeeper.link.gate.seeds import Seed


class Nearby:
    """Gates by the documents that name them and the folders of those, so that nobody looks through all gates for each document."""

    def __init__(self, seeds: Sequence[Seed]) -> None:
        """The gates, whose homes must not change after this."""
        self._seeds = seeds
        self._at = _grouped((path, seed) for seed in seeds for path in sorted(seed.home))
        self._beside = _grouped(
            (folder, seed) for seed in seeds for folder in sorted({_folder(path) for path in seed.home})
        )
        self._below = _grouped((folder, seed) for seed in seeds for folder in sorted(_reach(seed)))

    def at(self, path: str) -> Seed | None:
        """The first one that a document names."""
        return next(iter(self._at.get(path, ())), None)

    def nearest(self, path: str) -> Seed | None:
        """The one whose documents stand nearest; of several equally near ones none; the only one however far away."""
        if len(self._seeds) < 2:
            return next(iter(self._seeds), None)
        return _only(next(self._levels(path), ()))

    def nearest_in_tree(self, path: str) -> Seed | None:
        """The nearest of those named by a document at the root or below the same folder there."""
        return _only(next(self._levels(path), self._beside.get("", ())))

    def nearest_above(self, path: str) -> Seed | None:
        """The nearest of those named by a document in a folder around this one, the root aside."""
        around = {id(seed) for folder in _iter_folders(path) for seed in self._beside.get(folder, ())}
        levels = ([seed for seed in level if id(seed) in around] for level in self._levels(path))
        return _only(next((level for level in levels if level), ()))

    def _levels(self, path: str) -> Iterator[Sequence[Seed]]:
        """The gates by how near they are: those that name the document itself, then folder by folder those that share it."""
        for group in (self._at.get(path), *map(self._below.get, _iter_folders(path))):
            if group:
                yield group


def _grouped(pairs: Iterator[tuple[str, Seed]]) -> Mapping[str, list[Seed]]:
    found: dict[str, list[Seed]] = defaultdict(list)
    for place, seed in pairs:
        found[place].append(seed)
    return dict(found)


def _reach(seed: Seed) -> set[str]:
    """Every folder in or below which a document names a gate."""
    return {folder for path in seed.home for folder in _iter_folders(path)}


def _iter_folders(path: str) -> Iterator[str]:
    """The folders around a path, the innermost first, without the root."""
    while path := _folder(path):
        yield path


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _only(seeds: Sequence[Seed]) -> Seed | None:
    return seeds[0] if len(seeds) == 1 else None
