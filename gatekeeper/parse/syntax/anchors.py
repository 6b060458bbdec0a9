"""Heading anchors as GitHub gives them."""

from __future__ import annotations

import re
from collections.abc import Iterable

_DROPPED = re.compile(r"[^\w\- ]")


def heading_anchors(titles: Iterable[str]) -> tuple[str, ...]:
    """The anchor of each heading in order: lower case, punctuation dropped, blanks to dashes, `-1` for a second one."""
    seen: dict[str, int] = {}
    anchors = []
    for title in titles:
        anchor = _DROPPED.sub("", title.strip().lower()).replace(" ", "-")
        count = seen.get(anchor, -1) + 1
        seen[anchor] = count
        anchors.append(f"{anchor}-{count}" if count else anchor)
    return tuple(anchors)
