"""An item's own words in its document: its line, and the cells of its row under their headers."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from gatekeeper.model.document import Document, WorkItem

_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_BAR = re.compile(r"(?<!\\)\|")


def line_of(document: Document, item: WorkItem) -> str:
    """The line on which an item begins, whole."""
    return document.source.line_around(item.span.start)


def cells_of(document: Document, item: WorkItem) -> dict[str, str]:
    """Header, in lower case, -> cell of the item's table row; {} outside of tables and for rows of another width than their header."""
    place = bisect_right(document.groups, item.span.start, key=lambda group: group.span.start)
    table = document.groups[place - 1] if place else None
    if table is None or table.kind != "table" or item.span.start >= table.span.end:
        return {}
    head, row = _headers(line_at(document, table.span.start)), _cut(line_at(document, item.span.start))
    return dict(zip(head, row, strict=True)) if len(head) == len(row) else {}


def line_at(document: Document, offset: int) -> str:
    """The line at an offset, whole."""
    return document.source.line_around(offset)


def iter_plain_lines(document: Document) -> list[tuple[int, str]]:
    """Offset and text of each line outside of fenced code."""
    source, fence, lines = document.source, "", []
    starts = source.line_starts()[: source.line_count()]
    for start, end in zip(starts, [*starts[1:], len(source.text)], strict=True):
        text = source.text[start:end].rstrip("\r\n")
        opens = _FENCE.match(text)
        if opens and opens[1].startswith(fence):
            fence = "" if fence else opens[1]
        elif not fence:
            lines.append((start, text))
    return lines


@lru_cache(maxsize=256)
def _headers(line: str) -> tuple[str, ...]:
    """The cells of a table's first line in lower case; every row of the table asks for them."""
    return tuple(cell.casefold() for cell in _cut(line))


def _cut(line: str) -> list[str]:
    return [cell.strip(" *`_") for cell in _BAR.split(line.strip().strip("|"))]
