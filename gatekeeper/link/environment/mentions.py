"""Which names stand anywhere in the repository: a variable that some file names may be read there in a way that nobody knows."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gatekeeper.model.errors import UnreadableError
from gatekeeper.model.project import Tree

_BYTES_LIMIT = 1 << 20


def find_mentioned(names: Iterable[str], paths: Iterable[str], tree: Tree) -> frozenset[str]:
    """Those of the names that stand as words in one of the files, in any letter case; each file is read until all are found."""
    wanted = {name: name.lower().encode() for name in names}
    found: set[str] = set()
    for path in paths:
        if len(found) == len(wanted):
            break
        try:
            data = tree.read(path, _BYTES_LIMIT)
        except UnreadableError:
            continue
        if b"\0" in data[:8000]:
            continue
        data = data.lower()
        found |= {name for name, word in wanted.items() if name not in found and word in data and _is_word(word, data)}
    return frozenset(found)


def _is_word(word: bytes, data: bytes) -> bool:
    return re.search(rb"(?<![a-z0-9_])" + re.escape(word) + rb"(?![a-z0-9_])", data) is not None
