"""Files as claims need them: which one a line names, and what stands in it. Each is read once."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property, lru_cache
from urllib.parse import unquote

from gatekeeper.link.claim.view import View
from gatekeeper.link.paths import folder_of, join_path
from gatekeeper.model.errors import UnreadableError
from gatekeeper.model.project import Tree
from gatekeeper.model.text import Span

_NAMED = re.compile(
    r"`(?P<code>[^`\n]{1,300})`|\]\((?P<link>[^()\s]{1,300})\)|(?<![\w./`(\[-])(?P<bare>[\w.@-]{1,120}(?:/[\w.@ -]{0,120}[\w@-]){0,20}\.\w{1,10})(?![\w/])"
)
_SUFFIXES = re.compile(r"(?::\d+(?:-\d+)?|#.*)$")
READ_LIMIT = 32 << 20
"""The largest file that a claim is held against."""


class Files:
    """The tracked regular files of a tree."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.read = lru_cache(maxsize=8)(self._read)
        self._named = lru_cache(maxsize=16)(self._find_named)

    def named_on_line(self, view: View, offset: int) -> dict[str, Span]:
        """The tracked files that a line names, each with the first place of its name, in order."""
        return self._named(view, view.line_at(offset))

    def _find_named(self, view: View, line: Span) -> dict[str, Span]:
        named: dict[str, Span] = {}
        for match in _NAMED.finditer(view.source.text, line.start, line.end):
            group = match.lastgroup or ""
            path = self._find(view.document.path, match[group], is_link=group == "link")
            if path is not None:
                named.setdefault(path, Span(*match.span(group)))
        return named

    def text(self, path: str) -> str | None:
        """A file's text; None where it cannot be read or is no UTF-8."""
        data = self.read(path)
        if data is None or b"\0" in data[:4096]:
            return None
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return None

    def count_in(self, folder: str) -> int:
        """How many tracked files stand in a folder, whose path ends in a slash, and below it."""
        prefix = folder.removeprefix("./")
        return bisect_left(self._sorted, f"{prefix[:-1]}0") - bisect_left(self._sorted, prefix)

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.tree.files)

    def _find(self, document: str, written: str, is_link: bool) -> str | None:
        target = unquote(_SUFFIXES.sub("", written.strip())) if is_link else _SUFFIXES.sub("", written.strip())
        bases = ("", folder_of(document))
        for base in reversed(bases) if is_link else bases:
            path = join_path(base, target)
            if path and path in self.tree.files and path not in self.tree.symlinks and path not in self.tree.submodules:
                return path
        return None

    def _read(self, path: str) -> bytes | None:
        try:
            return self.tree.read(path, READ_LIMIT)
        except UnreadableError:
            return None
