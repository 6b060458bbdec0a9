"""Whether git would ignore a path: the chain of .gitignore files from the top down, read and judged here (no git program, no hook, no filter runs)."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from typing import Any

from gatekeeper.model.errors import UnreadableError

_BYTES_LIMIT = 1 << 20

ReadFile = Callable[[str, int], bytes]
"""The bytes of a path, at most so many; raises UnreadableError where there is no such regular file."""


class IgnoreRules:
    """The .gitignore files of a repository, each read when a path below it is asked for.

    What a person's own settings ignore, and `.git/info/exclude`, does not count: nobody else has it.
    """

    def __init__(self, read: ReadFile) -> None:
        """Rules whose files `read` gives; paths are relative to the top of the repository."""
        self._read = read
        self._specs: dict[str, list[Any]] = {}

    def is_ignored(self, path: str) -> bool:
        """Whether a file of this path, if it were there and not tracked, would be ignored (gitignore(5))."""
        parts = path.split("/")
        # What lies below an ignored folder cannot be taken in again.
        return any(self._verdict("/".join(parts[:end]), is_folder=end < len(parts)) for end in range(1, len(parts) + 1))

    def _verdict(self, path: str, *, is_folder: bool) -> bool:
        """What the patterns say of one path; those of the nearest folder win."""
        folder = path
        while folder:
            folder = folder.rpartition("/")[0]
            relative = path[len(folder) + 1 :] if folder else path
            asked = f"{relative}/" if is_folder else relative
            last = next((one for one in self._patterns(folder) if _names(one.regex, asked)), None)
            if last is not None:
                return bool(last.include)
        return False

    def _patterns(self, folder: str) -> list[Any]:
        """The patterns of one folder's file, the last one first."""
        if folder not in self._specs:
            try:
                data = self._read(f"{folder}/.gitignore" if folder else ".gitignore", _BYTES_LIMIT)
            except UnreadableError:
                data = b""
            lines = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")
            self._specs[folder] = [one for one in reversed(_compile(lines).patterns) if one.include is not None]
        return self._specs[folder]


def _names(regex: re.Pattern[str], path: str) -> bool:
    """Whether a pattern names just this path, and not only a folder above it: that one was asked for before."""
    found = (match.groupdict().get("ps_d") and match.end("ps_d") for match in regex.finditer(path))
    return any(end is None or end == len(path) for end in found)


def _compile(lines: list[str]) -> Any:
    """The patterns of one file; a line that is none counts for nothing, as with git."""
    from pathspec import GitIgnoreSpec

    def make(some: list[str]) -> Any:
        return GitIgnoreSpec.from_lines(some)

    with warnings.catch_warnings(action="ignore", category=FutureWarning):
        try:
            return make(lines)
        except (ValueError, re.error):
            return make([line for line in lines if _is_pattern(make, line)])


def _is_pattern(make: Callable[[list[str]], Any], line: str) -> bool:
    try:
        make([line])
    except (ValueError, re.error):
        return False
    return True
