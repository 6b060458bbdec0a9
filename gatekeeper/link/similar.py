"""What a missing target may have meant: where git moved it, that git deleted it, else tracked paths that are spelled alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from gatekeeper.link.listing import Listing
from gatekeeper.link.paths import folder_of, name_of
from gatekeeper.model.project import Renames

_MOST = 3
_LENGTH_LIMIT = 400
_LEAST_ALIKE = 80
_LEAST_ALIKE_NAME = 75
_LEAST_AMONG_NAMESAKES = 60
_COMPARISONS = 4_000_000
_NUMBER = re.compile(r"\d+")


class Suggestions:
    """Answers for missing paths. Comparing spellings stops once a run has spent its share of comparisons."""

    def __init__(self, listing: Listing) -> None:
        self._listing = listing
        self._left = _COMPARISONS
        self._known: dict[str, tuple[str, ...]] = {}

    def find_renamed(self, paths: Iterable[str]) -> tuple[str, bool] | None:
        """Where git's history moved the first of these paths that it knows, if it is tracked today; folders move with their files.

        With it, whether that is surely the same file or folder.
        """
        sure = self._renames.sure
        for path in paths:
            today, parts = self._renames.get(path), [path]
            if today is None:
                today, parts = self._find_moved_folder(path)
            if today and self._listing.is_tracked(today):
                # A folder of another name may be another folder, to which what was left of the first one went.
                is_one = path in self._renames or name_of(path) == name_of(today)
                return today, is_one and all(part in sure for part in parts)
        return None

    def was_deleted(self, path: str) -> bool:
        """Whether git's history had a file of this path and deleted it."""
        return path in self._renames.deleted

    def find_similar(self, path: str) -> tuple[str, ...]:
        """At most three tracked paths spelled like a missing one, best first."""
        if path not in self._known:
            self._known[path] = self._compute(path) if 0 < len(path) <= _LENGTH_LIMIT else ()
        return self._known[path]

    @cached_property
    def _renames(self) -> Renames:
        found = self._listing.tree.renames()
        return found if isinstance(found, Renames) else Renames(found)

    def _find_moved_folder(self, folder: str) -> tuple[str | None, list[str]]:
        """The one folder that every file once below `folder` moved to, each keeping its place in it; and those files."""
        if "." in name_of(folder):
            return None, []
        inside = f"{folder}/"
        parts = [former for former in self._renames if former.startswith(inside)]
        homes = {_home(self._renames[former], former[len(inside) :]) for former in parts}
        return (next(iter(homes)) if len(homes) == 1 else None), parts

    def _compute(self, path: str) -> tuple[str, ...]:
        shorter = self._without_leading_folders(path)
        others = [other for other in self._listing.find_named(name_of(path)) if other != shorter]
        same_name = self._ranked(path, others, 0 if len(others) == 1 else _LEAST_AMONG_NAMESAKES)
        found = [*([shorter] if shorter else []), *same_name]
        if not found:
            found = self._alike(path)
        return tuple(dict.fromkeys(found))[:_MOST]

    def _without_leading_folders(self, path: str) -> str | None:
        """The path with folders cut from its front until it is tracked (`project/docs/a.md`); a bare name is no answer."""
        rest = path.partition("/")[2]
        while "/" in rest:
            if self._listing.is_tracked(rest):
                return rest
            rest = rest.partition("/")[2]
        return None

    def _alike(self, path: str) -> list[str]:
        """Files whose name is nearly the same in the same folder, else files whose whole path is nearly the same."""
        wanted = name_of(path)
        siblings = [
            other for other in self._listing.files_below(folder_of(path)) if folder_of(other) == folder_of(path)
        ]
        near = self._ranked(wanted, [name_of(other) for other in siblings], _LEAST_ALIKE_NAME)
        near = [name for name in near if _may_be_meant(wanted, name)]
        if near:
            return [f"{folder_of(path)}/{name}".lstrip("/") for name in near]
        paths = self._ranked(path, self._listing.sorted_files, _LEAST_ALIKE)
        names = self._ranked(wanted, [name_of(other) for other in paths], _LEAST_ALIKE)
        return [other for other in paths if name_of(other) in names and _may_be_meant(wanted, name_of(other))]

    def _ranked(self, wanted: str, choices: Sequence[str], least: float) -> list[str]:
        """The choices at least this alike (0 to 100), best first, equal ones in path order."""
        if not choices or len(choices) > self._left:
            return []
        from rapidfuzz import fuzz, process

        self._left -= len(choices)
        hits = process.extract(wanted, choices, scorer=fuzz.ratio, limit=_MOST, score_cutoff=least)
        return [choice for choice, _, _ in sorted(hits, key=lambda hit: (-hit[1], hit[0]))]


def _may_be_meant(wanted: str, name: str) -> bool:
    """Whether one name may be a slip for the other: `v1.0-plan.md` is another file than `v2.0-plan.md`.

    Nor is `test_berth.py` like `test_crane.py`, which share what all their neighbours do.
    """
    if [int(number) for number in _NUMBER.findall(wanted)] != [int(number) for number in _NUMBER.findall(name)]:
        return False
    from rapidfuzz import fuzz

    return fuzz.ratio(_own_part(wanted), _own_part(name)) >= _LEAST_AMONG_NAMESAKES


def _own_part(name: str) -> str:
    """A file's name without its ending, and without what marks tests."""
    return name.rpartition(".")[0].removeprefix("test_").removesuffix("_test").removesuffix(".test") or name


def _home(path: str, ending: str) -> str | None:
    return path[: -len(ending) - 1] if path.endswith(f"/{ending}") else None
