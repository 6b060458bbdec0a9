"""Heading anchors as GitHub gives them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_DROPPED = re.compile(r"[^\w\- ]")
_SLANTED = re.compile(r"(?<!\w)_([^_\n]+)_(?!\w)")


def heading_anchors(titles: Iterable[str]) -> tuple[str, ...]:
    """The anchor of each heading in order: lower case, punctuation dropped, blanks to dashes, a number where it is taken."""
    seen: dict[str, int] = {}
    anchors = []
    for title in titles:
        words = _SLANTED.sub(r"\1", title.strip().lower())
        first = anchor = _DROPPED.sub(_kept, words).replace(" ", "-")
        while anchor in seen:
            seen[first] += 1
            anchor = f"{first}-{seen[first]}"
        seen[anchor] = 0
        anchors.append(anchor)
    return tuple(anchors)


def _kept(found: re.Match[str]) -> str:
    """A combining mark, which belongs to its word; nothing for any other character."""
    return found.group(0) if unicodedata.category(found.group(0)).startswith("M") else ""
