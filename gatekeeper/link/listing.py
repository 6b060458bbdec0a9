"""The tree's listing with the look-ups that resolving needs, each built once and only when it is asked for."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property

from gatekeeper.link.paths import name_of
from gatekeeper.model.project import Tree

_SKELETON_FILES = 20
_SKELETON_SHARE = 0.9


class Listing:
    """What git tracks, by path, by letter-case-blind path, by name and by folder."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    def is_tracked(self, path: str) -> bool:
        """Whether a path is a tracked file, link or submodule, or a folder that holds one; '' is the root."""
        tree = self.tree
        return (
            path in tree.files or path in tree.folders or path in tree.submodules or path in tree.symlinks or not path
        )

    def is_behind(self, path: str) -> bool:
        """Whether a path lies behind a symbolic link or inside a submodule, where the listing does not reach."""
        tree = self.tree
        if not tree.symlinks and not tree.submodules:
            return False
        ends = (at for at, sign in enumerate(path) if sign == "/")
        return any(path[:end] in tree.symlinks or path[:end] in tree.submodules for end in ends)

    def is_untracked(self, path: str) -> bool:
        """Whether git sees the path, or something below it, without tracking or ignoring it."""
        return path in self.tree.untracked or path in self._untracked_folders

    def is_empty(self, path: str) -> bool:
        """Whether a tracked file has no bytes, or a folder holds nothing but such files."""
        if path in self.tree.empty:
            return True
        return path in self.tree.folders and all(file in self.tree.empty for file in self.files_below(path))

    @cached_property
    def is_skeleton(self) -> bool:
        """Whether nearly every file is empty, so that an empty file says nothing."""
        count = len(self.tree.files)
        return count >= _SKELETON_FILES and len(self.tree.empty) >= _SKELETON_SHARE * count

    @cached_property
    def sorted_files(self) -> list[str]:
        """Every tracked path, ascending."""
        return sorted(self.tree.files)

    def files_below(self, folder: str) -> list[str]:
        """The tracked paths below a folder, ascending; all of them for ''."""
        if not folder:
            return self.sorted_files
        first = bisect_left(self.sorted_files, f"{folder}/")
        return self.sorted_files[first : bisect_left(self.sorted_files, f"{folder}0")]

    def folders_below(self, folder: str) -> list[str]:
        """The tracked folders below a folder, ascending."""
        return [other for other in self._sorted_folders if other.startswith(f"{folder}/" if folder else "")]

    def find_folded(self, path: str) -> tuple[str, ...]:
        """The tracked paths and folders that differ from a path at most in letter case and Unicode form, sorted."""
        return tuple(self._folded.get(_fold(path), ()))

    def find_ending(self, path: str) -> tuple[str, ...]:
        """The tracked paths and folders that end in `/` and this path, sorted."""
        named = self._by_name.get(name_of(path), ())
        return tuple(other for other in named if other.endswith(f"/{path}"))

    def find_named(self, name: str) -> tuple[str, ...]:
        """The tracked paths and folders whose last segment is this, sorted."""
        return tuple(self._by_name.get(name, ()))

    @cached_property
    def _sorted_folders(self) -> list[str]:
        return sorted(self.tree.folders - {""})

    @cached_property
    def _untracked_folders(self) -> frozenset[str]:
        ends = ((path, at) for path in self.tree.untracked for at, sign in enumerate(path) if sign == "/")
        return frozenset(path[:end] for path, end in ends)

    @cached_property
    def _everything(self) -> list[str]:
        return sorted((self.tree.files | self.tree.folders) - {""})

    @cached_property
    def _folded(self) -> dict[str, list[str]]:
        return _grouped(self._everything, _fold)

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        return _grouped(self._everything, name_of)


def is_same_text(one: str, other: str) -> bool:
    """Whether two paths read the same and differ in Unicode form alone."""
    return unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)


def _fold(path: str) -> str:
    return path.casefold() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


def _grouped(paths: Iterable[str], key: Callable[[str], str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        groups[key(path)].append(path)
    return groups
